export const id = 285;
export const ids = [285];
export const modules = {

/***/ 5285:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  sweepContainers: () => (/* binding */ sweepContainers)
});

// UNUSED EXPORTS: Containers, openContainers

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./build/src/core/model/targets.js + 1 modules
var model_targets = __webpack_require__(5732);
// EXTERNAL MODULE: ./build/src/core/model/catalog.js
var model_catalog = __webpack_require__(6872);
;// CONCATENATED MODULE: ./build/src/core/probe/probe-run.js
// What a run of a probe says, and what follows from it. The probe's protocol is in probes/README.md.

/**
 * The program's own bytes of standard output as arguments: greeting, each argument with a NUL, a line feed.
 * Undefined while the text is not complete or not a probe's.
 */
function parseGreeting(output, target) {
    const text = new TextDecoder('latin1').decode(output);
    const greeting = `setup-qemu probe 1 ${target}\n`;
    if (!text.startsWith(greeting))
        return undefined;
    const rest = text.slice(greeting.length);
    if (!rest.endsWith('\n') || !(rest === '\n' || rest.endsWith('\0\n')))
        return undefined;
    return rest.slice(0, -1).split('\0').slice(0, -1);
}
/** Whether a run in an empty root never came so far: nobody may chroot here. */
function probe_run_isUntried(run) {
    return run.kind === 'refused' && run.stage === 'chroot' && run.errno === 'EPERM';
}
/**
 * The finding for a kept entry whose programs could not be run in an empty root: harmless where F, which only that run can prove, is known
 * from the listed flags or from an emulator that is not in this root. Undefined where it is not.
 */
function untriedChroot(errno, flags, direct) {
    if (flags?.includes('F') === true)
        return { kind: 'chroot-untried', errno, known: 'listed' };
    if (flags === null && direct.kind === 'answered' && direct.heldOpen === true)
        return { kind: 'chroot-untried', errno, known: 'held-open' };
    return undefined;
}
/** What is wrong with a run of a probe, compared with what should have been; empty when all is as asked for. */
function probe_run_judge(run, expected) {
    const { where } = expected;
    switch (run.kind) {
        case 'refused':
            return where === 'chroot'
                ? [{ kind: 'chroot-fails', errno: run.errno }]
                : [{ kind: 'no-handler', where, errno: run.errno }];
        case 'silent':
            return [{ kind: 'probe-silent', where, timeoutMs: run.timeoutMs }];
        case 'ended':
            return [{ kind: 'probe-crashed', where, ending: run.ending, output: run.output }];
        case 'answered':
            return [
                ...judgeFingerprint(run.fingerprint, expected),
                ...judgeArguments(run.argv, expected),
                ...judgeEnding(run, where),
            ];
    }
}
function judgeFingerprint(found, { where, sha256s, version }) {
    if (sha256s.length === 0 || sha256s.includes(found.sha256))
        return judgeVersion(found, where, version);
    return [
        {
            kind: 'wrong-emulator',
            where,
            expected: sha256s.join(' or '),
            got: found.sha256,
            path: found.path,
            version: found.qemuVersion,
        },
    ];
}
function judgeVersion({ qemuVersion, path }, where, version) {
    if (version === null || (qemuVersion !== null && isVersion(qemuVersion, version)))
        return [];
    return [{ kind: 'wrong-version', where, expected: version, got: qemuVersion, path }];
}
function judgeArguments(got, { where, argv, path, preserveArgv0 }) {
    const expected = preserveArgv0 ? argv : [path, ...argv.slice(1)];
    const equal = got.length === expected.length && got.every((word, at) => word === expected[at]);
    return equal ? [] : [{ kind: 'arguments-shifted', where, expected, got }];
}
function judgeEnding(run, where) {
    return run.answerRight ? [] : [{ kind: 'probe-crashed', where, ending: run.ending, output: '' }];
}

;// CONCATENATED MODULE: ./build/src/core/containers/container-run.js


/** What is wrong with a run in a container, compared with what should have been; empty when all is as asked for. */
function container_run_judgeContainer(run, { engine, sha256, argv }) {
    switch (run.kind) {
        case 'elsewhere':
            return [{ kind: 'engine-elsewhere', engine, at: run.at, difference: run.difference }];
        case 'unproven':
            return [{ kind: 'engine-unproven', engine, reason: run.reason }];
        case 'failed': {
            const { ending, output, ownNamespace } = run;
            return [{ kind: 'engine-fails', engine, ending, output, ownNamespace }];
        }
        case 'silent':
            return [{ kind: 'probe-silent', where: engine, timeoutMs: run.timeoutMs }];
        case 'answered': {
            const { qemuVersion, answerRight, ending } = run;
            const fingerprint = { path: '/proc/1/exe of the container', sha256: run.sha256, qemuVersion, build: null };
            const path = argv[0] ?? '';
            return judge({ kind: 'answered', argv: run.argv, native: false, fingerprint, answerRight, ending }, { where: engine, sha256s: [sha256], version: null, argv, path, preserveArgv0: true });
        }
    }
}
/** How an engine's host differs from this machine by what `info` says; undefined when it does not. `host` in Debian's words (`amd64`). */
function differenceOf(info, host, release) {
    const architecture = hostWord(info.architecture);
    if (architecture !== null && architecture !== host)
        return { what: 'architecture', theirs: (0,model_targets/* printable */.g$)(architecture), ours: host };
    if (info.kernel !== null && info.kernel !== release)
        return { what: 'release', theirs: (0,model_targets/* printable */.g$)(info.kernel), ours: (0,model_targets/* printable */.g$)(release) };
    return undefined;
}
function hostWord(architecture) {
    if (architecture === 'x86_64')
        return 'amd64';
    return architecture === 'aarch64' ? 'arm64' : architecture;
}
/**
 * The boot id and the user ids' map, as the two files read one after the other show them; undefined for anything else. Their white space depends
 * on nothing that counts.
 */
function parsePlace(text) {
    const [, bootId, uidMap] = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\n((?:\s*\d+\s+\d+\s+\d+\n)*)$/.exec(text) ?? [];
    if (bootId === undefined || uidMap === undefined)
        return undefined;
    return { bootId, uidMap: uidMap.trim().replace(/\s+/g, ' ') };
}
/** Where an engine is reached, safe for a message: an address without the password in it. */
function addressWords(address) {
    return (0,model_targets/* printable */.g$)(address.replace(/\/\/([^/@]*)@/, (_, login) => `//${login.split(':')[0]}@`), 200);
}

