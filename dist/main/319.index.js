export const id = 319;
export const ids = [319,255];
export const modules = {

/***/ 9255:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  errorOf: () => (/* binding */ errorOf),
  workInside: () => (/* binding */ workInside)
});

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
// EXTERNAL MODULE: external "node:readline"
var external_node_readline_ = __webpack_require__(481);
// EXTERNAL MODULE: ./build/src/core/errors.js
var errors = __webpack_require__(3026);
// EXTERNAL MODULE: ./build/src/core/outcome.js
var outcome = __webpack_require__(973);
// EXTERNAL MODULE: ./build/src/core/request.js + 1 modules
var core_request = __webpack_require__(1368);
// EXTERNAL MODULE: ./build/src/machine.js + 7 modules
var src_machine = __webpack_require__(5071);
// EXTERNAL MODULE: ./build/src/setup.js + 25 modules
var setup = __webpack_require__(1436);
// EXTERNAL MODULE: ./build/src/system/command.js
var command = __webpack_require__(9478);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:tty"
var external_node_tty_ = __webpack_require__(7066);
;// CONCATENATED MODULE: ./build/src/core/progress.js
// One line that shows a download's progress: names, bar, bytes, rate.
/**
 * The line for downloads that go on: `qemu-aarch64  [#####-----]  2.1 of 4.3 MB  5.0 MB/s`, at most `width` characters.
 * `bytes` and `expected` in bytes (once more has come, as from a server without ranges, no total is told), `seconds` since the start.
 */
function progressLine(names, bytes, expected, seconds, width) {
    const label = names.length === 1 ? (names[0] ?? '') : `${names.length} emulators`;
    const rate = seconds > 0 ? `${(bytes / 1e6 / seconds).toFixed(1)} MB/s` : '';
    const total = bytes > expected ? '' : `of ${(expected / 1e6).toFixed(1)} `;
    const amount = `${(bytes / 1e6).toFixed(1)} ${total}MB`;
    const room = Math.min(30, width - label.length - amount.length - rate.length - 9);
    const filled = expected === 0 ? 0 : Math.round(room * Math.min(1, bytes / expected));
    const bar = room < 5 ? '' : `[${'#'.repeat(filled)}${'-'.repeat(room - filled)}]  `;
    return `${label}  ${bar}${amount}  ${rate}`.slice(0, Math.max(0, width - 1));
}

// EXTERNAL MODULE: ./build/src/core/visible.js
var visible = __webpack_require__(519);
;// CONCATENATED MODULE: ./build/src/system/console.js
// Progress on standard error for the command line: lines, and on a terminal a bar with bytes and rate.





const redrawMs = 100;
/**
 * Standard error for when a command writes to it too: node's own stream of a pipe makes that non-blocking for all who have it open, and a program
 * that does not expect this loses what it writes.
 */
