export const id = 484;
export const ids = [484];
export const modules = {

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
