export const id = 255;
export const ids = [255];
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


/***/ })

};
