export const id = 799;
export const ids = [799,484];
export const modules = {

/***/ 5799:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  W: () => (/* binding */ platformsOf),
  runResult: () => (/* binding */ runResult)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: ./build/src/core/model/errors.js
var errors = __webpack_require__(2936);
// EXTERNAL MODULE: ./build/src/core/model/targets.js + 1 modules
var targets = __webpack_require__(5732);
// EXTERNAL MODULE: ./build/src/core/report/report.js + 1 modules
var report = __webpack_require__(7476);
// EXTERNAL MODULE: ./build/src/core/request/platform-list.js
var platform_list = __webpack_require__(6485);
// EXTERNAL MODULE: ./build/src/core/request/request.js + 1 modules
var request_request = __webpack_require__(9317);
// EXTERNAL MODULE: ./build/src/core/text/errno-text.js
var errno_text = __webpack_require__(4770);
// EXTERNAL MODULE: ./build/src/scope/private-run.js
var private_run = __webpack_require__(5601);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./build/src/scope/run-signals.js
// Signals that come to us while a command runs for us: they are its own. What a terminal sends has reached it already, as it is in the same group.

const handedOn = [
    'SIGHUP',
    'SIGINT',
    'SIGQUIT',
    'SIGTERM',
    'SIGUSR1',
    'SIGUSR2',
    'SIGALRM',
    'SIGTSTP',
    'SIGCONT',
];
/** Those that the keys of a terminal send, to everybody in front of it. */
const ofKeys = ['SIGINT', 'SIGQUIT', 'SIGTSTP'];
/** Hands signals on to a run until it is stopped. */
class RunSignals {
    #run;
    #handlers;
    constructor(run) {
        this.#run = run;
        this.#handlers = handedOn.map((signal) => [signal, () => this.#take(signal)]);
        for (const [signal, handler] of this.#handlers)
            process.on(signal, handler);
    }
    stop() {
        for (const [signal, handler] of this.#handlers)
            process.off(signal, handler);
    }
    #take(signal) {
        const stops = signal === 'SIGTSTP';
        if (!this.#run.isStarted && !stops && signal !== 'SIGCONT') {
            this.stop();
            this.#run.kill();
            process.kill(process.pid, signal);
            return;
        }
        if (!(ofKeys.includes(signal) && isInFront()))
            this.#run.signal(signal);
        if (stops)
            process.kill(process.pid, 'SIGSTOP');
    }
}
/** Whether our group is the one in front of its terminal (fields 5 and 8 of proc(5) stat): then what its keys send comes to all of it. */
function isInFront() {
    const stat = (0,external_node_fs_.readFileSync)('/proc/self/stat', 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[2] === fields[5];
}

// EXTERNAL MODULE: ./build/src/system/console.js + 2 modules
var console = __webpack_require__(5376);
// EXTERNAL MODULE: ./build/src/system/machine.js + 5 modules
var system_machine = __webpack_require__(2099);
// EXTERNAL MODULE: ./build/src/system/program.js
var system_program = __webpack_require__(2311);
// EXTERNAL MODULE: ./build/src/cli/result.js
var result = __webpack_require__(351);
// EXTERNAL MODULE: ./build/src/cli/setup.js + 3 modules
var setup = __webpack_require__(7025);
;// CONCATENATED MODULE: ./build/src/cli/run.js
// `setup-qemu run`: one command under one emulator, in a private table, and nothing left behind.














/** Exit statuses as env(1) and docker(1) have them. */
const ours = 125;
const notExecutable = 126;
const notFound = 127;
/** Runs the command after `--`; the exit status is its own, and it dies by the signal that the command died by. Throws usage errors alone. */
async function runResult({ rest, values }) {
    try {
        return await resultOf(rest ?? [], values);
    }
    catch (thrown) {
        const error = (0,errors/* asSetupError */.AD)(thrown);
        if ((0,errors/* isUsageError */.mD)(error))
            throw error;
        console/* steadyStderr */.Vb.write(`${(0,console/* coloured */.qY)('red', (0,console/* shownLines */.TV)((0,report/* errorText */.kc)(error)), console/* steadyStderr */.Vb)}\n`);
        return silent(ours);
    }
}
async function resultOf(rest, values) {
    const [name, ...args] = rest;
    if (name === undefined)
        throw new errors/* SetupError */.w3('usage', 'run is given no command', {
            hint: 'setup-qemu run --qemu-version 11.1.3 -- COMMAND, with the command after --',
        });
    if (values.json === true)
        throw new errors/* SetupError */.w3('usage', "run takes no --json: standard output is the command's", {
            hint: 'leave --json out; setup-qemu setup --scope private --json tells what is set up',
        });
    const program = (0,system_program/* findProgram */.Kp)(name);
    if ('errno' in program)
        return unstarted(name, program);
    const machine = (0,result/* machineOf */.V)(values, console/* steadyStderr */.Vb);
    const words = { ...(0,setup/* requestWords */.X)(platformsOf(values, name, program.file, machine), values), scope: 'private' };
    // wrong words are told before anything is made
    const request = (0,request_request/* parseRequest */.TR)(words, machine.catalog, machine.host, system_machine/* provable */.yd);
    const { cacheFolder, owner, log } = machine;
    // where none is named it is the program's own
    const target = values.platform === undefined ? undefined : (0,system_program/* targetOfProgram */.DO)(program.file);
    const lacking = target && (0,platform_list/* lackingPlatform */.j)(target, request.platforms, machine.host);
    if (lacking !== undefined)
        log.info(`warning: ${(0,targets/* printable */.g$)(name)} is a program for ${lacking}, which is not emulated here; add --platform ${lacking}`);
    const face = { face: 'console', quiet: values.quiet === true, verbose: values.verbose === true };
    const ask = { words, cacheFolder, owner, log: face };
    const run = new private_run/* PrivateRun */.N({ ask, command: [name, ...args], root: values['as-root'] === true, log });
    const signals = new RunSignals(run);
    const end = await run.end().finally(() => signals.stop());
    return ended(end, name);
}
/** The platforms that are named, or the one that the command's own program is for. */
function platformsOf({ platform }, name, file, machine) {
    if (platform !== undefined)
        return platform;
    const target = (0,system_program/* targetOfProgram */.DO)(file);
    if (target !== undefined && !target.oci.includes(`linux/${machine.host}`))
        return [target.name];
    throw new errors/* SetupError */.w3('usage', `${(0,targets/* printable */.g$)(name)} is a program of this machine: it does not say which platform is to be emulated`, {
        hint: 'name it: --platform arm64',
    });
}
function ended(end, name) {
    switch (end.kind) {
        case 'unproven':
            console/* steadyStderr */.Vb.write(`${(0,report/* outcomeText */.EL)(end.outcome)}\n`);
            return silent(ours);
        case 'unstarted':
            return unstarted(name, { errno: end.errno, why: (0,errno_text/* errnoWords */.s)(end.errno) });
        case 'ended':
            return end.signal === null
                ? silent(end.status)
                : { ...silent(128 + external_node_os_.constants.signals[end.signal]), signal: end.signal };
    }
}
function unstarted(name, { errno, why }) {
    console/* steadyStderr */.Vb.write(`setup-qemu run: ${(0,targets/* printable */.g$)(name, 200)} cannot be executed: ${why}\n`);
    return silent(errno === 'ENOENT' ? notFound : notExecutable);
}
function silent(status) {
    return { text: '', json: {}, ok: status === 0, status };
}


/***/ }),

/***/ 5601:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ PrivateRun)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_readline__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(481);
/* harmony import */ var _core_model_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2936);
/* harmony import */ var _core_report_outcome_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1428);
/* harmony import */ var _core_scope_scope_script_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(9320);
/* harmony import */ var _system_binfmt_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2535);
/* harmony import */ var _system_command_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9478);
/* harmony import */ var _system_open_files_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2389);
/* harmony import */ var _namespace_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7225);
/* harmony import */ var _private_scope_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(6484);
/* harmony import */ var _worker_protocol_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(5807);
// One command in namespaces of its own, with a table of its own in which setup went its usual way: `run`, and whatever compares versions.
// A namespace of process numbers goes with it, whose first process dies when this one does: however it ends, nothing is left.











