export const id = 135;
export const ids = [135,231];
export const modules = {

/***/ 9135:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  diagnoseResult: () => (/* binding */ diagnoseResult)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./build/src/core/model/errors.js
var errors = __webpack_require__(2936);
// EXTERNAL MODULE: ./build/src/core/model/finding.js
var finding = __webpack_require__(9530);
// EXTERNAL MODULE: ./build/src/core/model/targets.js + 1 modules
var model_targets = __webpack_require__(5732);
;// CONCATENATED MODULE: ./build/src/core/diagnose/system-call-rules.js
/** The rules, of which each counts that matches a line. */
const systemCallRules = [
    {
        code: 'tar-openat2',
        marks: ['function not implemented'],
        pattern: /tar\S*: .*Cannot open: Function not implemented/i,
        title: 'tar cannot open files under this QEMU',
        cause: 'newer versions of tar use openat2, which QEMU has from 9.2 on',
        remedy: 'use QEMU 9.2 or newer, for example the default',
        see: 'function-not-implemented',
        problems: ['R23'],
        machine: 'entries',
    },
    {
        code: 'tar-openat2-musl',
        marks: ['invalid argument'],
        pattern: /tar\S*: .*Cannot open: Invalid argument/i,
        title: 'tar cannot open files under a QEMU built with musl',
        cause: 'such builds of QEMU 9.2 to 10.1.2 translate the flags of openat2 wrongly',
        remedy: 'use an emulator built with glibc, for example one of the catalog',
        see: 'function-not-implemented',
        problems: ['R24'],
        machine: 'entries',
    },
    {
        code: 'function-not-implemented',
        marks: ['function not implemented', 'port library failed to initialize', 'unsupported syscall', 'unknown syscall'],
        pattern: /^(?!.*tar\S*: .*Cannot open: ).*(?:function not implemented|Port Library failed to initialize|\bUn(?:supported|known) syscall:? \d+)/i,
        title: 'a system call is missing under this QEMU',
        cause: 'the program uses one that is newer than the QEMU version',
        remedy: 'use a newer qemu-version; setup-qemu compare -- COMMAND tells from which one on it works',
        see: 'function-not-implemented',
        problems: ['R3', 'R6'],
        machine: 'entries',
    },
    {
        code: 'value-too-large',
        marks: ['value too large for defined data type'],
        pattern: /value too large for defined data type/i,
        title: 'a 32-bit program cannot take a number of the file system',
        cause: 'file systems of the host (ext4, xfs) give 64-bit offsets and numbers to programs that take 32 bits',
        remedy: 'work on a tmpfs, or build with -D_FILE_OFFSET_BITS=64; for cargo CARGO_REGISTRIES_CRATES_IO_PROTOCOL=sparse',
        see: 'value-too-large-for-defined-data-type',
        problems: ['R26'],
    },
    {
        code: 'address-space',
        marks: ['for jit buffer', 'unable to find a guest_base', 'bytes of virtual address space'],
        pattern: /bytes for jit buffer: |Unable to find a guest_base|Unable to reserve 0x[0-9a-f]+ bytes of virtual address space/i,
        title: 'QEMU could not get the address space that it needs',
        cause: 'it is limited, by ulimit -v or by a service; 32-bit programs need 4 GB of it, unused',
        remedy: 'ulimit -v unlimited before the program is started, and limit memory by a cgroup',
        see: 'cannot-allocate-memory-for-jit-buffer',
        problems: [],
    },
    {
        code: 'go-pidfd',
        marks: ['fork/exec'],
        pattern: /fork\/exec .*: invalid argument/i,
        title: 'a Go program cannot start another one',
        cause: 'Go 1.23.0 and 1.23.1 use clone with CLONE_PIDFD, which QEMU has from 8.0 on',
        remedy: 'use QEMU 8.0 or newer, or build with Go 1.23.2 or newer',
        see: 'forkexec-invalid-argument',
        problems: ['R11'],
        machine: 'entries',
    },
    {
        code: 'go-threads',
        marks: ['failed to create new os thread'],
        pattern: /failed to create new OS thread \(have \d+ already; errno=22\)/i,
        title: 'a program of an old Go cannot start threads',
        cause: 'QEMU rejects the flags that Go 1.8 and older use',
        remedy: 'use a newer release of that program, or rebuild it',
        see: 'forkexec-invalid-argument',
        problems: ['R1'],
    },
    {
        code: 'processor-level',
        marks: ['cpu does not support', 'cpu lacks', 'unable to find cpu model'],
        pattern: /Fatal glibc error: (?:CPU does not support|CPU lacks)|unable to find CPU model/i,
        title: 'the processor that QEMU shows is not the one that is wanted',
        cause: 'an old QEMU shows an old processor by default, or QEMU_CPU names another one',
        remedy: 'use QEMU 7.2 or newer, or with an older one cpu: max; where QEMU_CPU is set, unset it or give another cpu',
        see: 'cpu-does-not-support-x86-64-v2',
        problems: ['R10', 'R32'],
        machine: 'entries',
    },
    {
        code: 'killed',
        marks: ['exit code: 137', 'exit code 137'],
        pattern: /exit code:? 137\b/i,
        title: 'a step was killed (exit status 137)',
        cause: 'mostly for want of memory, which emulation needs more of; cargo with an index in git is known for it',
        remedy: 'give it more memory or fewer jobs at once; for cargo CARGO_REGISTRIES_CRATES_IO_PROTOCOL=sparse',
        see: 'qemu-uncaught-target-signal-11',
        problems: ['R27'],
    },
];

;// CONCATENATED MODULE: ./build/src/core/diagnose/diagnosis-rules.js

const compare = 'setup-qemu compare -- COMMAND';
const crashes = [
    {
        code: 'libc-bin-crash',
        marks: ['libc-bin'],
        pattern: /dpkg: error processing package libc-bin|libc-bin\.postinst.*Segmentation fault|ldconfig.*Segmentation fault/i,
        title: 'libc-bin could not be configured',
        cause: 'ldconfig crashes now and then under some versions of QEMU, above all that of Ubuntu 22.04 and Debian bullseye',
        remedy: 'run the step again, use qemu-version: 7.2, or turn off the randomising of addresses on the host',
        see: 'qemu-uncaught-target-signal-11',
        problems: ['R16'],
        machine: 'entries',
    },
    {
        code: 'target-signal-11',
        marks: ['target signal 11'],
        pattern: /uncaught target signal 11\b/i,
        title: 'an emulated program crashed (segmentation fault)',
        cause: 'a fault of the program, or one of the QEMU version',
        remedy: `look which QEMU ran (setup-qemu status), and under which it works: ${compare}`,
        see: 'qemu-uncaught-target-signal-11',
        problems: ['R4', 'R5', 'R7', 'R13', 'R14', 'R15', 'R16'],
        machine: 'entries',
    },
    {
        code: 'target-signal-4',
        marks: ['target signal 4'],
        pattern: /uncaught target signal 4\b/i,
        title: 'an emulated program met an instruction that QEMU does not know',
        cause: 'the program needs a newer processor than this QEMU shows, or a newer QEMU',
        remedy: 'use the newest qemu-version; where QEMU_CPU is set, or with an older one: cpu: max',
        see: 'qemu-uncaught-target-signal-4',
        problems: ['R29', 'R31'],
        machine: 'entries',
    },
    {
        code: 'target-signal',
        marks: ['target signal'],
        pattern: /uncaught target signal (?!4\b|11\b)\d+/i,
        title: 'an emulated program was ended by a signal',
        cause: 'the program ended itself (signal 6), or met a fault of the QEMU version',
        remedy: `read the lines before it; if they do not tell, look under which QEMU it works: ${compare}`,
        see: 'qemu-uncaught-target-signal-11',
        problems: [],
        machine: 'entries',
    },
    {
        code: 'qemu-crash',
        marks: ['qemu internal sig', 'assertion'],
        pattern: /QEMU internal SIG[A-Z]+|(?:qemu\S*|ERROR):.*\bAssertion\b|decode_save_opc.*Assertion/i,
        title: 'QEMU itself crashed',
        cause: 'a fault of the QEMU version',
        remedy: `use another qemu-version; ${compare} tells which`,
        see: 'qemu-uncaught-target-signal-11',
        problems: ['R9', 'R18', 'R37'],
        machine: 'entries',
    },
];
const refusals = [
    {
        code: 'exec-format-error',
        marks: ['exec format error'],
        pattern: /exec format error/i,
        title: 'the kernel found nobody to run a foreign program',
        cause: 'no entry matches it, or the entries hold elsewhere than where it ran',
        remedy: 'set up its platform before this step (setup-qemu setup PLATFORM); AppImages need rules: wide',
        see: 'exec-format-error',
        problems: ['R39', 'E1', 'E2', 'E5', 'E9', 'E10', 'E12'],
        machine: 'entries',
    },
    {
        code: 'no-such-file',
        marks: ['no such file or directory', 'required file not found'],
        pattern: /(?:chroot: failed to run command|exec user process caused|standard_init_linux|\bexec(?:ve)? ?[:/"'`(]|error during container init|unable to start container process).*no such file or directory|cannot execute: required file not found/i,
        title: 'a program that may well be there could not be started',
        cause: 'its interpreter is missing: the emulator of an entry without the flag F, or the loader of its C library',
        remedy: 'register with the flag F, as setup-qemu does, and use a static emulator; run dynamic programs in a root of their own, or name that with sysroot',
        see: 'no-such-file-or-directory-for-a-file-that-is-there',
        problems: ['E6'],
        machine: 'F',
    },
    {
        code: 'loader-missing',
        marks: ['could not open'],
        // the images of tonistiigi call it aarch64-binfmt-P
        pattern: /(?:qemu\S*|-binfmt-P): Could not open '?\/\S+/i,
        title: 'the C library of a foreign program was not found',
        cause: 'a dynamically linked program runs outside a root of its architecture',
        remedy: 'run it in a root or a container of its architecture, or name such a root with sysroot',
        see: 'no-such-file-or-directory-for-a-file-that-is-there',
        problems: [],
        machine: 'entries',
    },
    {
        code: 'effective-uid',
        marks: ['effective uid is not 0'],
        pattern: /effective uid is not 0/i,
        title: 'sudo did not get its rights',
        cause: 'the entry in force has no flag C, so setuid programs of the guest stay without rights',
        remedy: 'register with the flag C: credentials true, which is the default',
        see: 'sudo-effective-uid-is-not-0',
        problems: ['E7'],
        machine: 'C',
    },
    {
        code: 'applet-not-found',
        marks: ['applet not found'],
        pattern: /applet not found/i,
        title: 'busybox was called under a wrong name',
        cause: 'the flag P and the QEMU version disagree about argv[0]',
        remedy: 'use QEMU 7.2 or newer on Linux 5.12 or newer; setup-qemu proves that argv[0] arrives',
        see: 'applet-not-found',
        problems: ['E8'],
        machine: 'P',
    },
    {
        code: 'already-registered',
        marks: ['already registered', 'binfmt_misc/register'],
        pattern: /qemu-\S+ already registered|binfmt_misc\/register: (?:File exists|Invalid argument)/i,
        title: 'an entry was not made',
        cause: 'one of the same name is there and stays in force, or the kernel did not take the rule',
        remedy: 'let setup-qemu register: it takes precedence over what is there and proves what runs',
        see: 'shadows',
        problems: ['E3', 'E4'],
    },
    {
        code: 'register-denied',
        marks: ['binfmt_misc'],
        pattern: /binfmt_misc\/register'?: (?:Permission denied|Operation not permitted|Read-only file system)|mount: \S*binfmt_misc\S*: (?:permission denied|must be superuser)/i,
        title: 'an entry could not be made for want of rights',
        cause: 'only root may write to the table, and in a container only with --privileged',
        remedy: 'let setup-qemu register as root on the host; where there is no root, scope: private needs none',
        see: 'no-rights',
        problems: ['E2'],
    },
    {
        code: 'no-installation-candidate',
        marks: ['qemu-user-static'],
        pattern: /qemu-user-static\S* has no installation candidate|unable to locate package qemu-user-static/i,
        title: 'the package qemu-user-static does not exist here',
        cause: 'Ubuntu 25.10 and Debian forky have given it up',
        remedy: 'install qemu-user, or let setup-qemu get the emulator',
        see: 'no-installation-candidate',
        problems: ['E13'],
    },
];
const ours = {
    code: 'setup-qemu',
    marks: ['troubleshooting.md#'],
    pattern: /docs\/troubleshooting\.md#([a-z0-9-]+)/,
    title: 'setup-qemu said so itself',
    cause: 'an error or a finding of setup-qemu, which its lines explain',
    remedy: 'what that line says, and its section',
    see: '',
    problems: [],
    own: true,
};
/** All rules; of those that match a line each counts. */
const rules = [...crashes, ...refusals, ...systemCallRules, ours];

;// CONCATENATED MODULE: ./build/src/core/diagnose/log-line.js
// A build log as lines: whole ones out of pieces of any size, without what terminals and CI systems put between the words. Sources: ECMA-48
// for control sequences; GitHub's runner for the time stamps (RFC 3339 and a blank before each line).
/** How much of a line without an end is held back; the rest of it is looked at piece by piece, as the same line. */
const longestHeld = 1 << 16;
/** How much of a piece is seen again with the next one, so that no message is cut in two. */
const overlap = 1 << 10;
/** Makes pieces that end with whole lines out of text that comes in any portions. */
class LogPieces {
    #held = '';
    #line = 1;
    /** The lines that are complete now, as one piece; undefined when there is none. */
    add(portion) {
        const text = this.#held + portion;
        const end = text.lastIndexOf('\n') + 1;
        if (end > 0) {
            this.#held = text.slice(end);
            return this.#piece(text.slice(0, end));
        }
        if (text.length <= longestHeld) {
            this.#held = text;
            return undefined;
        }
        this.#held = text.slice(-overlap);
        return { text, firstLine: this.#line };
    }
    /** What is left when nothing more comes. */
    end() {
        return this.#held === '' ? undefined : { text: this.#held, firstLine: this.#line };
    }
    /** Lines that are complete so far. */
    get lines() {
        return this.#line - 1;
    }
    #piece(text) {
        const firstLine = this.#line;
        for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
            this.#line++;
        return { text, firstLine };
    }
}
const [nul, backspace, bell, verticalTab, esc, last] = [0, 8, 7, 11, 27, 31].map((code) => String.fromCharCode(code));
/** Control sequences of terminals, and single control characters but tab and line feed. */
const controls = new RegExp([
    `${esc}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${esc}\n]*(?:${bell}|${esc}\\\\)|[@-Z\\\\^_])`,
    `[${nul}-${backspace}${verticalTab}-${last}]`,
].join('|'), 'g');
const timestamp = /^(?:\xef\xbb\xbf)?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z /;
/** Text without control sequences and control characters but tab and line feed. */
function plain(text) {
    return text.replace(controls, '');
}
/** A line without a time stamp before it. */
function withoutTimestamp(line) {
    return line.replace(timestamp, '');
}
/** Bytes (one a character) as the UTF-8 text that they are; what is none becomes U+FFFD. */
function decoded(bytes) {
    return new TextDecoder().decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
}

;// CONCATENATED MODULE: ./build/src/core/diagnose/diagnosis.js
// Reads a build log while it comes, in memory that does not depend on its size, and names each cause that it knows once: how often, and where
// first. The rules are in diagnosis-rules.ts.





/** How much of one line is looked at by the rules around a hit. */
const widestLook = 1024;
const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const marks = new RegExp([...new Set(rules.flatMap((rule) => rule.marks))].map(literal).join('|'), 'gi');
const ownCodes = new Set([...errors/* setupErrorCodes */.Yo, ...finding/* findingCodes */.Y]);
/** The reader of one log: `add` portions in their order, each character one byte, then `end`. */
class LogReader {
    #pieces = new LogPieces();
    #found = new Map();
    add(portion) {
        const piece = this.#pieces.add(portion);
        if (piece !== undefined)
            this.#look(piece);
    }
    end() {
        const rest = this.#pieces.end();
        if (rest !== undefined)
            this.#look(rest);
        const causes = [...this.#found].map(([code, { rule, see, line, text, count }]) => ({
            ...{ rule, code, see, count, line, text },
        }));
        return { lines: this.#pieces.lines + (rest === undefined ? 0 : 1), causes };
    }
    #look({ text: raw, firstLine }) {
        // control sequences stand between the letters of messages, too
        const text = plain(raw);
        let [line, counted] = [firstLine, 0];
        marks.lastIndex = 0;
        for (let hit = marks.exec(text); hit !== null; hit = marks.exec(text)) {
            const start = text.lastIndexOf('\n', hit.index) + 1;
            const feed = text.indexOf('\n', hit.index);
            const end = feed < 0 ? text.length : feed;
            for (let at = text.indexOf('\n', counted); at >= 0 && at < hit.index; at = text.indexOf('\n', at + 1))
                line++;
            counted = hit.index;
            const from = Math.max(start, hit.index - widestLook);
            const to = Math.min(end, hit.index + widestLook);
            this.#judge(text.slice(from, to), line);
            // a very long line may say more further on
            marks.lastIndex = Math.max(to, hit.index + 1);
        }
    }
    #judge(line, number) {
        for (const rule of rules) {
            const match = rule.pattern.exec(line);
            if (match === null)
                continue;
            const code = rule.own === true ? (match[1] ?? '') : rule.code;
            if (rule.own === true && !ownCodes.has(code))
                continue;
            const known = this.#found.get(code);
            if (known === undefined) {
                const text = shown(line, match.index);
                const see = rule.own === true ? code : rule.see;
                this.#found.set(code, { rule, see, line: number, text, count: 1, last: number });
            }
            else if (known.last !== number) {
                known.count++;
                known.last = number;
            }
        }
    }
}
/** A line for a person: printable, and where it is long the part that matched. */
function shown(line, at) {
    const whole = withoutTimestamp(line);
    const from = at > 120 ? at - (line.length - whole.length) - 40 : 0;
    return (0,model_targets/* printable */.g$)(decoded(`${from > 0 ? '...' : ''}${whole.slice(from)}`.trim()), 200);
}

