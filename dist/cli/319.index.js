export const id = 319;
export const ids = [319,502];
export const modules = {

/***/ 7121:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   errorOf: () => (/* binding */ errorOf),
/* harmony export */   workInside: () => (/* binding */ workInside)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7030);
/* harmony import */ var node_readline__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(481);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3026);
/* harmony import */ var _core_outcome_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(973);
/* harmony import */ var _core_request_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3638);
/* harmony import */ var _machine_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3899);
/* harmony import */ var _setup_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(534);
/* harmony import */ var _system_command_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(9478);
/* harmony import */ var _system_console_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(634);
/* harmony import */ var _system_open_files_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(2389);
// What the bundle does when it is started once more inside a private scope: the usual setup, asked and answered over file 3 in lines of JSON,
// and for a run the command itself. It ends when whoever started it is gone.











/** Signals that a terminal sends to all in front of it: this process must hear how the command ended. */
const outlived = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGTSTP'];
/** Does what is asked over file 3; `workflowLog` is the action's, which only its bundle has. Resolves when the answer is given, or the command has ended. */
async function workInside(workflowLog) {
    const socket = new node_net__WEBPACK_IMPORTED_MODULE_1__.Socket({ fd: 3, readable: true, writable: true });
    socket.on('error', () => process.exit(1));
    const answer = (value) => socket.write(`${JSON.stringify(value)}\n`);
    let child;
    const ask = await new Promise((resolve) => {
        const lines = (0,node_readline__WEBPACK_IMPORTED_MODULE_2__.createInterface)({ input: socket });
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
    if (ask.run !== undefined && result.kind === 'outcome' && (0,_core_outcome_js__WEBPACK_IMPORTED_MODULE_4__/* .isProven */ .nn)(result.outcome)) {
        // what the emulators are told goes to the command as it went to the probes
        const environment = { ...ask.run.environment, ...result.outcome.environment };
        child = await started({ ...ask.run, environment }, answer).catch((thrown) => {
            answer(errorAnswer(thrown));
            return undefined;
        });
        if (child !== undefined)
            answer(await endOf(child));
    }
    await new Promise((resolve) => socket.end(resolve));
    process.exit();
}
async function resultOf({ deed, words, cacheFolder, owner, log }, workflowLog) {
    try {
        const machine = (0,_machine_js__WEBPACK_IMPORTED_MODULE_6__/* .thisMachine */ .g8)({ cacheFolder, owner, log: logOf(log, workflowLog) });
        const request = (0,_core_request_js__WEBPACK_IMPORTED_MODULE_5__/* .parseRequest */ .TR)(words, machine.catalog, machine.host, _machine_js__WEBPACK_IMPORTED_MODULE_6__/* .provable */ .yd);
        if (deed === 'plan')
            return { kind: 'plan', plan: await (0,_setup_js__WEBPACK_IMPORTED_MODULE_7__/* .planOnly */ .E)(request, machine) };
        return { kind: 'outcome', outcome: await (0,_setup_js__WEBPACK_IMPORTED_MODULE_7__/* .setup */ .m)(request, machine) };
    }
    catch (thrown) {
        return errorAnswer(thrown);
    }
}
function errorAnswer(thrown) {
    const { code, message, hint } = (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .asSetupError */ .AD)(thrown);
    return { kind: 'error', code, message, hint };
}
function logOf(log, workflowLog) {
    if (log.face === 'console')
        return (0,_system_console_js__WEBPACK_IMPORTED_MODULE_9__/* .consoleLog */ .aO)(log, _system_console_js__WEBPACK_IMPORTED_MODULE_9__/* .steadyStderr */ .Vb);
    if (workflowLog === undefined)
        throw new Error('the face that was asked is not the action');
    return workflowLog;
}
async function started(run, answer) {
    const unmounted = await (0,_system_command_js__WEBPACK_IMPORTED_MODULE_8__/* .command */ .G5)('umount', ['-l', run.unmount]);
    if (unmounted.status !== 0)
        throw new Error(`unmounting ${run.unmount} failed: ${unmounted.stderr}`);
    const child = (0,_system_open_files_js__WEBPACK_IMPORTED_MODULE_10__/* .withStreams */ .C5)((0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(run.file, run.args, { stdio: 'inherit', env: run.environment }));
    return new Promise((resolve) => {
        child.once('spawn', () => {
            answer({ kind: 'started' });
            resolve(child);
        });
        child.once('error', (error) => {
            answer({ kind: 'unstarted', errno: (0,_system_command_js__WEBPACK_IMPORTED_MODULE_8__/* .errnoName */ .gh)(error) });
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
    return (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .errorAgain */ .$M)(code, message, hint);
}


/***/ }),

/***/ 8319:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ insideProgram),
/* harmony export */   planPrivately: () => (/* binding */ planPrivately),
/* harmony export */   setupPrivately: () => (/* binding */ setupPrivately)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var node_readline__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(481);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3026);
/* harmony import */ var _core_outcome_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(973);
/* harmony import */ var _inside_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(7121);
/* harmony import */ var _inside_word_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(6418);
/* harmony import */ var _system_binfmt_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(2535);
/* harmony import */ var _system_command_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9478);
/* harmony import */ var _system_ending_signals_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(6716);
/* harmony import */ var _system_keeper_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(518);
/* harmony import */ var _system_open_files_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(2389);
// A private scope: namespaces of one's own with a table of their own, in which setup goes its usual way. It is held open by a keeper
// (system/keeper.ts); the set-up is done by this bundle, started once more inside.












/** The program that works inside: this bundle under this Node. */
function insideProgram() {
    return [process.execPath, process.argv[1] ?? '', _inside_word_js__WEBPACK_IMPORTED_MODULE_11__/* .insideWord */ .H];
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
    const forget = (0,_system_ending_signals_js__WEBPACK_IMPORTED_MODULE_8__/* .onEnding */ .n)(() => (0,_system_keeper_js__WEBPACK_IMPORTED_MODULE_9__/* .closeKeeper */ .vV)(keeper));
    try {
        const answer = await answerInside(keeper, { ...wish.ask, deed: 'plan' }, wish.program);
        if (answer.kind !== 'plan')
            throw new Error(`the plan inside a private scope answered ${answer.kind}`);
        return answer.plan;
    }
    catch (error) {
        throw (0,_system_keeper_js__WEBPACK_IMPORTED_MODULE_9__/* .orClosed */ .UT)(error, keeper);
    }
    finally {
        forget();
        (0,_system_keeper_js__WEBPACK_IMPORTED_MODULE_9__/* .closeKeeper */ .vV)(keeper);
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
    const words = ['--as-root', '--', ...program];
    const child = (0,_system_open_files_js__WEBPACK_IMPORTED_MODULE_10__/* .withStreams */ .C5)((0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(withQemu, words, { stdio: ['ignore', 'inherit', 'inherit', 'pipe'] }));
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