/** A run that goes on. */
class PrivateRun {
    #wish;
    #child;
    #line;
    #answers = [];
    #ended;
    #closed;
    #refused;
    /** Starts it; `end` tells what came of it. Throws `no-namespace` where a program is missing that it takes. */
    constructor(wish) {
        this.#wish = wish;
        (0,_namespace_js__WEBPACK_IMPORTED_MODULE_7__/* .needPrograms */ .kr)(['setpriv', 'unshare', 'mount', ...openFilesLimit().slice(0, 1)]);
        // the look brings an automount about, which could not be had from inside
        (0,_system_binfmt_js__WEBPACK_IMPORTED_MODULE_4__/* .isMounted */ .BX)();
        const { program = (0,_private_scope_js__WEBPACK_IMPORTED_MODULE_8__/* .insideProgram */ .b)(), stdio = ['inherit', 'inherit', 'inherit'] } = wish;
        const words = ['sh', '-c', `${_core_scope_scope_script_js__WEBPACK_IMPORTED_MODULE_10__/* .ignoreSignals */ .S_}; exec "$@"`, 'sh', 'unshare', ...namespaces];
        const gate = ['sh', '-c', _core_scope_scope_script_js__WEBPACK_IMPORTED_MODULE_10__/* .runGate */ .Rg, 'sh', _core_scope_scope_script_js__WEBPACK_IMPORTED_MODULE_10__/* .runInit */ .ER, 'sh'];
        const env = { ...process.env, SETUP_QEMU_SCOPE: scopeName, RUNNER_TEMP: '', TMPDIR: _core_scope_scope_script_js__WEBPACK_IMPORTED_MODULE_10__/* .runTemporary */ .fD };
        const argv = ['--pdeathsig', 'KILL', '--', ...words, ...gate, ...program];
        this.#child = (0,_system_open_files_js__WEBPACK_IMPORTED_MODULE_6__/* .withStreams */ .C5)((0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)('setpriv', argv, { stdio: [...stdio, 'pipe'], env }));
        this.#ended = new Promise((resolve) => {
            this.#child.once('error', (error) => resolve((0,_system_command_js__WEBPACK_IMPORTED_MODULE_5__/* .errnoName */ .gh)(error)));
            this.#child.once('exit', (status, signal) => resolve(signal ?? status ?? 'no status'));
        });
        this.#line = this.#child.stdio[3];
        this.#line.on('error', () => undefined);
        const lines = (0,node_readline__WEBPACK_IMPORTED_MODULE_1__.createInterface)({ input: this.#line });
        // a line that breaks is one that ends
        lines.on('error', () => undefined);
        lines.on('line', (text) => this.#hear(text));
        this.#closed = new Promise((resolve) => {
            lines.once('close', resolve);
            this.#line.once('close', resolve);
        });
    }
    /** The command's standard streams, where they are pipes. */
    get streams() {
        return this.#child;
    }
    /** Whether the command itself has begun. */
    get isStarted() {
        return this.#answers.some(({ kind }) => kind === 'started');
    }
    /** What setup came to inside; undefined until it is known. */
    get outcome() {
        return this.#answers.find((answer) => answer.kind === 'outcome')?.outcome;
    }
    /** Hands a signal on to the command. */
    signal(signal) {
        this.#say({ signal });
    }
    /** Ends everything at once. */
    kill() {
        this.#child.kill('SIGKILL');
    }
    /** Goes through to the end. Throws `no-namespace`, and what setup throws. */
    async end() {
        try {
            return await this.#through();
        }
        finally {
            this.kill();
            this.#line.destroy();
        }
    }
    async #through() {
        const { pid } = this.#child;
        // who waits behind the gate is in the same user namespace
        if (pid !== undefined && (await (0,_namespace_js__WEBPACK_IMPORTED_MODULE_7__/* .isUnshared */ .FT)(this.#child))) {
            await (0,_namespace_js__WEBPACK_IMPORTED_MODULE_7__/* .mapIds */ .dQ)(pid, this.#wish.log);
            this.#line.write(_namespace_js__WEBPACK_IMPORTED_MODULE_7__/* .goLine */ .Z4);
            this.#say(this.#ask());
        }
        const end = await this.#ended;
        await this.#hangUp(end);
        const error = this.#answers.find((answer) => answer.kind === 'error');
        if (error !== undefined)
            throw (0,_worker_protocol_js__WEBPACK_IMPORTED_MODULE_9__/* .errorOf */ .M)(error);
        return this.#toldEnd() ?? (await this.#untoldEnd(end));
    }
    /**
     * What was said last may still be under way. Where somebody killed `unshare` while its child did not yet die with it, what it started goes on: it
     * hears that the line is closed, and ends.
     */
    async #hangUp(end) {
        if (await isWithin(this.#closed, graceMs))
            return;
        const what = "what was started in the run's namespaces outlived the process that holds them";
        this.#wish.log.info(`warning: ${what} (${typeof end === 'number' ? `exit status ${end}` : end}); it is ended`);
        this.#line.end();
        await isWithin(this.#closed, graceMs);
    }
    #ask() {
        const { ask, command, root } = this.#wish;
        const ids = root ? [] : (0,_core_scope_scope_script_js__WEBPACK_IMPORTED_MODULE_10__/* .ownIds */ .pV)(process.geteuid?.() ?? 0, process.getegid?.() ?? 0);
        const [file = '', ...args] = [...openFilesLimit(), ...ids, ...command];
        const run = { file, args, environment: { ...process.env, SETUP_QEMU_SCOPE: scopeName }, unmount: _core_scope_scope_script_js__WEBPACK_IMPORTED_MODULE_10__/* .runTemporary */ .fD };
        return { ...ask, deed: 'setup', run };
    }
    #say(line) {
        this.#line.write(`${JSON.stringify(line)}\n`);
    }
    #hear(text) {
        if (text.startsWith('{'))
            this.#answers.push(JSON.parse(text));
        else
            this.#refused ??= text;
    }
    #toldEnd() {
        const { outcome } = this;
        if (outcome !== undefined && !(0,_core_report_outcome_js__WEBPACK_IMPORTED_MODULE_3__/* .isProven */ .nn)(outcome))
            return { kind: 'unproven', outcome };
        for (const answer of this.#answers) {
            if (answer.kind === 'unstarted')
                return answer;
            if (answer.kind !== 'ended')
                continue;
            const { status, signal } = answer;
            return signal === null ? { kind: 'ended', status: status ?? 0, signal } : { kind: 'ended', status: null, signal };
        }
        return undefined;
    }
    /** Nothing was told of the end: the namespaces were refused, or somebody killed a process between. */
    async #untoldEnd(end) {
        if (this.isStarted)
            return { kind: 'ended', status: null, signal: 'SIGKILL' };
        const [, stage, said] = /^refused (proc|mount) (.*)$/s.exec(this.#refused ?? '') ?? [];
        if (stage === 'proc' || stage === 'mount')
            throw (0,_namespace_js__WEBPACK_IMPORTED_MODULE_7__/* .namespaceError */ .yp)({ stage, said: said ?? '' });
        // its words went to the standard error of the command to be; they are asked for once more
        // by a shell, as some have an unshare of their own (BusyBox's)
        const again = await (0,_system_command_js__WEBPACK_IMPORTED_MODULE_5__/* .command */ .G5)('sh', ['-c', 'exec "$@"', 'sh', 'unshare', ...namespaces, 'true']);
        if (again.status !== 0)
            throw (0,_namespace_js__WEBPACK_IMPORTED_MODULE_7__/* .namespaceError */ .yp)({ stage: 'unshare', said: again.errno ?? again.stderr });
        throw new _core_model_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .SetupError */ .w3('internal', `the set-up inside the private scope ended without an answer (${end})`, {
            hint: 'somebody killed it, or it is a bug of setup-qemu',
        });
    }
}
const namespaces = ['--user', '--mount', '--propagation', 'slave', '--pid', '--fork', '--kill-child'];
/** What SETUP_QEMU_SCOPE says in a run, which has no folder. */
const scopeName = 'run';
/** How long the line to the inside may outlast the process that holds the namespaces. */
const graceMs = 2000;
/** Whether something comes to its end within a time. */
function isWithin(work, ms) {
    return new Promise((resolve) => {
        const timer = setTimeout(() => resolve(false), ms);
        work.then(() => {
            clearTimeout(timer);
            resolve(true);
        });
    });
}
/**
 * Node raises the soft limit of open files to the hard one when it starts, and its children have that too: the command gets what the process has that
 * called us.
 */