const steadyStderr = {
    isTTY: (0,external_node_tty_.isatty)(2),
    write: (text) => {
        const bytes = Buffer.from(text);
        try {
            for (let at = 0; at < bytes.length;)
                at += (0,external_node_fs_.writeSync)(2, bytes, at);
        }
        catch (error) {
            // nobody reads any more, or somebody else made it non-blocking and it is full: the command goes on without our line
            if (!['EPIPE', 'EAGAIN'].includes((0,command/* errnoName */.gh)(error)))
                throw error;
        }
    },
};
/** Lines as they may go to a terminal, or in a step of a workflow to the runner; those for `stream` may be painted, where it takes colours. */
function shownLines(text, stream = {}) {
    if (process.env.GITHUB_ACTIONS === 'true')
        return (0,visible/* inertLines */.wi)(text);
    return takesColours(stream) ? (0,visible/* paintedLines */.ZS)(text) : (0,visible/* visibleLines */.gB)(text);
}
/** A log on standard error. The bar is drawn only when it is a terminal. */
function consoleLog(options, stream = process.stderr) {
    const bar = new Bar(stream, stream.isTTY === true && !options.quiet);
    const write = (line) => {
        bar.clear();
        stream.write(`${shownLines(line)}\n`);
    };
    return {
        info: (line) => {
            if (!options.quiet)
                write(line);
        },
        detail: (line) => {
            if (options.verbose)
                write(line);
        },
        transfer: (...names) => bar.transfer(names),
    };
}
/** One line for all downloads that go on. */
class Bar {
    #stream;
    #shown;
    #names = new Set();
    #bytes = 0;
    #expected = 0;
    #started = 0;
    #drawn = 0;
    constructor(stream, shown) {
        this.#stream = stream;
        this.#shown = shown;
    }
    transfer(names) {
        if (this.#names.size === 0) {
            this.#bytes = 0;
            this.#expected = 0;
            this.#started = performance.now();
        }
        for (const name of names)
            this.#names.add(name);
        return {
            expect: (bytes) => {
                this.#expected += bytes;
            },
            add: (bytes) => {
                this.#bytes += bytes;
                this.#draw();
            },
            end: () => {
                for (const name of names)
                    this.#names.delete(name);
                if (this.#names.size === 0)
                    this.clear();
            },
        };
    }
    clear() {
        if (this.#drawn > 0)
            this.#stream.write('\r\u001b[K');
        this.#drawn = 0;
    }
    #draw() {
        const now = performance.now();
        if (!this.#shown || now - this.#drawn < redrawMs)
            return;
        this.#drawn = now;
        const seconds = (now - this.#started) / 1000;
        // a terminal that does not know its width says 0
        const width = this.#stream.columns || 80;
        this.#stream.write(`\r\u001b[K${progressLine([...this.#names], this.#bytes, this.#expected, seconds, width)}`);
    }
}
const colours = { red: 31, green: 32, yellow: 33, bold: 1 };
/** Text in a colour, when the stream is a terminal and NO_COLOR is not set. */
function coloured(colour, text, stream) {
    return takesColours(stream) ? `\u001b[${colours[colour]}m${text}\u001b[0m` : text;
}
function takesColours({ isTTY }) {
    return isTTY === true && (process.env.NO_COLOR ?? '') === '';
}
/** How words stand out in what goes to a stream. */
function paintFor(stream) {
    return (colour, text) => coloured(colour, text, stream);
}

;// CONCATENATED MODULE: ./build/src/inside.js
// What the bundle does when it is started once more inside a private scope: the usual setup, asked and answered over file 3 in lines of JSON,
// and for a run the command itself. It ends when whoever started it is gone.










/** Signals that a terminal sends to all in front of it: this process must hear how the command ended. */
const outlived = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGTSTP'];
/** Does what is asked over file 3; `workflowLog` is the action's, which only its bundle has. Resolves when the answer is given, or the command has ended. */
async function workInside(workflowLog) {
    const socket = new external_node_net_.Socket({ fd: 3, readable: true, writable: true });
    socket.on('error', () => process.exit(1));
    const answer = (value) => socket.write(`${JSON.stringify(value)}\n`);
    let child;
    const ask = await new Promise((resolve) => {
        const lines = (0,external_node_readline_.createInterface)({ input: socket });
        lines.on('error', () => process.exit(1));
        lines.on('line', (text) => {
            const line = JSON.parse(text);
            if ('signal' in line)
                child?.kill(line.signal);
            else
                resolve(line);
        });
        // whoever asked is gone: what was made here ends with its namespaces
        lines.on('close', () => process.exit(1));
    });
    for (const signal of outlived)
        process.on(signal, () => undefined);
    const result = await resultOf(ask, workflowLog);
    answer(result);
    if (ask.run !== undefined && result.kind === 'outcome' && (0,outcome/* isProven */.nn)(result.outcome)) {
        // what the emulators are told goes to the command as it went to the probes
        const environment = { ...ask.run.environment, ...result.outcome.environment };
        child = await started({ ...ask.run, environment }, answer);
        if (child !== undefined)
            answer(await endOf(child));
    }
    await new Promise((resolve) => socket.end(resolve));
    process.exit();
}
async function resultOf({ deed, words, cacheFolder, owner, log }, workflowLog) {
    try {
        const machine = (0,src_machine/* thisMachine */.g8)({ cacheFolder, owner, log: logOf(log, workflowLog) });
        const request = (0,core_request/* parseRequest */.TR)(words, machine.catalog, machine.host, src_machine/* provable */.yd);
        if (deed === 'plan')
            return { kind: 'plan', plan: await (0,setup/* planOnly */.E)(request, machine) };
        return { kind: 'outcome', outcome: await (0,setup/* setup */.m)(request, machine) };
    }
    catch (thrown) {
        const { code, message, hint } = (0,errors/* asSetupError */.AD)(thrown);
        return { kind: 'error', code, message, hint };
    }
}
function logOf(log, workflowLog) {
    if (log.face === 'console')
        return consoleLog(log, steadyStderr);
    if (workflowLog === undefined)
        throw new Error('the face that was asked is not the action');
    return workflowLog;
}
async function started(run, answer) {
    const unmounted = await (0,command/* command */.G5)('umount', ['-l', run.unmount]);
    if (unmounted.status !== 0)
        throw new Error(`unmounting ${run.unmount} failed: ${unmounted.stderr}`);
    const child = (0,external_node_child_process_.spawn)(run.file, run.args, { stdio: 'inherit', env: run.environment });
    return new Promise((resolve) => {
        child.once('spawn', () => {
            answer({ kind: 'started' });
            resolve(child);
        });
        child.once('error', (error) => {
            answer({ kind: 'unstarted', errno: (0,command/* errnoName */.gh)(error) });
            resolve(undefined);
        });
    });
}
function endOf(child) {
    return new Promise((resolve) => {
        child.once('exit', (status, signal) => resolve({ kind: 'ended', status, signal }));
    });
}
/** An answer that is an error, as the error that it was. */
function errorOf({ code, message, hint }) {
    return (0,errors/* errorAgain */.$M)(code, message, hint);
}


/***/ }),

/***/ 8319:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   setupPrivately: () => (/* binding */ setupPrivately)
/* harmony export */ });
/* unused harmony exports insideProgram, planPrivately */
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_readline__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(481);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3026);
/* harmony import */ var _core_outcome_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(973);
/* harmony import */ var _inside_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9255);
/* harmony import */ var _inside_word_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(6418);
/* harmony import */ var _system_binfmt_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2535);
/* harmony import */ var _system_command_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9478);
/* harmony import */ var _system_ending_signals_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(6716);
/* harmony import */ var _system_keeper_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(9435);
// A private scope: namespaces of one's own with a table of their own, in which setup goes its usual way. It is held open by a keeper
// (system/keeper.ts); the set-up is done by this bundle, started once more inside.