// EXTERNAL MODULE: ./build/src/core/explain/table-view.js
var table_view = __webpack_require__(135);
// EXTERNAL MODULE: ./build/src/core/problems/known-problems.js
var known_problems = __webpack_require__(3186);
// EXTERNAL MODULE: ./build/src/core/report/finding-text.js + 3 modules
var finding_text = __webpack_require__(8437);
// EXTERNAL MODULE: ./build/src/core/report/report.js + 1 modules
var report = __webpack_require__(7476);
// EXTERNAL MODULE: ./build/src/core/text/paint.js
var text_paint = __webpack_require__(1941);
;// CONCATENATED MODULE: ./build/src/core/diagnose/diagnosis-text.js
// A diagnosis in words and as JSON: each cause with where the log says so, what to do, what it may be, and how this machine stands to it.






/** What looks at one program on this machine. */
const explainWords = 'setup-qemu explain FILE [--root DIR] tells what happens here when one of these programs is executed, and who is behind it';
/** Whether the causes make the table of this machine matter. */
function needsMachine({ causes }) {
    return causes.some(({ rule }) => rule.machine !== undefined);
}
/** The diagnosis in words. Where this machine matters it ends with what looks at one program there. */
function diagnosisText(told, paint = text_paint/* plainly */.y) {
    const { diagnosis, name } = told;
    const { causes, lines } = diagnosis;
    const read = `${lines} ${lines === 1 ? 'line' : 'lines'} of ${name} read`;
    if (causes.length === 0)
        return `nothing known was found: ${read}, and none has a message about emulation that is recognised here`;
    const known = `${causes.length} ${causes.length === 1 ? 'cause' : 'causes'} found; ${read}`;
    const more = needsMachine(diagnosis) ? [explainWords] : [];
    return [...causes.map((cause) => causeLines(cause, told, paint).join('\n')), ...more, known].join('\n\n');
}
function causeLines(cause, told, paint) {
    const { rule, line, count, text, see } = cause;
    const often = count === 1 ? `line ${line}` : `line ${line}, and ${count - 1} more`;
    const named = (name, words, colour) => words.map((word, at) => {
        const head = (at === 0 ? name : '').padEnd(9);
        return `  ${colour === undefined ? head : paint(colour, head)} ${word}`;
    });
    return [
        `${paint('red', rule.title)}  (${often})`,
        `  > ${text}`,
        ...named('why', [rule.cause]),
        ...named('to do', [rule.remedy], 'yellow'),
        ...named('here', machineWords(cause, told)),
        ...named('may be', problemLines(cause, told)),
        ...named('see', [(0,finding_text/* anchorOf */.dI)(see)]),
    ];
}
/** Where an emulator that is here has one of the problems, the others are named by their ids alone. */
function problemLines(cause, told) {
    const all = problemsOf(cause, told);
    const isHere = (problem) => isOf(problem, told);
    const line = (problem) => `${problem.id} ${problem.title}${isHere(problem) ? ' (known of the QEMU that is here)' : ''}: ${(0,known_problems/* remedyWords */.Y_)(problem)}`;
    if (!all.some(isHere))
        return all.map(line);
    const others = all.filter((problem) => !isHere(problem)).map(({ id }) => id);
    const rest = others.length === 0 ? [] : [`of other QEMUs: ${others.join(', ')} (setup-qemu known-problems)`];
    return [...all.filter(isHere).map(line), ...rest];
}
function isOf(problem, { here }) {
    if (problem.kind === 'machine' || here === undefined)
        return false;
    if (!problem.hosts.includes(here.host))
        return false;
    return here.emulators.some(({ target, emulator }) => (0,known_problems/* isAbout */.KH)(problem, target) && (0,known_problems/* has */.zy)(emulator, problem, true));
}
function problemsOf({ rule }, { problems }) {
    return problems.filter(({ id }) => rule.problems.includes(id));
}
function machineWords({ rule }, { here, unseen }) {
    if (rule.machine === undefined)
        return [];
    return (here?.words.get(rule.machine) ?? (unseen === undefined ? [] : [`this machine could not be looked at: ${unseen}`]));
}
/** The JSON of `diagnose --json`. */
function diagnosisJson(told) {
    return {
        ok: true,
        lines: told.diagnosis.lines,
        causes: told.diagnosis.causes.map((cause) => ({
            code: cause.code,
            count: cause.count,
            line: cause.line,
            text: cause.text,
            title: cause.rule.title,
            cause: cause.rule.cause,
            remedy: cause.rule.remedy,
            see: (0,finding_text/* anchorOf */.dI)(cause.see),
            machine: machineWords(cause, told),
            look: cause.rule.machine === undefined ? null : explainWords,
            problems: problemsOf(cause, told).map((problem) => ({
                ...{ id: problem.id, title: problem.title, todo: (0,known_problems/* remedyWords */.Y_)(problem), citations: problem.citations },
                here: isOf(problem, told),
            })),
        })),
    };
}
/**
 * How the table of this machine stands to what the rules need: whether there are entries, and which of them lack a flag. `targets` are those that
 * a person asks about; none: whatever is there. These words are about now; the log may be of another time or machine.
 */