function openFilesLimit() {
    const [soft, own] = [(0,_system_open_files_js__WEBPACK_IMPORTED_MODULE_6__/* .openFilesLimitOf */ .ko)(process.ppid), (0,_system_open_files_js__WEBPACK_IMPORTED_MODULE_6__/* .openFilesLimitOf */ .ko)('self')];
    // our own is the hard one by now, which nobody can exceed: where the caller has more, we were started with less
    return soft === undefined || own === undefined || Number(soft) >= Number(own) ? [] : ['prlimit', `--nofile=${soft}:`];
}


/***/ }),

/***/ 6484:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ insideProgram),
/* harmony export */   planPrivately: () => (/* binding */ planPrivately),
/* harmony export */   setupPrivately: () => (/* binding */ setupPrivately)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_readline__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(481);
/* harmony import */ var _core_model_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2936);
/* harmony import */ var _core_report_outcome_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1428);
/* harmony import */ var _system_binfmt_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2535);
/* harmony import */ var _system_command_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9478);
/* harmony import */ var _system_on_signal_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(6635);
/* harmony import */ var _system_open_files_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(2389);
/* harmony import */ var _holder_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(1773);
/* harmony import */ var _worker_protocol_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(5807);
// A private scope: namespaces of one's own with a table of their own, in which setup goes its usual way. It is held open by a keeper
// (scope/holder.ts); the set-up is done by this bundle, started once more inside.











