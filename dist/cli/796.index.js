export const id = 796;
export const ids = [796];
export const modules = {

/***/ 5796:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  explainResult: () => (/* binding */ explainResult)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/src/core/journal/lost-entry.js
var lost_entry = __webpack_require__(9314);
// EXTERNAL MODULE: ./build/src/core/model/program.js
var model_program = __webpack_require__(8895);
// EXTERNAL MODULE: ./build/src/core/model/targets.js + 1 modules
var targets = __webpack_require__(5732);
// EXTERNAL MODULE: ./build/src/core/problems/known-problems.js
var known_problems = __webpack_require__(3186);
// EXTERNAL MODULE: ./build/src/core/report/report.js + 1 modules
var report = __webpack_require__(7476);
// EXTERNAL MODULE: ./build/src/core/text/paint.js
var text_paint = __webpack_require__(1941);
// EXTERNAL MODULE: ./build/src/core/text/errno-text.js
var errno_text = __webpack_require__(4770);
;// CONCATENATED MODULE: ./build/src/core/explain/forecast-words.js
// The last words about a file that is to be executed: one sentence, and what to do.





const forecast_words_name = (path) => (0,targets/* printable */.g$)(path, 400);
/** The verdict as a sentence, and what to do; null: nothing. */
function verdictWords(verdict) {
    switch (verdict.kind) {
        case 'native':
            return { sentence: 'It will run natively, without an emulator.', remedy: null };
        case 'emulated':
            return { sentence: `It will run under ${runnerText(verdict)}.`, remedy: null };
        case 'fails': {
            const { because, remedy } = whyWords(verdict.why);
            const words = (0,errno_text/* errnoWords */.s)(verdict.errno);
            return {
                sentence: `It will fail with ${words === verdict.errno ? words : `"${words}" (${verdict.errno})`}, because ${because}.`,
                remedy,
            };
        }
        case 'unknown': {
            const { because, remedy } = whyWords(verdict.why);
            return { sentence: `What will happen cannot be told, because ${because}.`, remedy };
        }
        case 'breaks': {
            const { because, remedy } = whyWords(verdict.why);
            if (verdict.entry === null && verdict.emulator === null)
                return { sentence: `It will start natively and crash, because ${because}.`, remedy };
            return { sentence: `It will start under ${runnerText(verdict)}, which will give up, because ${because}.`, remedy };
        }
    }
}
function runnerText({ entry, emulator }) {
    const by = entry === null ? 'an entry out of sight' : `the entry ${(0,targets/* printable */.g$)(entry.name)}`;
    if (emulator === null)
        return `${forecast_words_name(entry?.interpreter ?? '')}, by ${by}`;
    return `${emulator.qemuVersion === null ? forecast_words_name(emulator.path) : (0,report/* emulatorWords */.$W)(emulator)}, by ${by}`;
}
function whyWords(why) {
    switch (why.kind) {
        case 'file-missing':
            return missingWords(why);
        case 'file-folder':
            return { because: `${forecast_words_name(why.path)} is a folder`, remedy: 'name a program' };
        case 'file-not-executable':
            return blockedWords(forecast_words_name(why.path), why.blocked ?? { kind: 'mode' });
        case 'file-unreadable':
            return {
                because: `${forecast_words_name(why.path)} cannot be reached or read by this user: ${(0,errno_text/* errnoWords */.s)(why.errno)}`,
                remedy: 'run explain as root',
            };
        case 'file-sealed':
            return { because: `this user may execute ${forecast_words_name(why.path)}, and not read it`, remedy: 'run explain as root' };
        case 'script-interpreter-missing':
        case 'script-odd':
            return scriptWords(why);
        case 'scripts-too-deep':
            return {
                because: 'too many scripts lead one to the next: the kernel follows five, or four where the last is for an emulator',
                remedy: 'let the #! line name a program',
            };
        case 'no-program':
            return noProgramWords(why);
        case 'damaged':
            return {
                because: `${forecast_words_name(why.path)} is no whole ELF program: ${why.fault}`,
                remedy: 'build or fetch it again',
            };
        case 'loader-missing':
        case 'loader-foreign':
        case 'loader-unusable':
            return loaderWords(why);
        default:
            return entryWords(why);
    }
}
/** A path that leads nowhere, and where it ends: a link on the way, or a folder that is not there. */
function missingWords({ path, errno, at = path, }) {
    const remedy = 'look for the file with ls -l; a link may lead nowhere';
    const where = at === path ? '' : `: on the way ${forecast_words_name(at)} is ${errno === 'ENOENT' ? 'not there' : 'no folder'}`;
    if (errno === 'ELOOP')
        return { because: `${forecast_words_name(path)} is a link that leads to itself, or one of too many`, remedy };
    return { because: `there is no ${forecast_words_name(path)}${where}`, remedy };
}
function blockedWords(file, blocked) {
    switch (blocked.kind) {
        case 'mode':
            return {
                because: `${file} may not be executed: it has no x permission for this user`,
                remedy: `chmod +x ${file}`,
            };
        case 'noexec':
            return {
                because: `${file} may not be executed: it lies on ${forecast_words_name(blocked.point)}, which is mounted noexec`,
                remedy: `copy it to another file system, or allow programs there: mount -o remount,exec ${forecast_words_name(blocked.point)}`,
            };
        case 'special':
            return { because: `${file} is a pipe or a device, and not a file`, remedy: 'name a program' };
    }
}
function scriptWords(why) {
    if (why.kind === 'script-odd') {
        return {
            because: `${forecast_words_name(why.path)} is no script that the kernel takes: ${why.fault}`,
            remedy: 'let its first line be #! and the path of a program',
        };
    }
    const { path, interpreter, cwd } = why;
    if (interpreter.endsWith('\r')) {
        return {
            because: `its first line ends with a carriage return, so that the kernel looks for an interpreter named ${forecast_words_name(interpreter)}`,
            remedy: `take the carriage returns out: sed -i 's/\\r$//' ${forecast_words_name(path)}`,
        };
    }
    if (cwd !== null) {
        return {
            because: `its first line names ${forecast_words_name(interpreter)} without a / at its start, so the kernel looks for it in the current folder ${forecast_words_name(cwd)} and not in PATH`,
            remedy: `name the interpreter by its whole path, or by #!/usr/bin/env ${forecast_words_name(interpreter)}`,
        };
    }
    return {
        because: `its first line names ${forecast_words_name(interpreter)}, which is not there`,
        remedy: 'install that interpreter in the same root, or change the first line',
    };
}
function noProgramWords({ path, what }) {
    const because = { empty: 'is empty', text: 'is text without #! at its start', data: 'is neither ELF nor a script' }[what];
    const remedy = what === 'text'
        ? 'write #!/bin/sh as its first line; shells run such a file all the same, other programs do not'
        : 'look how it was made: file and head -c 64 show what it is';
    return { because: `${forecast_words_name(path)} ${because}, and no entry matches it`, remedy };
}
function loaderWords(why) {
    const remedy = why.emulated === null
        ? 'install the C library that it was built for in the same root, or run it in a root that has it (chroot, container)'
        : `run it in a root that has the libraries of its architecture (chroot, container), or name one: setup-qemu setup ${why.emulated} --sysroot DIR`;
    if (why.kind === 'loader-unusable')
        return { because: `its loader ${forecast_words_name(why.loader)} ${why.fault}`, remedy };
    if (why.kind === 'loader-foreign' && why.got === 'no program')
        return { because: `its loader ${forecast_words_name(why.loader)} is no ELF program`, remedy };
    if (why.kind === 'loader-foreign')
        return { because: `its loader ${forecast_words_name(why.loader)} is here for another architecture (${why.got})`, remedy };
    const prefix = why.prefix === null ? '' : `, nor below QEMU_LD_PREFIX ${forecast_words_name(why.prefix)}`;
    return {
        because: `${forecast_words_name(why.path)} itself is there, but the loader that it names, ${forecast_words_name(why.loader)}, is not${prefix}`,
        remedy,
    };
}
function setUp({ target }) {
    return target === null
        ? 'QEMU has no user emulator for it: run it on a machine of its kind'
        : `setup-qemu setup ${target}`;
}
function lostWords(lost) {
    return lost === null ? '' : `: ${(0,lost_entry/* lostText */.kF)(lost)}`;
}
function entryWords(why) {
    switch (why.kind) {
        case 'no-entry':
            return {
                because: `it is a program for ${(0,model_program/* machineText */.tU)(why.program)}, and no entry of the kernel's table matches those${lostWords(why.lost)}`,
                remedy: setUp(why.program),
            };
        case 'rule-misses':
            return {
                because: `it is a program for ${(0,model_program/* machineText */.tU)(why.program)} whose header QEMU's rule does not match (bytes 8 to 15 are not zero, as in an AppImage, or its machine number is newer)`,
                remedy: why.program.target === null ? setUp(why.program) : `setup-qemu setup ${why.program.target} --rules wide`,
            };
        case 'not-mounted':
            return {
                because: `it is a program for ${(0,model_program/* machineText */.tU)(why.program)}, and binfmt_misc is not mounted${lostWords(why.lost)}`,
                remedy: setUp(why.program),
            };
        case 'switched-off':
            return {
                because: 'binfmt_misc is switched off, so the kernel ignores every entry',
                remedy: 'echo 1 | sudo tee /proc/sys/fs/binfmt_misc/status',
            };
        case 'entry-disabled':
            return {
                because: `the entry ${(0,targets/* printable */.g$)(why.entry)} that matches it is disabled`,
                remedy: `echo 1 | sudo tee /proc/sys/fs/binfmt_misc/${(0,targets/* printable */.g$)(why.entry)}, or ${setUp(why.program)}`,
            };
        case 'emulator-missing':
            return {
                because: `the entry ${(0,targets/* printable */.g$)(why.entry.name)} has no flag F, and its interpreter ${forecast_words_name(why.entry.interpreter)} is not ${why.root === null ? 'there (deleted?)' : `in the root ${forecast_words_name(why.root)}`}`,
                remedy: 'setup-qemu setup with the platform registers an emulator with F, which needs no file in the root',
            };
        case 'emulator-unrunnable':
            return {
                because: `the interpreter ${forecast_words_name(why.entry.interpreter)} of the entry ${(0,targets/* printable */.g$)(why.entry.name)} ${why.fault}`,
                remedy: 'setup-qemu setup with the platform registers a static emulator with F',
            };
        case 'probe-refused':
            return {
                because: `programs that the entry ${(0,targets/* printable */.g$)(why.entry.name)} matches do not run here: a probe got ${why.errno}`,
                remedy: 'setup-qemu status shows the table; setup-qemu setup puts a working entry before it',
            };
        case 'probe-unanswered':
            return unansweredWords(why.output);
    }
}
function unansweredWords(output) {
    const said = output === null || output.trim() === '' ? '' : `, and it said: ${(0,targets/* printable */.g$)(output.trim(), 300)}`;
    return {
        because: output === null ? 'a probe hangs under it' : `a probe ended under it before it could answer${said}`,
        remedy: /unable to find CPU model/.test(output ?? '')
            ? 'QEMU_CPU in the environment names a CPU that this emulator does not know: unset it, or name one of its own'
            : 'setup-qemu compare -- COMMAND tells which versions it works under',
    };
}

// EXTERNAL MODULE: ./build/src/core/journal/ownership.js
var ownership = __webpack_require__(9948);
// EXTERNAL MODULE: ./build/src/core/model/entry.js
var model_entry = __webpack_require__(2103);
;// CONCATENATED MODULE: ./build/src/core/explain/origin.js
// Who put an entry into the kernel's table, as far as files tell: the table itself says nothing about it.
// Sources: binfmt.d(5) and systemd's src/binfmt; update-binfmts(8) and the files of its database.


/** Folders of binfmt.d(5); a file in an earlier one takes the place of one of the same name in a later one. */
const binfmtFolders = ['/etc/binfmt.d', '/run/binfmt.d', '/usr/local/lib/binfmt.d', '/usr/lib/binfmt.d'];
/** Where update-binfmts keeps a file for each entry. */
const databaseFolder = '/var/lib/binfmts';
/** Who registered an entry. `isElsewhere`: its emulator runs from a file that its path does not lead to here. */
function registrarOf(entry, sources) {
    const journal = sources.journals.find(({ entries }) => entries.some((own) => (0,model_entry/* sameEntry */.dI)(own, entry)));
    if (journal !== undefined)
        return { kind: 'setup-qemu', journal: journal.id, owner: (0,ownership/* ownerWords */.$J)(journal.owner) };
    const rule = sources.rules.find(({ text }) => text.split('\n').some((line) => isRuleOf(line, entry)));
    if (rule !== undefined)
        return { kind: 'binfmt.d', file: rule.path };
    const row = sources.database.find(({ path, text }) => path === `${databaseFolder}/${entry.name}` && isRowOf(text, entry));
    if (row !== undefined) {
        const [name = ''] = row.text.split('\n');
        return { kind: 'binfmt-support', file: row.path, package: name === '' || name === ':' ? null : name };
    }
    return sources.isElsewhere ? { kind: 'container' } : { kind: 'unknown' };
}
/** A line like `:name:type:offset:magic:mask:interpreter:flags`, its first character the delimiter; comments begin with # or ;. */
function isRuleOf(line, { name, interpreter }) {
    const delimiter = line[0];
    if (delimiter === undefined || /[#;\s]/.test(delimiter))
        return false;
    const fields = line.split(delimiter);
    return fields[1] === name && fields[6] === interpreter;
}
/** A database file: package, type, offset, magic, mask, interpreter, and more, a line each. */
function isRowOf(text, { interpreter }) {
    return text.split('\n')[5] === interpreter;
}
/** In words, to be put behind the entry's name. */
function registrarText(registrar) {
    switch (registrar.kind) {
        case 'setup-qemu':
            return `registered by setup-qemu, for ${registrar.owner}`;
        case 'binfmt.d':
            return `registered from ${registrar.file} (systemd-binfmt)`;
        case 'binfmt-support':
            return `registered by update-binfmts${registrar.package === null ? '' : ` for the package ${registrar.package}`} (${registrar.file})`;
        case 'container':
            return 'registered from within a container, as its emulator lies in another root';
        case 'unknown':
            return 'nothing on this machine says who registered it';
    }
}

;// CONCATENATED MODULE: ./build/src/core/explain/forecast-text.js
// The words for what happens when a file is executed, ending with one sentence and what to do.








const forecast_text_name = (path) => (0,targets/* printable */.g$)(path, 400);
/** The forecast as lines, its sentence last. */
function forecastText(forecast, background, paint = text_paint/* plainly */.y) {
    const where = forecast.root === null ? '' : `, in the root ${forecast_text_name(forecast.root)}`;
    const lines = forecast.steps.flatMap((step) => stepLines(step, { ...background, target: targetOf(forecast), paint }));
    const { sentence, remedy } = verdictWords(forecast.verdict);
    const todo = remedy === null ? [] : [`${paint('yellow', 'To do:')} ${remedy}`];
    const last = paint(isRunnable(forecast.verdict) ? 'green' : 'red', sentence);
    const head = `${paint('bold', forecast_text_name(forecast.path))}${where}`;
    return [head, ...lines.map((line) => `  ${line}`), '', last, ...todo].join('\n');
}
/** QEMU's name for the architecture of the program that is executed in the end; null: none, or not known. */
function targetOf({ steps }) {
    const last = steps.findLast((step) => step.kind === 'file');
    return last?.kind === 'file' && last.program.kind === 'elf' ? last.program.target : null;
}
/** The JSON of `explain --json`. */
function forecastJson(forecast, background) {
    const { verdict, path, root } = forecast;
    const { sentence, remedy } = verdictWords(verdict);
    return {
        ok: isRunnable(verdict),
        file: path,
        root,
        steps: forecast.steps.map((step) => stepJson(step, background)),
        verdict: {
            kind: verdict.kind,
            errno: verdict.kind === 'fails' ? verdict.errno : null,
            why: 'why' in verdict ? verdict.why.kind : null,
        },
        lost: 'why' in verdict && 'lost' in verdict.why && verdict.why.lost !== null ? (0,lost_entry/* lostJson */.p6)(verdict.why.lost) : null,
        sentence,
        remedy,
    };
}
function stepJson(step, { registrarOf, isKnown, problems }) {
    const knownProblems = problems.map((problem) => {
        const { id, title, condition, warn } = problem;
        return { id, title, condition, warn, todo: (0,known_problems/* remedyWords */.Y_)(problem) };
    });
    const emulatorJson = (emulator) => ({ ...emulator, inCatalog: isKnown(emulator.sha256), knownProblems });
    if (step.kind === 'unseen')
        return { ...step, emulator: emulatorJson(step.emulator) };
    if (step.kind !== 'entry')
        return step;
    const { winner, shadowed, emulator } = step;
    return {
        kind: 'entry',
        entry: winner,
        registeredBy: registrarOf(winner),
        shadowed: shadowed.map((entry) => entry.name),
        emulator: emulator === null ? null : emulatorJson(emulator),
    };
}
/** Whether it will run. */
function isRunnable({ kind }) {
    return kind === 'native' || kind === 'emulated';
}
function stepLines(step, telling) {
    switch (step.kind) {
        case 'file':
            return [`${forecast_text_name(step.path)}: ${programText(step.program)}`];
        case 'loader':
            return [
                `its loader ${forecast_text_name(step.path)} is there${step.prefix === null ? '' : `, below QEMU_LD_PREFIX ${forecast_text_name(step.prefix)}`}`,
            ];
        case 'unseen':
            return [
                'an entry that cannot be seen from here (in a container: the host’s) runs it',
                ...emulatorLines(step.emulator, telling),
            ];
        case 'entry': {
            const { winner, shadowed, emulator } = step;
            const below = shadowed.length === 0 ? [] : [`  takes precedence over ${shadowed.map(shadowedText).join(', ')}`];
            return [
                `entry ${(0,targets/* printable */.g$)(winner.name)}, ${registrarText(telling.registrarOf(winner))}`,
                `  flags ${winner.flags === '' ? 'none' : winner.flags}: ${flagsText(winner.flags)}`,
                ...below,
                `  interpreter ${forecast_text_name(winner.interpreter)}`,
                ...(emulator === null
                    ? [`  which emulator that is cannot be told: no probe runs under this entry`]
                    : emulatorLines(emulator, telling)),
            ];
        }
    }
}
function shadowedText({ name: entry, interpreter }) {
    return `${(0,targets/* printable */.g$)(entry)} (${forecast_text_name(interpreter)})`;
}
function programText(program) {
    switch (program.kind) {
        case 'script':
            return `a script for ${forecast_text_name(program.interpreter)}${program.interpreter.startsWith('/') ? '' : ' in the current folder'}${program.argument === null ? '' : ` with the argument "${(0,targets/* printable */.g$)(program.argument)}"`}`;
        case 'elf': {
            const linked = program.loader === null ? 'static' : `dynamic, with the loader ${forecast_text_name(program.loader)}`;
            return `an ELF program for ${(0,model_program/* machineText */.tU)(program)}, ${program.bits} bits, ${program.endian === 'LE' ? 'little' : 'big'}-endian, ${linked}`;
        }
        case 'odd-script':
            return `no script that the kernel takes: ${program.fault}`;
        case 'empty':
            return 'an empty file';
        case 'text':
            return 'text without #! at its start';
        case 'data':
            return 'neither ELF nor a script';
    }
}
const flagWords = [
    ['P', 'argv[0] arrives'],
    ['O', 'the program need not be readable'],
    ['C', 'setuid programs get their rights'],
    ['F', 'the emulator is held open, so it works in every root and container'],
];
function flagsText(flags) {
    const words = flagWords.filter(([flag]) => flags.includes(flag)).map(([, text]) => text);
    const lack = flags.includes('F') ? [] : ['no F: the interpreter is looked up in the root of the program, each time'];
    return [...words, ...lack].join('; ');
}
const whereWords = {
    held: 'the file at that path',
    deleted: 'its file is deleted; the kernel holds it open',
    elsewhere: 'its file is in another root (a container’s layer); the kernel holds it open',
    opened: 'the file at that path, opened anew each time',
};
function emulatorLines(emulator, telling) {
    // the words for one of unknown version name it themselves
    const label = emulator.qemuVersion === null ? '' : 'emulator ';
    return [
        `  ${label}${(0,report/* emulatorWords */.$W)(emulator)}, ${telling.isKnown(emulator.sha256) ? 'in the catalog' : 'not in the catalog'}`,
        `    ${whereWords[emulator.where]}${emulator.where === 'held' || emulator.where === 'opened' ? '' : `: ${forecast_text_name(emulator.path)}`}`,
        `    sha256 ${emulator.sha256}`,
        ...problemLines(emulator, telling).map((line) => `    ${line}`),
    ];
}
/** Those that touch any program, or many, with what to do; the others by their ids. */
function problemLines({ qemuVersion }, { problems, target, paint }) {
    const known = problems.filter(({ warn }) => warn);
    const others = problems.filter(({ warn }) => !warn).map(({ id }) => id);
    const list = `setup-qemu known-problems --qemu-version ${qemuVersion} --platforms ${target}`;
    return [
        ...known.map((problem) => `${paint('yellow', `known problem ${problem.id}:`)} ${(0,known_problems/* problemWords */.$3)(problem)}`),
        ...(others.length === 0 ? [] : [`known for some programs alone: ${others.join(', ')} (${list})`]),
    ];
}

;// CONCATENATED MODULE: ./build/src/core/explain/program-loader.js
// The loader that a program names, as the kernel takes it and as an emulator does. Sources: fs/binfmt_elf.c of the kernel; QEMU's
// linux-user/elfload.c.

/** A path as the kernel takes it: what does not begin with / starts in the current folder. `..` is left to the file system. */
function pathFrom(cwd, path) {
    return path === '' || path.startsWith('/') ? path : `${cwd.replace(/\/$/, '')}/${path}`;
}
/** With which errno the kernel refuses a program for its loader. */
function loaderErrno(why) {
    if (why.kind === 'loader-unusable')
        return why.errno;
    return why.kind === 'loader-missing' ? 'ENOENT' : 'ELIBBAD';
}
/** Why the loader that a program names cannot be used; QEMU looks in its prefix first. */
function loaderLack(path, program, around, steps) {
    const { loader, target: emulated } = program;
    const { prefix } = around;
    if (loader === null)
        return undefined;
    const inPrefix = prefix === null ? undefined : around.lookup(`${prefix}${loader}`);
    const found = inPrefix?.kind === 'file' ? inPrefix : around.lookup(pathFrom(around.cwd, loader));
    if (found.kind === 'sealed')
        return undefined;
    const unusable = emulated === null ? loaderFault(found) : undefined;
    if (unusable !== undefined)
        return { kind: 'loader-unusable', path, loader, emulated, ...unusable };
    if (found.kind !== 'file')
        return { kind: 'loader-missing', path, loader, prefix, emulated };
    steps.push({ kind: 'loader', path: loader, prefix: inPrefix?.kind === 'file' ? prefix : null });
    const its = (0,model_program/* programOf */.oQ)(found.read);
    const got = its.kind === 'elf' ? (its.target ?? `machine number ${its.machine}`) : 'no program';
    return its.kind === 'elf' && its.machine === program.machine && its.bits === program.bits
        ? undefined
        : { kind: 'loader-foreign', path, loader, got, emulated };
}
/** Why the kernel does not take a loader that is there; an emulator only reads it. */
function loaderFault(found) {
    if (found.kind === 'folder')
        return { errno: 'EACCES', fault: 'is a folder' };
    if (found.kind === 'missing' || found.kind === 'unreadable')
        return found.errno === 'ENOENT' ? undefined : { errno: found.errno, fault: 'cannot be reached' };
    if (found.kind !== 'file')
        return undefined;
    if (!found.executable)
        return { errno: 'EACCES', fault: 'may not be executed' };
    if (found.read(0, 64).length < 64)
        return { errno: 'EIO', fault: 'is cut short' };
    const { fault } = (0,model_program/* programOf */.oQ)(found.read);
    return fault === undefined ? undefined : { errno: 'ELIBBAD', fault: `is damaged: ${fault}` };
}

// EXTERNAL MODULE: ./build/src/core/model/errors.js
var errors = __webpack_require__(2936);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./build/src/core/model/entry-in-force.js
var entry_in_force = __webpack_require__(7273);
// EXTERNAL MODULE: ./build/src/core/explain/table-view.js
var table_view = __webpack_require__(135);
;// CONCATENATED MODULE: ./build/src/core/explain/execve.js




/** The kernel follows at most five formats, one into the other. */
const mostScripts = 5;
/** What happens when `path` is executed there. */
function forecastOf(path, surroundings) {
    const steps = [];
    let at = path;
    for (let depth = 0; depth <= mostScripts; depth++) {
        const found = surroundings.lookup(at);
        const next = found.kind === 'file' && found.executable
            ? stepOf(at, found, surroundings, steps)
            : unusable(found, at, surroundings, steps);
        if (next.kind !== 'on') {
            // the emulator is one more format, and the last one that is allowed has been met
            const isTooDeep = depth === mostScripts && next.kind !== 'fails' && steps.some(({ kind }) => kind === 'entry');
            return { path, root: surroundings.root, steps, verdict: isTooDeep ? tooDeep(at) : next };
        }
        at = pathFrom(surroundings.cwd, next.interpreter);
    }
    return { path, root: surroundings.root, steps, verdict: tooDeep(at) };
}
function sealed(path) {
    return { kind: 'unknown', why: { kind: 'file-sealed', path, errno: 'EACCES' } };
}
function tooDeep(path) {
    return fails('ELOOP', { kind: 'scripts-too-deep', path });
}
function fails(errno, why) {
    return { kind: 'fails', errno, why };
}
function unusable(found, at, { cwd }, steps) {
    const script = steps.at(-1);
    if (script?.kind === 'file' && script.program.kind === 'script') {
        const { interpreter } = script.program;
        if (interpreter === '')
            return fails('EACCES', { kind: 'script-odd', path: script.path, fault: 'its #! line names no interpreter' });
        const isRelative = !interpreter.startsWith('/');
        const named = { path: script.path, interpreter, cwd: isRelative ? cwd : null };
        if (found.kind === 'missing')
            return fails(found.errno, { kind: 'script-interpreter-missing', ...named });
    }
    if (found.kind === 'missing') {
        const { errno } = found;
        return fails(errno, { kind: 'file-missing', path: at, errno, ...(found.at === undefined ? {} : { at: found.at }) });
    }
    if (found.kind === 'unreadable')
        return fails(found.errno, { kind: 'file-unreadable', path: at, errno: found.errno });
    if (found.kind === 'sealed')
        return sealed(at);
    if (found.kind === 'folder')
        return fails('EACCES', { kind: 'file-folder', path: at, errno: 'EACCES' });
    const blocked = found.blocked === undefined ? {} : { blocked: found.blocked };
    return fails('EACCES', { kind: 'file-not-executable', path: at, errno: 'EACCES', ...blocked });
}
function stepOf(at, found, around, steps) {
    const program = (0,model_program/* programOf */.oQ)(found.read);
    steps.push({ kind: 'file', path: at, program });
    const [winner, ...shadowed] = (0,entry_in_force/* matchingEntries */.Wj)(around.facts, [{ head: found.read(0, model_program/* headBytes */.c4), path: at }]);
    if (winner !== undefined)
        return byEntry(winner, shadowed, at, program, around, steps);
    if (program.kind === 'script')
        return { kind: 'on', interpreter: program.interpreter };
    if (program.kind === 'odd-script')
        return fails('ENOEXEC', { kind: 'script-odd', path: at, fault: program.fault });
    if (program.kind !== 'elf')
        return fails('ENOEXEC', { kind: 'no-program', path: at, what: program.kind });
    return withoutEntry(at, program, around, steps);
}
function byEntry(winner, shadowed, at, program, around, steps) {
    const held = winner.flags.includes('F');
    const run = runUnder(winner, around.facts, program);
    const emulator = held ? heldBy(winner, run, around) : openedBy(winner, run, around);
    steps.push({ kind: 'entry', winner, shadowed, emulator: isEmulator(emulator) ? emulator : null });
    if (emulator !== null && !isEmulator(emulator))
        return emulator;
    const lack = emulator === null ? undefined : emulatorLack(winner, emulator, around);
    const stuck = lack ?? unanswered(winner, emulator, run, around);
    if (stuck !== undefined)
        return stuck;
    if (program.kind !== 'elf')
        return { kind: 'emulated', entry: winner, emulator };
    return under(winner, emulator, lackOf(at, program, around, steps));
}
function under(entry, emulator, why) {
    return why === undefined ? { kind: 'emulated', entry, emulator } : { kind: 'breaks', entry, emulator, why };
}
/** What an emulator lacks of a program. */
function lackOf(path, program, around, steps) {
    const fault = program.fault ?? program.lack;
    return fault === undefined ? loaderLack(path, program, around, steps) : { kind: 'damaged', path, fault };
}
function isEmulator(value) {
    return value !== null && 'sha256' in value;
}
/** How a probe ran for which the entry is in force: that of the program's own target, or one that answered, rather than another. */
function runUnder(winner, facts, program) {
    const own = facts.runs.filter((probed) => (0,entry_in_force/* entryInForce */.xJ)(facts, probed) === winner);
    const alike = own.find(({ target }) => program.kind === 'elf' && program.target === target);
    return (alike ?? own.find(({ run }) => run.kind === 'answered') ?? own[0])?.run;
}
/** An emulator that starts and does not get on: in this root, or wherever else it is the one that the kernel holds. */
function unanswered(winner, emulator, run, { root }) {
    if (root !== null && !winner.flags.includes('F'))
        return undefined;
    if (run?.kind !== 'ended' && run?.kind !== 'silent')
        return undefined;
    const output = run.kind === 'ended' ? run.output : null;
    return { kind: 'breaks', entry: winner, emulator, why: { kind: 'probe-unanswered', output } };
}
/** What an entry with F holds open: known where a probe ran under it. */
function heldBy(winner, run, { facts }) {
    if (run === undefined)
        return null;
    if (run.kind === 'refused')
        return fails(run.errno, { kind: 'probe-refused', entry: winner, errno: run.errno });
    if (run.kind !== 'answered')
        return null;
    const { fingerprint } = run;
    const here = facts.files.get(winner.interpreter)?.path;
    const elsewhere = run.heldOpen === true || here !== fingerprint.path;
    const where = fingerprint.path.endsWith(' (deleted)') ? 'deleted' : elsewhere ? 'elsewhere' : 'held';
    return { ...fingerprint, where };
}
/** Without F the interpreter is a path, looked up in the root of whoever executes the program. */
function openedBy(winner, run, around) {
    const found = around.lookup(winner.interpreter);
    if (found.kind === 'missing')
        return fails(found.errno, { kind: 'emulator-missing', entry: winner, root: around.root });
    if (found.kind === 'sealed')
        return sealed(winner.interpreter);
    if (found.kind !== 'file' || !found.executable) {
        const fault = found.kind === 'folder'
            ? 'is a folder'
            : found.kind === 'file'
                ? 'is not executable'
                : `cannot be read (${found.errno})`;
        return fails('EACCES', { kind: 'emulator-unrunnable', entry: winner, fault });
    }
    const emulator = around.identify(winner.interpreter);
    if (run?.kind !== 'answered')
        return emulator;
    // of a stranger the same bytes have told their version when a probe ran under them
    if (run.fingerprint.sha256 === emulator.sha256)
        return { ...run.fingerprint, path: emulator.path, where: 'opened' };
    // a wrapper: here the probe has shown what it leads to
    return around.root === null ? { ...run.fingerprint, where: 'opened' } : emulator;
}
/** A dynamic emulator needs its own loader in the root of the program. */
function emulatorLack(winner, { where }, around) {
    if (where !== 'opened' && (around.root === null || where !== 'held'))
        return undefined;
    const found = around.lookup(winner.interpreter);
    if (found.kind !== 'file')
        return undefined;
    const program = (0,model_program/* programOf */.oQ)(found.read);
    if (program.kind === 'script')
        return undefined;
    if (program.kind !== 'elf')
        return fails('ENOEXEC', { kind: 'emulator-unrunnable', entry: winner, fault: 'is no program' });
    if (program.loader === null || around.lookup(program.loader).kind !== 'missing')
        return undefined;
    return fails('ENOENT', {
        kind: 'emulator-unrunnable',
        entry: winner,
        fault: `is dynamic, and its loader ${program.loader} is not there`,
    });
}
function withoutEntry(at, program, around, steps) {
    if (program.fault !== undefined)
        return fails('ENOEXEC', { kind: 'damaged', path: at, fault: program.fault });
    if (program.type !== 2 && program.type !== 3)
        return fails('ENOEXEC', { kind: 'damaged', path: at, fault: `its ELF type is ${program.type}: it is no program` });
    const run = around.facts.runs.find(({ target }) => target === program.target)?.run;
    if (run?.kind === 'answered' && run.native) {
        const why = loaderLack(at, { ...program, target: null }, { ...around, prefix: null }, steps);
        if (why !== undefined)
            return fails(loaderErrno(why), why);
        if (program.lack === undefined)
            return { kind: 'native' };
        return { kind: 'breaks', entry: null, emulator: null, why: { kind: 'damaged', path: at, fault: program.lack } };
    }
    if (run?.kind === 'answered' && !around.facts.mounted && program.matchesRule) {
        const emulator = { ...run.fingerprint, where: 'elsewhere' };
        steps.push({ kind: 'unseen', emulator });
        return under(null, emulator, lackOf(at, program, around, steps));
    }
    return fails('ENOEXEC', noHandler(at, program, around));
}
function noHandler(path, program, { facts, lookup }) {
    const found = lookup(path);
    const head = found.kind === 'file' ? found.read(0, model_program/* headBytes */.c4) : new Uint8Array();
    const lost = facts.lost.find(({ entry }) => (0,entry_in_force/* isFor */.Gi)({ ...entry, enabled: true }, { head, path })) ?? null;
    if (!facts.mounted)
        return { kind: 'not-mounted', program, lost };
    if (!facts.enabled)
        return { kind: 'switched-off', program };
    const disabled = facts.table.find((entry) => !entry.enabled && (0,entry_in_force/* isFor */.Gi)(entry, { head, path }));
    if (disabled !== undefined)
        return { kind: 'entry-disabled', entry: disabled.name, program };
    const isServed = (0,table_view/* viewOf */.du)(facts).some(({ target, behind }) => target !== null && target === program.target && behind.kind === 'runs');
    if (isServed || !program.matchesRule)
        return { kind: 'rule-misses', path, program };
    return { kind: 'no-entry', path, program, lost };
}

// EXTERNAL MODULE: ./build/src/core/model/catalog.js
var catalog = __webpack_require__(6872);
// EXTERNAL MODULE: ./build/src/problems/known-problems.js + 3 modules
var problems_known_problems = __webpack_require__(6621);
// EXTERNAL MODULE: ./build/src/setup/status.js
var setup_status = __webpack_require__(6261);
// EXTERNAL MODULE: ./build/src/system/command.js
var command = __webpack_require__(9478);
// EXTERNAL MODULE: ./build/src/system/regular-file.js
var regular_file = __webpack_require__(1058);
// EXTERNAL MODULE: ./build/src/system/confinement.js
var confinement = __webpack_require__(7291);
;// CONCATENATED MODULE: ./build/src/explain/rooted-path.js
// Where a path leads to within a root, links followed as the kernel follows them there: an absolute link starts at that root, and nothing leads
// out of it. Source: path_resolution(7). Nothing is executed, and no root's rights are needed.




/** MAXSYMLINKS of the kernel. */
const mostLinks = 40;
/** The path on this machine that `path` leads to in `root`; or the errno, and where it came up. */
function resolveIn(root, path) {
    const waiting = wordsOf(path);
    const walked = [];
    let links = 0;
    while (waiting.length > 0) {
        const word = waiting.shift() ?? '';
        if (word === '.')
            continue;
        if (word === '..') {
            walked.pop();
            continue;
        }
        const here = (0,external_node_path_.join)(root, ...walked, word);
        try {
            const stat = (0,external_node_fs_.lstatSync)(here);
            if (stat.isSymbolicLink()) {
                if (++links > mostLinks)
                    return { errno: 'ELOOP', at: `/${[...walked, word].join('/')}` };
                const link = (0,external_node_fs_.readlinkSync)(here);
                if (link.startsWith('/'))
                    walked.length = 0;
                waiting.unshift(...wordsOf(link));
                continue;
            }
            if (!stat.isDirectory() && waiting.length > 0)
                return { errno: 'ENOTDIR', at: `/${[...walked, word].join('/')}` };
        }
        catch (error) {
            return { errno: (0,command/* errnoName */.gh)(error), at: `/${[...walked, word].join('/')}` };
        }
        walked.push(word);
    }
    return { path: (0,external_node_path_.join)(root, ...walked) };
}
/** The names along a path; a / at its end is a last `.`, as only a folder has one. */
function wordsOf(path) {
    return path
        .replace(/\/$/, '/.')
        .split('/')
        .filter((word) => word !== '');
}
/** What stands at a path of a root; the caller's rights count. */
function lookupIn(root, path) {
    const resolved = resolveIn(root, path);
    if ('errno' in resolved)
        return { kind: resolved.errno === 'EACCES' ? 'unreadable' : 'missing', path, ...resolved };
    const place = resolved.path;
    let executable = false;
    try {
        if ((0,external_node_fs_.lstatSync)(place).isDirectory())
            return { kind: 'folder', path: place };
        executable = mayExecute(place);
        // a pipe or device would keep us waiting
        if (!(0,external_node_fs_.lstatSync)(place).isFile())
            return {
                ...{ kind: 'file', path: place, executable: false, blocked: { kind: 'special' } },
                read: () => new Uint8Array(),
            };
        // some files can be opened, and not be read; the kernel does not try with what may not be executed
        if (executable)
            readAt(place, 0, 1);
        else
            (0,external_node_fs_.closeSync)((0,external_node_fs_.openSync)(place, 'r'));
        const blocked = executable ? {} : { blocked: blockedAt(place) };
        return { kind: 'file', path: place, executable, ...blocked, read: (offset, size) => readAt(place, offset, size) };
    }
    catch (error) {
        if (executable && (0,command/* errnoName */.gh)(error) === 'EACCES')
            return { kind: 'sealed', path: place };
        return { kind: 'unreadable', path: place, errno: (0,command/* errnoName */.gh)(error) };
    }
}
/** Why a regular file may not be executed: the mount counts where its mode would do. */
function blockedAt(path) {
    const point = (0,confinement/* noexecMountOf */.L)(path);
    return point !== undefined && ((0,external_node_fs_.lstatSync)(path).mode & 0o111) !== 0 ? { kind: 'noexec', point } : { kind: 'mode' };
}
/** Also false on a file system that is mounted noexec (access(2)). */
function mayExecute(path) {
    try {
        (0,external_node_fs_.accessSync)(path, external_node_fs_.constants.X_OK);
        return true;
    }
    catch (error) {
        if ((0,command/* errnoName */.gh)(error) === 'EACCES')
            return false;
        throw error;
    }
}
function readAt(path, offset, size) {
    const file = (0,external_node_fs_.openSync)(path, 'r');
    try {
        const bytes = Buffer.alloc(size);
        return bytes.subarray(0, (0,external_node_fs_.readSync)(file, bytes, 0, size, offset));
    }
    finally {
        (0,external_node_fs_.closeSync)(file);
    }
}

;// CONCATENATED MODULE: ./build/src/explain/explain.js
// What will happen when a file is executed, here or in a root, and who is behind it: looked at and told, never executed.















/**
 * The forecast for `file`: an absolute path, within `root` where that is given. Changes nothing and needs no root; the probes of the targets
 * that the table serves are run, and that of the file's own. Throws `invalid-input` for a root that is no folder.
 */
async function explain(file, root, machine) {
    if (root !== null && !isFolder(root))
        throw new errors/* SetupError */.w3('invalid-input', `the root ${root} is no folder`, {
            hint: 'name the folder that chroot would be given',
        });
    const lookup = (path) => lookupIn(root ?? '/', path);
    // chroot starts in /
    const cwd = root === null ? process.cwd() : '/';
    const facts = await (0,setup_status/* inspectTable */.H)(machine, targetsAlong(file, cwd, lookup));
    const surroundings = {
        lookup,
        root,
        cwd,
        facts,
        prefix: process.env.QEMU_LD_PREFIX || null,
        identify: (path) => emulatorAt(path, lookup, machine),
    };
    const forecast = forecastOf(file, surroundings);
    return {
        forecast,
        background: {
            registrarOf: registrars(forecast, facts),
            isKnown: (sha256) => (0,catalog/* emulatorOfHash */.PC)(machine.catalog, sha256) !== undefined,
            problems: problemsOfRunner(forecast, lookup, machine),
        },
    };
}
/** The known problems of the emulator that will run it. */
function problemsOfRunner(forecast, lookup, { catalog, host }) {
    const { verdict } = forecast;
    const emulator = verdict.kind === 'emulated' || verdict.kind === 'breaks' ? verdict.emulator : null;
    const target = targetOf(forecast);
    if (emulator === null || target === null)
        return [];
    // what the kernel holds open need not be what its path leads to from here
    const file = { held: emulator.path, opened: lookup(emulator.path).path, deleted: null, elsewhere: null };
    const known = (0,problems_known_problems.knownEmulator)(emulator, catalog, file[emulator.where]);
    return known === undefined ? [] : (0,known_problems/* problemsOf */.GW)(problems_known_problems.knownProblems, known, target, host);
}
/** The target of the file, or of the program that its scripts lead to: whether this machine runs it natively only its probe shows. */
function targetsAlong(file, cwd, lookup) {
    let at = file;
    for (let depth = 0; depth < 6; depth++) {
        const found = lookup(at);
        if (found.kind !== 'file' || !found.executable)
            return [];
        const program = (0,model_program/* programOf */.oQ)(found.read);
        if (program.kind !== 'script')
            return program.kind === 'elf' && program.target !== null ? [program.target] : [];
        at = pathFrom(cwd, program.interpreter);
    }
    return [];
}
function isFolder(path) {
    return (0,external_node_fs_.statSync)(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
function emulatorAt(path, lookup, machine) {
    const found = lookup(path);
    const sha256 = found.kind === 'file' ? (0,regular_file/* sha256OfFile */.Vq)(found.path) : '';
    const known = (0,catalog/* emulatorOfHash */.PC)(machine.catalog, sha256);
    return { path, sha256, qemuVersion: known?.qemuVersion ?? null, build: known?.build ?? null, where: 'opened' };
}
function registrars({ steps }, { journals }) {
    const rules = binfmtFolders.flatMap((folder) => filesIn(folder).filter(({ path }) => path.endsWith('.conf')));
    const database = filesIn(databaseFolder);
    return (entry) => {
        const step = steps.find((one) => one.kind === 'entry' && one.winner === entry);
        const isElsewhere = step?.kind === 'entry' && step.emulator?.where === 'elsewhere';
        return registrarOf(entry, { journals, rules, database, isElsewhere });
    };
}
/** More than any file has that says what to register. */
const longestRules = 1 << 20;
/** The files of a folder that can be read, with their texts; the others say nothing about who registered what. */
function filesIn(folder) {
    if (!isFolder(folder))
        return [];
    return (0,external_node_fs_.readdirSync)(folder)
        .sort()
        .flatMap((name) => {
        const path = (0,external_node_path_.join)(folder, name);
        try {
            return [{ path, text: (0,regular_file/* textOfFile */.nj)(path, longestRules) }];
        }
        catch (error) {
            if (error instanceof regular_file/* UnfitFile */.rA || ['ENOENT', 'EACCES', 'ELOOP'].includes((0,command/* errnoName */.gh)(error)))
                return [];
            throw error;
        }
    });
}

// EXTERNAL MODULE: ./build/src/system/console.js + 2 modules
var console = __webpack_require__(5376);
// EXTERNAL MODULE: ./build/src/system/program.js
var program = __webpack_require__(2311);
// EXTERNAL MODULE: ./build/src/cli/result.js
var result = __webpack_require__(351);
;// CONCATENATED MODULE: ./build/src/cli/explain.js
// `setup-qemu explain`: what will happen when a file is executed.









/** Green: it will run. The file is a path of this machine, or with `--root` one within that root. */
async function explainResult({ words, values }) {
    const [file, ...others] = words;
    if (file === undefined || others.length > 0)
        throw new errors/* SetupError */.w3('usage', `explain takes one file, got ${words.length}`, {
            hint: 'setup-qemu explain FILE [--root DIR]',
        });
    // resolve() takes an empty word, as of a variable that is not set, for the current folder
    if (file === '' || values.root === '')
        throw new errors/* SetupError */.w3('usage', `explain takes ${file === '' ? 'a file' : 'a root'}, got an empty word`, {
            hint: 'setup-qemu explain FILE [--root DIR]; is the variable set?',
        });
    const root = values.root === undefined ? null : (0,external_node_path_.resolve)(values.root);
    const path = pathOf(named(file, root), root === null ? process.cwd() : '/');
    const { forecast, background } = await explain(path, root, (0,result/* machineOf */.V)(values));
    return {
        text: forecastText(forecast, background, (0,console/* paintFor */.ev)(process.stdout)),
        json: forecastJson(forecast, background),
        ok: isRunnable(forecast.verdict),
    };
}
/** A name without a slash that is no file in the current folder is looked for on PATH, as by a shell; within a root by the paths that it has there. */
function named(file, root) {
    if (file.includes('/'))
        return file;
    const isThere = (path) => lookupIn(root ?? '/', path).kind !== 'missing';
    if (isThere(pathOf(file, root === null ? process.cwd() : '/')))
        return file;
    const places = (0,program/* placesOf */.ek)(file).map((place) => (root === null ? (0,external_node_path_.resolve)(place) : (0,external_node_path_.resolve)('/', place)));
    const found = places.find((place) => {
        const looked = lookupIn(root ?? '/', place);
        return looked.kind === 'sealed' || (looked.kind === 'file' && looked.executable);
    });
    return found ?? places.find(isThere) ?? file;
}
/** An absolute path. Where `..` leads, and whether a name with / at its end is a folder, only the file system says: such a path is left as it is. */
function pathOf(file, cwd) {
    const whole = pathFrom(cwd, file);
    return /\/\.\.(?:\/|$)|\/\.?$/.test(whole) ? whole : (0,external_node_path_.resolve)(whole);
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