function hereOf(facts, targets, knowing) {
    const entries = (0,table_view/* viewOf */.du)(facts).filter(({ target }) => target !== null && (targets.length === 0 || targets.includes(target)));
    const none = targets
        .filter((target) => !runsHere(target, facts, entries))
        .map((target) => `no entry for ${target} is registered here, and its programs do not run`);
    const all = [...switchedOff(facts), ...none, ...entries.map(entryWords)];
    const empty = facts.mounted ? 'no foreign entry is registered here' : 'binfmt_misc is not mounted here';
    const orEmpty = (words) => (words.length === 0 ? [empty] : words);
    const words = new Map([['entries', orEmpty(all)]]);
    for (const flag of ['F', 'C', 'P'])
        words.set(flag, orEmpty([...none, ...flagWords(entries, flag)]));
    return { words, host: knowing.host, emulators: emulatorsOf(facts, targets, knowing) };
}
function entryWords({ entry, target, behind }) {
    const name = (0,model_targets/* printable */.g$)(entry.name);
    if (behind.kind !== 'runs')
        return `${name} is here for ${target}, and is not what runs its programs (${behind.kind})`;
    return `${name} runs ${target} programs here with ${(0,report/* emulatorWords */.$W)(behind.fingerprint)}, flags ${entry.flags || 'none'}`;
}
function flagWords(entries, flag) {
    const inForce = entries.filter(({ behind }) => behind.kind === 'runs');
    const without = inForce.filter(({ entry }) => !entry.flags.includes(flag));
    if (inForce.length > 0 && without.length === 0)
        return [`the entries in force here have the flag ${flag}`];
    return without.map(({ entry, target }) => `${(0,model_targets/* printable */.g$)(entry.name)}, which runs ${target} programs here, has no flag ${flag}`);
}
function emulatorsOf({ runs }, targets, { known }) {
    return runs.flatMap(({ target, run }) => {
        if (run.kind !== 'answered' || run.native)
            return [];
        if (targets.length > 0 && !targets.includes(target))
            return [];
        const emulator = known(run.fingerprint, run.heldOpen === true ? null : run.fingerprint.path);
        return emulator === undefined ? [] : [{ target, emulator }];
    });
}
function switchedOff({ mounted, enabled }) {
    return mounted && !enabled ? ['binfmt_misc is switched off here (status): the kernel ignores every entry'] : [];
}
function runsHere(target, { runs }, entries) {
    const answers = runs.some((probed) => probed.target === target && probed.run.kind === 'answered');
    return answers || entries.some((entry) => entry.target === target);
}