/** The program that works inside: this bundle under this Node. */
function insideProgram() {
    return [process.execPath, process.argv[1] ?? '', _worker_protocol_js__WEBPACK_IMPORTED_MODULE_10__/* .insideWord */ .H];
}
/** Opens a private scope and sets up in it. When it throws or nothing is proven, the scope is closed. Throws `no-namespace`, and what setup throws. */
async function setupPrivately(wish) {
    const keeper = await opened(wish);
    const forget = (0,_system_on_signal_js__WEBPACK_IMPORTED_MODULE_7__/* .onEnding */ .n)(() => (0,_holder_js__WEBPACK_IMPORTED_MODULE_9__/* .closeKeeper */ .vV)(keeper));
    let outcome;
    try {
        const answer = await answerInside(keeper, { ...wish.ask, deed: 'setup' }, wish.program);
        if (answer.kind !== 'outcome')
            throw new Error(`setup inside a private scope answered ${answer.kind}`);
        outcome = answer.outcome;
        const version = (0,_core_report_outcome_js__WEBPACK_IMPORTED_MODULE_4__/* .firstEmulated */ .Kr)(outcome)?.emulator?.qemuVersion;
        if (version != null)
            (0,_holder_js__WEBPACK_IMPORTED_MODULE_9__/* .nameScope */ .IU)(keeper, `with-qemu-${version}`);
        if ((0,_core_report_outcome_js__WEBPACK_IMPORTED_MODULE_4__/* .isProven */ .nn)(outcome))
            (0,_holder_js__WEBPACK_IMPORTED_MODULE_9__/* .handOver */ .Cl)(keeper, wish.watched);
        return { outcome, keeper, withQemu: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,_holder_js__WEBPACK_IMPORTED_MODULE_9__/* .programFolder */ .bs)(keeper), 'with-qemu') };
    }
    catch (error) {
        outcome = undefined;
        throw (0,_holder_js__WEBPACK_IMPORTED_MODULE_9__/* .orClosed */ .UT)(error, keeper);
    }
    finally {
        forget();
        if (outcome === undefined || !(0,_core_report_outcome_js__WEBPACK_IMPORTED_MODULE_4__/* .isProven */ .nn)(outcome))
            (0,_holder_js__WEBPACK_IMPORTED_MODULE_9__/* .closeKeeper */ .vV)(keeper);
    }
}
/** The plan for a request in a private scope, which is closed again. Throws like `setupPrivately`. */
async function planPrivately(wish) {
    const keeper = await opened(wish);
    const forget = (0,_system_on_signal_js__WEBPACK_IMPORTED_MODULE_7__/* .onEnding */ .n)(() => (0,_holder_js__WEBPACK_IMPORTED_MODULE_9__/* .closeKeeper */ .vV)(keeper));
    try {
        const answer = await answerInside(keeper, { ...wish.ask, deed: 'plan' }, wish.program);
        if (answer.kind !== 'plan')
            throw new Error(`the plan inside a private scope answered ${answer.kind}`);
        return answer.plan;
    }
    catch (error) {
        throw (0,_holder_js__WEBPACK_IMPORTED_MODULE_9__/* .orClosed */ .UT)(error, keeper);
    }
    finally {
        forget();
        (0,_holder_js__WEBPACK_IMPORTED_MODULE_9__/* .closeKeeper */ .vV)(keeper);
    }
}
async function opened({ ask, log, onOpened }) {
    // the look brings an automount about, which could not be had from inside
    (0,_system_binfmt_js__WEBPACK_IMPORTED_MODULE_5__/* .isMounted */ .BX)();
    const keeper = await (0,_holder_js__WEBPACK_IMPORTED_MODULE_9__/* .openKeeper */ .zK)(ask.owner.face, log);
    onOpened?.(keeper);
    return keeper;
}
async function answerInside(keeper, ask, program = insideProgram()) {
    const withQemu = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,_holder_js__WEBPACK_IMPORTED_MODULE_9__/* .programFolder */ .bs)(keeper), 'with-qemu');
    const words = ['--as-root', '--', ...program];
    const child = (0,_system_open_files_js__WEBPACK_IMPORTED_MODULE_8__/* .withStreams */ .C5)((0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(withQemu, words, { stdio: ['ignore', 'inherit', 'inherit', 'pipe'] }));
    const line = child.stdio[3];
    line.on('error', () => undefined);
    line.write(`${JSON.stringify(ask)}\n`);
    const answers = (0,node_readline__WEBPACK_IMPORTED_MODULE_2__.createInterface)({ input: line });
    // a line that breaks is one that ends
    answers.on('error', () => undefined);
    const said = new Promise((resolve) => {
        answers.once('line', (text) => resolve(JSON.parse(text)));
        answers.once('close', () => resolve(undefined));
        line.once('close', () => resolve(undefined));
    });
    const [answer, end] = await Promise.all([said, ending(child)]);
    if (answer?.kind === 'error')
        throw (0,_worker_protocol_js__WEBPACK_IMPORTED_MODULE_10__/* .errorOf */ .M)(answer);
    if (answer !== undefined)
        return answer;
    if (end === 'EACCES')
        throw new _core_model_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .SetupError */ .w3('no-namespace', `starting ${withQemu} failed: EACCES, so its folder is mounted noexec`, {
            hint: `let ${process.env.RUNNER_TEMP ? 'RUNNER_TEMP' : 'TMPDIR'} name a folder where programs may be executed`,
        });
    throw new _core_model_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .SetupError */ .w3('internal', `the set-up inside the private scope ended without an answer (${end})`, {
        hint: 'somebody killed it, or it is a bug of setup-qemu',
    });
}
function ending(child) {
    return new Promise((resolve) => {
        child.once('error', (error) => resolve((0,_system_command_js__WEBPACK_IMPORTED_MODULE_6__/* .errnoName */ .gh)(error)));
        child.once('close', (status, signal) => resolve(signal ?? `exit status ${status}`));
    });
}


/***/ })

};
