export const id = 417;
export const ids = [417];
export const modules = {

/***/ 3417:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   workInside: () => (/* binding */ workInside)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var node_net__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7030);
/* harmony import */ var node_readline__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(481);
/* harmony import */ var _core_model_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2936);
/* harmony import */ var _core_report_outcome_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1428);
/* harmony import */ var _core_request_request_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5702);
/* harmony import */ var _system_command_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9478);
/* harmony import */ var _system_console_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5376);
/* harmony import */ var _system_machine_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(2099);
/* harmony import */ var _system_open_files_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(4770);
/* harmony import */ var _setup_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(1310);
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
    if (ask.run !== undefined && result.kind === 'outcome' && (0,_core_report_outcome_js__WEBPACK_IMPORTED_MODULE_4__/* .isProven */ .nn)(result.outcome)) {
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
        const machine = (0,_system_machine_js__WEBPACK_IMPORTED_MODULE_8__/* .thisMachine */ .g8)({ cacheFolder, owner, log: logOf(log, workflowLog) });
        const request = (0,_core_request_request_js__WEBPACK_IMPORTED_MODULE_5__/* .parseRequest */ .TR)(words, machine.catalog, machine.host, _system_machine_js__WEBPACK_IMPORTED_MODULE_8__/* .provable */ .yd);
        if (deed === 'plan')
            return { kind: 'plan', plan: await (0,_setup_js__WEBPACK_IMPORTED_MODULE_10__/* .planOnly */ .E)(request, machine) };
        return { kind: 'outcome', outcome: await (0,_setup_js__WEBPACK_IMPORTED_MODULE_10__/* .setup */ .m)(request, machine) };
    }
    catch (thrown) {
        return errorAnswer(thrown);
    }
}
function errorAnswer(thrown) {
    const { code, message, hint } = (0,_core_model_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .asSetupError */ .AD)(thrown);
    return { kind: 'error', code, message, hint };
}
function logOf(log, workflowLog) {
    if (log.face === 'console')
        return (0,_system_console_js__WEBPACK_IMPORTED_MODULE_7__/* .consoleLog */ .aO)(log, _system_console_js__WEBPACK_IMPORTED_MODULE_7__/* .steadyStderr */ .Vb);
    if (workflowLog === undefined)
        throw new Error('the face that was asked is not the action');
    return workflowLog;
}
async function started(run, answer) {
    const unmounted = await (0,_system_command_js__WEBPACK_IMPORTED_MODULE_6__/* .command */ .G5)('umount', ['-l', run.unmount]);
    if (unmounted.status !== 0)
        throw new Error(`unmounting ${run.unmount} failed: ${unmounted.stderr}`);
    const child = (0,_system_open_files_js__WEBPACK_IMPORTED_MODULE_9__/* .withStreams */ .C5)((0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(run.file, run.args, { stdio: 'inherit', env: run.environment }));
    return new Promise((resolve) => {
        child.once('spawn', () => {
            answer({ kind: 'started' });
            resolve(child);
        });
        child.once('error', (error) => {
            answer({ kind: 'unstarted', errno: (0,_system_command_js__WEBPACK_IMPORTED_MODULE_6__/* .errnoName */ .gh)(error) });
            resolve(undefined);
        });
    });
}
function endOf(child) {
    return new Promise((resolve) => {
        child.once('exit', (status, signal) => resolve({ kind: 'ended', status, signal }));
    });
}


/***/ })

};