// EXTERNAL MODULE: ./build/src/core/text/errno-text.js
var errno_text = __webpack_require__(4770);
// EXTERNAL MODULE: ./build/src/problems/known-problems.js + 3 modules
var problems_known_problems = __webpack_require__(6621);
// EXTERNAL MODULE: ./build/src/setup/status.js
var setup_status = __webpack_require__(6261);
// EXTERNAL MODULE: ./build/src/system/command.js
var command = __webpack_require__(9478);
// EXTERNAL MODULE: ./build/src/system/console.js + 2 modules
var console = __webpack_require__(5376);
// EXTERNAL MODULE: ./build/src/cli/known-problems.js + 1 modules
var cli_known_problems = __webpack_require__(231);
// EXTERNAL MODULE: ./build/src/cli/result.js
var result = __webpack_require__(351);
;// CONCATENATED MODULE: ./build/src/cli/diagnose.js
// `setup-qemu diagnose`: reads a build log and names the causes that it knows, with what this machine has to say about them.












/** Green whenever the log was read: what it says is about another program's fate, and not about this one's. */
async function diagnoseResult({ words, values }) {
    const [word = '-', ...more] = words;
    if (more.length > 0)
        throw new errors/* SetupError */.w3('usage', `diagnose takes one log, got ${words.length}`, {
            hint: 'setup-qemu diagnose build.log, or several by cat one two | setup-qemu diagnose',
        });
    const targets = (0,cli_known_problems.targetsOf)(values);
    const diagnosis = await read(word, (0,console/* consoleLog */.aO)({ quiet: values.quiet === true, verbose: values.verbose === true }));
    const name = word === '-' ? 'standard input' : (0,model_targets/* printable */.g$)(word, 200);
    const told = { name, diagnosis, problems: problems_known_problems.knownProblems, ...(await lookedAt(diagnosis, values, targets)) };
    return { text: diagnosisText(told, (0,console/* paintFor */.ev)(process.stdout)), json: diagnosisJson(told), ok: true };
}
async function read(word, log) {
    if (word === '-' && process.stdin.isTTY)
        log.info('reading the log from this terminal; Ctrl-D ends it');
    const reader = new LogReader();
    const stream = word === '-' ? process.stdin : (0,external_node_fs_.createReadStream)(word, { highWaterMark: 1 << 18 });
    try {
        for await (const chunk of stream)
            reader.add(chunk.toString('latin1'));
    }
    catch (cause) {
        throw new errors/* SetupError */.w3('invalid-input', `reading the log ${(0,model_targets/* printable */.g$)(word, 200)} failed: ${(0,errno_text/* errnoWords */.s)((0,command/* errnoName */.gh)(cause))}`, {
            hint: 'name a file that can be read, or give the log on standard input: setup-qemu diagnose -',
            cause,
        });
    }
    return reader.end();
}
/** What the table says now, where it matters; where there is none to be looked at (no Linux), why. */
async function lookedAt(diagnosis, values, targets) {
    if (!needsMachine(diagnosis))
        return { here: undefined };
    try {
        const machine = (0,result/* machineOf */.V)(values);
        const { host, catalog } = machine;
        const known = (ran, file) => (0,problems_known_problems.knownEmulator)(ran, catalog, file);
        return { here: hereOf(await (0,setup_status/* inspectTable */.H)(machine), targets, { host, known }) };
    }
    catch (thrown) {
        const error = (0,errors/* asSetupError */.AD)(thrown);
        if (error.code === 'internal')
            throw thrown;
        return { here: undefined, unseen: error.message };
    }
}