/** The program that works inside: this bundle under this Node. */
function insideProgram() {
    return [process.execPath, process.argv[1] ?? '', _inside_word_js__WEBPACK_IMPORTED_MODULE_10__/* .insideWord */ .H];
}
/** Opens a private scope and sets up in it. When it throws or nothing is proven, the scope is closed. Throws `no-namespace`, and what setup throws. */
async function setupPrivately(wish) {
    const keeper = await opened(wish);
    const forget = (0,_system_ending_signals_js__WEBPACK_IMPORTED_MODULE_8__/* .onEnding */ .n)(() => (0,_system_keeper_js__WEBPACK_IMPORTED_MODULE_9__/* .closeKeeper */ .vV)(keeper));
    let outcome;
    try {
        const answer = await answerInside(keeper, { ...wish.ask, deed: 'setup' }, wish.program);
        if (answer.kind !== 'outcome')
            throw new Error(`setup inside a private scope answered ${answer.kind}`);
        outcome = answer.outcome;
        const version = (0,_core_outcome_js__WEBPACK_IMPORTED_MODULE_4__/* .firstEmulated */ .Kr)(outcome)?.emulator?.qemuVersion;
        if (version != null)
            (0,_system_keeper_js__WEBPACK_IMPORTED_MODULE_9__/* .nameScope */ .IU)(keeper, `with-qemu-${version}`);
        if ((0,_core_outcome_js__WEBPACK_IMPORTED_MODULE_4__/* .isProven */ .nn)(outcome))
            (0,_system_keeper_js__WEBPACK_IMPORTED_MODULE_9__/* .handOver */ .Cl)(keeper, wish.watched);
        return { outcome, keeper, withQemu: (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,_system_keeper_js__WEBPACK_IMPORTED_MODULE_9__/* .programFolder */ .bs)(keeper), 'with-qemu') };
    }
    catch (error) {
        outcome = undefined;
        throw (0,_system_keeper_js__WEBPACK_IMPORTED_MODULE_9__/* .orClosed */ .UT)(error, keeper);
    }
    finally {
        forget();
        if (outcome === undefined || !(0,_core_outcome_js__WEBPACK_IMPORTED_MODULE_4__/* .isProven */ .nn)(outcome))
            (0,_system_keeper_js__WEBPACK_IMPORTED_MODULE_9__/* .closeKeeper */ .vV)(keeper);
    }
}
/** The plan for a request in a private scope, which is closed again. Throws like `setupPrivately`. */
async function planPrivately(wish) {
    const keeper = await opened(wish);
    const forget = onEnding(() => closeKeeper(keeper));
    try {
        const answer = await answerInside(keeper, { ...wish.ask, deed: 'plan' }, wish.program);
        if (answer.kind !== 'plan')
            throw new Error(`the plan inside a private scope answered ${answer.kind}`);
        return answer.plan;
    }
    catch (error) {
        throw orClosed(error, keeper);
    }
    finally {
        forget();
        closeKeeper(keeper);
    }
}
async function opened({ ask, log, onOpened }) {
    // the look brings an automount about, which could not be had from inside
    (0,_system_binfmt_js__WEBPACK_IMPORTED_MODULE_6__/* .isMounted */ .BX)();
    const keeper = await (0,_system_keeper_js__WEBPACK_IMPORTED_MODULE_9__/* .openKeeper */ .zK)(ask.owner.face, log);
    onOpened?.(keeper);
    return keeper;
}
async function answerInside(keeper, ask, program = insideProgram()) {
    const withQemu = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,_system_keeper_js__WEBPACK_IMPORTED_MODULE_9__/* .programFolder */ .bs)(keeper), 'with-qemu');
    const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(withQemu, ['--as-root', '--', ...program], { stdio: ['ignore', 'inherit', 'inherit', 'pipe'] });
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
        throw (0,_inside_js__WEBPACK_IMPORTED_MODULE_5__.errorOf)(answer);
    if (answer !== undefined)
        return answer;
    if (end === 'EACCES')
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .SetupError */ .w3('no-namespace', `starting ${withQemu} failed: EACCES, so its folder is mounted noexec`, {
            hint: `let ${process.env.RUNNER_TEMP ? 'RUNNER_TEMP' : 'TMPDIR'} name a folder where programs may be executed`,
        });
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .SetupError */ .w3('internal', `the set-up inside the private scope ended without an answer (${end})`, {
        hint: 'somebody killed it, or it is a bug of setup-qemu',
    });
}
function ending(child) {
    return new Promise((resolve) => {
        child.once('error', (error) => resolve((0,_system_command_js__WEBPACK_IMPORTED_MODULE_7__/* .errnoName */ .gh)(error)));
        child.once('close', (status, signal) => resolve(signal ?? `exit status ${status}`));
    });
}


/***/ })

};