;// CONCATENATED MODULE: ./build/src/core/image/tar-entry.js
// What the records of a tar archive say: headers, and the extended headers before them. Sources: POSIX.1-2017 pax (ustar and extended
// headers), and GNU tar's long names and large numbers, https://www.gnu.org/software/tar/manual/html_node/Standard.html.
/** The bytes are no tar archive that is understood here. */
class TarError extends (/* unused pure expression or super */ null && (Error)) {
}
const tarRecordBytes = 512;
const kinds = {
    '0': 'file',
    '1': 'hard link',
    '2': 'symbolic link',
    '3': 'device',
    '4': 'device',
    '5': 'folder',
    '6': 'fifo',
    '7': 'file',
};
function tar_entry_text(bytes) {
    const end = bytes.indexOf(0);
    return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
function numberIn(field) {
    // GNU writes what does not fit in octal digits as a big-endian number with the top bit set
    if (((field[0] ?? 0) & 0x80) !== 0)
        return safe(field.reduce((sum, byte, at) => sum * 256 + (at === 0 ? byte & 0x7f : byte), 0));
    const digits = tar_entry_text(field).trim();
    if (!/^[0-7]*$/.test(digits))
        throw new TarError('a number in a header of the tar archive is none');
    return safe(Number.parseInt(digits || '0', 8));
}
function safe(value) {
    if (Number.isSafeInteger(value))
        return value;
    throw new TarError('a number in a header of the tar archive is 2^53 or more');
}
/** One record of 512 bytes at offset `at` as a header; undefined for the end mark. Throws TarError when its checksum does not match. */
function tarHeader(bytes, at) {
    if (bytes.every((byte) => byte === 0))
        return undefined;
    const sum = bytes.reduce((total, byte, place) => total + (place >= 148 && place < 156 ? 0x20 : byte), 0);
    if (sum !== numberIn(bytes.subarray(148, 156)))
        throw new TarError(`the header at ${at} of the tar archive does not match its checksum`);
    const posix = tar_entry_text(bytes.subarray(257, 263)) === 'ustar' && bytes[262] === 0;
    const prefix = posix ? tar_entry_text(bytes.subarray(345, 500)) : '';
    const name = tar_entry_text(bytes.subarray(0, 100));
    return {
        path: prefix === '' ? name : `${prefix}/${name}`,
        link: tar_entry_text(bytes.subarray(157, 257)),
        size: numberIn(bytes.subarray(124, 136)),
        type: String.fromCharCode(bytes[156] || 0x30),
    };
}
/** Whether a member's content speaks of the member after it. */
function isExtension({ type }) {
    return type === 'L' || type === 'K' || type === 'x' || type === 'g';
}
/** What is known of the next member after one more extended header with this content. Global ones (g) say nothing that counts here. */
function extended(before, { type }, content) {
    if (type === 'L')
        return { ...before, path: tar_entry_text(content) };
    if (type === 'K')
        return { ...before, link: tar_entry_text(content) };
    return type === 'x' ? { ...before, ...paxExtension(content) } : before;
}
/** `path`, `linkpath` and `size` of a pax header, whose records are `<length> <key>=<value>\n`. Throws TarError. */
function paxExtension(content) {
    const found = new Map();
    for (let at = 0; at < content.length;) {
        const length = /^(\d{1,9}) /.exec(new TextDecoder('latin1').decode(content.subarray(at, at + 10)))?.[1];
        const end = at + Number(length ?? 0);
        if (length === undefined || end - at <= length.length + 1 || end > content.length || content[end - 1] !== 0x0a)
            throw new TarError('a pax record of the tar archive has no right length');
        const record = new TextDecoder().decode(content.subarray(at + length.length + 1, end - 1));
        const equals = record.indexOf('=');
        if (equals < 1)
            throw new TarError('a pax record of the tar archive has no key');
        found.set(record.slice(0, equals), record.slice(equals + 1));
        at = end;
    }
    return { ...nameIn(found, 'path', 'path'), ...nameIn(found, 'linkpath', 'link'), ...sizeIn(found) };
}
function nameIn(records, key, name) {
    const value = records.get(key);
    if (value?.includes('\0'))
        throw new TarError(`a pax record of the tar archive has a ${key} with a NUL`);
    return value === undefined || value === '' ? {} : { [name]: value };
}
function sizeIn(records) {
    const value = records.get('size');
    if (value === undefined)
        return {};
    if (!/^\d{1,16}$/.test(value))
        throw new TarError('a pax record of the tar archive has a size that is no number');
    return { size: safe(Number(value)) };
}
/** A member that is no extended header, with what those before it say. Throws TarError for GNU's sparse files. */
function tarEntry(header, extension) {
    const path = extension.path ?? header.path;
    if (header.type === 'S')
        throw new TarError('the tar archive holds a sparse file in the old GNU form, which is not read');
    const kind = header.type === '0' && path.endsWith('/') ? 'folder' : (kinds[header.type] ?? 'other');
    // links, folders and devices have no content, whatever their size says: as Go's archive/tar, with which engines read layers
    const size = kind === 'file' || kind === 'other' ? (extension.size ?? header.size) : 0;
    return { kind, path, link: kind.endsWith('link') ? (extension.link ?? header.link) : '', size };
}

;// CONCATENATED MODULE: ./build/src/core/containers/probe-archive.js
// The image in which a container of an engine proves a target: a probe, and the reader that shows files of the container from within. Its form
// is the archive of `docker save`, which docker, podman and nerdctl load: a manifest, a configuration and one layer. Sources: Docker's image
// specification 1.2 ("combined image JSON and file system changeset"), the OCI image configuration, and POSIX.1-2017 ustar.

/** Where the programs lie in the image. */
const probe_archive_probePath = '/probe';
const readerPath = '/read';
/** The archive of an image; the same bytes for the same image. `sha256` gives the hexadecimal hash of some bytes. */
function probeArchive(image, sha256) {
    const { reference, platform, probe, reader } = image;
    const layer = tarOf([
        { name: probe_archive_probePath.slice(1), bytes: probe, mode: 0o755 },
        { name: readerPath.slice(1), bytes: reader, mode: 0o755 },
    ]);
    const [os, architecture, variant] = platform.split('/');
    const config = jsonOf({
        created: '1970-01-01T00:00:00Z',
        architecture,
        os,
        ...(variant === undefined ? {} : { variant }),
        config: { Entrypoint: [probe_archive_probePath], Env: ['PATH=/'] },
        rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(layer)}`] },
        history: [{ created: '1970-01-01T00:00:00Z', created_by: 'setup-qemu' }],
    });
    const configName = `${sha256(config)}.json`;
    const manifest = jsonOf([{ Config: configName, RepoTags: [reference], Layers: ['layer.tar'] }]);
    return tarOf([
        { name: 'layer.tar', bytes: layer, mode: 0o644 },
        { name: configName, bytes: config, mode: 0o644 },
        { name: 'manifest.json', bytes: manifest, mode: 0o644 },
    ]);
}
function jsonOf(value) {
    return new TextEncoder().encode(JSON.stringify(value));
}
/** A tar archive of plain files, which belong to root and are of 1970. */
function tarOf(members) {
    const sizes = members.map(({ bytes }) => tarRecordBytes + paddedSize(bytes));
    // two empty records are the end
    const archive = new Uint8Array(sizes.reduce((sum, size) => sum + size, 2 * tarRecordBytes));
    let at = 0;
    for (const member of members) {
        archive.set(headerOf(member), at);
        archive.set(member.bytes, at + tarRecordBytes);
        at += tarRecordBytes + paddedSize(member.bytes);
    }
    return archive;
}
function paddedSize({ length }) {
    return Math.ceil(length / tarRecordBytes) * tarRecordBytes;
}
function headerOf({ name, bytes, mode }) {
    const header = new Uint8Array(tarRecordBytes);
    const write = (at, text) => header.set(new TextEncoder().encode(text), at);
    const octal = (value, digits) => value.toString(8).padStart(digits, '0');
    write(0, name);
    write(100, octal(mode, 7));
    write(108, octal(0, 7));
    write(116, octal(0, 7));
    write(124, octal(bytes.length, 11));
    write(136, octal(0, 11));
    // the checksum is made with spaces in its own place
    write(148, '        ');
    write(156, '0');
    write(257, 'ustar\u000000');
    const sum = header.reduce((total, byte) => total + byte, 0);
    write(148, `${octal(sum, 6)}\0 `);
    return header;
}

// EXTERNAL MODULE: ./build/src/core/model/errors.js
var errors = __webpack_require__(2936);
// EXTERNAL MODULE: ./build/src/core/model/finding.js
var finding = __webpack_require__(9530);
;// CONCATENATED MODULE: ./build/src/core/model/engine-name.js
// The container engines that are known, the likeliest first.
const engine_name_engineNames = ['docker', 'podman', 'nerdctl'];

// EXTERNAL MODULE: ./build/src/core/model/entry.js
var entry = __webpack_require__(2103);
// EXTERNAL MODULE: ./build/src/core/model/program.js
var program = __webpack_require__(8895);
;// CONCATENATED MODULE: ./build/src/core/model/entry-in-force.js
// Which entry runs a program: the first enabled one that matches it, in the kernel's order, the newest first. What ran says nothing against
// that order: an interpreter's path may lead to another file by now, and its file may have been renamed, replaced, or be a wrapper.
// Source: search_binfmt_handler in fs/binfmt_misc.c, and prepare_binprm in fs/exec.c.


/** The entry that the kernel chooses for a file; undefined where it chooses none. */
function entry_in_force_entryInForce(table, file) {
    return matchingEntries(table, [file])[0];
}
/** The enabled entries that match one of the files at least, in the order of precedence: with one file the first is in force, and shadows the others. */
function matchingEntries({ table, enabled }, files) {
    if (!enabled)
        return [];
    return table.filter((entry) => entry.enabled && files.some((file) => isFor(entry, file)));
}
/** Whether an entry's rule matches a file, be it enabled or not. */
function isFor(entry, { head, path }) {
    if (entry.extension !== undefined)
        return path !== undefined && extensionOf(path) === entry.extension;
    return matches(entry, head.length < headBytes ? Uint8Array.from({ length: headBytes }, (_, at) => head[at] ?? 0) : head);
}
/** What follows the last dot of the name; a dot in a folder's name does not count, as no extension holds a slash. */
function extensionOf(path) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return name.includes('.') ? name.slice(name.lastIndexOf('.') + 1) : undefined;
}
/** Whether the same entries are in force for some files, by their inodes: then whatever ran between two looks ran under them. */
function isSettled(before, after, files) {
    return files.every((file) => entry_in_force_entryInForce(before, file)?.inode === entry_in_force_entryInForce(after, file)?.inode);
}

;// CONCATENATED MODULE: ./build/src/core/model/rule.js

const rule_ruleNames = (/* unused pure expression or super */ null && (['upstream', 'wide']));
/** EI_ABIVERSION and EI_PAD, which neither the kernel's own loader nor QEMU looks at: the first byte, and the one after the last. */
const padding = [8, 16];
/** What an AppImage of type 2 has at the start of the padding: `AI` and the type. */
const appImageMark = (/* unused pure expression or super */ null && ([0x41, 0x49, 2]));
/**
 * Where upstream's rule is not that of real programs. Toolchains write EM_MICROBLAZE (189), upstream asks for its forerunner (0xbaab); and for
 * big-endian programs it compares e_type in the wrong byte order, so that no program at all can match.
 */
const corrected = new Map([
    [
        'microblaze',
        { magic: '7f454c46010201000000000000000000000200bd', mask: 'ffffffffffffff00fffffffffffffffffffeffff' },
    ],
    [
        'microblazeel',
        { magic: '7f454c460101010000000000000000000200bd00', mask: 'ffffffffffffff00fffffffffffffffffeffffff' },
    ],
]);
/** The rule of a target's entry. `wide` leaves the padding of e_ident open, and corrects what upstream has wrong. */
function rule_ruleOf(target, rules) {
    if (rules === 'upstream')
        return { magic: target.magic, mask: target.mask };
    const { magic, mask } = corrected.get(target.name) ?? target;
    return { magic: opened(magic), mask: opened(mask) };
}
function opened(hex) {
    const [start, end] = padding;
    return `${hex.slice(0, 2 * start)}${'00'.repeat(end - start)}${hex.slice(2 * end)}`;
}
/** The rules by which an entry is the target's; null where it has another one. */
function rulesOf({ magic, mask, offset }, target) {
    const found = rule_ruleNames.find((rules) => {
        const rule = rule_ruleOf(target, rules);
        return offset === 0 && rule.magic === magic && rule.mask === mask;
    });
    return found ?? null;
}
/** Why no program of a target can match its rule; undefined where programs do. */
function rule_unmatchable({ name }, rules) {
    if (name !== 'microblaze' || rules === 'wide')
        return undefined;
    return "upstream's rule for microblaze asks for a file type in the wrong byte order, so no program can match it";
}
/** A program that a target's rule matches, from its probe: the bits that count are made the rule's. */
function rule_fitted(program, { magic, mask }) {
    const fit = Uint8Array.from(program);
    for (let at = 0; at < magic.length / 2; at++) {
        const [bits, count] = [byteAt(magic, at), byteAt(mask, at)];
        fit[at] = ((fit[at] ?? 0) & ~count) | (bits & count);
    }
    return fit;
}
/** The different programs of a target that one or the other rules match, made from its probe; those of upstream's first. */
function programsOf(target, probe) {
    const all = rule_ruleNames
        .filter((rules) => rule_unmatchable(target, rules) === undefined)
        .map((rules) => ({ target: target.name, rules, head: rule_fitted(probe, rule_ruleOf(target, rules)) }));
    return all.filter(({ head }, at) => at === 0 || !isSame(head, all[0]?.head));
}
function isSame(a, b) {
    return a.length === b?.length && a.every((byte, at) => byte === b[at]);
}
/** The same program with the mark of an AppImage of type 2 in its padding. */
function rule_marked(program) {
    const copy = Uint8Array.from(program);
    copy.set(appImageMark, padding[0]);
    return copy;
}
/** The beginnings of programs that must run: the probe's, and with `wide` an AppImage's too. */
function headsOf(head, rules) {
    return rules === 'wide' ? [head, rule_marked(head)] : [head];
}
/** Whether an entry matches whatever stands in the padding. */
function isOpen({ mask, offset }) {
    const bytes = Array.from({ length: padding[1] - padding[0] }, (_, at) => padding[0] + at - offset);
    return bytes.every((at) => at < 0 || 2 * at >= mask.length || byteAt(mask, at) === 0);
}
/**
 * What an entry in force lacks of the programs that must run: that it matches the padding's bytes, or precedence for those that have some.
 * Undefined where it lacks nothing. `entries` are in the order of precedence.
 */
function narrowness(entry, entries, heads) {
    if (heads.length < 2)
        return undefined;
    if (!isOpen(entry))
        return `rules is wide, and ${entry.name} looks at bytes 8 to 15, where AppImages have their mark`;
    const table = { table: entries, enabled: true };
    const first = heads.map((head) => entryInForce(table, { head })).find((other) => other !== entry);
    return first && `rules is wide, and ${first.name} comes before ${entry.name} for AppImages`;
}
function byteAt(hex, at) {
    return Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16);
}

;// CONCATENATED MODULE: ./build/src/core/request/cpu-models.js
// The CPU models that an emulator knows, out of what it prints for `-cpu help`. Source: the list functions of QEMU's targets
// (cpu_list in target/*/cpu.c), whose forms differ from target to target and from version to version: 5.2, 7.2, 10.0 and 11.1 were read.


/** What stands before each name in lists of older versions. */
const families = /^(?:x86|s390|PowerPC|MIPS|Sparc) +/;
/** What comes behind the models: features that can be added to one. */
const behind = /^(?:Recognized|Default CPU|Available CPU feature|Numerical)/;
/** More than most emulators have; those of x86 and PowerPC have hundreds. */
const mostNamed = 40;
/** The names of an emulator's list, in its order; empty for one that prints none. Never throws. */
function cpuModelsOf(text) {
    const lines = text.split('\n').map((line) => line.trim());
    const end = lines.findIndex((line, at) => (at > 0 && line === '') || behind.test(line));
    const listed = lines.slice(0, end === -1 ? undefined : end).filter((line) => !/^(?:Available CPU.*:)?$/.test(line));
    const names = listed.map((line) => {
        const rest = line.replace(families, '');
        // names of sparc may hold a blank, and what follows them is always the same
        return /^'(.+)'$/.exec(rest)?.[1] ?? /^(.+?) +\(?IU /.exec(rest)?.[1] ?? rest.split(' ')[0] ?? '';
    });
    return [...new Set(names)].filter((name) => name !== '' && name.length <= 64);
}
/**
 * A CPU as a person writes it: a model, and after commas its properties (`max,pauth-impdef=on`). '' is null: none asked for.
 * Throws `invalid-input` for what is no such thing.
 */
function cpu_models_cpuOf(word) {
    const cpu = word.trim();
    if (cpu === '')
        return null;
    if (cpu.length <= 400 && /^[\w.][\w .+-]*(?:,[\w.+-]+(?:=[\w.:+-]*)?)*$/.test(cpu))
        return cpu;
    throw new SetupError('invalid-input', `cpu "${printable(cpu)}" is no CPU model`, {
        hint: 'write a model as QEMU names it, for example cortex-a72, with its properties behind commas: max,pauth-impdef=on',
    });
}
/** The model's own name: what stands before the first comma. */
function modelOf(cpu) {
    return cpu.split(',')[0]?.trim() ?? '';
}
/** Whether a list has the model; some targets do not mind upper case, and some list the name of the type (`ev67-alpha-cpu`). */
function isListed(cpu, models) {
    const name = modelOf(cpu).toLowerCase();
    return models.map((model) => model.toLowerCase()).some((model) => model === name || isTypeOf(model, name));
}
function isTypeOf(model, name) {
    return model.startsWith(`${name}-`) && /^-[a-z0-9]+-cpu$/.test(model.slice(name.length));
}
/** The emulator (`qemu-aarch64`) does not list the model: the error, with the nearest name in its hint. `several`: other platforms are asked, too. */
function notListed(cpu, binary, models, several) {
    const name = modelOf(cpu);
    const near = nearest(name, models);
    const rest = models.length - mostNamed;
    const some = rest > 0 ? [...models.slice(0, mostNamed), `${rest} more (${binary} -cpu help)`] : models;
    const wish = near === undefined ? '' : `did you mean "${printable(near)}"? `;
    // many targets have no model of that name
    const common = name !== 'max' && models.includes('max') ? 'give a model that each knows, as max, or ' : '';
    return new SetupError('unknown-cpu', `${binary} has no CPU model "${printable(name)}"; it has ${some.map((model) => printable(model)).join(', ')}`, {
        hint: several
            ? `${wish}QEMU_CPU is one variable for all emulators: ${common}leave cpu out and set QEMU_CPU for each program by hand`
            : wish.trim() || 'give one of these',
    });
}
/** The emulator does not start with the CPU: a property that it does not know, above all. `said`: on standard error; `models`: its list. */
function notStarting(cpu, binary, said, models = []) {
    const words = said.trim() === '' ? 'it said nothing' : `it said: ${printable(said.trim(), 300)}`;
    return new SetupError('unknown-cpu', `${binary} does not start with the CPU "${printable(cpu)}": ${words}`, {
        hint: startingHint(cpu, models),
    });
}
function startingHint(cpu, models) {
    const name = modelOf(cpu);
    const otherCase = models.find((model) => model !== name && model.toLowerCase() === name.toLowerCase());
    if (otherCase !== undefined && !models.includes(name))
        return `did you mean "${printable(otherCase)}"?`;
    return cpu.includes(',') ? 'leave the property out that it names, or choose another model' : 'choose another model';
}

// EXTERNAL MODULE: ./build/src/core/model/image-reference.js
var image_reference = __webpack_require__(138);
;// CONCATENATED MODULE: ./build/src/core/request/input-values.js
// Values as people write them in inputs and options: lists, addresses, booleans, choices, hashes.


/** A list separated by commas or white space. */
function input_values_wordsOf(text) {
    return text.split(/[\s,]+/).filter((word) => word !== '');
}
/** Base addresses, http or https, without a slash at the end. Throws `invalid-input` for what is none. */
function input_values_addressesOf(input, text, example) {
    return input_values_wordsOf(text).map((word) => {
        if (!/^https?:\/\/[^/\s]+/.test(word) || !URL.canParse(word)) {
            throw new SetupError('invalid-input', `${input} "${printable(withoutLogin(word))}" is no http or https address`, {
                hint: `name ${example}`,
            });
        }
        return word.replace(/\/+$/, '');
    });
}
/** An address as it may be shown: without the user and password that may stand in it. */
function withoutLogin(address) {
    return address.replace(/^([^/]*\/\/)[^/]*@/, '$1');
}
/** A boolean as YAML 1.2 writes it; '' is `fallback`. Throws `invalid-input`. */
function input_values_booleanOf(input, word, fallback) {
    if (word === '')
        return fallback;
    if (/^(true|True|TRUE)$/.test(word))
        return true;
    if (/^(false|False|FALSE)$/.test(word))
        return false;
    throw new SetupError('invalid-input', `${input} is "${printable(word)}"`, { hint: 'write true or false' });
}
/** One of a few words; '' is the first of them. Throws `invalid-input` with the nearest. */
function input_values_oneOf(input, word, choices) {
    const found = choices.find((choice) => choice === (word === '' ? choices[0] : word));
    if (found !== undefined)
        return found;
    const near = (0,model_targets/* nearest */.pA)(word, choices);
    throw new errors/* SetupError */.w3('invalid-input', `${input} is "${(0,model_targets/* printable */.g$)(word)}"`, {
        hint: `${near === undefined ? '' : `did you mean "${near}"? `}it is one of ${choices.join(', ')}`,
    });
}
/** SHA-256s in hexadecimal, a prefix `sha256:` taken away. Throws `invalid-input` for what is none. */
function input_values_sha256sOf(text) {
    return input_values_wordsOf(text).map((word) => {
        const hash = /^(?:sha256:)?([0-9a-f]{64})$/.exec(word.toLowerCase())?.[1];
        if (hash !== undefined)
            return hash;
        throw new SetupError('invalid-input', `sha256 "${printable(word)}" is no SHA-256`, {
            hint: 'write its 64 hexadecimal digits, as sha256sum prints them',
        });
    });
}
/** Minutes, whole or with a decimal point, up to a day; '' is `fallback`. Throws `invalid-input`. */
function input_values_minutesOf(input, word, fallback) {
    if (word === '')
        return fallback;
    const minutes = /^\d{1,4}(\.\d{1,3})?$/.test(word) ? Number(word) : Number.NaN;
    if (minutes <= 24 * 60)
        return minutes;
    throw new SetupError('invalid-input', `${input} is "${printable(word)}"`, {
        hint: 'write a number of minutes, at most 1440',
    });
}
/** A root's path; '' is null. Throws `invalid-input` for one that is not absolute or has control characters in it. */
function input_values_sysrootOf(path) {
    if (path === '')
        return null;
    const isPlain = path.startsWith('/') && [...path].every((character) => character >= ' ' && character !== '\x7f');
    if (!isPlain || path.length > 1000)
        throw new SetupError('invalid-input', `sysroot "${printable(path)}" cannot be the path of a root`, {
            hint: 'name a folder by a plain path',
        });
    return path.replace(/\/+$/, '') || '/';
}

;// CONCATENATED MODULE: ./build/src/core/request/emulator-source.js
// Where emulators are to come from, out of the words of a request: one place, and the conditions that they must meet.






/** What the words name. Throws `invalid-input`, `invalid-image`, `unknown-version`. */
function emulator_source_wantedOf(words, catalog) {
    const method = oneOf('method', words.method, ['direct', 'container']);
    const reset = booleanOf('reset', words.reset, false);
    if (words.image !== '' && words.path !== '')
        throw emulator_source_conflict('image and path both say where the emulators come from', 'give one of them');
    if (method === 'container') {
        if (words.image === '')
            throw emulator_source_conflict('method is container, and no image is named', 'name the image to run, with its digest');
        const image = parseImageReference(words.image);
        const engine = words.containerEngine === '' ? null : oneOf('container-engine', words.containerEngine, engineNames);
        return { kind: 'container', image, engine, reset };
    }
    if (reset)
        throw emulator_source_conflict('reset is given, and method is direct: nothing has to be removed first', 'leave reset out: the new entry takes precedence over what is registered, and deletes nothing');
    if (words.containerEngine !== '')
        throw emulator_source_conflict('container-engine is given, and method is direct', 'add method: container, or leave it out');
    if (words.image !== '')
        return { kind: 'image', image: parseImageReference(words.image) };
    if (words.path !== '')
        return { kind: 'path', path: words.path };
    if (words.qemuVersion.trim() === 'host')
        return { kind: 'host' };
    return { kind: 'catalog', qemuVersion: versionNamed(words.qemuVersion, catalog) };
}
/** The version that an emulator from elsewhere must have: `qemu-version` is then no choice but a condition. */
function emulator_source_versionAskedOf({ qemuVersion }, wanted) {
    const word = qemuVersion.trim();
    if (wanted.kind === 'catalog' || wanted.kind === 'host' || word === '' || word === 'default')
        return null;
    const shaped = versionShaped(word);
    if (shaped !== undefined)
        return shaped;
    throw emulator_source_conflict(`qemu-version is "${printable(word)}", and the emulators come from ${wanted.kind === 'path' ? 'path' : 'image'}`, 'leave qemu-version out, or write the version that they must have (10.2, 10.2.3)');
}
/** The SHA-256s of which the emulator must have one. Throws `invalid-input`. */
function emulator_source_hashesOf({ sha256 }, wanted) {
    const hashes = sha256sOf(sha256);
    if (hashes.length === 0 || wanted.kind !== 'catalog')
        return hashes;
    throw emulator_source_conflict('sha256 is given, and the emulators come from the catalog, which holds the hash of each', 'leave it out, or name where the executable is: path, image, or qemu-version: host');
}
/** User and password for the image's own registry, both or neither. Throws `invalid-input`, and never shows them. */
function emulator_source_loginOf({ registryUsername, registryPassword }) {
    if (registryUsername === '' && registryPassword === '')
        return null;
    if (registryUsername !== '' && registryPassword !== '')
        return { username: registryUsername, password: registryPassword };
    const [given, absent] = registryUsername === '' ? ['password', 'username'] : ['username', 'password'];
    throw emulator_source_conflict(`registry-${given} is given, and registry-${absent} is empty`, `give both; a secret that this workflow cannot see (a fork, another environment) is empty`);
}
/** Two inputs that contradict each other. */
function emulator_source_conflict(message, hint) {
    return new SetupError('invalid-input', message, { hint });
}
/** What was asked for, for a heading: `QEMU 11.1.3`, `QEMU of the image ...`. */
function wantedText(wanted) {
    switch (wanted.kind) {
        case 'catalog':
            return `QEMU ${wanted.qemuVersion}`;
        case 'host':
            return "this machine's own QEMU";
        case 'path':
            return `QEMU at ${printable(wanted.path)}`;
        case 'image':
            return `QEMU of the image ${referenceText(wanted.image)}`;
        case 'container':
            return `QEMU, registered by a container of ${referenceText(wanted.image)},`;
    }
}

;// CONCATENATED MODULE: ./build/src/core/request/platform-list.js
// Which platforms a person asked for: a list separated by commas or white space, in any usual spelling, or `all`.




/**
 * Reads a list of platforms, each target once. `all` is every OCI platform that can be proven and, where the emulators come from the catalog,
 * that it serves for this version and host. Throws `unknown-platform`, `not-in-catalog` and `invalid-input`.
 */
function platform_list_platformsOf(text, wanted, catalog, host, provable) {
    const asked = wordsOf(text);
    if (asked.length === 0) {
        throw new SetupError('invalid-input', 'no platform is named', {
            hint: 'name one or more, for example: arm64, or linux/arm64,linux/riscv64, or all',
        });
    }
    const isAll = (word) => word.toLowerCase() === 'all';
    const platforms = asked.flatMap((word) => isAll(word) ? allPlatforms(catalog, wanted, host, provable) : [platformOf(word, ['all'])]);
    const unproven = platforms.find(({ target }) => !provable.has(target.name));
    if (unproven !== undefined) {
        const name = unproven.target.name;
        throw new SetupError('not-in-catalog', `there is no probe for ${name}, so nothing could be proven for it`, {
            hint: `targets that can be proven: ${[...provable].join(', ')}`,
        });
    }
    return { platforms: oncePerTarget(platforms), all: asked.some(isAll) };
}
function allPlatforms(catalog, wanted, host, provable) {
    return targets
        .filter((target) => target.oci[0] !== undefined && provable.has(target.name))
        .filter((target) => wanted.kind !== 'catalog' || emulatorFor(catalog, wanted.qemuVersion, host, target) !== undefined)
        .map((target) => ({ target, platform: target.oci[0] ?? null }));
}
function oncePerTarget(platforms) {
    return platforms.filter((platform, at) => platforms.findIndex(({ target }) => target === platform.target) === at);
}
/** What a host's processor may run beside its own programs. */
const narrower = { amd64: 'i386', arm64: 'arm' };
/**
 * The platform (`riscv64`) that a program of this target needs beside those that are emulated; undefined when it is one of them, or when the host
 * runs it natively as far as that can be known without trying.
 */
function lackingPlatform(target, emulated, host) {
    const isServed = emulated.some((platform) => platform.target === target);
    if (isServed || target.oci.includes(`linux/${host}`) || target.name === narrower[host])
        return undefined;
    return target.oci[0]?.replace(/^linux\//, '') ?? target.name;
}

;// CONCATENATED MODULE: ./build/src/core/request/request.js
// What a person asked for, whichever face it came through: words in, one Request out.







const policies = (/* unused pure expression or super */ null && (['shadow', 'keep', 'fail']));
const conflictPolicies = (/* unused pure expression or super */ null && (['fail', 'wait', 'take']));
const scopes = (/* unused pure expression or super */ null && (['host', 'private']));
/** Nothing given. */
const noWords = {
    platforms: '',
    qemuVersion: '',
    image: '',
    path: '',
    sha256: '',
    method: '',
    containerEngine: '',
    reset: '',
    ifRegistered: '',
    onConflict: '',
    conflictWaitMinutes: '',
    surviveRestart: '',
    mirror: '',
    registryMirror: '',
    registryUsername: '',
    registryPassword: '',
    verifyIn: '',
    credentials: '',
    rules: '',
    offline: '',
    cache: '',
    scope: '',
    sysroot: '',
    cpu: '',
};
/**
 * Reads a request. `platforms` is a list separated by commas or white space, or `all`: every OCI platform that can be proven and, where
 * the emulators come from the catalog, that it serves for this version and host.
 * Throws `unknown-platform`, `unknown-version`, `not-in-catalog`, `invalid-input` (also for a target that the rules cannot match), `invalid-image`.
 */
function parseRequest(words, catalog, host, provable) {
    const wanted = wantedOf(words, catalog);
    const version = versionAskedOf(words, wanted);
    const sha256s = hashesOf(words, wanted);
    const ifRegistered = policyOf(words, wanted, version !== null || sha256s.length > 0);
    refuseUnusedRegistry(words, wanted);
    const scope = scopeOf(words, wanted);
    const rules = request_rulesOf(words.rules, wanted);
    const asked = platformsOf(words.platforms, wanted, catalog, host, provable);
    refuseUnmatchable(asked.platforms, rules);
    return {
        ...asked,
        wanted,
        version,
        sha256s,
        ifRegistered,
        onConflict: oneOf('on-conflict', words.onConflict, conflictPolicies),
        waitSeconds: 60 * minutesOf('conflict-wait-minutes', words.conflictWaitMinutes, 30),
        surviveRestart: booleanOf('survive-restart', words.surviveRestart, false),
        mirrors: addressesOf('mirror', words.mirror, 'the folder that holds "pool", for example https://mirror.example/debian'),
        registryMirrors: addressesOf('registry-mirror', words.registryMirror, 'for example https://registry.example'),
        registryLogin: loginOf(words),
        verifyIn: enginesOf(words.verifyIn),
        credentials: booleanOf('credentials', words.credentials, true),
        rules,
        offline: booleanOf('offline', words.offline, false),
        cache: booleanOf('cache', words.cache, false),
        scope,
        sysroot: sysrootOf(words.sysroot),
        cpu: cpuOf(words.cpu),
    };
}
/** `conditions`: something says which emulator an entry must have. */
function policyOf({ ifRegistered }, wanted, conditions) {
    const policy = oneOf('if-registered', ifRegistered, policies);
    const comparable = (wanted.kind !== 'image' && wanted.kind !== 'container') || conditions;
    if (policy === 'keep' && !comparable) {
        throw conflict('if-registered is keep, and nothing says which emulator of the image an entry must have to be kept', 'add qemu-version or sha256');
    }
    if (wanted.kind === 'container' && wanted.reset && policy !== 'shadow')
        throw conflict(`reset is true, and if-registered is ${policy}: one removes what is there, the other does not`, 'leave one of the two out');
    return policy;
}
/** An engine pulls by its own configuration, so that these words would change nothing. Never shows them. */
function refuseUnusedRegistry(words, wanted) {
    if (wanted.kind !== 'container')
        return;
    const login = words.registryUsername !== '' || words.registryPassword !== '';
    if (!login && words.registryMirror.trim() === '')
        return;
    throw conflict(`${login ? 'registry-username and registry-password' : 'registry-mirror'} would have no effect: method is container, and the engine pulls the image by its own configuration`, login
        ? 'log in before (docker login), or leave method out: then the image is read with them'
        : 'set the mirror in the configuration of the engine, or leave method out');
}
/** The scope; what only has a meaning for the machine's table goes with it alone. */
function scopeOf(words, wanted) {
    const scope = oneOf('scope', words.scope, scopes);
    if (scope === 'host')
        return scope;
    if (wanted.kind === 'container')
        throw conflict('method is container and scope is private: a container engine registers for the machine', 'leave one of the two out');
    if (booleanOf('survive-restart', words.surviveRestart, false))
        throw conflict('survive-restart is true and scope is private: no restart of systemd-binfmt reaches a private table', 'leave survive-restart out');
    if (words.verifyIn.trim() !== '')
        throw conflict('verify-in is given and scope is private: containers of an engine do not see a private table', 'leave one of the two out');
    return scope;
}
function request_rulesOf(word, wanted) {
    const rules = oneOf('rules', word, ruleNames);
    if (rules === 'wide' && wanted.kind === 'container')
        throw conflict('rules is wide, and method is container, whose image registers rules of its own', 'leave method out: then the same emulator is registered with the rule that you ask for');
    return rules;
}
function refuseUnmatchable(platforms, rules) {
    for (const { target } of platforms) {
        const reason = unmatchable(target, rules);
        if (reason !== undefined)
            throw new SetupError('invalid-input', reason, { hint: `set rules to wide, which has a rule for ${target.name}` });
    }
}
/** The engines of `verify-in`, each once. Throws `invalid-input`. */
function enginesOf(text) {
    return [...new Set(input_values_wordsOf(text).map((word) => input_values_oneOf('verify-in', word, engine_name_engineNames)))];
}

// EXTERNAL MODULE: ./build/src/system/journal-file.js
var journal_file = __webpack_require__(4987);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./build/src/core/model/host.js

const hosts = {
    x64: { host: 'amd64', machine: 'x86_64' },
    arm64: { host: 'arm64', machine: 'aarch64' },
};
/** The host of node's words for platform (`linux`) and architecture (`x64`). Throws `not-linux` and `unsupported-host`. */
function hostOf(platform, arch) {
    if (platform !== 'linux') {
        throw new errors/* SetupError */.w3('not-linux', `binfmt_misc is a feature of the Linux kernel, and this is ${platform}`, {
            hint: "run this step on a Linux machine (runs-on: ubuntu-latest), or skip it: if: runner.os == 'Linux'",
        });
    }
    const found = hosts[arch];
    if (found !== undefined)
        return found;
    throw new errors/* SetupError */.w3('unsupported-host', `the catalog has emulators for amd64 and arm64 hosts, and this host is ${arch}`, {
        hint: "install the distribution's QEMU user emulators on this host",
    });
}

;// CONCATENATED MODULE: ./build/src/data/emulators.json
const emulators_namespaceObject = /*#__PURE__*/JSON.parse('{"format":1,"default":"11.1.3","packages":[{"version":"11.1.3","build":"Debian 1:11.1.3+ds-1~bpo13+1","host":"amd64","suite":"trixie-backports","archive":"debian","package":"qemu-user","path":"pool/main/q/qemu/qemu-user_11.1.3+ds-1~bpo13+1_amd64.deb","size":70501080,"sha256":"c22209644efe80e5d7f5ac67d319dc1d91f9f977a3a1cee734952c97d6097172","snapshot":"20261123T020905Z","check":4,"blocks":[[3196,4237209,25165824],[4240408,3095917,25165824],[7336328,4254300,25165824],[11590628,3905603,25165824],[15496232,3659140,25165824],[19155372,3282549,25165824],[22437924,3627565,25165824],[26065492,4032079,25165824],[30097572,4088192,25165824],[34185764,3205082,25165824],[37390848,3657266,25165824],[41048116,4034387,25165824],[45082504,4061912,25165824],[49144416,3130706,25165824],[52275124,3583483,25165824],[55858608,3848517,25165824],[59707128,3720480,25165824],[63427608,4022222,25165824],[67449832,2914741,25165824],[70364576,136327,1890304]],"emulators":[["qemu-aarch64",2048,17238488,"51b7a9805f7f2ba8e1a06d141fe28493ba288d38acf74daeba79f1a50a26eb27"],["qemu-aarch64_be",17241088,17250776,"3339f627261b9d4e5a306696f375e2bf9a48ebd13d4d209f462959a4d356096a"],["qemu-alpha",34492416,13368472,"ba987857944c3c9ec634a6224ce29e5c7e3a74790a09fd758d5cb5b92201768c"],["qemu-arm",47861760,14707864,"9be5271c9d9d3afc8f6b95f2f4801dfb37ef7062bc204a6d2c1e36cb39e70d0d"],["qemu-armeb",62570496,14724248,"c537a4027956e04297fd02aae3ed215cd5f1ca2a6c473c96902359ea77051af1"],["qemu-hexagon",77295616,15551416,"127d73e969051f8659c25069aa26313c70d13b5ef3f5842acb90e58f57a89da8"],["qemu-hppa",92847616,13449528,"fd8a8716474a0d257da39562b29b3141da7e9aea642bedd993179d6ca1462a33"],["qemu-i386",106297856,14171256,"5f5ea9061438b4ac1726a8a6bade011c244b94b64dbb2346135ef24056c281f4"],["qemu-loongarch64",120470016,13954680,"fa88e0154a3a981c85a1d72fb8dfaaf19073ae501b5cf1f150cb9dc601cf6bcf"],["qemu-m68k",134425600,13667512,"62513fc3623a394eebaa37419e270b49236110570efdd8a6c42ec0c82a8e177f"],["qemu-microblaze",148093952,13338840,"88aa1c4cbbc70f3aec0fb9874a6baa1c8389102cd01af59c289030a2fca7a576"],["qemu-microblazeel",161433600,13326552,"f8417e2adb4531b2f5f4da7050c752203ac2607c0a062104fa0b91457fa3f403"],["qemu-mips",174760960,14602040,"a33080dc8acc555939be7c48a1b6296140fae6f6e201045a3f74aa214bd909b1"],["qemu-mips64",189363712,14655000,"ac54383204ced4109309a389f00d5bdd7ef673c97248faf0c66a41e2c189ae89"],["qemu-mips64el",204019712,14646808,"26666b025873ec59adebc77c61e96c33d832866fb86cf805624a67b6a29b3c9b"],["qemu-mipsel",218667520,14593848,"3aa606e19c59f139ab774dfeec47548d718aed431a282da544dc0e51796f14e7"],["qemu-mipsn32",233262080,14663192,"a00014dbb74f50c8ab6635f49551f3710345612db0299c67e16c806e4525bbd5"],["qemu-mipsn32el",247926272,14650904,"10de80c6f0b0004dd1f0b679dbbe66a3f99f55842fd059ea77642aedf207d3af"],["qemu-or1k",262578176,13279192,"357e6e003c7459a5fe4a4bef684ba068bc755b7a973e5604831836746a5729ea"],["qemu-ppc",275857920,14360728,"43978d24e8337aba4a7bd5d865385f1b57145893a63aeda32d4cbc243be3f8ef"],["qemu-ppc64",290219520,14435512,"14d56dfdcaefa692893d3217ce04c93fc5c0d757e82f7a1dc61bad99e6b7d123"],["qemu-ppc64le",304655872,14431416,"ab325926a54a5e5ef297a0679b7cc13939ca2ac0f30ff01ec33c21beea57e5ec"],["qemu-riscv32",319088128,14886168,"d15e165b43b4385948f5bbc9b3440778754dad125d96e976326fbf7a2472b5a1"],["qemu-riscv64",333975040,14951704,"1930f2b568df3a6802d4c6c4c0f7d81cb3639fdd86b7fa7191fc486d783f759a"],["qemu-s390x",348927488,13881688,"2bcfb17b00ea62fa33bd2bf5b87c73a9be9c010f84a25fbf60898863d3626897"],["qemu-sh4",362809856,13361016,"0a25e9457654fa6763f630ca04a69eb8c25cf2e5c9d3233b2fff733a48efe637"],["qemu-sh4eb",376171520,13373304,"ca972d37b4241dde22f8dc7039b5d0342b02a53209525621ee074f3e9b2e4e4c"],["qemu-sparc",389545472,13621176,"a0e64b827fb923b38b3323bc4226214870c0a68cf85d343b80fb68859742def2"],["qemu-sparc32plus",403167232,13709784,"4a6338e270de692a8e73f6a9c4604d2ac7af7cdb5adf3a1dff9b57a130ea0971"],["qemu-sparc64",416877568,13701592,"8e9f78730c6badbaaeacfc07c447373646810b19c868e28878b7904ed448e0d4"],["qemu-x86_64",430579712,14159736,"fc84f7f32cd12884be92e8576e9362846b93b2b9169353ad0be9658b2cdae4cc"],["qemu-xtensa",444740096,17637592,"c339904cbe081038ae8752cfaca7cc7ff95900dfeee22ecd47a5d51574b1cf0e"],["qemu-xtensaeb",462378496,17477688,"c1bd39b9860b57555da307a7a53f00b8bfd222432a92bb01489c855244e255ee"]]},{"version":"11.1.3","build":"Debian 1:11.1.3+ds-1~bpo13+1","host":"arm64","suite":"trixie-backports","archive":"debian","package":"qemu-user","path":"pool/main/q/qemu/qemu-user_11.1.3+ds-1~bpo13+1_arm64.deb","size":63682680,"sha256":"ef95ad07d63b8111c1dab7956e54a374c02b95d3916ec06323a3df8b2caeabe9","snapshot":"20261123T020905Z","check":4,"blocks":[[3192,3831888,25165824],[3835080,2858765,25165824],[6693848,3860462,25165824],[10554312,3475245,25165824],[14029560,3424598,25165824],[17454160,2957246,25165824],[20411408,3153916,25165824],[23565324,3769536,25165824],[27334860,3562628,25165824],[30897488,3078557,25165824],[33976048,3106462,25165824],[37082512,3811527,25165824],[40894040,3534171,25165824],[44428212,3001930,25165824],[47430144,3105950,25165824],[50536096,3431451,25165824],[53967548,3534661,25165824],[57502212,3478636,25165824],[60980848,2593570,25165824],[63574420,108084,825344]],"emulators":[["qemu-aarch64",2048,17188632,"441d1bf80451feb3a715bd6157d8753f1024e8e6f47a6deb4f68d583104c2e4b"],["qemu-aarch64_be",17191424,17188632,"39ea92117540f81676b03298be2100aadb15b9d3a44f7be95c806f4161a5c114"],["qemu-alpha",34380800,13323672,"dc85de5a04b35e0f12c55915032d26644f7623b6873ced3cdef2fc7ae89b6d6d"],["qemu-arm",47705088,14696536,"cfbb89b18d17cf12897da6653d2843b4f7a32f451470ae8a8541d415aa9f9665"],["qemu-armeb",62402560,14696536,"d7a4d0e2a4ce96df1c5c09a4a9f23e22e7352eb15bfb2018bbbdc858b1e59aad"],["qemu-hexagon",77100032,15450632,"db8933a5f80578c84a3d26195fe05657207a972e33a2213a174f7f4bd0e8a29a"],["qemu-hppa",92551680,13388424,"15e6e02c2c162b462c4ac2acbd978324c5af1c445e0d9d93f67fe0bca689da9b"],["qemu-i386",105940992,14083320,"cef2b5bffce3e53771eddca713ffd6ff8061e596e37cc4a1ec92b25d8a1d7c02"],["qemu-loongarch64",120025088,13893432,"c0a92eb117f8505e9a7012cefc3c20aaa2b2d08cb1beec30144e8065ff526279"],["qemu-m68k",133919232,13655112,"741a0a46053b6b6a5203c42c0da0aac5d6fb25224565bda7437d130dd64ae490"],["qemu-microblaze",147575296,13319000,"ffdbcbeeeec5a992ec3f03a2d980dec4f815376e723bb5155dc455a670780bd9"],["qemu-microblazeel",160894976,13319000,"4b57943aab1d44ce4b249cf38a7144cdd06af1535ef68ef2a58f9e96964cd98c"],["qemu-mips",174214656,14509704,"b31ac9b43db23395f9d8e7e780ddfa7200483af5bfaa004379ee63a305e9cdc3"],["qemu-mips64",188725248,14586248,"3305d25c6815d1ddf1d2c6eaf1d91d0036bc6a47a3c2b4f52be7aad3bbe8600c"],["qemu-mips64el",203312128,14586248,"dbd792b44063f34b450ca3a969cda3902559a5826d3786c24c175a46858d275c"],["qemu-mipsel",217899008,14509704,"1ebc282dbd8a9c70a2a1bb0d5037d8068917a315516c9a662958ada3044b603e"],["qemu-mipsn32",232409600,14586248,"e27d7395814afa4cdb0e268812c68a908bfd2e17dcadc2cd8feb62547a01b6f2"],["qemu-mipsn32el",246996480,14586248,"8438b42adeaa2813dad978924afd8b4ada897b7b386183b1da1fe71cf873cca5"],["qemu-or1k",261583360,13255128,"90acfc0122cafc734f36b1f5d1f19cbaa34c86681203b6a97302980f380f16bc"],["qemu-ppc",274839040,14393336,"ba4f1a76df4f99a2dd9729f4a894d6589e692847d779ffce1b4b0293f33d0119"],["qemu-ppc64",289232896,14398392,"1e348f5adb10c5d6376e6e173f8caffd7ec4aff2d3e56b1d606635e8ab468de0"],["qemu-ppc64le",303631872,14398392,"d4e87b4a7e0a4491b73bad04e19fc0fc1a546d197097564257ab0b5f2ac9fe08"],["qemu-riscv32",318030848,14868936,"32d9aecf75e9c3f252189aeaab02432f85209a4baa790ef57ea3c447a6b74dfe"],["qemu-riscv64",332900352,14934472,"4f2a1d48c78e99801f0e00e8a83ec689b797d123757a4c551af8f12705608f02"],["qemu-s390x",347835392,13822584,"2fefcaf25171cc49af6cd1add298ece8204c1ed4e0ecd465401524da9a161118"],["qemu-sh4",361658880,13320600,"1948817366c2e59ea3afaf58875a5c9d654d294beb42f79fa02cc49357776fd9"],["qemu-sh4eb",374980096,13320600,"b909110c012a3ceb5e618836c001f6c78a41a85c15b995a5d85f79fa2378570e"],["qemu-sparc",388301312,13584680,"8570eb36b3d7bfcae7b263ad5a3bb80c39206adb9efd40f5fc89cf812388eb87"],["qemu-sparc32plus",401886720,13721960,"2369ded02114490cd9d888ddeef1b09ac7a00db55929daf7fe23631df4968c22"],["qemu-sparc64",415609344,13656424,"a63fa94bf2772ff4dcc7f56f510f3a2fa76717e9fb8d4afa12753d711bb01e59"],["qemu-x86_64",429266432,14084024,"b9ad2fbba40abc6c42802a087a7e18c4dd6c3eaaf2b43c1e2d9184dc819bb5fe"],["qemu-xtensa",443351040,17805256,"27ece3c5444f6d482fc90c0e10dddd33f32f087c7a7d73715bcebbb7f38967cd"],["qemu-xtensaeb",461156864,17629624,"8f690e90f2d28c63b330b329637513c21d148f231f7a3f3f91c769a924ecdbfb"]]},{"version":"10.0.13","build":"Debian 1:10.0.13+ds-0+deb13u1","host":"amd64","suite":"trixie","archive":"debian","package":"qemu-user","path":"pool/main/q/qemu/qemu-user_10.0.13+ds-0+deb13u1_amd64.deb","size":71089852,"sha256":"ca6ede739327a20ae5a3498230c8a3a9a072c586e131bc6bcc1201eb1725e336","snapshot":"20261122T091544Z","check":4,"blocks":[[3192,4446904,25165824],[4450096,3163986,25165824],[7614084,4011164,25165824],[11625248,3984784,25165824],[15610032,4032897,25165824],[19642932,3472524,25165824],[23115456,3371396,25165824],[26486852,4007058,25165824],[30493912,4001022,25165824],[34494936,3963346,25165824],[38458284,3260730,25165824],[41719016,3870142,25165824],[45589160,3991123,25165824],[49580284,4007469,25165824],[53587756,3478860,25165824],[57066616,3370160,25165824],[60436776,3804693,25165824],[64241472,4002345,25165824],[68243820,2845860,23318528]],"emulators":[["qemu-aarch64",2048,16661520,"73cc2584f119f9e74c85c0a8549dbb6fd104ae3897a06a7500797f9e5b4d0943"],["qemu-aarch64_be",16664576,16669712,"35dc4e3f5fd98e64829cb7c1510eaca650477d362e133272c98f54fe779fdb96"],["qemu-alpha",33335296,13310160,"fd729e90326f52e7fd0b0c46c666e50d67803a1f9fca4e524e3ce1061d9bc4d5"],["qemu-arm",46646272,14674352,"94f4d938a299230026c759b348a5c8f8eaf05969ee5d7a6819598de8c6d342bb"],["qemu-armeb",61321216,14690736,"97e7a05bf0da9523eb5ecc810b074982aeb5120e7598960f314591c9da86c13d"],["qemu-hexagon",76012544,15410864,"1434d1884d1bec1b77dae3961d920e2f12a381c005437a4221d3df55f04a7bb5"],["qemu-hppa",91424256,13383024,"bd7f666866cde10c1d04428f50d21b8d81e7ddd264d75861d7805a7a2adf747b"],["qemu-i386",104807936,14087856,"3378bb95493e33dc6cb215a8d89c4aeb58d12201b817413a4c0449ffa5abb443"],["qemu-loongarch64",118896640,13896336,"b09614fd066fb73ecc02d026b61d20b1fc6ac9f6403476f5ef395346f6ce2d60"],["qemu-m68k",132793856,13613168,"fa4bfd33554d6aaf2243358ff63b550380b4e938c52148a3bb7d576661df1ba9"],["qemu-microblaze",146407936,13288688,"b4c987f122dd933712f3bf0f083aa52bcd085f58d68c246211ea86c1f03a20d8"],["qemu-microblazeel",159697408,13276400,"7bb343956a1edd3f69abd534203a36eb7d12d54df0060e9655d7c8bb36ddd495"],["qemu-mips",172974592,14464112,"7ccb9c526e2eec1c24a984cc5172619ad88e34025f3f2d7014ec3867ad1c1b45"],["qemu-mips64",187439616,14496592,"3220e7913d739200dc4e390d7cdeca8fb3aedaa49d47b01398fc1b9f9b2d4c88"],["qemu-mips64el",201936896,14484304,"34b47fcbaecc5c9cecc9293e097f61d8773c2d8b2578d06692494cc5a04ed149"],["qemu-mipsel",216421888,14451824,"40be2a933d47494134ddc8947ce09c41af6ea29056a4e552da8e8cd8375f2229"],["qemu-mipsn32",230874624,14504784,"0c36c9d5d62fdcf9ca35af02e6b8e2156432d64521e40382f46c98c3fa4e9802"],["qemu-mipsn32el",245380096,14492496,"572f2913d3295c63b14702ea463f8dc77e6d80239e27db1be4dc94442cfd7d86"],["qemu-or1k",259873280,13216752,"a2563037f0d32ef20c0b997ca30f2dd1d58e1efdf264cb5af2f4d67c0e282658"],["qemu-ppc",273090560,14299664,"5beff7081702ffa17d0543cfa0fbccc01d4d8dd7d3563508c1546e19bb13f8e2"],["qemu-ppc64",287391232,14374480,"daac0fa143cd875dc37d9ad6f11e243bb5c6ed92c13de7298169e60f2c267b9b"],["qemu-ppc64le",301766656,14362192,"450b03fd35025e483e9347e59f444ab45ab5a232047d04b036cd1c4ebcf42e89"],["qemu-riscv32",316129792,14755792,"0aa7f21eae2ad26685d35ffde603165a843a795880c2e2db6fb70cef60007962"],["qemu-riscv64",330886144,14821328,"f2bb9b35eb97fc6b67c43a65d944ea9dcd7b1908df95faf28cea68511e762dc5"],["qemu-s390x",345708032,13831440,"9f97454561433373d0e0c14b6decabb0fd4c150cdd102299704498bc0fc7d7d2"],["qemu-sh4",359540224,13302704,"ecdb22e998401e4ea3e3890ea6ff475ea18bd8691346888ff3b980c62a43c1ec"],["qemu-sh4eb",372843520,13310896,"9eba081ea97ffb076bc15746306e99c7c580c476bba9144a001eb5ce4f149c5f"],["qemu-sparc",386155008,13563792,"540e9b0cfabd1dbea2ec778dabe772d67e298087ba743a18f054a0772c9d1387"],["qemu-sparc32plus",399719424,13651472,"a7b0619412493d43a6f2c9ebd875eecb6c78afc3f56f5d86414c52c1e3689a55"],["qemu-sparc64",413371904,13647376,"d16fd1b5b95cbe0ad638c0a3fd74c4ae0cc8085a4dd8aba11eb526d721ec266a"],["qemu-x86_64",427020288,14072240,"36d35ffe5363bd49bfa9c2b6a048e9fb2e798fea38285a5a45f52d34f9869089"],["qemu-xtensa",441093120,17575184,"fa66e1feea0b9fd0ae7f621a1bf95ec11ebc14b06df1d95d51ed53ca6dffab6e"],["qemu-xtensaeb",458669056,17419376,"4ade49c738b742443d403d97be6442970259b45a5043eea84bd4e89d728fc60e"]]},{"version":"10.0.13","build":"Debian 1:10.0.13+ds-0+deb13u1","host":"arm64","suite":"trixie","archive":"debian","package":"qemu-user","path":"pool/main/q/qemu/qemu-user_10.0.13+ds-0+deb13u1_arm64.deb","size":64178608,"sha256":"c73711af02b97cd5e2667e735d9c06890c57165517110ca4e646c95a7083158d","snapshot":"20261122T091544Z","check":4,"blocks":[[3196,4003628,25165824],[4006824,2953626,25165824],[6960452,3607216,25165824],[10567668,3531650,25165824],[14099320,3635715,25165824],[17735036,3232524,25165824],[20967560,3089190,25165824],[24056752,3504892,25165824],[27561644,3556130,25165824],[31117776,3704983,25165824],[34822760,3032993,25165824],[37855756,3288049,25165824],[41143808,3718307,25165824],[44862116,3554044,25165824],[48416160,3431421,25165824],[51847584,3005407,25165824],[54852992,3155957,25165824],[58008952,3718674,25165824],[61727628,2450805,22069248]],"emulators":[["qemu-aarch64",2048,16630944,"088500814a5a8e0e0ee3cad0f6c600b5dfa261f77cc0e6460f81b0b616e09509"],["qemu-aarch64_be",16633856,16565408,"f2965f89097af5c4004c3ef0e50b164ce5ce26c9bcf7297c24f61006b64287ca"],["qemu-alpha",33200128,13257136,"e48ab3fc37e122bd0cbd2458988cba5a6db0e3bda3e374d953879620dabf9848"],["qemu-arm",46457856,14633952,"c21b6dd2a49ce67a0b207095da9c3ced2816a1fac8267978fac270358e261a41"],["qemu-armeb",61092352,14633952,"9df9907d822b76fbd7dcd3bc1cd83d71b2c3ba7eac2813e9229667b9df2650d5"],["qemu-hexagon",75726848,15318304,"ad9d2489547541f725bfe7847c26566d9077bad2badd00f12aefe5146765af5b"],["qemu-hppa",91045888,13387424,"d34abe8976d8cf5724acde0342bfcc215d48323837a7de90a1e20bce26ae1bfb"],["qemu-i386",104434176,14008288,"05861488755f4f14fad16200cb9d33257654b48206ced0be2b8a64b954870a7f"],["qemu-loongarch64",118443008,14023504,"853f8e5dc2aeae96eccea1d859060708c11473722834b6a594a89ea09f5f04d4"],["qemu-m68k",132467200,13588496,"c6a57edde54c345f16f2063890e7b2e96060b4ca4254d87326381c218c678474"],["qemu-microblaze",146056704,13252464,"12bf4a0878ff50d41497ecf8a9901d5456e8e8c6e9eb5cac1af3bde06d2168db"],["qemu-microblazeel",159309824,13252464,"cf59442aa7276d910898009954f5e73c91c2eaadb8926b22f98f7b54db02e956"],["qemu-mips",172562944,14372272,"2ab653d83a3928acaadf51a387e4f8b89ffde97ec91eb32cec479aad836af7f4"],["qemu-mips64",186935808,14383264,"5a8fd08e74c50e40209505abebce63c64e5dd231f41ed5e7863facb3690443f9"],["qemu-mips64el",201319936,14383264,"f450e135b76bdf574c42555949fa802659b644522d4cf5dab7a0aaabb1916b44"],["qemu-mipsel",215704064,14372272,"9f74a2a8aa8b8c5b747d04e0669da4ea4ddd5e45c067bd43866243c497571124"],["qemu-mipsn32",230076928,14383264,"8b6e28f2a62f5d9ad261e5ab58ace3b4ce4811bdfc82a695d4a5dc3b580f9ae4"],["qemu-mipsn32el",244461056,14383264,"cf6a67518f219264f5bda8160ce4d9d8bd7239f952ac8e202722f1e57df1f94c"],["qemu-or1k",258845184,13188592,"d1d5b6869b842e92861ebc4fc933d111d27c52a28cfb0e4d18f19268779c6a9c"],["qemu-ppc",272034304,14262608,"3fe6df7fd1a35b9bf5196bfbcca95b23272cbf3a73bb23d6fb0eae6e440a1c76"],["qemu-ppc64",286297600,14333232,"69371af918f30c1f5e01de15b18401dee353d5bc81bc81b22eb4c7008b7462ed"],["qemu-ppc64le",300631552,14333232,"c8b14781384c6a83f3c2dc22c2144a29ab9632b62c1b9a93abcd6b1401e234e9"],["qemu-riscv32",314965504,14796416,"802ee3648edd1e7b98790225a5bdf1551477a9ee12de56c05e86c3110d49e5d7"],["qemu-riscv64",329762816,14796432,"a9701280eb841c6dbfb7f89de3759da74aaeec93628604fd0800fd7b6b60f297"],["qemu-s390x",344560128,13821488,"cdf5a9c1d5597134d20979cc3cd2e24dbcdebf6ff5cee8ec59cca2be3553c177"],["qemu-sh4",358382592,13254064,"00d676408bb0d75877bd3bd8b61d86a7e13a32f701a2acd57827d0c23ce9f9d6"],["qemu-sh4eb",371637248,13254064,"4f2e340e82eeedcb9541f33b87a79c0cf125f2819f111d3dd505b0b67679499b"],["qemu-sparc",384891904,13519072,"dc067c76b81d305edf5ef4e5ffccf7cd447dc789088ef4a12c27a84c4fd1b919"],["qemu-sparc32plus",398411776,13589888,"f014521827fa3cd0db22e0e34dea9bcc48cfdaca3aa42c6dcef7e31636257c49"],["qemu-sparc64",412002304,13589888,"83c6d4d2818fb7bafa88e8c313a9159c0440c6fd7c7736316b61d823b478c05f"],["qemu-x86_64",425592832,14008992,"9af86352fd463ad9ec25bdd6a4b891ac6b6a7f3d46a7db3da6f23e2c09094a59"],["qemu-xtensa",439602688,17673184,"fb99aa7b0171d238c13e8beeea5adb77c38fecaf94927bf1a4caa7fb6b535b30"],["qemu-xtensaeb",457276416,17563088,"ff6e580efb94823ca626553a24efe3fe92b7dafbcb14a806b763e486e7571502"]]},{"version":"10.0.2","build":"Debian 1:10.0.2+ds-2+deb13u1","host":"amd64","suite":"trixie-security","archive":"debian-security","package":"qemu-user","path":"pool/updates/main/q/qemu/qemu-user_10.0.2+ds-2+deb13u1_amd64.deb","size":71008176,"sha256":"ac60ebf92f482731e6a89ff5428c805a74f3e66c062670b89c81d2f7512d6c38","snapshot":"20261122T005303Z","check":4,"blocks":[[3080,4444646,25165824],[4447728,3161450,25165824],[7609180,3995869,25165824],[11605052,3987265,25165824],[15592320,4045128,25165824],[19637448,3507565,25165824],[23145016,3361091,25165824],[26506108,3947994,25165824],[30454104,3998641,25165824],[34452748,4019751,25165824],[38472500,3274958,25165824],[41747460,3804414,25165824],[45551876,3999638,25165824],[49551516,4047887,25165824],[53599404,3551172,25165824],[57150576,3365999,25165824],[60516576,3682249,25165824],[64198828,4004848,25165824],[68203676,2804328,22939648]],"emulators":[["qemu-aarch64",2048,16648144,"7a74a3ed985c7a0508f8c89faa692625098d2f98bf4c5f8e1db7fe9225729419"],["qemu-aarch64_be",16650752,16656336,"751a45a1b10d811dc2a95f2a66879ad7708aa39386310a9f95c2055c94775c23"],["qemu-alpha",33307648,13297360,"dbc97d2b04231893a5b0ba9cbeab3559715bd91f78a2100529a48dd7cbf76f2d"],["qemu-arm",46605824,14665648,"1776558bbc541a3a4693a689bed752cb422a8aa4e1607780be4beba5a2de471d"],["qemu-armeb",61272064,14677936,"7e8e0efd5a95b76bd76e710bade48ffb965a6c02b5b48fcb3c9e806e408fc48f"],["qemu-hexagon",75950592,15398064,"9bad6014aa06766e7216d4ac1449c07f91f8b5470c303a153294707d90352127"],["qemu-hppa",91349504,13374320,"487715d96524ebac190356eb9a0dc8d4cb3004055fca0cc4124774ccd130d808"],["qemu-i386",104724480,14075056,"625adbf87aad7b22b7b570bb92da5e74148fb407fb262714b22026591822469f"],["qemu-loongarch64",118800384,13883536,"98ff8ca9e1b801ae718ed0347146b1f100e34028c13607c79e86b8d5b763b4f4"],["qemu-m68k",132684800,13604464,"22098094f0d087dea40e4d9a00af8fd1700ce4af1efe31c05afb48d99705ba9a"],["qemu-microblaze",146290176,13275888,"cc3132eb9083640bf28ef6d7e2cab0e8fd07dfd60f01f27d93c21bc278363f56"],["qemu-microblazeel",159566848,13267696,"de37574fb964fb5409fda13d0c318b041a3dd5ab387251e1ecd743adbd1da882"],["qemu-mips",172835328,14455408,"18e99f8a18107dc12272c7ca4315ad338cecba98a08343a0bbab450dcc6731f7"],["qemu-mips64",187291648,14487888,"eea83b78c4ff191c5c6416e6663c901744ed0f0209a10b776a841ab62e5bd1dd"],["qemu-mips64el",201780224,14475600,"8852babdd4ac1c4a084677990fee2c29c7d5a8434fc59825d3d8323d10af1127"],["qemu-mipsel",216256512,14443120,"1fe21c607f4e53ea386fc9344042735fd0b69cbecb31f90d52383d0c084fc8b2"],["qemu-mipsn32",230700544,14491984,"b53842e1e827293766e6a6ac6447c84b6ee70ccfda4ffa5e091fb6464a008b83"],["qemu-mipsn32el",245193216,14487888,"58dd420159040907a2eea54ebd360c2c4a316757f8c7786c495a4beb22f3ac0f"],["qemu-or1k",259681792,13203952,"86bd535f7e323f400cb0b6b4c2eeeefeedf67c8fa38c6b65ee011e535ea22f97"],["qemu-ppc",272886272,14291184,"9cdda529ab605102ddabd6c25999499f8fc84acf1a5cd2456a3c9316293fa1fd"],["qemu-ppc64",287178240,14366000,"6bbb0560da3f8964978bbe6c8a7fa08b0b2c37edc41ab5b480b961cbd6482636"],["qemu-ppc64le",301544960,14357808,"dcb27e7e341cfeda4b754db070512a1494d2d7a31c87d31cc57eca17aeef3b5a"],["qemu-riscv32",315903488,14734704,"fc621debddc1673ca0caaff3d8108e8799680d7a4b5a62ab9ffa2fb01bbf9dca"],["qemu-riscv64",330638848,14812528,"fa0f6eebaffcbbff09641926465591da601829065258ae3c308831eff2ac139d"],["qemu-s390x",345452032,13818640,"86ca94b7aa7adcb118e89f3776eb7ee91915c3f0c1a91aa704038f7fb8589bfb"],["qemu-sh4",359271424,13289904,"456822702cc9bd46e79c8f2cf119bfaf62cea0c4c86096c378e0ddfeba853328"],["qemu-sh4eb",372561920,13302192,"866986f517c0ef84a9e255def07d83ec5c8bc9559846754899103597adbe5480"],["qemu-sparc",385864704,13559184,"61b445ac6b0094a0fa775dd8bf0f1b50335fd5fda426fa44982d59585a9644ef"],["qemu-sparc32plus",399424512,13642768,"219cd1d42720155092b1d1dc9cbd1ee167441292669835264ad56d255238e2f4"],["qemu-sparc64",413068288,13634576,"6af9d34604b4cfd4b78b627db1240d75c130dcdf1e040740683b55144a75c517"],["qemu-x86_64",426703872,14059440,"191fd16a736c0d1e641cbd67ea1690ec52004cbd16b2490c75f228060bed715d"],["qemu-xtensa",440763904,17566480,"9c96f46d6ce06f6d3da91ef1a3a33bf6c56ec8bf53f46ea1c0962e9e55617214"],["qemu-xtensaeb",458331136,17406576,"bb8894a0fb55d54d8cd3d481baa192ef6999db873ff4c7daf1d76b7b3d6f0f4c"]]},{"version":"10.0.2","build":"Debian 1:10.0.2+ds-2+deb13u1","host":"arm64","suite":"trixie-security","archive":"debian-security","package":"qemu-user","path":"pool/updates/main/q/qemu/qemu-user_10.0.2+ds-2+deb13u1_arm64.deb","size":64056980,"sha256":"a2bbd74c6777968f6a252e0923051f56c4b30d9632a3e913cdd0ce71ecf26f81","snapshot":"20261122T005303Z","check":4,"blocks":[[3080,3991289,25165824],[3994372,2937718,25165824],[6932092,3596411,25165824],[10528504,3533323,25165824],[14061828,3640872,25165824],[17702700,3320484,25165824],[21023184,3086556,25165824],[24109740,3427231,25165824],[27536972,3531900,25165824],[31068872,3700362,25165824],[34769236,3155923,25165824],[37925160,3162737,25165824],[41087900,3780586,25165824],[44868488,3520151,25165824],[48388640,3459956,25165824],[51848596,3095186,25165824],[54943784,3115165,25165824],[58058952,3661330,25165824],[61720284,2336522,21372928]],"emulators":[["qemu-aarch64",2048,16564368,"e7159eca8ebe74cf81b84c536044b69506510cec26d089e4d74a7acafa5cc7f7"],["qemu-aarch64_be",16567296,16629904,"d588e0e22eff117270c9b46e80a95c0d8946b3e7a68032db3e66d26394456984"],["qemu-alpha",33198080,13256624,"47b8bd8ecf24da736d2033c6ad6c39688b5b722ab0cd792e7a019c06daaf0b0c"],["qemu-arm",46455296,14633440,"c4b0c5f30becf2a9f391497f92ed82e2147d5de85df4a81f7b6f8c43a64af116"],["qemu-armeb",61089280,14633440,"e7e7e85d309cabf7fc5193f215064130f5b1ca6198f5da7575d65f1be45f0fb2"],["qemu-hexagon",75723264,15317792,"e8e2bb1671e02d79f2b1818007adf1118cef37e549dd61e0c6b6ce01dfd611f8"],["qemu-hppa",91041792,13321376,"c1080d87f1b01208e1917207381a03c67f2fee9648ef474f256c0bb85ae9db56"],["qemu-i386",104364032,14007776,"4f261ea24fcf99ee62cfee76fdeb113464747afa2106faacdba344b58aa1cce3"],["qemu-loongarch64",118372352,13826384,"94a632572ed378af7ad59518dad0246802694ce6c51b19da14e301cbcdc3e3b3"],["qemu-m68k",132199424,13587984,"c1f6782f7a39e2bb6c756463d8b14aa8d355cf4e67afdf09a06fa65f08752301"],["qemu-microblaze",145788416,13251952,"8ba93b888a0a25b1b588e2ca45ab9c328433543aa9f03afaed9ad4f803601b18"],["qemu-microblazeel",159041024,13186416,"cbe068b815c7db1cf45f4a5dffc3661c0ec769bceb5c1f4d3a1afcfc61574492"],["qemu-mips",172228096,14371760,"cbeac31ed3e299f001499b55e3e8c1b2512825ac2ada312cbca1807759e06e62"],["qemu-mips64",186600448,14382752,"c6bc31f85d21932d7ac548c201241aa10d33bb03e80aafd4e96222dba6d90d7e"],["qemu-mips64el",200984064,14382752,"a49ada7b3f060deb18fd33c9ec5cf864f119678118df48525d4dd5c525898629"],["qemu-mipsel",215367680,14371760,"0fb57bbfb020940e419570054705df3d322d891e08cf284202c55ee3e18abbfb"],["qemu-mipsn32",229740032,14382752,"e43e0c15eb5514041d36b03bef6a5db3183b58dc418713ba53dd159888b2cf42"],["qemu-mipsn32el",244123648,14382752,"88a1c72f52528b3aa57be47351436fa8a86b9798ac2172ae8b2b23ccd9fa950e"],["qemu-or1k",258507264,13122544,"a41509892e691057ad57c79b72fb091984c62e5406c01af913f80c0ee6d7ca7b"],["qemu-ppc",271630336,14262320,"a7bd4b4812cb4d391bb4bf356186843a99f79af69d8f99d0c60f000906e4e728"],["qemu-ppc64",285893632,14332944,"37e01b729ab0423dcd5c1c1a2368e99b35db240c66863693b90df5c514de0563"],["qemu-ppc64le",300227584,14332944,"75f355e59ac40949dc66ac343a3cb9785ff60896fd8c61a77195de8024edae5a"],["qemu-riscv32",314561536,14730288,"690d8d6c7b9ccc0ffef1ac8a6c379bfa3e552cef64a28864bb10b579f2580c2e"],["qemu-riscv64",329292800,14795824,"5b18d341e61ba40a30ad41dcec63901daabf09ee18fa6a45c4aca99d0624eae4"],["qemu-s390x",344089600,13755440,"17bdb9359fe72420ef58bf671c1dea90319b6a8bb9124eddc2330d7bf558f287"],["qemu-sh4",357846016,13253552,"8f3a5a43c8075dcf77cf5a90530686170cfbf8253bafdf96d54789262707fda5"],["qemu-sh4eb",371100160,13253552,"6a06de000df08dad64d7ef22d0aa87059780ec8b2692aa2739b7de87c611f629"],["qemu-sparc",384354304,13518560,"d6f3b677921ffa8628ba134dbaab79e84ebfe38517634ecf5c00bdde22f51ca0"],["qemu-sparc32plus",397873664,13589376,"fa58094639523d309f6efbfc479357ba58ac97c7600b10d8a88ebb0b25143f79"],["qemu-sparc64",411463680,13589376,"a974e2c8e45ee29ac0ecbd4ff5997f0671c1bd4f57a50945b1b5a079a5ecf6ef"],["qemu-x86_64",425053696,13942944,"6d28de8a56485363253ca1d74825c726170a040e4dc5f8d31df560a782a549ea"],["qemu-xtensa",438997504,17672672,"5f35fa44bb0c0b53a866fb98e0d865185667e45cf18139054e9fd7c977b1b777"],["qemu-xtensaeb",456670720,17497040,"423ba2cd17c49b8ead6c19277cfcfa14e3592011e4b18c2c178eba43f6ae2a07"]]},{"version":"10.0.2","build":"Debian 1:10.0.2+ds-2+deb13u1~bpo12+1","host":"amd64","suite":"bookworm-backports","archive":"debian","package":"qemu-user","path":"pool/main/q/qemu/qemu-user_10.0.2+ds-2+deb13u1~bpo12+1_amd64.deb","size":62834188,"sha256":"10a2dec99f2b2d0b1097ff0375aea35b89322d6631fc96700511b02e05bf6fef","snapshot":"20261123T020905Z","check":4,"blocks":[[3072,4537275,25165824],[4540348,3839706,25165824],[8380056,4094975,25165824],[12475032,4668221,25165824],[17143256,4235700,25165824],[21378956,3767452,25165824],[25146408,4169988,25165824],[29316396,4539765,25165824],[33856164,4220844,25165824],[38077008,4144660,25165824],[42221668,3918737,25165824],[46140408,4384513,25165824],[50524924,4253115,25165824],[54778040,3880445,25165824],[58658488,3995006,25165824],[62653496,180544,3512320]],"emulators":[["qemu-aarch64",2048,13680016,"3ef82f81dac228342ab4cfc7b6d22b24cddb035ea5bf41cdd925bd5455fe1bbb"],["qemu-aarch64_be",13682688,13688208,"620916931e81f59400cd07c3378282f2c246bab9ca272917313c233c02c70e20"],["qemu-alpha",27371520,10439824,"ed433bd72b71bf0638bbab50fc5ca90aa9ba1e95c169e1c0ba9a94951fd84d7d"],["qemu-arm",37812224,11746672,"4cb5af59a18d011541c3e9f283bafa261e2f46c7bda6911150bcd7f1210bf560"],["qemu-armeb",49559552,11754864,"7d95c8e386f2d677c3d0581a0395c4d6b25e9e1b195b3fbfad8ee383086e3955"],["qemu-hexagon",61315072,12524144,"84ac79753f30e923fe7b08102c7cd2bc4a235defcd13569c3e372c247293afb4"],["qemu-hppa",73840128,10529072,"3e502257ccd3006cf53688ff79569d27c1acdbadd25d8f934e6783afdf5f5411"],["qemu-i386",84369920,11205232,"19a832ac173a1d633677ee817fe23901fed63f0ca74573b9a7ef4dcdddf0a925"],["qemu-loongarch64",95576064,11038288,"5add77bcaa80a395cd0160271e2b9e0db6af4f3cb1ac42d8238db1a001282086"],["qemu-m68k",106615296,10738736,"f07ab841c81f4ebc8ec6dec20354355de7aeef0cc0353d93f7926b7877fa6ad0"],["qemu-microblaze",117355008,10422448,"552202198ab0318429cd74df6c9ecb8cf582351557ea2c0ce85785da3f06c868"],["qemu-microblazeel",127778304,10414256,"5b6823165522c007b5c735b63d836c9653ce39473e765353ea0eb6f261f89d54"],["qemu-mips",138193408,11581488,"b60830134030c51907920d1acb1d1fc11aa65243b432eb1224bf19a18668bbaf"],["qemu-mips64",149775872,11618064,"43d64f4fbf0459047b2c5259b0f8cdd7105235611fa475edc974a8d5fbeafaba"],["qemu-mips64el",161394688,11605776,"9cb7e182e243568977cbc702b719dc7bfe9cdaff5a62c8e98dbd8cfa5df20d88"],["qemu-mipsel",173001216,11577392,"3dc35f48581f1480ae61b240c4310cf7ac2862332081f3f122ea103e3f286649"],["qemu-mipsn32",184579584,11618064,"df0def99e33bc7a6c9c3cac94827476e1f5b9027fc771e24d059072a048ffd1c"],["qemu-mipsn32el",196198400,11609872,"f7aac928bc8cdb42e9122641d649f65606718b770cacc56a6b88360b09fe9876"],["qemu-or1k",207809024,10350512,"556c441ec25c90cb2f9fa1f7e9f23ffc310cb6d898c601578e83fa0152ba0978"],["qemu-ppc",218160128,11421360,"9ee08a2108c795a36363d5e20d1c9bc547495d1b018ce9e4d11922b02ee501b5"],["qemu-ppc64",229582336,11487984,"b8774666eca338405b74ab767dcd66766a7754adea965fa6c8e041daa8d2a51a"],["qemu-ppc64le",241071104,11479792,"b4d6c7e6c3c7c651bf148b42690d70509191e20cfdbfac5b3aa9906c4a009285"],["qemu-riscv32",252551680,11860784,"1f61d84dfdfcb0ecfa8c707b59eb6aff28e99cc0950d49aceb78a3b0482ac04e"],["qemu-riscv64",264413184,11926320,"5bc993d139b59a87d968c563b8ccf050610da2d9034db11efe35bb0d181453a9"],["qemu-s390x",276340224,10948816,"a6c46e49da4cebe60c5b8937b7961657bd81bbc0880fa8d571caf4794217d43a"],["qemu-sh4",287289856,10436464,"c05441849b90b16d12fa9f9007fad0f0ce9cca29d1d15f1e823eee82131f83b3"],["qemu-sh4eb",297726976,10444656,"ecdb3260cc7d0e6fe6bc6228ea7bf37b3ef50b343f140de1d8d73fc98797e2f4"],["qemu-sparc",308172288,10701648,"0f02ae761c2edc83229955d61d1e0bb28c526cf452032dd6de86c07414eb8a71"],["qemu-sparc32plus",318874624,10793424,"289bfcdee9a06a1048de8015658a7bde5c9a34bebe4f41fead9851aae6a1bdeb"],["qemu-sparc64",329668608,10785232,"6bdd65edf4254b9cd0103e909cb1c8858ff50992374ff5e3c85d83e686110e2a"],["qemu-x86_64",340454400,11185520,"825565805f456cef24dba41ef3bef380697861d174a7ed0b2b7c0473fe0d92f5"],["qemu-xtensa",351640576,14663888,"3b6f081139cee2e453872a9996fa2200af8ee3835eba4f8c9bfbb741c12f09c5"],["qemu-xtensaeb",366305280,14503984,"25acfa3408171aade4c18509770cfaaf634c48610609ba9ff0702d60b04c02a0"]]},{"version":"10.0.2","build":"Debian 1:10.0.2+ds-2+deb13u1~bpo12+1","host":"arm64","suite":"bookworm-backports","archive":"debian","package":"qemu-user","path":"pool/main/q/qemu/qemu-user_10.0.2+ds-2+deb13u1~bpo12+1_arm64.deb","size":17914088,"sha256":"b98c7b86ae9c69d0a28e834f2d8e1d1edb57e9ed355cfb5eae4e72c7eef73b37","snapshot":"20261123T020905Z","check":4,"blocks":[[3068,2949623,25165824],[2952692,2975771,25165824],[5928464,2487984,25165824],[8416448,2655663,25165824],[11072112,2720880,25165824],[13792992,2674614,25165824],[16467608,1446404,8513536]],"emulators":[["qemu-aarch64",2048,7026320,"e0287a18e9b3a2666c76c4df68aa175039ac7e71d96cbb2b434924bd32d147e0"],["qemu-aarch64_be",7029248,7026320,"38ec05982c893fede36c7dab6b3429e9ce8a72995f9e68ee78a22e98ae18cfd6"],["qemu-alpha",14056448,3691936,"ca7f6ca50bed8a096e08fce61754c5020a1e92850bc629ff2668ab9ae485fcae"],["qemu-arm",17748992,5080720,"1e67dd5ae3a11e7f12df451bf0b073952a0b190a60937a6ae118ec1ce5f85a19"],["qemu-armeb",22830592,5080720,"b3a73818bc1f8a620e65e5134e14ad7e9da1b55c3b745cec12828e97c71def44"],["qemu-hexagon",27912192,5690256,"4f32f019f730e490e71d3fefc8394bdbb452e9ac816e34d7c782eb299c1d10bd"],["qemu-hppa",33603072,3822144,"b71f37ba8aa40c218306e93480200526b1e72a36ff239b65988f71bb0bce53ff"],["qemu-i386",37426176,4448400,"7a577cd81085b7384ec3e779277f2a6177a3d6abd515503e9705357279affd73"],["qemu-loongarch64",41875456,4331376,"1d62a4360536f855c778aba4e2a2c14573c71a5577afaa2f10747e1db33b0e00"],["qemu-m68k",46207488,4023632,"88041021e0052e0537d2b845c0c54afcd2a1c8520dfa37a2f3e2e15157f3ff42"],["qemu-microblaze",50231808,3686848,"b992e6043e3847ec18c50ade7262b7a3a83124ca8311600d883e896a2f4dd9f9"],["qemu-microblazeel",53919232,3686848,"46c920bc2204679cd9a6411c37665254b7dc60ec78309ff7fd924cea68d49d9d"],["qemu-mips",57606656,4813072,"2b9bbeddf9c3e8ae87ad3e2f9e2f158dd32f9470f1a6bb85e0cfefc78c478a8a"],["qemu-mips64",62420480,4890608,"f41936cb3fbb3fc5d908740a121fee03b011079f6f40bfe68fb825acad73e545"],["qemu-mips64el",67311616,4825072,"9def2b0672fdebb151eaf77d0a4baea6c5b94786341c36f3b89e6a0f536f5857"],["qemu-mipsel",72137216,4813072,"bb7ffd571b54e8224afa2982a6ee6f01e21c1f985a3876fc8f7c849f05664387"],["qemu-mipsn32",76951040,4890608,"341935143eee6bb46e362a5ab4950df03ff923e32a6baa607d8c80aed0609403"],["qemu-mipsn32el",81842176,4890608,"6d7608c1feb57f1ce1d75291da29108173be0807a36a71608ca55718389dc1a0"],["qemu-or1k",86733312,3623120,"0c3578eece2f7b13c114e357c6e763b219e3dedc804c451ff4716babddd4988b"],["qemu-ppc",90357248,4702144,"4011e648274fa8a9787811358f45a4fa38808dd960c0c929f5eaa2a493a04332"],["qemu-ppc64",95059968,4772880,"c7e614a8f9a552f12fb15854c654267f6f58ca7ed6b39a1bd151634c9329048d"],["qemu-ppc64le",99833856,4772880,"e88e41690d50e6b2eb1fcd34929df31e68d25a54267e339503e9792169490932"],["qemu-riscv32",104607744,5174240,"fe19cc558498308d1aa48392b80bf15191b57ad43711c0ce4a4c5a4171292332"],["qemu-riscv64",109782528,5239792,"b68b728d4ffa048cb97e563742546cab86d09f255e533454e10ae68cb727ba99"],["qemu-s390x",115022848,4258288,"c7b9fbca4e0b43f1970b24b99a1106da3add7aaacf22d5dc7e2e31054b2a2f83"],["qemu-sh4",119281664,3688576,"2dd5171e77ca3f4e9a6a707438fad7a98cb67d4a19b35fa178bc67ab98811587"],["qemu-sh4eb",122971136,3688576,"899acf81cc710cf60a5fc83ebd0465491fb2526c484c2b3496a03ec91d619f61"],["qemu-sparc",126660608,4019296,"070f054986999d02d57ce030709ffcd5ddb7af1c9068148c46737671563dfb63"],["qemu-sparc32plus",130680832,4090592,"f4c17e4bc7d2ebb2f3aeb72ec6be82c60a8d977146ff8a1bc2082cc4c1c0086e"],["qemu-sparc64",134772224,4090592,"7766f98ffe8834b84edfeda481808cb431e3891c8885dcdea3bde43c0288550b"],["qemu-x86_64",138863616,4449152,"9ec48b0f4e6faa448204baca4a0761f3527bb8d48a422f23f582c6bc81090558"],["qemu-xtensa",143313408,8055296,"81e7226bf5455a25dc5907ebba90f8ef5b9659aace7d6c8053253fed5effc81c"],["qemu-xtensaeb",151369216,7944832,"2792393c90301aa5b02222326849f05929c003fd08362752d7067e9f3e45fae2"]]},{"version":"7.2.22","build":"Debian 1:7.2+dfsg-7+deb12u18+b3","host":"amd64","suite":"bookworm","archive":"debian","package":"qemu-user-static","path":"pool/main/q/qemu/qemu-user-static_7.2+dfsg-7+deb12u18+b3_amd64.deb","size":62603724,"sha256":"c3e3ba2bd87f8c5b9a5da5ef21b5a3b82d7c63b89dd448d9ddaa4eabc5b6e402","snapshot":"20260712T101637Z","check":4,"blocks":[[4272,4327829,25165824],[4332104,3967515,25165824],[8299620,4565243,25165824],[12864864,3975337,25165824],[16840204,3790687,25165824],[20630892,4367137,25165824],[24998032,3925681,25165824],[28923716,3778578,25165824],[32702296,4610592,25165824],[37312888,3992112,25165824],[41305000,3742130,25165824],[45047132,4507932,25165824],[49555064,3844100,25165824],[53399164,3962887,25165824],[57362052,3480155,25165824],[60842208,1761366,10833920]],"emulators":[["qemu-aarch64",2048,12918384,"4f55e2e88dc05dc0f619562d5795b8eb25ed2ad2547504fb4835207a6911c350"],["qemu-aarch64_be",12921344,12926576,"b26d0b4e5e6fe7b2c0c528ac023439c5b4f053da2f1401618503b58beb6b7213"],["qemu-alpha",25848832,10135696,"f88483c160026dff54b493d034e3624943ae2478b54705c56247a0f652b01c2e"],["qemu-arm",35985408,11284016,"4707fc8fee4660dba6d150d930152d995f2aa784e3b52b4deb8be282533d1f87"],["qemu-armeb",47270400,11292208,"01c0572df8c381f8a54ee83c8e3dca49a542b544bc2d9ca1cc3d5b7da11e5cbf"],["qemu-hexagon",68683264,12716272,"75ac148d822b8e4bf614fb33857052a183b5256798c6a7a973f8ed10ae10e91c"],["qemu-hppa",81400320,10197136,"d7d78c011550008f6dd3fefc31ee8ce14cabc6c157128439a9abd347fc90a638"],["qemu-i386",91598336,10800112,"a26e7305a383a7bc67080f6e5bce72dedcc3612080a023a4b0fdc4629a7cecc2"],["qemu-loongarch64",102398976,10115216,"bd9a514632619fb0f90692b1f5df8ec93e5f4a562a361056e5e6a36b966cd10d"],["qemu-m68k",112515072,10443024,"dcefeb7ebdfe0c68e2e6148ffe19c7cfde2c684901452213f73fa126c0b8672f"],["qemu-microblaze",122958848,10117488,"7109d4271240555eb375f6f73d0681ebde4738526867ee306b63215e909e6a79"],["qemu-microblazeel",133076992,10109296,"aeda7ad6302296ae31ec143dd481d9ed71051e55562ac1bfda58884b1e8f2b03"],["qemu-mips",143186944,11193200,"a2956a2a10ea76552c3d67c889f1f40883753dbf150b99f6ce0647801e1cd30f"],["qemu-mips64",154380800,11238032,"b1f3fc1d4d85c56226f1269525d3b66c8a4c192bc2027b8bd181817a10e5db30"],["qemu-mips64el",165619712,11229840,"60a4f793e8df59b94bf69810b8b7b778ea81956eaf4a788194387f7dd5554336"],["qemu-mipsel",176850432,11185008,"695eaf6c502c7e6615199dd8e01979ee43c04f2d74d08bb4eb3534630e56f5ff"],["qemu-mipsn32",188036096,11242128,"a7714e26e19b1c819aa7eec99a962f623955dade2603c75cd5282dae73917521"],["qemu-mipsn32el",199279104,11233936,"51f94561dcbc948276c5062553fa13b1db6afa6e39e4bfd382d33fd111db421f"],["qemu-or1k",220583424,10053680,"10239c4f213418801443c2815245758ad6c41482c7bd7529aa31dabf6401a6eb"],["qemu-ppc",230638080,11096304,"24f44958edc210ab150f2132cc668b592864f7d7b1f00e054ff335742176849c"],["qemu-ppc64",241735168,11171184,"b0e21ea87c10d7e6b2fda43682dd93546aacb3437d78bd95f8fa1d96d67b7418"],["qemu-ppc64le",252907008,11162992,"8bb66df7a3ebc66356fc89f5ec08acf3184dfa2af684fa03f737e2c37f5d5e2b"],["qemu-riscv32",264070656,11284304,"8d4bbe04ffc6ca304ba047a3b9539f85ba803113c4671e20cd32f0d5ccf21e76"],["qemu-riscv64",275355648,11308880,"555165a5f638551572c53cf0844942b781aaa13681bb6a838170d8ef4f1c207c"],["qemu-s390x",286665216,10594256,"eaae13a250d6f10419de73f3a04ee11f6b27b4f1d05251ac74340a8f5d67dddb"],["qemu-sh4",297260032,10140048,"64cb4e1d85e3f8a65a1844017ddb620a9467ea5f81f26ecd73bd37b1ddc7bc1f"],["qemu-sh4eb",307400704,10144144,"e131574171a3579f372e4ebaad65c4f023785d401d51a03518df8986d2b8dc25"],["qemu-sparc",317545472,10384432,"0aa01cfe0ba403e87c522fbb69692c660cf9c0b416684347865124ffc0fdc00e"],["qemu-sparc32plus",327930880,10441776,"d37a7418314bc41ab38d16a4337b04c90fc75804c96d9ff19bc44eb8b8af51b7"],["qemu-sparc64",338373632,10437680,"668b63dd3230c2f33c5c3de3058c7689e95dbea7791c6a397bdffb9e3037f094"],["qemu-x86_64",348812288,10787600,"8f2e8d5017b23a877fdf52e4021e6348bb5ad92306dd0d0615159ab6276da442"],["qemu-xtensa",359600640,14335952,"d0c7a47da8e1dec432e595a1b1a19e38f5748c4c1936b47d4e86b0d6841a9ed7"],["qemu-xtensaeb",373937152,14171952,"0b6e21b317a6fdd57519f2a191e60246eef90b627e65d595b31e49e60b7d2a70"]]},{"version":"7.2.22","build":"Debian 1:7.2+dfsg-7+deb12u18+b3","host":"arm64","suite":"bookworm","archive":"debian","package":"qemu-user-static","path":"pool/main/q/qemu/qemu-user-static_7.2+dfsg-7+deb12u18+b3_arm64.deb","size":56490396,"sha256":"e420c417c12b42ca774795b62888d5388da0e08c1ef263dea1490e5ce4e32a0b","snapshot":"20260712T101637Z","check":4,"blocks":[[4276,3931143,25165824],[3935420,3615055,25165824],[7550476,4101272,25165824],[11651748,3573507,25165824],[15225256,3603001,25165824],[18828260,3938332,25165824],[22766592,3405649,25165824],[26172244,3738507,25165824],[29910752,3966141,25165824],[33876896,3473266,25165824],[37350164,3752880,25165824],[41103044,3899527,25165824],[45002572,3291263,25165824],[48293836,4198180,25165824],[52492016,3415179,25165824],[55907196,583049,7096320]],"emulators":[["qemu-aarch64",2048,12882904,"d2940d30ac6085d02f5bdb4c4bb68174e82b36f32c5d1f9333c200932292fb29"],["qemu-aarch64_be",12885504,12948440,"322ecc070bdec0dad43d8442b455f8181186e7f7ab5e56c1b9a7dd3c91d1a0ca"],["qemu-alpha",25834496,10063448,"7bee85982223b34ee5e22513c0c245f0ce7b54aee06fb51128f903aea43592cb"],["qemu-arm",35898880,11244456,"0a8a5104304a8eb5d540174dfa93aa515c90c0173bc9fc6a01f175e5e3a35178"],["qemu-armeb",47143936,11244456,"ce907d708ff6a82143a4b4edf69b1ff9f671ab9d5032e49a6f1002b84f6922ad"],["qemu-hexagon",68387328,12619432,"c143bde30f7ef3338b0fbfb056a1b87c0c6ebc7b4fd65beaa5e8244a1e4fe045"],["qemu-hppa",81007616,10063448,"66e6a29733a83a05534b96cb43a987603dbb491a319ac246cdbe78d597694bb0"],["qemu-i386",91072000,10690520,"780a2ba1b55023d2a86a4d6a500fb33d91ec8a42d410cee042031a26a0b57c86"],["qemu-loongarch64",101763072,9997896,"37a21cbc499bf8dd5506531bee101ff6362cd128be61bb846d6c2fce967d3c6e"],["qemu-m68k",111761920,10325720,"d75fe50c70e01670a613c5650167ce182690e57b2e1d73d068c3db7ac4b9976d"],["qemu-microblaze",122088448,10000168,"6cb147d8bd358098f2e460e4372835accea95527af8072491f9c5d737de2afe7"],["qemu-microblazeel",132089344,10000168,"4350165c894190e88ad2b030b724197dfc6dc3ba4cfb0d49c35a40eb39b8bb1e"],["qemu-mips",142090240,11047176,"59ffa028f686a783c1364a9dadeecd67a2780ad431b55d87a728b4720929820b"],["qemu-mips64",153138176,11112488,"39e8259f1dab775e44846c94f988341379536fef09f880d33052daaf09ae43e9"],["qemu-mips64el",164251648,11112488,"2956a8b45e71ba2e3e4ab21c9ceb7ab794413deba349365a0e6e0746a6d4bd40"],["qemu-mipsel",175365120,11047176,"166502bf6387141eb47be7eb366604b2afab1981d387247dcdcf81efe46ecf5c"],["qemu-mipsn32",186413056,11112488,"73bf3eb364a497d624fbeb41b7608d50592b4c98c4d05aef14dde4d211c12bf9"],["qemu-mipsn32el",197526528,11112488,"04089d285a3fc33e789c92e84be89ff86f06e5d98a5944bea1b0985e5d6b8aa0"],["qemu-or1k",218575872,9932280,"254f20642f4a4444cf995b2a7b8dd0c63ca202c346e87fa153ed659eed7d4549"],["qemu-ppc",228508672,11036312,"57af574dbfb597908690c23f1f0ae22cb475a945d6f174fdb2cd4b05267351c0"],["qemu-ppc64",239545856,11107096,"a733be627ba443545dd2e667ac5460525479a752e3d0893c236edf8017943254"],["qemu-ppc64le",250653696,11107096,"e0880f3747ab17e73bfe2ec1015d7362681e7b53159ee66fda8b8a64b966f00b"],["qemu-riscv32",261761536,11183416,"6716b0f5c7052fca629a06c5318e8038c9cffa3385bd1a2f1f9139f8eedc873a"],["qemu-riscv64",272945664,11248952,"71a44b9da8d86764a971ca752bd9076b2dd328881db0767e351c4ac0a30cead9"],["qemu-s390x",284195328,10468760,"5b4d7dac97494fd42ad3c056f48b95b9edea9acab0cf9fb7d7d9d065855f0cae"],["qemu-sh4",294664704,10063688,"bc13a370ef44e8cfc270f0114db65bafab89f7644088ecbae0c8adf94c7a303c"],["qemu-sh4eb",304729088,9998152,"43fcb90759cfede5521a32576f8b217248de2bc692b9108300a9f9649cf191fc"],["qemu-sparc",314727936,10263000,"e6e345b2ae4888ca5e9d0c831538931e26e7b4aa6c21d75c756f4dad3b118884"],["qemu-sparc32plus",324991488,10328536,"e58801ab7ecfade738c276231f4e513a687ef4a6bc1da7a9515021bba6a09c14"],["qemu-sparc64",335320576,10328536,"e563d55a41032108c8d1ecf8c0150c3f1a0e0cdeffe1e9229364deda229d3077"],["qemu-x86_64",345649664,10624760,"16ce7dbb6626f3c0e1f932f831817dbf3b506c848a168d16f2172151e9666594"],["qemu-xtensa",356275200,14099896,"16139a182f7c6f97afffe9909027b16c5a20df0de4b2ac8db5acdb8803247945"],["qemu-xtensaeb",370375680,13989432,"8e10252b0469b25e8371b282a2d993bc9ff64eed374632b09e86c5a986eba073"]]},{"version":"7.2.18","build":"Debian 1:7.2+dfsg-7+deb12u15","host":"amd64","suite":"bookworm-security","archive":"debian-security","package":"qemu-user-static","path":"pool/updates/main/q/qemu/qemu-user-static_7.2+dfsg-7+deb12u15_amd64.deb","size":62622984,"sha256":"073b3bc6081c82177c37f045ab7954c998f7d7a70ca57dcfbc308bdc83dc4018","snapshot":"20261122T005302Z","check":4,"blocks":[[4236,4325259,25165824],[4329496,4005270,25165824],[8334768,4558619,25165824],[12893388,3988909,25165824],[16882300,3779604,25165824],[20661904,4380392,25165824],[25042296,3932003,25165824],[28974300,3746220,25165824],[32720520,4628064,25165824],[37348584,3983898,25165824],[41332484,3745216,25165824],[45077700,4533150,25165824],[49610852,3814233,25165824],[53425088,3960147,25165824],[57385236,3488291,25165824],[60873528,1749305,10762240]],"emulators":[["qemu-aarch64",2048,12914288,"93f9cfd3a92b0da06da02a0a3b4749855064a10f06952bd8c69cf2876a5bbfa7"],["qemu-aarch64_be",12917248,12922480,"283bc82caed44501b2a42466d638c4c6f23aa89e14db731680f4e5ce9ed32c02"],["qemu-alpha",25840640,10135696,"0e09e07b80d2afb97e76aecacdfc1dfe5fb43317b4a4bdef4fe604e728ec2333"],["qemu-arm",35977216,11284016,"08f45f5c317b03248642e3cff5e4d663cb6a82fbb49b0435f36be1930dc11c85"],["qemu-armeb",47262208,11292208,"db95fbecc88d5a53705f839f05d0ef70583e5e9bdde67fac9d57df43367ac66a"],["qemu-hexagon",68675072,12716272,"158b14063ded872b2f8797a92bece5f06d736e74b4467e7aea9a16f0662fde48"],["qemu-hppa",81392128,10197136,"ea2ecd780f9970136e9e8ffb501cdc3b7a7c29b1fbe7ef6b2e6e66a080063d15"],["qemu-i386",91590144,10796016,"f398c59d11c6b38e44f93bbfbef97e335c368f019807cf82a61d5956b8af945f"],["qemu-loongarch64",102386688,10107024,"b1b187d440a72d950e85c8847a87b88fa54bfb51d76fd0468b620ccbd172e247"],["qemu-m68k",112494592,10438928,"573d001c304d1488f9df0e34c9179bbfe1102c489d74e14b93c36d14d454234c"],["qemu-microblaze",122934272,10113392,"99ec7f7325e93d3a5944da44c4877204e6b4af26a9861424901d29008fc15513"],["qemu-microblazeel",133048320,10105200,"10c6b53267a6a2d81d7b569f1ce6bc0697df8011e350ab2fdfb62969ae898f0e"],["qemu-mips",143154176,11189104,"f859eeb34d96aa8315c8700f45f62e0b9276bc71b9be79775670ffe80e7f042a"],["qemu-mips64",154343936,11238032,"9ab5a14fdf86d8cc60ef5ddeb6d0f1c9309b0fc631f2f610d191aa2950863155"],["qemu-mips64el",165582848,11229840,"3e021f66cd79af142903cc1c7974a796dda999c53320ded16d1d613233e8c521"],["qemu-mipsel",176813568,11180912,"834ee1112c59af2377f34f9e852aa015b426031d6f36b42f4f41921a35868c47"],["qemu-mipsn32",187995136,11242128,"342a830c69e3943227bef0061d6d915118700b50dea691514dd7cb0baced65df"],["qemu-mipsn32el",199238144,11233936,"19403d2e50872aca2c03a2abe46ebfebe3c17b0f083118a463570279e02b1472"],["qemu-or1k",220538368,10049584,"79e484121633e3605cafa4ad08ac00049587814ebee24ba6f9efa19310dd8ce7"],["qemu-ppc",230588928,11092208,"40998cefab42412d555b31e40566a1f8b1659113b583aed900ff4a58e6055813"],["qemu-ppc64",241681920,11171184,"893b3441cb54ac8d26233b66fe124ee5d604921e9b2e9a351fbef228c0bfd841"],["qemu-ppc64le",252853760,11162992,"84f3ca232718b073f651365e92b7c421484fe5d2efb519c0b3836d3eefcbc476"],["qemu-riscv32",264017408,11284304,"41a979cf69441f9bf7315adb45d2859c443f49111af81927aefe0dc50bd531cb"],["qemu-riscv64",275302400,11308880,"1ec41cccb16ff74898358c3c1b1d2a0081022d225bf5d7872904479e16916e6a"],["qemu-s390x",286611968,10594256,"bae2b882af9de069fda8792627e899af2a0f20ef452be9fc9a889bd70390feed"],["qemu-sh4",297206784,10135952,"c16ca2b9c2215b25dd4faf46e0dcc8f319795166bb3d36587616f4d40bf07e16"],["qemu-sh4eb",307343360,10144144,"a339a5751fcc6a8a655b44cf97985fe92173eda0b20121eb46977c21d6aee221"],["qemu-sparc",317488128,10384432,"aac4961d16ffb80aecc02500ef2035c0f105ff14cc568eb7b131ed7c08db9ab5"],["qemu-sparc32plus",327873536,10441776,"cd79f49d252f8aee3e6fd139152e273972af8505bf49caed4d8beab74d8a1963"],["qemu-sparc64",338316288,10433584,"d5451ff00f84e80e76ee0db91475f7ae8e997c78679062553e9330dea57592ad"],["qemu-x86_64",348750848,10783504,"eae36ad5dbaccc7c599a58ae9665aa133625287046f693ac0eb62a3b4bced50f"],["qemu-xtensa",359535104,14331856,"ac4387e235f1f1621c0e0d1e67c6aea997abac09a320f0f6622e3eb4726e228b"],["qemu-xtensaeb",373867520,14171952,"75adbc388c4f4affcad9bb4a71d12b204cf42a68072ee8c13802383cd962bdff"]]},{"version":"7.2.18","build":"Debian 1:7.2+dfsg-7+deb12u15","host":"arm64","suite":"bookworm-security","archive":"debian-security","package":"qemu-user-static","path":"pool/updates/main/q/qemu/qemu-user-static_7.2+dfsg-7+deb12u15_arm64.deb","size":56387152,"sha256":"29fa1defead05b3e308709580507099a4c70892e4281bc6833e8e84141ce89ba","snapshot":"20261122T005302Z","check":4,"blocks":[[4232,3925042,25165824],[3929276,3639952,25165824],[7569228,4082198,25165824],[11651428,3541100,25165824],[15192528,3655410,25165824],[18847940,3896978,25165824],[22744920,3374222,25165824],[26119144,3781081,25165824],[29900228,3943923,25165824],[33844152,3433069,25165824],[37277224,3775216,25165824],[41052440,3922150,25165824],[44974592,3319163,25165824],[48293756,4121183,25165824],[52414940,3437907,25165824],[55852848,534155,6758400]],"emulators":[["qemu-aarch64",2048,12882904,"b09ec88770cad63633e9390fcbf7a5e958a178aba769eb2dc7a5d42d90fcb4a9"],["qemu-aarch64_be",12885504,12882904,"82b2f47f97736675856682b22017f3fe3dd57dc7c25f1503b8e175e2607ac4a6"],["qemu-alpha",25768960,9997912,"8a6fe7237e15f0150c07c19f277d4838167e4a94e8c54cc47b5677eb0f7631ea"],["qemu-arm",35767808,11244456,"1363e0058994b4d3ff8ead541e7b83eef067032f6120491d9440800773aaedbd"],["qemu-armeb",47012864,11244456,"d851dc8f37a16b53887d15567cb1edfcca5bb8ef6398d06b965680bd43947268"],["qemu-hexagon",68256256,12619432,"cb6e4ccc4773ba29de1c28c7f6bd132d00209eb2ea30406be39b15f29511bae5"],["qemu-hppa",80876544,10063448,"b20433276cd931baf7cd2bbaf7d6a95507ec2bd15d6a4c4edeeda74d34cafd17"],["qemu-i386",90940928,10690520,"ac338bac3b9187248b6f3124d9b822d36ef5d398fd2dcfe1520f1d787bc80d69"],["qemu-loongarch64",101632000,9997896,"39fd71ba07034af0841c7b39275fea9d1f16d099ff63ed7652cb94b101e9a545"],["qemu-m68k",111630848,10325720,"bcfce1402578bcd37a04c7b3ec29970d5d2212dcde9404f818830f230702ff13"],["qemu-microblaze",121957376,10000168,"f990005a25ffe5ee31cee97a6cd92407c25d4e87d233257eff298bce571a1fd0"],["qemu-microblazeel",131958272,10000168,"01521c060af343828adb0fc11587fa7f1a108461d0c1cd71a56a075464e31499"],["qemu-mips",141959168,11047176,"715ac078bffeb4f8d936598f5ef2a3dfa0b753b4c0720991c5fd1d6bd64066a3"],["qemu-mips64",153007104,11112488,"477f8a94a24902285e841457c8ea32437283575cdd831906a416a9c557a505f5"],["qemu-mips64el",164120576,11112488,"72d01d865a6cb2a30890e68536614159360ed47b0813758de1657b6dc8d13ea3"],["qemu-mipsel",175234048,11047176,"6a5fc315350acb462764eb8f520792b18b3d08e69e7140f1a53f78ce9e227a20"],["qemu-mipsn32",186281984,11112488,"2aad24dd04384245ff5e18f165da0c9133156a0c375d1c893031cf55b04b7ff3"],["qemu-mipsn32el",197395456,11112488,"837f8a94182555f7ee1d5852deacd2c3d69a2ba253946ee71cc6fd0f3895dfbd"],["qemu-or1k",218444800,9932280,"02ac42e1713cc090ed65a1567b54d7a1b1b56ad43871508a5de3f4cf87edfc59"],["qemu-ppc",228377600,11036312,"ab6669e0634c738dff23e51fa4cb307082c0b475dc214836c8164d613ef8612e"],["qemu-ppc64",239414784,11107096,"0070709fbb4c44dc718a6d8d213a2afe1c2a61f27215e721d4952436e2dcdd12"],["qemu-ppc64le",250522624,11107096,"41f3fdc698663a2a91a942515b8f8507c13c49ff12bfaf2138273f035b6e2c7f"],["qemu-riscv32",261630464,11183416,"cc5286937516e3e2a4e5f13d4db04b88fe3d954d8038e103b1056beb51a3a5cb"],["qemu-riscv64",272814592,11183416,"00310ebc0eb6999599552ec120318a8d0bf8b9ba897afb6dd3518d84b07ebdab"],["qemu-s390x",283998720,10468760,"73b60f0bbb43a3c9aec81f1fa0d70c510d71d30e96657d7cf11d76d4c6674d07"],["qemu-sh4",294468096,9998152,"aee3db2d0bc142de334150dbf1d70f665b4cdf7c25481d469331b711ead996e8"],["qemu-sh4eb",304466944,9998152,"cbf72dff74dbb65c8b697a5d48926961ef14ef243aee6fc06da9e6ceeabfc2c4"],["qemu-sparc",314465792,10263000,"a3bbf07ba1f4010026de463ca7a21dcdfb575a964f6dffa889e71e46c181e030"],["qemu-sparc32plus",324729344,10328536,"f481ab4cdce42527b6f8c20d00a6010addef82341f16985da6db0346a5f9ca73"],["qemu-sparc64",335058432,10328536,"60a6cdf4c00b009193b906014fd74a8282802c054fde56f533ba5dea993af5bf"],["qemu-x86_64",345387520,10624760,"79d59ea96ca53314d487c5ccbd9499ad2b095efcdaaa078ab3c95bbbbbffd7e9"],["qemu-xtensa",356013056,14099896,"d906541f8bd1562b9becfff14a9dfb7454999f3913093e2acbadca17e25b41e7"],["qemu-xtensaeb",370113536,13923896,"d4d95700f5c9dfebb7d32f9c7013cbd823bbe244dc69c28816a1ae4d8649798b"]]},{"version":"5.2.0","build":"Debian 1:5.2+dfsg-11+deb11u5","host":"amd64","suite":"bullseye-security","archive":"debian-security","package":"qemu-user-static","path":"pool/updates/main/q/qemu/qemu-user-static_5.2+dfsg-11+deb11u5_amd64.deb","size":41449804,"sha256":"ab708da41a830c44f1bb894db1b6456ec50347879fd38ae80098ce533c34028a","snapshot":"20260913T092708Z","check":4,"blocks":[[3988,4712214,25165824],[4716204,3837063,25165824],[8553268,2411988,25165824],[10965256,3273697,25165824],[14238956,4706909,25165824],[18945868,4252079,25165824],[23197948,3715603,25165824],[26913552,4316259,25165824],[31229812,2276586,25165824],[33506400,2055459,25165824],[35561860,3992411,25165824],[39554272,1895419,12210176]],"emulators":[["qemu-aarch64",2048,9865456,"ff976d52402eaf466f116e49568327a84ebb00bf16dbc570aef4c2877c42316f"],["qemu-aarch64_be",9868288,9873648,"cf5f21b1d4c382ae98ee848ce7b70d5431320ae05789c796d75ea1576f06390e"],["qemu-alpha",19742720,7913736,"333106952624083ee04447243620b9a514d233524c49867c0b6f50effa492fa9"],["qemu-arm",27657216,8829392,"fffd161476c20626593d2458e71851bf7888fc2614b83288141818e0db6eeaf7"],["qemu-armeb",36487168,8833488,"9dfd2ba32f48ce962530f7bc7e842455787574d01e4eeb2ce0c9eead712013ea"],["qemu-hppa",53248512,7962888,"2a9e9181469c0069caa6fd0a12ca4cc16f51f13419107cf8410139ee42d5eee1"],["qemu-i386",61212160,8481192,"2745702cddf23ce758bc09559762749ca3724f33f5017b02c7dc52b913735bda"],["qemu-m68k",69693952,8151464,"379f5af24aeafdbcfbd8698468f9ee3619d4d656c1951178ed6c6e5eafd5e572"],["qemu-microblaze",77846016,7923784,"0b3d5c9ebe150ae7c2ce9bd1755906be39675688b93d80c867b4fa804b71dff5"],["qemu-microblazeel",85770752,7915592,"5d4fcdaf7b91c758465db8735b224d17453a745782b18433716eb07fc0491d69"],["qemu-mips",93687296,9342672,"1f4784ac2c3d043621a0f5f22df2f7c8a86a537ac8fb8447cf12d0132afa7950"],["qemu-mips64",103030784,9375216,"40af7b22433b6acb00a0c8bfe93c485f7a7a4ee5ee65a5e1069186587d14923c"],["qemu-mips64el",112406528,9362928,"3e8de52f7bec90754c553980c68625808d24e06913635f45137ed542b397f39e"],["qemu-mipsel",121769984,9334480,"5395f4b46f5b505e2d0033c02eb8fc43ccf10eee650b97adc9aebdbc3cbcc0f9"],["qemu-mipsn32",131105280,9387504,"e62c8ed2af898a6bece098816205a01dab9bbcf49994fd97a240604772291154"],["qemu-mipsn32el",140493312,9379312,"e1600c63ffb2f4cdd9267c8f30415579e03115c34ce38f496dbde5ee8d0e9a23"],["qemu-or1k",157749248,7872712,"bf35461d0c448630df7fb4d18ec4e7b62fd8f762dd6cfd8ba7b7607c7fc24814"],["qemu-ppc",165622784,8905160,"97824bd7e2541ff35c03d60e7853afce44c1b5b6003f0e9aa78122165ba5fe6a"],["qemu-ppc64",174528512,8948168,"6e52d65e129f37db6e221dcac0e6e440f9eb77732759b49c607617df49959a8e"],["qemu-ppc64le",183477248,8944072,"1ef247e8d06a53c30fc89cd88d8156bcdcdeafcd3559a08a9d4d5029fbf28e3e"],["qemu-riscv32",192421888,8672872,"1f825115ca9698259b1ad6f83c506abc0a43c4dede0440c3a35074d431d5e43e"],["qemu-riscv64",201095680,8701768,"f79ac53895ce25293d1f541f9943db1cee4fa64c1207214c3e954f4e243fec09"],["qemu-s390x",209798144,8253000,"b30b4dcb4c6f30c8aa1a8db1fe1081a65acf563d0d72cc5561ad492396219770"],["qemu-sh4",218052096,7934472,"8d8de2790d4666fb65c76c7d27919413a2f19981dabd62394c515acddcf3a396"],["qemu-sh4eb",225987584,7938568,"9edaf352c13273d4d933b0fc77fdb5779f1da0974c4b8fb50312509ff6e84c74"],["qemu-sparc",233927168,8042440,"1d9dced8f7d4af3b68d29160b40607043916e31f786b9cf73f570cdf1697faf9"],["qemu-sparc32plus",241970176,8088264,"1e8309eed400df3b618cca4405a5108e7b55cb118df157f5df46f5cc071ba566"],["qemu-sparc64",250059264,8080072,"22365879bac4c3232bce295379d45dbfd04fb2664784612a7a9a669c33d47b87"],["qemu-x86_64",258140160,8460488,"01a7efbf49d563cf2c23e505bb129779b30509b796c63db17d9e8417faa47250"],["qemu-xtensa",266601472,10921224,"b848035717e5fc6f1a5c54c39a01c0acaa095693b4b2a994c54106db0cfce949"],["qemu-xtensaeb",277523456,10868648,"ba34f5ff9e718fc8a8fbe99a2411454d0b770ce5d1029b39506bc0fc73fd1eb8"]]},{"version":"5.2.0","build":"Debian 1:5.2+dfsg-11+deb11u3","host":"amd64","suite":"bullseye","archive":"debian","package":"qemu-user-static","path":"pool/main/q/qemu/qemu-user-static_5.2+dfsg-11+deb11u3_amd64.deb","size":41405928,"sha256":"0b75df79ae2ddfbc4daab0223a0fc2e79c9be7b1e35c6d030879d4bd21684bca","snapshot":"20250810T091630Z","check":4,"blocks":[[3992,4706941,25165824],[4710936,3828497,25165824],[8539436,2418175,25165824],[10957612,3275919,25165824],[14233532,4715459,25165824],[18948992,4254944,25165824],[23203936,3730607,25165824],[26934544,4313785,25165824],[31248332,2248040,25165824],[33496372,2037556,25165824],[35533928,3987303,25165824],[39521232,1884583,12046336]],"emulators":[["qemu-aarch64",2048,9857232,"5fb24f80cd2fdc4914b9b59e9e26a8b4c581ff1e6afe7f640b5cd18a39b46685"],["qemu-aarch64_be",9860096,9869520,"0cdb6d050e0dc48dc771f91c9e9caaf45a383f3ea0a3fa4d27e02b6ad5d304eb"],["qemu-alpha",19730432,7905576,"b7e7d9674da5883a82d32aaf6d807c0e0477e70ff1707f23003862122bcc917c"],["qemu-arm",27636736,8825264,"909501aef3a3a61b9ad403dd9062e0aebf8f23e763191f814e1d1c73a1c64b44"],["qemu-armeb",36462592,8829360,"0cf9f3ec549904704950a252173d70e09732ecd3b209442883f02d21869e1b67"],["qemu-hppa",53215744,7958824,"5a9b3243925b52f17bc3eaff9cdecf3e719ba79cf485a43ab0f0d10e6dbde637"],["qemu-i386",61175296,8477096,"21b78f1dc837337699c7d43cd635840a35dbbd87a8ed2e9bd9324e8edb3e2a83"],["qemu-m68k",69652992,8147368,"f62cf17995d3c8cab2bc4943fbacf4323d9c917b606ba50974ca75f19e34a18a"],["qemu-microblaze",77800960,7919688,"8b5508242c4334bd3f1f341aa64412ae87172a06c6f77a6354e4cafd11dcf22b"],["qemu-microblazeel",85721600,7911496,"00e20169ced877baa65b9ba79ad9cc09cdbf92015a50905ef64a70f241bd6652"],["qemu-mips",93634048,9338480,"1f8bd3a7a1cdc1b4d692335f7c4a0b15f056833d426ee82140680873a95e2747"],["qemu-mips64",102973440,9362832,"9bafe5c6e1f2711a9135003b4141714d66d53e3f5ae7f6d1d75072e892a9bb69"],["qemu-mips64el",112336896,9358736,"108e46f2752d9b593b071a619305e17fe8cd176b61394049e70a32e17cd78143"],["qemu-mipsel",121696256,9330288,"edfdd4ccfc6675b2a60fb972cb159e9501ce8fbb6a0d519786a3faf54bba6de1"],["qemu-mipsn32",131027456,9383312,"84635ed001ba43bfb3f7c79afd31b404adae2de26bbd504075548bac5c31fa85"],["qemu-mipsn32el",140411392,9371024,"f915c47ab9a872a222af6ebf5ec26002d59e6a906da9655fc9a970dbba22be78"],["qemu-or1k",157655040,7868616,"bc1f66b433acf3106d206f120bf59b9889b183b9620d59bdc917416258b1a55f"],["qemu-ppc",165524480,8901064,"911173f02f75f920b48d5745ab9f139a4aabaf298f10d6d3647d4e0400e3755d"],["qemu-ppc64",174426112,8944104,"3ab42c56a295848ed371ad0df94fcd2ae7e9275ec22652ab5aa25312a7257f3c"],["qemu-ppc64le",183370752,8940008,"a5dd042d388dfb55d0fe8dc0e035634b5009b748b22c8eadcdf4802f1ac84d76"],["qemu-riscv32",192311296,8668776,"0c651ae9504e2838873a143a0faba8395280f62542eeb6c0b43eda58e3275229"],["qemu-riscv64",200980992,8697672,"872a5d11ca48d14a18c58977a573cec7eb4a569976b264932c6af012b710e346"],["qemu-s390x",209679360,8248904,"c91f372d3949bce8a8c54c0648e30062263aa7dd39dda694d4e80c9bcbacb79e"],["qemu-sh4",217929216,7930408,"5c7d74aea5eb70514e5cfe975e9390cddd1aac0c16b8382ef78e7fdaa73ce1d6"],["qemu-sh4eb",225860608,7934504,"46689a8510ae68c1853223bb27d6b891bec6570afbf508b212502184dcda905d"],["qemu-sparc",233796096,8038344,"8cc6307a2007545dd47103f9b9f2fd7649f456dbb6c9b5064ad283a9a23b9f53"],["qemu-sparc32plus",241835008,8084168,"d5fb36e4f9507abe8207c624eea8bb8cf24d8840c542fcc10b6ef0acde7d2dfc"],["qemu-sparc64",249920000,8075976,"5c05817338f25b8eaceda461616cc99374f5d34641d52af44c6157766ecc25d2"],["qemu-x86_64",257996800,8452296,"ea67145ef612043a39c8a0a9f443283ed3876b5dea467ae1aa6e8b0bc28f5d56"],["qemu-xtensa",266449920,10917128,"1a4b0a7e98892a5b074a6c8caa86b4d1d84bcf1bd8acd87ad23eb0aebe09e835"],["qemu-xtensaeb",277367808,10860456,"35a49ea56d987a4a1b37d3bca4d876ed277e53fe128f7c6a0c96a752a343ef26"]]},{"version":"5.2.0","build":"Debian 1:5.2+dfsg-11+deb11u3","host":"arm64","suite":"bullseye","archive":"debian","package":"qemu-user-static","path":"pool/main/q/qemu/qemu-user-static_5.2+dfsg-11+deb11u3_arm64.deb","size":32161792,"sha256":"99ee985d0bf6105fbc5dc3732c59b2100df1a250876074c87db0f802fac72f75","snapshot":"20250810T091630Z","check":4,"blocks":[[3984,3616034,25165824],[3620020,2042928,25165824],[5662948,2224688,25165824],[7887636,3082981,25165824],[10970620,4076299,25165824],[15046920,3251940,25165824],[18298860,3528425,25165824],[21827288,2988159,25165824],[24815448,1876172,25165824],[26691620,1959523,25165824],[28651144,3510544,24637440]],"emulators":[["qemu-aarch64",2048,9383360,"99e0bc8e659af9b98dcc3afaf59feb1466bb5b27795ddd838a48f31cb38bc192"],["qemu-aarch64_be",9385984,9379264,"7727e585e67385ea017e2320fd32ba36088070ed333df151c40f38be2c0c2055"],["qemu-alpha",18765824,7575952,"aec7069220aa645bb2687cf2da42e33dfb6a5db40929bdacf09765a04f11af78"],["qemu-arm",26342400,8330912,"eee747f8dcfa056155b2f176bd363097c0fddccdbce9a960e34ab5f236127f19"],["qemu-armeb",34674176,8326816,"fec7244481e37a8d5663c38e0a68669a58e8b53398ccbd91c1bd5558dbfc890d"],["qemu-hppa",50587136,7604640,"ae403467b9bc8e2a4444a016c2f0bb4ebb5ce90099de0288be0b761699d99c3f"],["qemu-i386",58192384,8208560,"b91abe14958531a70563aeec97a63f03751275c51c0d59afa5dd975b94319542"],["qemu-m68k",66401792,7817760,"c4693bc08f17619bf76fcd1741587ada521de85082092efeb35bff735569c6e2"],["qemu-microblaze",74220544,7590056,"59110df63b160cf36cd7d028f60d7b0a70a8ac78ff2c0142b9810537efc8471f"],["qemu-microblazeel",81811456,7581864,"39be10f49a9a717fdcb9ecff39e91fa46802854feeece652a41a9ec17cf3e4bf"],["qemu-mips",89394176,8885576,"f26911f9868835e24ade80b7e86763741014fa7bc7de85e1a4e60f36726780d6"],["qemu-mips64",98280448,8893544,"1b09522a32f5ff4df58b0cb0ff1bf62f3d1945be9fc501e2631c700caff96f79"],["qemu-mips64el",107174912,8909928,"bffd87875d089f66b21007750be66e36817a6269233617edcf83c0196f5d4564"],["qemu-mipsel",116085760,8873288,"2db33de836fdfee12e724b27e6fc4045af44918d51f6628b87fc352daa6cfe70"],["qemu-mipsn32",124959744,8897640,"e07f0baa7fd15bb6cbb33d21ab7ec01b15837e7c323420903627173aab0d8472"],["qemu-mipsn32el",133858304,8901736,"448c663aec16fea04612436bf040310c8c563e1f523b37aaf7b244cd6b6311bd"],["qemu-or1k",150307328,7522624,"f8ee33c2c67512023ba11c45a495c2d4640fcbede113170ec68fc45dbe8b2f75"],["qemu-ppc",157830656,8587832,"6a28e3d295272ad7fe52731743767a3c8d62f79ffb619c750b30696fa7bc8b50"],["qemu-ppc64",166419456,8622664,"ca234811fa2032ac6a257041aac4c388087a393760963e1fcb5e90a183e11a93"],["qemu-ppc64le",175043072,8606280,"919bbd7dddb0fec001430f89001181c3d5166d9506c7935093439bdfe895ed96"],["qemu-riscv32",183650304,8326888,"8e5711a4c8cdd9c44503a2766c01149bf14d5a86877df6a1c83841c8fdfa561d"],["qemu-riscv64",191977984,8363960,"2d1a321533913d0d2106b420ee757953f56884a50856daca1ef65c5fb93a6cfa"],["qemu-s390x",200342528,7911104,"eb160e7882cd433738099d6838516cce5f3ca3180b5b387cbab6bfd9f0e1e157"],["qemu-sh4",208254464,7600784,"57393f46187c5c335882698d8f9e5455fc771b97e80e188f2f6f5bece05653e8"],["qemu-sh4eb",215856128,7600784,"2e31d0dcaec852ca783ccebeaa32a0656ef9eb718200858f40305c5c9e341410"],["qemu-sparc",223457792,7704624,"26d27bfa6d3f4d677cdc47c5f0c4e1c43e4e1c0f2bc48eb78a8d0e35576d6643"],["qemu-sparc32plus",231163392,7766832,"ea8abf4ed234a6901baff9b42110c65ef42812a4bdc7a5b94f05d8e5da718f04"],["qemu-sparc64",238930944,7738160,"9675d10ae86a2f3c9d05df0c7f34cd96eae150f89fb107ada4ce28e0db1b753c"],["qemu-x86_64",246669824,8175568,"48545523511f51d233296706510ac390fdfb33198df8a804e21aa532445d867f"],["qemu-xtensa",254845952,10427504,"0da390f9fc0f9fed9b601612fbba7641c3bd69621c9980c5417fdad178aa3e1c"],["qemu-xtensaeb",265274368,10379120,"1a2ae317d3bf7b3acbf2b9f2906421effac10f2321cbf7d362bf05da03a09419"]]}]}');
// EXTERNAL MODULE: ./build/src/data/probes.json
var data_probes = __webpack_require__(570);
// EXTERNAL MODULE: ./build/src/system/command.js
var system_command = __webpack_require__(9478);
// EXTERNAL MODULE: ./build/src/system/regular-file.js
var regular_file = __webpack_require__(1058);
;// CONCATENATED MODULE: ./build/src/system/fingerprint.js
// Which executable runs as a process: path, SHA-256 and version, read through /proc/PID/exe from outside.
// The link works when the file is deleted, in another root, or in a container's layer (proc(5)).




/** Whether the executable of process `pid` is not what its path leads to here: it lies in another root, or is deleted. */
function fingerprint_isElsewhere(pid, path) {
    const runs = statSync(`/proc/${pid}/exe`);
    try {
        const here = statSync(path, { throwIfNoEntry: false });
        return here === undefined || here.dev !== runs.dev || here.ino !== runs.ino;
    }
    catch (error) {
        // a folder that we may not look into: then nothing is known
        if (errnoName(error) === 'EACCES')
            return false;
        throw error;
    }
}
/** Fingerprints of running processes; remembers the hash of a file that it has read, by device, inode, size and change time. */
class fingerprint_Fingerprints {
    #hashes = new Map();
    #versions = new Map();
    #catalog;
    constructor(catalog) {
        this.#catalog = catalog;
    }
    /**
     * The executable of process `pid`, which must be alive; it is not asked for its version when it is the program itself, of SHA-256 `native`.
     * Throws node's file system errors (EACCES for another user's process).
     */
    async of(pid, native) {
        const link = `/proc/${pid}/exe`;
        const path = readlinkSync(link);
        const sha256 = this.#hashOf(link);
        const version = sha256 === native ? undefined : await this.#versionOf(sha256, link);
        return { path, sha256, qemuVersion: version?.qemuVersion ?? null, build: version?.build ?? null };
    }
    #hashOf(link) {
        const file = openSync(link, 'r');
        try {
            const { dev, ino, size, mtimeNs, ctimeNs } = fstatSync(file, { bigint: true });
            const identity = [dev, ino, size, mtimeNs, ctimeNs].join(':');
            const sha256 = this.#hashes.get(identity) ?? sha256OfDescriptor(file);
            this.#hashes.set(identity, sha256);
            return sha256;
        }
        finally {
            closeSync(file);
        }
    }
    /** What an executable says of itself; the catalog's word counts where it knows the bytes, as it was made by asking them. */
    async #versionOf(sha256, executable) {
        const known = emulatorOfHash(this.#catalog, sha256);
        if (known !== undefined)
            return known;
        if (!this.#versions.has(sha256)) {
            const result = await command(executable, ['--version'], { timeoutMs: 10_000 });
            this.#versions.set(sha256, parseVersionOutput(result.stdout));
        }
        return this.#versions.get(sha256);
    }
}

// EXTERNAL MODULE: ./build/src/system/folder.js
var folder = __webpack_require__(8143);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
;// CONCATENATED MODULE: ./build/src/core/probe/dynamic-probe.js
// A probe that needs a dynamic loader and a C library: the static probe of a target, with the program headers and the dynamic section that the
// loaders of glibc and musl read. Sources: the System V gABI, chapters 4 and 5, its MIPS supplement, and probes/README.md.
const segment = { load: 1, dynamic: 2, interpreter: 3, headers: 6, stack: 0x6474e551 };
const readWrite = 6;
const readWriteExecute = 7;
const tag = {
    end: 0,
    needed: 1,
    pltGot: 3,
    hash: 4,
    strings: 5,
    symbols: 6,
    stringBytes: 10,
    symbolBytes: 11,
    debug: 21,
    gnuHash: 0x6ffffef5,
    mipsLocalGot: 0x7000000a,
    mipsSymbols: 0x70000011,
    mipsGotSymbol: 0x70000013,
};
const mips = 8;
const mostTags = 14;
const segmentCount = 5;
/** Offsets and sizes in bytes, of what differs between 32 and 64 bits: of the header, of a program header, of the rest. */
const layouts = {
    32: { tableAt: 28, tableCountAt: 44, end: 52, row: 32, rowFlagsAt: 24, rowAlignAt: 28, number: 4, symbol: 16 },
    64: { tableAt: 32, tableCountAt: 56, end: 64, row: 56, rowFlagsAt: 4, rowAlignAt: 48, number: 8, symbol: 24 },
};
/** Numbers in the class and byte order that an ELF header names. */
class Numbers {
    layout;
    #view;
    #little;
    constructor(bytes) {
        this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        this.layout = bytes[4] === 2 ? layouts[64] : layouts[32];
        this.#little = bytes[5] === 1;
    }
    half(at) {
        return this.#view.getUint16(at, this.#little);
    }
    native(at) {
        return this.layout.number === 8
            ? Number(this.#view.getBigUint64(at, this.#little))
            : this.#view.getUint32(at, this.#little);
    }
    setHalf(at, value) {
        this.#view.setUint16(at, value, this.#little);
    }
    /** 32 bits each, one after the other. */
    setWords(at, values) {
        for (const [place, value] of values.entries())
            this.#view.setUint32(at + 4 * place, value, this.#little);
    }
    /** Of the class's width, one after the other. */
    setNatives(at, values) {
        if (this.layout.number === 4)
            this.setWords(at, values);
        else
            for (const [place, value] of values.entries())
                this.#view.setBigUint64(at + 8 * place, BigInt(value), this.#little);
    }
}
function placesOf(probe, stringBytes, loaderBytes) {
    const { layout } = new Numbers(probe);
    const table = (probe.length + 15) & ~15;
    const dynamic = table + segmentCount * layout.row;
    const hash = dynamic + mostTags * 2 * layout.number;
    // one bucket, one symbol, and the empty chain of both
    const gnuHash = hash + 16;
    // four words, one word of its filter, one empty bucket
    const got = gnuHash + 32;
    const symbols = got + 2 * layout.number;
    const strings = symbols + layout.symbol;
    const loader = strings + stringBytes;
    return { table, dynamic, hash, gnuHash, got, symbols, strings, loader, end: loader + loaderBytes };
}
/**
 * A program that greets and answers as `probe` does, but is started by the loader that `wants` names, and only when that finds the library.
 * Its arguments may get lost, as loaders of some targets hand them over in registers. `probe`: a static probe of one segment, as
 * src/data/probes.json holds them.
 */
function dynamic_probe_dynamicProbe(probe, { loader, library }) {
    const text = new TextEncoder();
    const strings = text.encode(`\0${library}\0`);
    const path = text.encode(`${loader}\0`);
    const places = placesOf(probe, strings.length, path.length);
    const bytes = new Uint8Array(places.end);
    bytes.set(probe);
    bytes.set(strings, places.strings);
    bytes.set(path, places.loader);
    const numbers = new Numbers(bytes);
    const { layout } = numbers;
    // the first segment's address, behind its type (and its flags) and its offset
    const base = numbers.native(layout.end + 2 * layout.number);
    writeDynamic(numbers, places, base, strings.length);
    writeTable(numbers, places, base);
    return bytes;
}
/** One segment holds all, so that an address is always the offset and the base. */
function writeTable(numbers, places, base) {
    const { layout } = numbers;
    const rows = [
        [segment.headers, places.table, segmentCount * layout.row, readWriteExecute],
        [segment.interpreter, places.loader, places.end - places.loader, readWriteExecute],
        [segment.load, 0, places.end, readWriteExecute],
        [segment.dynamic, places.dynamic, mostTags * 2 * layout.number, readWriteExecute],
        // without it loaders make the stack executable, which some kernels forbid
        [segment.stack, 0, 0, readWrite],
    ];
    numbers.setNatives(layout.tableAt, [places.table]);
    numbers.setHalf(layout.tableCountAt, segmentCount);
    for (const [row, [type, offset, size, flags]] of rows.entries()) {
        const at = places.table + row * layout.row;
        numbers.setWords(at, [type]);
        numbers.setNatives(at + layout.number, [offset, base + offset, base + offset, size, size]);
        numbers.setWords(at + layout.rowFlagsAt, [flags]);
        numbers.setNatives(at + layout.rowAlignAt, [type === segment.load ? 0x10000 : layout.number]);
    }
}
function writeDynamic(numbers, places, base, stringBytes) {
    const { layout } = numbers;
    const machine = numbers.half(18);
    const entries = [
        [tag.needed, 1],
        [tag.hash, base + places.hash],
        [tag.strings, base + places.strings],
        [tag.symbols, base + places.symbols],
        [tag.stringBytes, stringBytes],
        [tag.symbolBytes, layout.symbol],
        [tag.debug, 0],
    ];
    if (machine === mips) {
        // its loaders take a global offset table for granted, and know no GNU hash
        entries.push([tag.pltGot, base + places.got], [tag.mipsLocalGot, 2], [tag.mipsSymbols, 1], [tag.mipsGotSymbol, 1]);
    }
    else {
        // loaders take this one first; the words of the older one have 64 bits on s390x and alpha
        entries.push([tag.gnuHash, base + places.gnuHash]);
    }
    numbers.setNatives(places.dynamic, [...entries, [tag.end, 0]].flat());
    numbers.setWords(places.hash, [1, 1]);
    numbers.setWords(places.gnuHash, [1, 1, 1]);
}

;// CONCATENATED MODULE: ./build/src/system/conversation.js


/** What a probe says, and how it ends. */
class conversation_Conversation {
    started;
    ended;
    constructor(child, target) {
        let stdout = Buffer.alloc(0);
        let stderr = '';
        child.stderr.on('data', (chunk) => {
            stderr = (stderr + chunk.toString('latin1')).slice(0, 4096);
        });
        // a child that is gone breaks the pipe; its end says what matters
        child.stdin.on('error', () => undefined);
        this.ended = new Promise((resolve) => {
            child.on('error', (error) => resolve({
                kind: 'ended',
                status: null,
                signal: null,
                stdout,
                stderr,
                timedOut: false,
                errno: (0,system_command/* errnoName */.gh)(error),
            }));
            child.on('close', (status, signal) => resolve({ kind: 'ended', status, signal, stdout, stderr, timedOut: child.killed }));
        });
        const greeted = new Promise((resolve) => {
            child.stdout.on('data', (chunk) => {
                stdout = Buffer.concat([stdout, chunk]).subarray(0, 65_536);
                const argv = parseGreeting(stdout, target);
                if (argv !== undefined)
                    resolve({ kind: 'greeted', argv });
            });
        });
        this.started = Promise.race([greeted, this.ended]);
    }
}
/** The run of a probe that ended before it had said all. */
function conversation_endedRun(end) {
    if (end.errno !== undefined)
        return { kind: 'refused', stage: 'spawn', errno: end.errno };
    // sudo may have said something before: that the machine's own name does not resolve, for one
    const stage = /^setup-qemu: (chroot|setid|exec) *$/m.exec(end.stderr)?.[1];
    if (stage !== undefined && end.stdout.length === 0)
        return { kind: 'refused', stage, errno: errnoOfNumber(end.status ?? 0) };
    return {
        kind: 'ended',
        ending: conversation_endingText(end),
        output: `${end.stdout.toString('latin1').slice(0, 400)}${end.stderr.slice(0, 400)}`,
    };
}
/** How a process ended, in words. */
function conversation_endingText(end) {
    return end.signal === null ? `exit status ${end.status}` : `signal ${end.signal}`;
}

// EXTERNAL MODULE: ./build/src/system/open-files.js
var open_files = __webpack_require__(4770);
// EXTERNAL MODULE: ./build/src/system/process.js
var system_process = __webpack_require__(8626);
// EXTERNAL MODULE: ./build/src/system/temporary-folder.js
var temporary_folder = __webpack_require__(8317);
;// CONCATENATED MODULE: ./build/src/system/probe.js
// Runs the probes: a tiny program of another architecture, directly or in an empty root, and a look at what runs it while it waits.















/** The probe's argv[0] when run directly: differs from its path, so that only an entry with P hands it on. */
const argv0 = 'setup-qemu-argv0';
/** A folder with the probes of some targets, each in an otherwise empty root of its own, and made to fit the rules asked for. */
class probe_ProbeFolder {
    #folder;
    #forget;
    #probes = new Map();
    #fingerprints;
    #timeoutMs;
    #rules;
    /** Makes the folder under `parent`; `close` removes it. Throws node's file system errors. */
    constructor(parent, targets, set, fingerprints, { timeoutMs = 30_000, rules = 'upstream' } = {}) {
        this.#fingerprints = fingerprints;
        this.#timeoutMs = timeoutMs;
        this.#rules = rules;
        const { folder, forget } = goingFolder(() => makeTemporary(parent, 'probe'));
        this.#folder = folder;
        this.#forget = forget;
        try {
            this.#fill(targets, set);
        }
        catch (error) {
            this.close();
            throw error;
        }
    }
    #fill(targets, set) {
        writeFileSync(join(this.#folder, 'launch'), set.launcher, { mode: 0o755 });
        for (const target of targets) {
            const probe = probeOf(target, set, this.#rules);
            this.#probes.set(target, probe);
            mkdirSync(join(this.#folder, target), { mode: 0o755 });
            writeFileSync(join(this.#folder, target, 'probe'), probe.bytes, { mode: 0o755 });
            if (this.#rules === 'wide')
                writeFileSync(this.#markedPath(target), marked(probe.bytes), { mode: 0o755 });
        }
    }
    close() {
        this.#forget();
        try {
            rmSync(this.#folder, { recursive: true, force: true });
        }
        catch (error) {
            throwIfNoFileLeft(error);
            throw error;
        }
    }
    /** The errno with which this machine refuses to execute programs of the folder (`EACCES`: mounted noexec); undefined when it does not. */
    async launcherErrno() {
        const { stderr, errno } = await command(join(this.#folder, 'launch'), ['-', '-', '', '', '']);
        // the launcher's own refusal of an empty path is the sign that it ran
        return stderr.startsWith('setup-qemu: exec') ? undefined : (errno ?? 'EIO');
    }
    probe(target) {
        const probe = this.#probes.get(target);
        if (probe === undefined)
            throw new Error(`there is no probe for ${target}`);
        return probe;
    }
    /** Runs the target's probe as this user; `environment` is added to ours. */
    direct(target, environment = {}) {
        return this.#direct(this.probe(target), join(this.#folder, target, 'probe'), argv0, environment);
    }
    /** The same with the mark of an AppImage in the probe; undefined where the rules do not say that such programs run. */
    async marked(target, environment = {}) {
        if (this.#rules !== 'wide')
            return undefined;
        const bytes = marked(this.probe(target).bytes);
        return await this.#direct({ target, bytes, sha256: sha256Of(bytes) }, this.#markedPath(target), argv0, environment);
    }
    /** Runs the target's probe as a dynamic program, which `environment` lets find its loader and its library. */
    async dynamic(target, wants, environment) {
        const folder = mkdtempSync(join(this.#folder, 'dynamic-'));
        const path = join(folder, 'probe');
        const bytes = dynamicProbe(this.probe(target).bytes, wants);
        writeFileSync(path, bytes, { mode: 0o755 });
        const { run } = await this.#direct({ target, bytes, sha256: sha256Of(bytes) }, path, path, environment);
        return run;
    }
    /** What the emulator of the target's programs says, to the end; the probe itself, if it starts, is given no answer. */
    said(target, environment) {
        const path = join(this.#folder, target, 'probe');
        return command(join(this.#folder, 'launch'), ['-', '-', '', path, argv0], {
            environment,
            timeoutMs: this.#timeoutMs,
        });
    }
    #markedPath(target) {
        return join(this.#folder, `${target}.marked`);
    }
    #direct(probe, path, name, environment) {
        return this.#run(probe, path, name, [join(this.#folder, 'launch'), ['-', '-', '', path]], environment);
    }
    /**
     * Runs the target's probe in an empty root, as this user; root's rights are used for chroot alone. Where there are none for that, it is tried
     * in a user namespace: one without a table of its own has the same one in force. sudo keeps `environment` from it.
     */
    async chroot(target, root, environment = {}) {
        const folder = join(this.#folder, target);
        const probe = this.probe(target);
        const asRoot = await this.#run(probe, '/probe', '/probe', this.#chrootLine(folder, root), environment);
        if (!isUntried(asRoot.run))
            return asRoot;
        const launch = [join(this.#folder, 'launch'), '-', '-', folder, '/probe'];
        const line = ['unshare', ['--user', '--map-root-user', ...launch]];
        const inside = await this.#run(probe, '/probe', '/probe', line, environment);
        const isTried = inside.run.kind === 'answered' || (inside.run.kind === 'refused' && inside.run.stage === 'exec');
        return isTried ? inside : asRoot;
    }
    #chrootLine(folder, root) {
        const launch = join(this.#folder, 'launch');
        if (root === undefined)
            return [launch, ['-', '-', folder, '/probe']];
        const ids = root.kind === 'direct' ? ['-', '-'] : [String(process.getuid?.()), String(process.getgid?.())];
        return root.commandLine(launch, [...ids, folder, '/probe']);
    }
    async #run(probe, path, name, [file, args], environment) {
        const argv = [name, randomBytes(4).toString('hex')];
        let run = await this.#once(probe, file, [...args, ...argv], environment);
        // a file just written is busy while a process forked meanwhile still holds it open
        for (let tries = 0; run.kind === 'refused' && run.errno === 'ETXTBSY' && tries < 20; tries++) {
            await new Promise((resolve) => setTimeout(resolve, 10));
            run = await this.#once(probe, file, [...args, ...argv], environment);
        }
        return { run, argv, path };
    }
    async #once({ target, sha256 }, file, args, environment) {
        // the user's environment on purpose: a QEMU_CPU that breaks every program must break the proof too
        let child;
        try {
            const env = { ...forOthers(process.env), ...environment };
            child = withStreams(spawn(file, args, { stdio: 'pipe', cwd: '/', env }));
            killAfter(child, this.#timeoutMs);
        }
        catch (error) {
            return { kind: 'refused', stage: 'spawn', errno: errnoName(error) };
        }
        const conversation = new Conversation(child, target);
        const started = await conversation.started;
        if (started.kind === 'ended')
            return started.timedOut ? { kind: 'silent', timeoutMs: this.#timeoutMs } : endedRun(started);
        const looked = await this.#look(child.pid ?? 0, sha256);
        const answer = randomInt(64, 121);
        child.stdin.end(Buffer.from([answer ^ 0x5a]));
        const end = await conversation.ended;
        const ending = endingText(end);
        if (typeof looked === 'string')
            return { kind: 'ended', ending: `/proc/PID/exe could not be read: ${looked}`, output: end.stderr };
        const native = looked.fingerprint.sha256 === sha256;
        return {
            kind: 'answered',
            argv: started.argv,
            native,
            fingerprint: looked.fingerprint,
            ...(looked.heldOpen ? { heldOpen: true } : {}),
            answerRight: end.status === answer,
            ending,
        };
    }
    async #look(pid, native) {
        try {
            const program = lastDescendant(pid);
            const fingerprint = await this.#fingerprints.of(program, native);
            return { fingerprint, heldOpen: isElsewhere(program, fingerprint.path) };
        }
        catch (error) {
            throwIfNoFileLeft(error);
            return error instanceof Error ? error.message : String(error);
        }
    }
}
function probeOf(target, set, rules) {
    const program = set.probes.get(target);
    if (program === undefined)
        throw new Error(`there is no probe for ${target}`);
    const bytes = fitted(program, ruleOf(targetNamed(target), rules));
    return { target, bytes, sha256: sha256Of(bytes) };
}
function sha256Of(bytes) {
    return createHash('sha256').update(bytes).digest('hex');
}

// EXTERNAL MODULE: ./build/src/system/root.js
var system_root = __webpack_require__(8555);
;// CONCATENATED MODULE: ./build/src/system/machine.js
// What a call of setup, restore or status works with: the pinned data, the host, the cache folder, the way to root, and where words go.











/** The catalog as it stands in the repository. */
const catalog = emulators_namespaceObject;
/** Targets that can be proven on any host. */
const provable = new Set(Object.keys(data_probes.probes));
/** This machine. Throws `not-linux` and `unsupported-host`. */
function thisMachine(parts) {
    const { host, machine } = hostOf(process.platform, process.arch);
    let root;
    return {
        onJournal: () => undefined,
        ...parts,
        host,
        hostName: machine,
        catalog,
        probes: probeSet(host),
        measurer: Buffer.from(data_probes.measurers[host].base64, 'base64'),
        root: () => (root ??= (0,system_root/* acquireRoot */.T)(parts.cacheFolder)),
    };
}
function probeSet(host) {
    const bytesOf = (base64) => Buffer.from(base64, 'base64');
    const probes = Object.entries(data_probes.probes).map(([name, { base64 }]) => [name, bytesOf(base64)]);
    return {
        launcher: bytesOf(data_probes.launchers[host].base64),
        reader: bytesOf(data_probes.readers[host].base64),
        probes: new Map(probes),
    };
}
/**
 * Where the command line keeps emulators: `$XDG_CACHE_HOME`, root's /var/cache, or the user's ~/.cache. Variables that are empty or no absolute path count as
 * not set. Throws `cache-unwritable` for a user without a home.
 */
function defaultCacheFolder() {
    const named = process.env.XDG_CACHE_HOME;
    if (named?.startsWith('/'))
        return named;
    return process.geteuid?.() === 0 ? '/var/cache' : join(homeFolder(), '.cache');
}
function homeFolder() {
    const named = process.env.HOME;
    if (named?.startsWith('/'))
        return named;
    try {
        const { homedir } = userInfo();
        if (homedir.startsWith('/'))
            return homedir;
    }
    catch {
        // no entry in the database of users, as in containers
    }
    throw new SetupError('cache-unwritable', 'there is no folder for emulators: HOME is not set, and this user has no home', {
        hint: 'name one: --cache-dir, XDG_CACHE_HOME or HOME, as an absolute path',
    });
}
/**
 * A folder with the probes of some targets, made to fit the rules, in which programs can be executed: the temporary folder, or where that is mounted noexec the
 * cache folder. Throws `probe-unrunnable`. The caller closes it.
 */
async function openProbeFolder(targets, machine, rules = 'upstream') {
    const answers = [];
    for (const parent of temporaryParents(machine.cacheFolder)) {
        const folder = makeFolder(parent, targets, machine, rules);
        if (typeof folder === 'string')
            answers.push(`${parent}: ${folder}`);
        else {
            const errno = await folder.launcherErrno().catch((error) => {
                folder.close();
                throw error;
            });
            if (errno === undefined)
                return folder;
            folder.close();
            answers.push(`${parent}: executing a program there answered ${errno}`);
        }
    }
    throw new SetupError('probe-unrunnable', `there is no folder in which the probes can be run; tried ${answers.join('; ')}`, {
        hint: 'let TMPDIR name a folder that is writable and not mounted noexec',
    });
}
function makeFolder(parent, targets, machine, rules) {
    try {
        return new ProbeFolder(parent, targets, machine.probes, new Fingerprints(machine.catalog), { rules });
    }
    catch (error) {
        return errnoName(error);
    }
}

// EXTERNAL MODULE: ./build/src/system/on-signal.js
var on_signal = __webpack_require__(6635);
// EXTERNAL MODULE: ./build/src/core/text/visible.js
var visible = __webpack_require__(6951);
;// CONCATENATED MODULE: ./build/src/core/containers/engine-answer.js
// How the answers of container engines are read: docker, podman, nerdctl. Their words are in English whatever the locale is, and their
// exit status alone does not tell one failure from another. Sources: `docker info`, `podman info` and `image inspect` as JSON.



/** Reads an answer to `info --format {{json .}}`. */
function engineInfo(answer) {
    const info = objectOf(answer.stdout);
    // docker 20.10 answers 0 when there is no daemon
    const errors = [...strings(info?.ServerErrors), answer.stderr].join('\n').trim();
    const broken = answer.status !== 0 || info === undefined || strings(info.ServerErrors).length > 0;
    if (broken && /permission denied/i.test(errors))
        return { kind: 'refused', reason: firstLine(errors) };
    if (broken)
        return { kind: 'silent', reason: errors === '' ? engine_answer_endingOf(answer) : firstLine(errors) };
    const host = asObject(info.host);
    const rootless = strings(info.SecurityOptions).some((option) => /\brootless\b/.test(option)) ||
        asObject(host?.security)?.rootless === true;
    const kernel = textOf(info.KernelVersion ?? host?.kernel);
    return { kind: 'info', kernel, architecture: textOf(info.Architecture ?? host?.arch), rootless };
}
/**
 * What keeps an engine from registering anything in this machine's table, by its answer to `info --format {{json .}}`; undefined when nothing
 * does. `kernel` is this machine's release: an engine in a virtual machine or on another host says another one.
 */
function engine_answer_engineFault(answer, kernel) {
    const info = engineInfo(answer);
    if (info.kind !== 'info')
        return info;
    if (info.kernel !== null && info.kernel !== kernel) {
        const reason = `it runs on another machine, with the kernel ${printable(info.kernel)} (here ${printable(kernel)})`;
        return { kind: 'elsewhere', reason };
    }
    return info.rootless
        ? { kind: 'elsewhere', reason: 'it is rootless: its containers cannot reach the table of the whole machine' }
        : undefined;
}
/** Reads `image inspect --format {{json .}}`, which podman 4 gives as a list of one; undefined for anything else. */
function engine_answer_parseEngineImage(text) {
    const image = objectOf(text);
    const config = asObject(image?.Config);
    if (typeof image?.Id !== 'string' || image.Id === '' || config === undefined)
        return undefined;
    return {
        id: image.Id,
        entrypoint: strings(config.Entrypoint),
        cmd: strings(config.Cmd),
        env: strings(config.Env),
        digests: strings(image.RepoDigests).filter((name) => /^[^\s@]+@sha256:[0-9a-f]{64}$/.test(name)),
    };
}
/** Reads `docker context inspect --format {{json .}}`: the name of the context in use and where its engine is reached; undefined for anything else. */
function parseDockerContext(text) {
    const context = objectOf(text);
    const host = asObject(asObject(context?.Endpoints)?.docker)?.Host;
    return typeof context?.Name === 'string' && typeof host === 'string' ? { name: context.Name, host } : undefined;
}
/**
 * A reference with the digest that the engine knows for its repository, else with another of the same image; as it is when it knows none.
 * Docker writes those of docker.io in short, `tonistiigi/binfmt@sha256:...`, however they were pulled.
 */
function pinnedName(reference, { digests }) {
    if (engine_answer_isPinned(reference))
        return reference;
    const repository = repositoryOf(reference);
    return digests.find((name) => repositoryOf(name) === repository) ?? digests[0] ?? reference;
}
/** `docker.io/library/alpine` for all ways to write it; the text itself when it is no reference. */
function repositoryOf(text) {
    try {
        const { registry, repository } = parseImageReference(text);
        return `${registry}/${repository}`;
    }
    catch {
        return text;
    }
}
/** Whether a reference names its image by digest. */
function engine_answer_isPinned(reference) {
    return /@sha256:[0-9a-f]{64}$/.test(reference);
}
/** Whether the machine itself lacks a capability that `--privileged` wants to give. */
function engine_answer_lacksCapability(answer) {
    return (answer.status !== 0 && /unable to apply caps|can't apply capabilities|set process capabilities/i.test(answer.stderr));
}
/** Whether an engine that was to copy `path` out of a container says that it is not there; any other refusal says nothing about the file. */
function saysNoFile({ stderr }, path) {
    const isMissing = /could not find the file|no such container:path|no such file or directory|could not be found/i;
    return stderr.includes(path) && isMissing.test(stderr);
}
/** The last lines of what a program said, safe for a message; how it ended when it said nothing. */
function engine_answer_lastLines(answer, count = 3) {
    const lines = `${answer.stdout}\n${answer.stderr}`.split('\n').filter((line) => line.trim() !== '');
    if (lines.length === 0)
        return 'it said nothing';
    return lines.slice(-count).map(sayable).join('; ');
}
/** A line of a program for a message: as it was said, but for what a terminal would obey. */
function sayable(line) {
    const text = line.trim();
    return (0,visible/* visible */.RK)(text.length > 300 ? `${text.slice(0, 300)}...` : text);
}
/** How a program ended, in words: `exit status 1`. */
function engine_answer_endingOf({ status, signal, errno }) {
    if (errno !== undefined)
        return `it could not be started: ${errno}`;
    return signal === null ? `exit status ${status}` : `ended by ${signal}, over its time limit`;
}
function firstLine(text) {
    return sayable(text.split('\n')[0] ?? '');
}
function objectOf(text) {
    try {
        const value = JSON.parse(text);
        return asObject(Array.isArray(value) && value.length === 1 ? value[0] : value);
    }
    catch {
        // an answer that is no JSON is none; what the engine said instead is told by the caller
        return undefined;
    }
}
function asObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? value
        : undefined;
}
function textOf(value) {
    return typeof value === 'string' ? value : null;
}
/** A list of strings; one string is a list of one. */
function strings(value) {
    const list = typeof value === 'string' ? [value] : value;
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
}

;// CONCATENATED MODULE: ./build/src/containers/engine.js
// A container engine of this machine by its command line: docker as this user, podman and nerdctl with root's rights, because only root's
// containers are in the machine's first user namespace and so see its table.










/** Time limits in milliseconds: a question, a pull, a registering container. */
const usualLimits = { ask: 30_000, pull: 600_000, run: 120_000 };
const asJson = (/* unused pure expression or super */ null && (['--format', '{{json .}}']));
class Engine {
    name;
    #file;
    #root;
    #limits;
    constructor(name, file, root, limits = usualLimits) {
        this.name = name;
        this.#file = file;
        this.#root = root;
        this.#limits = limits;
    }
    /** Why it cannot register here; undefined when it can. */
    async fault() {
        return engineFault(await this.#call(['info', ...asJson], this.#limits.ask), release());
    }
    /**
     * Makes an image present, anew unless a digest says which it is; nothing is fetched when `offline`.
     * `reference` must be a checked one: it stands among the options. Throws `engine-failed`, and `offline` for one that is not there.
     */
    async pull(reference, offline) {
        const there = (await this.inspect(reference)) !== undefined;
        if (there && (offline || isPinned(reference)))
            return;
        const name = printable(reference, 300);
        if (offline)
            throw new SetupError('offline', `${this.name} does not have the image ${name}, and nothing may be fetched`, {
                hint: `bring it beforehand: ${this.name} pull ${name}`,
            });
        const answer = await this.#call(['pull', '--quiet', reference], this.#limits.pull);
        if (answer.status === 0)
            return;
        throw new SetupError('engine-failed', `${this.name} pull ${name}: ${endingOf(answer)}; it said: ${lastLines(answer)}`, {
            hint: there
                ? 'an image of that name is here: set offline to use it as it is, or name one that can be pulled'
                : 'look at the name of the image, and whether its registry can be reached from here and wants a login',
        });
    }
    /** What the engine knows of an image; undefined when it is not there. */
    async inspect(reference) {
        const inspect = (name) => this.#call(['image', 'inspect', ...asJson, name], this.#limits.ask);
        const answer = await inspect(reference);
        if (answer.status === 0)
            return parseEngineImage(answer.stdout);
        // nerdctl 2 looks for the tag "latest" when a name comes with a digest alone, and so does not find what was pulled by it
        const digest = this.name === 'nerdctl' ? /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1] : undefined;
        const again = digest === undefined ? answer : await inspect(digest);
        return again.status === 0 ? parseEngineImage(again.stdout) : undefined;
    }
    /**
     * Lets `work` copy files of a present image to paths of this machine, out of a container that is never started and is gone afterwards; the copies
     * are answered as the engine does. Throws `engine-failed`.
     */
    async copying(reference, { id }, work) {
        const name = containerName();
        const image = this.name === 'nerdctl' ? reference : id;
        const options = ['--name', name, '--pull', 'never', '--network', 'none'];
        const answer = await this.#call(['create', ...options, image], this.#limits.ask);
        try {
            if (answer.status !== 0)
                throw new SetupError('engine-failed', `${this.name} create ${printable(reference, 300)}: ${endingOf(answer)}; it said: ${lastLines(answer)}`, {
                    hint: `see whether ${this.name} can make a container of it: ${this.name} create ${printable(reference, 300)}`,
                });
            // podman follows links without being told
            const follow = this.name === 'podman' ? [] : ['--follow-link'];
            return await work((path, to) => this.#call(['cp', ...follow, `${name}:${path}`, to], this.#limits.run));
        }
        finally {
            await this.#remove(name);
        }
    }
    /** Runs a present image with all rights to its end, without a network. Returns what it said; throws `engine-failed`. */
    async run(reference, { id }, args) {
        // what was looked at is what runs; only nerdctl does not run an image by its id
        const image = this.name === 'nerdctl' ? reference : id;
        const first = await this.#run(['--privileged'], image, args);
        const answer = lacksCapability(first) ? await this.#run(almostPrivileged, image, args) : first;
        if (answer.status === 0)
            return `${answer.stdout}\n${answer.stderr}`;
        throw new SetupError('engine-failed', `${this.name} run ${printable([reference, ...args].join(' '), 300)}: ${endingOf(answer)}; it said: ${lastLines(answer)}`, {
            hint: `run it by hand to see all it says: ${this.name} run --rm --privileged ${printable(reference, 300)} ${args.join(' ')}`,
        });
    }
    async #run(rights, image, args) {
        const name = containerName();
        const options = ['--rm', '--name', name, '--pull', 'never', '--network', 'none', ...rights];
        // a daemon that maps the ids of its containers refuses privileged ones without this
        const namespace = this.name === 'docker' ? ['--userns', 'host'] : [];
        const answer = await this.#call(['run', ...options, ...namespace, image, ...args], this.#limits.run);
        // when its client ends, a container goes on
        if (answer.status === null)
            await this.#remove(name);
        return answer;
    }
    async #remove(name) {
        await this.#call(['rm', '--force', '--volumes', name], this.#limits.ask);
    }
    #call(args, timeoutMs) {
        const [file, words] = this.name === 'docker' ? [this.#file, args] : this.#root.commandLine(this.#file, args);
        return command(file, words, { timeoutMs });
    }
}
function containerName() {
    return `setup-qemu-${process.pid}-${randomBytes(4).toString('hex')}`;
}
/** What `--privileged` gives, for a machine that lacks CAP_SYS_RESOURCE itself: an engine cannot give what it has not got. */
const almostPrivileged = (/* unused pure expression or super */ null && (['--cap-add', 'ALL', '--cap-drop', 'SYS_RESOURCE', '--security-opt', 'seccomp=unconfined']));
/**
 * The engine of that name, or the first on PATH that can register here. Throws `no-engine`, `engine-denied`, `engine-failed`; the message
 * names each one that is there and what it answered.
 */
async function findEngine(wanted, root) {
    const faults = [];
    for (const name of wanted === null ? engineNames : [wanted]) {
        const file = onPath(name);
        if (file === undefined)
            continue;
        const engine = new Engine(name, file, root);
        const fault = await engine.fault();
        if (fault === undefined)
            return engine;
        faults.push({ name, fault });
    }
    throw faults.length === 0 ? noEngine(wanted) : unusable(faults);
}
function noEngine(wanted) {
    const looked = wanted ?? engineNames.join(', ');
    return new SetupError('no-engine', `method container needs a container engine, and PATH has none of: ${looked}`, {
        hint: `install ${wanted ?? 'docker or podman'}, or choose another method: the default needs no engine`,
    });
}
function unusable(faults) {
    const denied = faults.some(({ fault }) => fault.kind === 'refused');
    const message = faults.map(({ name, fault }) => `${name} is here, but: ${fault.reason}`).join('; ');
    return new SetupError(denied ? 'engine-denied' : 'engine-failed', message, {
        hint: denied
            ? 'let this user talk to the engine (group docker), or run setup-qemu as root'
            : 'start an engine of this machine that runs as root (systemctl start docker), or choose another method',
    });
}
/** The program of that name on PATH. */
function onPath(name) {
    const folders = (process.env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'));
    return folders.map((folder) => (0,external_node_path_.join)(folder, name)).find(isProgram);
}
function isProgram(path) {
    try {
        (0,external_node_fs_.accessSync)(path, external_node_fs_.constants.X_OK);
        return (0,external_node_fs_.statSync)(path).isFile();
    }
    catch (error) {
        (0,open_files/* throwIfNoFileLeft */.c1)(error);
        // not there or not for us: the next folder of PATH may have it
        return false;
    }
}

// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/src/core/machine/step-environment.js
var step_environment = __webpack_require__(4469);
;// CONCATENATED MODULE: ./build/src/containers/engine-cli.js
// A container engine as this user calls it: its command line, where it is reached, and what it says when it refuses.







/** Time limits in milliseconds: a question, a container. */
const engine_cli_usualLimits = { ask: 60_000, run: 120_000 };
/** How often a removal that docker itself has begun is asked for again, ten times a second. */
const mostRemovals = 100;
const engine_cli_asJson = ['--format', '{{json .}}'];
const addressVariables = { docker: 'DOCKER_HOST', podman: 'CONTAINER_HOST', nerdctl: 'CONTAINERD_ADDRESS' };
class EngineCall {
    name;
    limits;
    log;
    #file;
    constructor(name, file, log, limits = engine_cli_usualLimits) {
        this.name = name;
        this.log = log;
        this.limits = limits;
        this.#file = file;
    }
    /** One call to its end, as `command` does it. */
    call(args, options = {}) {
        return (0,system_command/* command */.G5)(this.#file, args, { timeoutMs: this.limits.ask, ...options });
    }
    /** A client that is spoken with, within the time of a container. */
    start(args) {
        const env = { ...(0,step_environment/* forOthers */.J)(process.env), LC_ALL: 'C' };
        const child = (0,open_files/* withStreams */.C5)((0,external_node_child_process_.spawn)(this.#file, args, { stdio: 'pipe', env }));
        (0,system_command/* killAfter */.XH)(child, this.limits.run);
        return child;
    }
    async info() {
        return engineInfo(await this.call(['info', ...engine_cli_asJson]));
    }
    /** Where the engine is reached, in words; null where nothing says it. */
    async address() {
        const variable = addressVariables[this.name];
        const value = process.env[variable] ?? '';
        if (value !== '')
            return `${variable}=${addressWords(value)}`;
        if (this.name !== 'docker')
            return null;
        const context = parseDockerContext((await this.call(['context', 'inspect', ...engine_cli_asJson])).stdout);
        return context === undefined ? null : `context ${addressWords(context.name)}, ${addressWords(context.host)}`;
    }
    /** Removes images or containers by `rm` or `image rm`; one that stays is told. */
    async remove(args) {
        let answer = await this.call(args);
        // docker removes a container that has ended by itself, and refuses to be told so meanwhile; until it is gone, its image cannot go
        for (let tries = 1; tries < mostRemovals && /already in progress/i.test(answer.stderr); tries++) {
            await (0,promises_.setTimeout)(100);
            answer = await this.call(args);
        }
        if (answer.status !== 0 && !/no such|not known|no container with/i.test(answer.stderr))
            this.log.info(`warning: ${this.refusal(args.join(' '), answer)}`);
    }
    /** What was tried and what came back, in one line. */
    refusal(what, answer) {
        return `${this.name} ${what}: ${engine_answer_endingOf(answer)}; it said: ${engine_answer_lastLines(answer)}`;
    }
}

;// CONCATENATED MODULE: ./build/src/core/containers/probe-name.js
// The names of images and containers that prove a target in an engine. They say whose they are, so that what a killed run left behind is known
// and removed, and what a living one uses is not.

const repository = 'localhost/setup-qemu-probe';
const containerPrefix = 'setup-qemu-probe-';
/** The names for one run of a target's probe. `word` is hexadecimal and different in each. */
function probeNames(target, { bootId, pidNamespace, pid, start }, word) {
    const tag = [target, bootId.slice(0, 8), pidNamespace, pid, start, word].join('-');
    return {
        image: `${repository}:${tag}`,
        container: `${containerPrefix}${tag}`,
        looker: `${containerPrefix}${tag}.look`,
    };
}
/** The owner in a name of one of our images or containers, with the boot id's first eight digits; undefined for anything else. */
function ownerIn(name) {
    const at = name.startsWith(`${repository}:`) ? repository.length + 1 : containerPrefix.length;
    if (at === containerPrefix.length && !name.startsWith(containerPrefix))
        return undefined;
    const parts = /^(\w+)-([0-9a-f]{8})-(\d+)-(\d+)-(\d+)-[0-9a-f]+(?:\.look)?$/.exec(name.slice(at));
    const [, target, bootId = '', pidNamespace = '', pid, start = ''] = parts ?? [];
    if (!model_targets/* targets */.zV.some((known) => known.name === target))
        return undefined;
    return { bootId, pidNamespace, pid: Number(pid), start };
}
/**
 * Whether what has that owner was left behind: it is of an earlier boot, or its process has ended. Of one in another namespace of process numbers
 * nothing is known, so it is not. `startOf` gives the start of a process that lives.
 */
function isLeftBehind(owner, { bootId, pidNamespace }, startOf) {
    if (owner.bootId !== bootId.slice(0, 8))
        return true;
    return owner.pidNamespace === pidNamespace && startOf(owner.pid) !== owner.start;
}

;// CONCATENATED MODULE: ./build/src/containers/engine-probe.js
// A target's probe in a container of an engine. The image for it is made on the spot and loaded, so nothing is pulled; a native reader in the image
// shows from within under which kernel the container runs, and which executable runs the probe. This works wherever the engine is: its processes
// need not be among those that can be seen from here.










/** What the reader shows of the place where a container runs. */
const placeFiles = ['/proc/sys/kernel/random/boot_id', '/proc/self/uid_map'];
class EngineProbe {
    #engine;
    #kit;
    #difference;
    #place;
    #turn = Promise.resolve();
    #current = Promise.resolve();
    #client;
    #stopped = false;
    constructor(engine, kit) {
        this.#engine = engine;
        this.#kit = kit;
    }
    /** Why the engine cannot be used at all; undefined when it can be asked. */
    async fault() {
        const info = await this.#engine.info();
        if (info.kind !== 'info')
            return info;
        this.#difference = differenceOf(info, this.#kit.host, (0,external_node_os_.release)());
        return undefined;
    }
    /** Runs a target's probe in a container, one after the other; what was made for it is gone afterwards. */
    run(work) {
        const run = this.#turn.then(async () => {
            if (this.#stopped)
                return await never;
            const current = this.#run(work);
            this.#current = current;
            const result = await current;
            return this.#stopped ? await never : result;
        });
        this.#turn = run.catch(() => undefined);
        return run;
    }
    /** Ends what runs and removes what was made for it. No run comes to its end after this. */
    async stop() {
        this.#stopped = true;
        this.#client?.kill('SIGKILL');
        await this.#current.catch(() => undefined);
    }
    /** Removes images and containers that runs which have ended left behind; of an engine of another kernel those of this machine's alone. */
    async sweep(ofThisKernel) {
        const { owner: us } = this.#kit;
        const left = (name) => {
            const owner = ownerIn(name);
            if (owner === undefined || (!ofThisKernel && owner.bootId !== us.bootId.slice(0, 8)))
                return false;
            return isLeftBehind(owner, us, system_process/* startOfProcess */.BR);
        };
        for (const [list, removal] of [
            [
                ['ps', '--all', '--format', '{{.Names}}'],
                ['rm', '--force'],
            ],
            [
                ['images', '--format', '{{.Repository}}:{{.Tag}}'],
                ['image', 'rm'],
            ],
        ]) {
            const { stdout } = await this.#engine.call(list);
            for (const name of stdout.split('\n').filter(left)) {
                await this.#engine.remove([...removal, name]);
                this.#engine.log.info(`${this.#engine.name}: ${name} was left behind by a run that has ended`);
            }
        }
    }
    async #run(work) {
        if (this.#difference !== undefined)
            return await this.#elsewhere(this.#difference);
        const names = probeNames(work.target, this.#kit.owner, (0,external_node_crypto_.randomBytes)(4).toString('hex'));
        try {
            const reason = (await this.#load(names, work)) ?? (await this.#look(names, work));
            if (reason !== undefined)
                return { kind: 'unproven', reason };
            if (this.#stopped)
                return { kind: 'unproven', reason: 'it was stopped' };
            const { place: here } = this.#kit;
            const there = this.#place ?? here;
            if (there.bootId !== here.bootId)
                return await this.#elsewhere({ what: 'boot id', theirs: there.bootId, ours: here.bootId });
            return await this.#probe(names, work, there.uidMap !== here.uidMap);
        }
        finally {
            await this.#engine.remove(['image', 'rm', names.image]);
        }
    }
    async #load({ image }, { target, platform }) {
        const { probes, rules } = this.#kit;
        const program = probes.probes.get(target);
        if (program === undefined)
            throw new Error(`there is no probe for ${target}`);
        const probe = rule_fitted(program, rule_ruleOf((0,model_targets/* targetNamed */.bH)(target), rules));
        const archive = probeArchive({ reference: image, platform, probe, reader: probes.reader }, engine_probe_sha256Of);
        // nerdctl takes only what is for its own host unless it is told
        const words = this.#engine.name === 'nerdctl' ? ['load', '--platform', platform] : ['load'];
        const answer = await this.#engine.call(words, { input: archive });
        return answer.status === 0 ? undefined : this.#engine.refusal(`load of an image for ${platform}`, answer);
    }
    /** Finds out once under which kernel containers run; the reason when that cannot be done. */
    async #look({ looker, image }, { platform }) {
        if (this.#place !== undefined)
            return undefined;
        const options = [...this.#options(looker, platform), '--entrypoint', readerPath];
        const answer = await this.#engine.call(['run', ...options, image, ...placeFiles], {
            timeoutMs: this.#engine.limits.run,
        });
        if (isUnfinished(answer.status))
            await this.#engine.remove(['rm', '--force', looker]);
        if (answer.status !== 0)
            return this.#engine.refusal(`run of a native program in a container for ${platform}`, answer);
        this.#place = parsePlace(answer.stdout);
        if (this.#place === undefined)
            return `a container of ${this.#engine.name} does not show the boot id of its kernel; it said: ${engine_answer_lastLines(answer)}`;
        await this.sweep(this.#place.bootId === this.#kit.place.bootId);
        return undefined;
    }
    async #probe(names, { target, platform, argv }, ownNamespace) {
        const child = this.#engine.start(['run', ...this.#options(names.container, platform), names.image, argv[1]]);
        this.#client = child;
        const conversation = new conversation_Conversation(child, target);
        try {
            return await this.#talk(conversation, child, names, ownNamespace);
        }
        finally {
            // without input the probe ends, and its container with it
            child.stdin.end();
            const { status } = await conversation.ended;
            this.#client = undefined;
            if (isUnfinished(status))
                await this.#engine.remove(['rm', '--force', names.container]);
        }
    }
    async #talk(conversation, child, { container }, ownNamespace) {
        const started = await conversation.started;
        if (started.kind === 'ended') {
            if (started.timedOut)
                return { kind: 'silent', timeoutMs: this.#engine.limits.run };
            const output = `${started.stdout.toString('latin1')}${started.stderr}`;
            return { kind: 'failed', ending: conversation_endingText(started), output, ownNamespace };
        }
        const read = await this.#hashIn(container);
        if ('answer' in read)
            return { kind: 'unproven', reason: this.#engine.refusal('exec of a reader of /proc/1/exe', read.answer) };
        const question = (0,external_node_crypto_.randomInt)(64, 121);
        child.stdin.end(Buffer.from([question ^ 0x5a]));
        const end = await conversation.ended;
        const qemuVersion = this.#kit.versionOf(read.sha256);
        const answerRight = end.status === question;
        return { kind: 'answered', argv: started.argv, ...read, qemuVersion, answerRight, ending: conversation_endingText(end) };
    }
    /** SHA-256 of the executable that runs as the first process of a container, as a program in it reads it. */
    async #hashIn(container) {
        const hash = (0,external_node_crypto_.createHash)('sha256');
        let [size, stdout] = [0, ''];
        const take = (chunk) => {
            hash.update(chunk);
            size += chunk.length;
            // docker says there, too, why it could not
            if (stdout === '')
                stdout = new TextDecoder('latin1').decode(chunk.subarray(0, 1000));
        };
        const answer = await this.#engine.call(['exec', container, readerPath, '/proc/1/exe'], { take });
        return answer.status === 0 && size > 0 ? { sha256: hash.digest('hex') } : { answer: { ...answer, stdout } };
    }
    async #elsewhere(difference) {
        return { kind: 'elsewhere', at: await this.#engine.address(), difference };
    }
    #options(name, platform) {
        // the first process is to be the probe, whatever the engine's configuration says
        const own = this.#engine.name === 'podman' ? ['--pid', 'private'] : [];
        const quiet = ['--pull', 'never', '--network', 'none'];
        return ['--rm', '--interactive', '--name', name, ...quiet, '--init=false', ...own, '--platform', platform];
    }
}
/** What never comes: of a run that was stopped. */
const never = new Promise(() => undefined);
/** Whether a client ended before its container, or the engine says that it failed itself (125): then the container may be there still. */
function isUnfinished(status) {
    return status === null || status === 125;
}
function engine_probe_sha256Of(bytes) {
    return (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex');
}

;// CONCATENATED MODULE: ./build/src/containers/verify-in.js
// The engines of `verify-in`: in a container of each the probe of a target runs once more, and must run under the executable that ran it directly.















/**
 * Opens engines for proofs. Throws `no-engine` for one that is not on PATH, `engine-denied` and `engine-failed` for one that does not answer, and
 * `probe-unrunnable` where this machine's own kernel cannot be told. The caller closes it.
 */
async function openContainers(names, machine, rules) {
    const kit = kitOf(machine, rules);
    const engines = await Promise.all(names.map(async (name) => [name, await openEngine(name, kit, machine)]));
    return new Containers(new Map(engines));
}
/** Removes what proofs in these engines (the words of `verify-in`) left behind whose process was killed. Throws as `openContainers`. */
async function sweepContainers(words, log) {
    const machine = thisMachine({ cacheFolder: '', owner: (0,journal_file/* ownerOf */.bf)('action', process.pid), log });
    const kit = kitOf(machine, 'upstream');
    for (const name of enginesOf(words))
        await (await openEngine(name, kit, machine)).sweep(false);
}
function kitOf({ host, probes, catalog }, rules) {
    const place = ownPlace();
    const { pid, start } = (0,journal_file/* ownerOf */.bf)('cli', process.pid);
    const owner = { bootId: place.bootId, pidNamespace: (0,system_process/* pidNamespace */.fP)(), pid, start };
    const versionOf = (sha256) => (0,model_catalog/* emulatorOfHash */.PC)(catalog, sha256)?.qemuVersion ?? null;
    return { host, place, owner, probes, rules, versionOf };
}
function ownPlace() {
    const text = placeFiles.map((path) => (0,external_node_fs_.readFileSync)(path, 'latin1')).join('');
    const place = parsePlace(text);
    if (place !== undefined)
        return place;
    throw new errors/* SetupError */.w3('probe-unrunnable', `${placeFiles.join(' and ')} do not show the boot id and the user ids of this machine`, {
        hint: 'leave verify-in out, or mount a whole /proc',
    });
}
async function openEngine(name, kit, { log }) {
    const file = onPath(name);
    if (file === undefined)
        throw new errors/* SetupError */.w3('no-engine', `verify-in names ${name}, and PATH has no program of that name`, {
            hint: `install ${name}, or leave it out of verify-in`,
        });
    const engine = new EngineProbe(new EngineCall(name, file, log), kit);
    const fault = await engine.fault();
    if (fault === undefined)
        return engine;
    const isDenied = fault.kind === 'refused';
    throw new errors/* SetupError */.w3(isDenied ? 'engine-denied' : 'engine-failed', `verify-in names ${name}, which is here, but: ${fault.reason}`, {
        hint: isDenied
            ? `let this user talk to ${name} (docker: the group docker), or leave it out of verify-in`
            : `start ${name}, or leave it out of verify-in`,
    });
}
/** Open engines. While they are, a signal that ends this process removes first what was made in them. */
class Containers {
    #engines;
    /** From now on nothing is done at a signal. */
    close;
    constructor(engines) {
        this.#engines = engines;
        this.close = onEnding(() => Promise.allSettled([...engines.values()].map((engine) => engine.stop())));
    }
    /** Proves a target in each engine. `sha256`: what ran it directly; null when nothing did as it should, and then nothing is tried. */
    async prove({ target, platform }, sha256) {
        const names = [...this.#engines.keys()];
        if (sha256 === null)
            return { proven: Object.fromEntries(names.map((name) => [name, false])), findings: [] };
        const runs = names.map(async (engine) => {
            const argv = [probePath, randomBytes(4).toString('hex')];
            const work = { target: target.name, platform: platform ?? `linux/${target.name}`, argv };
            const run = await this.#engines.get(engine)?.run(work);
            return { engine, findings: run === undefined ? [] : judgeContainer(run, { engine, sha256, argv }) };
        });
        const all = await Promise.all(runs);
        return {
            proven: Object.fromEntries(all.map(({ engine, findings }) => [engine, !findings.some(isFailure)])),
            findings: all.flatMap(({ findings }) => findings),
        };
    }
}


/***/ })

};