/***/ }),

/***/ 231:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  knownProblemsResult: () => (/* binding */ knownProblemsResult),
  targetsOf: () => (/* binding */ targetsOf)
});

// EXTERNAL MODULE: ./build/src/core/model/targets.js + 1 modules
var targets = __webpack_require__(5732);
// EXTERNAL MODULE: ./build/src/core/model/catalog.js
var model_catalog = __webpack_require__(6872);
// EXTERNAL MODULE: ./build/src/core/model/errors.js
var errors = __webpack_require__(2936);
// EXTERNAL MODULE: ./build/src/core/text/paint.js
var text_paint = __webpack_require__(1941);
// EXTERNAL MODULE: ./build/src/core/problems/known-problems.js
var known_problems = __webpack_require__(3186);
;// CONCATENATED MODULE: ./build/src/core/problems/problem-list.js





/**
 * The emulators that a word for a version means: the catalog's builds of it, or where the catalog has none one of that version of which nothing
 * else is known. `''` is none. Throws `unknown-version` for what is no version.
 */
function emulatorsNamed(word, catalog) {
    if (word === '')
        return [];
    if (word === 'host')
        throw new errors/* SetupError */.w3('unknown-version', 'known-problems takes the version of a QEMU, got "host"', {
            hint: 'setup-qemu status shows which versions run here; setup-qemu explain FILE tells what is known of the one that will run it',
        });
    const shaped = (0,model_catalog/* versionShaped */.oj)(word);
    const inCatalog = shaped === undefined || (0,model_catalog/* versionsOf */.x4)(catalog).some((version) => (0,model_catalog/* isVersion */.lF)(version, shaped));
    if (!inCatalog)
        return [{ qemuVersion: shaped, build: null, libc: null, pie: null }];
    const version = (0,model_catalog/* versionNamed */.yC)(word, catalog);
    return catalog.packages.filter((from) => from.version === version).map(known_problems/* builtEmulator */.SM);
}
/** The problems that a wish means, in their order. Those of machines have neither version nor target: they are in the whole list alone. */
function listed(problems, { emulators, targets }) {
    return problems.filter((problem) => {
        if (problem.kind === 'machine')
            return emulators.length === 0 && targets.length === 0;
        // a host that is not served is in the whole list alone
        if (emulators.length > 0 && !problem.hosts.some((host) => host === 'amd64' || host === 'arm64'))
            return false;
        const isOfTarget = targets.length === 0 || targets.some((target) => (0,known_problems/* isAbout */.KH)(problem, target));
        return isOfTarget && (emulators.length === 0 || emulators.some((emulator) => (0,known_problems/* has */.zy)(emulator, problem, true)));
    });
}
/** The problem of an id; throws `invalid-input` when there is none. */
function problemNamed(problems, id) {
    const found = problems.find((problem) => problem.id.toLowerCase() === id.toLowerCase());
    if (found !== undefined)
        return found;
    throw new errors/* SetupError */.w3('invalid-input', `there is no known problem "${(0,targets/* printable */.g$)(id)}"`, {
        hint: 'setup-qemu known-problems lists them with their ids',
    });
}
/** A list in words, some lines a problem. */
function problemsText(list, paint = text_paint/* plainly */.y) {
    if (list.length === 0)
        return 'no problem is known for these';
    const one = list.length === 1 ? 'problem is' : 'problems are';
    return [...list.map((problem) => linesOf(problem, paint).join('\n')), `${list.length} ${one} known for these`].join('\n\n');
}
function linesOf(problem, paint) {
    const line = (name, text, colour) => {
        const head = name.padEnd(9);
        return text === null ? [] : [`  ${colour === undefined ? head : paint(colour, head)} ${text}`];
    };
    const affected = problem.kind === 'machine'
        ? []
        : [
            `QEMU ${(0,known_problems/* rangeWords */.r6)(problem.versions)}`,
            ...styleWords(problem.style),
            `for ${problem.guests === 'all' ? 'all targets' : problem.guests.join(', ')}`,
            `on ${problem.hosts.join(' and ')} hosts`,
        ];
    return [
        paint('bold', `${problem.id}  ${problem.title}`),
        ...line('affected', affected.length === 0 ? null : affected.join(', ')),
        ...line('if', problem.condition),
        ...line('seen as', problem.symptom),
        ...line('to do', (0,known_problems/* remedyWords */.Y_)(problem), 'yellow'),
        ...line('known by', problem.kind === 'machine' ? null : `${confidenceWords[problem.confidence]}; ${problem.status}`),
        ...line('evidence', problem.evidence),
        ...problem.citations.flatMap((url, at) => line(at === 0 ? 'see' : '', url)),
    ];
}
const confidenceWords = { A: 'a maintainer or a bisection', B: 'several users', C: 'one report' };
function styleWords({ build, libc, pie }) {
    return [
        ...(build === undefined ? [] : [`the build ${build}`]),
        ...(libc === undefined ? [] : [`built with ${libc}`]),
        ...(pie === undefined ? [] : [pie ? 'built as a static PIE' : 'built without PIE']),
    ];
}
/** The JSON of `known-problems --json`. */
function problemsJson(list) {
    return { problems: list.map((problem) => ({ ...problem, todo: (0,known_problems/* remedyWords */.Y_)(problem) })) };
}

// EXTERNAL MODULE: ./build/src/core/request/input-values.js
var input_values = __webpack_require__(6566);
// EXTERNAL MODULE: ./build/src/problems/known-problems.js + 3 modules
var problems_known_problems = __webpack_require__(6621);
// EXTERNAL MODULE: ./build/src/system/console.js + 2 modules
var console = __webpack_require__(5376);
// EXTERNAL MODULE: ./build/src/system/machine.js + 5 modules
var machine = __webpack_require__(2099);
;// CONCATENATED MODULE: ./build/src/cli/known-problems.js
// `setup-qemu known-problems`: what is known to go wrong, all of it, or what is named, or for a version and some platforms.






function knownProblemsResult({ words, values }) {
    const emulators = emulatorsNamed(values['qemu-version'] ?? '', machine/* catalog */.U$);
    const named = words.length === 0 ? problems_known_problems.knownProblems : words.map((id) => problemNamed(problems_known_problems.knownProblems, id));
    const list = listed(named, { emulators, targets: targetsOf(values) });
    return { text: problemsText(list, (0,console/* paintFor */.ev)(process.stdout)), json: problemsJson(list), ok: true };
}
/** Names of the targets that `--platforms` lists. Throws `unknown-platform`. */
function targetsOf({ platforms }) {
    return (0,input_values/* wordsOf */.Z9)(platforms ?? '').map((word) => (0,targets/* platformOf */.tj)(word).target.name);
}


/***/ }),

/***/ 1941:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ plainly)
/* harmony export */ });
// How words of a text for people may stand out. What a colour is on a terminal, and whether there is one, is known by whoever writes the text out.
/** For texts that go nowhere where colours are seen. */
const plainly = (_, text) => text;


/***/ })

};
