export const id = 169;
export const ids = [169,799,484];
export const modules = {

/***/ 6169:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  compareResult: () => (/* binding */ compareResult)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
;// CONCATENATED MODULE: ./build/src/core/compare/bisection.js
// The first good one of versions in their order, found with few trials: it is taken that once it works it stays so.
/** The next step over versions from the oldest to the newest, of which some are known to be good (true) or bad. */
function bisectionStep(versions, known) {
    const [oldest, newest] = [versions[0], versions.at(-1)];
    if (oldest === undefined || newest === undefined)
        return { kind: 'found', good: null, bad: null };
    // both ends first: without a bad and a good one there is nothing to find between them
    for (const end of [newest, oldest])
        if (!known.has(end))
            return { kind: 'try', version: end };
    if (known.get(newest) === false)
        return { kind: 'found', good: null, bad: newest };
    if (known.get(oldest) === true)
        return { kind: 'found', good: oldest, bad: null };
    let [bad, good] = [0, versions.length - 1];
    for (const [at, version] of versions.entries()) {
        if (known.get(version) === false && at < good)
            bad = Math.max(bad, at);
        if (known.get(version) === true && at > bad)
            good = Math.min(good, at);
    }
    const middle = versions[Math.floor((bad + good) / 2)];
    if (good - bad > 1 && middle !== undefined)
        return { kind: 'try', version: middle };
    return { kind: 'found', good: versions[good] ?? null, bad: versions[bad] ?? null };
}
/** What was found, in words. */
function bisectionText({ good, bad }) {
    if (good === null)
        return `fails even under ${bad}, the newest that was tried`;
    return bad === null
        ? `works already under ${good}, the oldest that was tried`
        : `fails under ${bad}, works from ${good}`;
}

;// CONCATENATED MODULE: ./build/src/core/compare/comparison.js
// The same command under several emulators: what came of each, and what follows in words.
/** How runs ended: `exit status 1`, `signal SIGSEGV`, `ended after 10 s`. */
function endText({ status, signal, timedOut, seconds }) {
    if (timedOut)
        return `ended after ${seconds.toFixed(0)} s`;
    return signal === null ? `exit status ${status}` : `signal ${signal}`;
}
/** A run's result without its times: equal texts are equal results. */
function resultOf(run) {
    return run.timedOut ? 'ended after too long a time' : endText(run);
}
function isGood({ status, timedOut }) {
    return status === 0 && !timedOut;
}
/** What a command does under an emulator, over all its runs. */
function behaviourOf({ runs, failure }) {
    if (failure !== null)
        return 'not set up';
    const good = runs.filter(isGood).length;
    if (good === runs.length)
        return 'works';
    return good === 0 ? 'fails' : 'varies';
}
/** The distinct results of a trial, with how often each came: `exit status 0 (3 times), signal SIGSEGV (2 times)`. */
function resultsText({ runs, failure }) {
    if (failure !== null)
        return 'not set up';
    const counts = new Map();
    for (const run of runs)
        counts.set(resultOf(run), (counts.get(resultOf(run)) ?? 0) + 1);
    if (counts.size === 1)
        return [...counts.keys()][0] ?? '';
    return [...counts].map(([result, times]) => `${result} (${times} of ${runs.length})`).join(', ');
}
/** The verdict over trials, given from the oldest to the newest; `ordered`: "from" and "up to" have a meaning for them. */
function verdictOf(trials, ordered) {
    const behaviours = trials.map(behaviourOf);
    const results = new Set(trials.map((trial) => resultsText(trial)));
    const differing = differingOutputs(trials);
    const agree = results.size === 1 &&
        !behaviours.includes('varies') &&
        differing === undefined &&
        results.has('not set up') === false;
    const firstGood = firstGoodOf(trials, behaviours, ordered);
    const [first] = trials;
    if (first === undefined)
        return { agree: true, sentence: 'nothing was run', firstGood };
    if (results.size === 1 && behaviours[0] === 'works')
        return {
            agree,
            sentence: `works under ${everyText(trials)}${differing === undefined ? '' : `, but ${differing}`}`,
            firstGood,
        };
    if (results.size === 1 && behaviours[0] === 'fails')
        return {
            agree,
            sentence: `fails ${trials.length === 1 ? '' : 'the same way '}under ${everyText(trials)}: ${resultsText(first)}`,
            firstGood,
        };
    return { agree, sentence: partsText(trials, behaviours, ordered, differing), firstGood };
}
function everyText(trials) {
    if (trials.length === 1)
        return trials[0]?.label ?? '';
    return trials.length === 2 ? 'both' : `all ${trials.length}`;
}
function firstGoodOf(trials, behaviours, ordered) {
    // of one that could not be set up nobody knows
    if (!ordered || behaviours.findLast((behaviour) => behaviour !== 'not set up') !== 'works')
        return null;
    const bad = behaviours.findLastIndex((behaviour) => behaviour === 'fails' || behaviour === 'varies');
    return bad < 0 ? null : (trials.find((_, at) => at > bad && behaviours[at] === 'works')?.label ?? null);
}
function partsText(trials, behaviours, ordered, differing) {
    const named = (behaviour) => trials.filter((_, at) => behaviours[at] === behaviour);
    const good = named('works');
    const ran = behaviours.filter((behaviour) => behaviour !== 'not set up');
    const change = ran.filter((behaviour, at) => at > 0 && behaviour !== ran[at - 1]).length;
    const isSplit = ordered && change === 1 && good.length > 0;
    const rising = ran.at(-1) === 'works';
    const works = good.length === 0
        ? []
        : [
            `works ${isSplit ? (rising ? `from ${good[0]?.label}` : `up to ${good.at(-1)?.label}`) : `under ${labels(good)}`}`,
        ];
    const others = ['fails', 'varies'].flatMap((behaviour) => {
        const list = named(behaviour);
        if (list.length === 0)
            return [];
        const results = [...new Set(list.map(resultsText))];
        const from = isSplit && !rising ? `from ${list[0]?.label}` : `under ${labels(list)}`;
        return [`${behaviour === 'fails' ? 'fails' : 'fails at times'} ${from} (${results.join('; ')})`];
    });
    const parts = rising || !isSplit ? [...others, ...works] : [...works, ...others];
    const lost = labels(named('not set up'));
    const rest = [
        ...(differing === undefined ? [] : [differing]),
        ...(lost === '' ? [] : [`could not be set up: ${lost}`]),
    ];
    return [...parts, ...rest].join(', ');
}
function labels(trials) {
    const names = trials.map(({ label }) => label);
    return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
/**
 * Where working trials print something different, in words; undefined where they do not, or where the output of one and the same emulator
 * varies from run to run, so that it says nothing.
 */
function differingOutputs(trials) {
    const working = trials.filter((trial) => behaviourOf(trial) === 'works');
    const outputs = working.map(({ runs }) => new Set(runs.map(({ output }) => output)));
    if (outputs.some((set) => set.size > 1 || set.has(null)))
        return undefined;
    const firsts = outputs.map((set) => [...set][0]);
    const newest = firsts.at(-1);
    const others = working.filter((_, at) => firsts[at] !== newest);
    if (others.length === 0)
        return undefined;
    return `prints something else under ${labels(others)} than under ${working.at(-1)?.label}`;
}
/** Median, least and most of some numbers. */
function spreadOf(numbers) {
    const sorted = [...numbers].sort((a, b) => a - b);
    const middle = (sorted.length - 1) / 2;
    const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
    return { median, least: sorted[0] ?? 0, most: sorted.at(-1) ?? 0 };
}
/**
 * Which working trial is fastest by processor time, in words: a difference is claimed only where all runs of the one are beyond all of the
 * other. Undefined where there is nothing to compare: fewer than two such trials, or fewer than three runs each.
 */
function fastestText(trials) {
    const timed = trials
        .filter((trial) => behaviourOf(trial) === 'works' && trial.runs.length >= 3)
        .map(({ label, runs }) => ({ label, ...spreadOf(runs.map(({ cpuSeconds }) => cpuSeconds)) }))
        .sort((a, b) => a.median - b.median);
    const [first, ...others] = timed;
    if (first === undefined || others.length === 0)
        return undefined;
    const alike = others.filter(({ least }) => least <= first.most);
    const slower = others.filter(({ least }) => least > first.most);
    const range = `${first.median.toFixed(2)} s, ${first.least.toFixed(2)} to ${first.most.toFixed(2)}`;
    const tied = alike.length === 0 ? '' : `; no difference beyond the spread to ${alike.map(({ label }) => label).join(', ')}`;
    if (slower.length === 0)
        return `processor time: no difference beyond the spread among ${timed.map(({ label }) => label).join(', ')}`;
    const factors = slower.map(({ label, median }) => `${(median / first.median).toFixed(1)} times as much under ${label}`);
    return `processor time: least under ${first.label} (${range})${tied}; ${factors.join(', ')}`;
}

// EXTERNAL MODULE: ./build/src/core/model/errors.js
var errors = __webpack_require__(2936);
// EXTERNAL MODULE: ./build/src/core/model/finding.js
var finding = __webpack_require__(9530);
// EXTERNAL MODULE: ./build/src/core/model/targets.js + 1 modules
var model_targets = __webpack_require__(5732);
// EXTERNAL MODULE: ./build/src/core/report/finding-text.js + 3 modules
var finding_text = __webpack_require__(8437);
// EXTERNAL MODULE: ./build/src/core/text/errno-text.js
var errno_text = __webpack_require__(4770);
// EXTERNAL MODULE: ./build/src/journal/sweep.js
var sweep = __webpack_require__(3629);
// EXTERNAL MODULE: ./build/src/scope/private-run.js
var private_run = __webpack_require__(5601);
// EXTERNAL MODULE: ./build/src/system/folder.js
var folder = __webpack_require__(8143);
// EXTERNAL MODULE: ./build/src/system/on-signal.js
var on_signal = __webpack_require__(6635);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/src/system/command.js
var command = __webpack_require__(9478);
// EXTERNAL MODULE: ./build/src/system/temporary-folder.js
var temporary_folder = __webpack_require__(8317);
;// CONCATENATED MODULE: ./build/src/compare/measurer.js
// Runs a program under the measurer of probes/measure, which waits for it and writes how it ended and what it took.







const words = 24;
const names = new Map(Object.entries(external_node_os_.constants.signals).map(([name, number]) => [number, name]));
/** A folder with the measurer in it, and its results; `close` removes it. */
class Measurer {
    #folder;
    #forget;
    #count = 0;
    /** Throws `probe-unrunnable` where none of the folders can hold a program that is executed. */
    constructor(program, parents) {
        const { folder, forget } = (0,temporary_folder/* goingFolder */.PP)(() => folderFor(program, parents));
        this.#folder = folder;
        this.#forget = forget;
    }
    close() {
        this.#forget();
        (0,external_node_fs_.rmSync)(this.#folder, { recursive: true, force: true });
    }
    /** The words that run a program measured, and what gives its result once they have ended; undefined when they were killed. */
    measured(file, argv) {
        const place = (0,external_node_path_.join)(this.#folder, `result-${++this.#count}`);
        return { words: [(0,external_node_path_.join)(this.#folder, 'measure'), place, file, ...argv], result: () => measureIn(place) };
    }
}
function folderFor(program, parents) {
    const made = (0,folder/* folderInFirst */.ue)(parents, (0,temporary_folder/* temporaryPrefix */.wd)('measure'), (folder) => {
        const place = (0,external_node_path_.join)(folder, 'measure');
        (0,external_node_fs_.writeFileSync)(place, program, { mode: 0o755 });
        // on a file system that is mounted noexec the answer is EACCES, for root too
        (0,external_node_fs_.accessSync)(place, external_node_fs_.constants.X_OK);
    });
    if ('folder' in made)
        return made.folder;
    throw new errors/* SetupError */.w3('probe-unrunnable', `there is no folder in which the command can be measured; tried ${made.answers}`, {
        hint: 'let TMPDIR name a folder that is writable and not mounted noexec',
    });
}
/** The record as probes/measure/amd64.S writes it; wait status as in wait(2), times and memory as in getrusage(2). */
function measureIn(place) {
    let bytes;
    try {
        bytes = (0,external_node_fs_.readFileSync)(place);
    }
    catch (error) {
        if ((0,command/* errnoName */.gh)(error) === 'ENOENT')
            return undefined;
        throw error;
    }
    if (bytes.length !== words * 8)
        return undefined;
    const word = (at) => Number(bytes.readBigInt64LE(at * 8));
    const [errno, wait] = [word(0), word(1)];
    const signal = wait & 0x7f;
    return {
        status: signal === 0 ? (wait >> 8) & 0xff : null,
        signal: signal === 0 ? null : (names.get(signal) ?? `SIG${signal}`),
        errno: errno === 0 ? null : (0,command/* errnoOfNumber */.Pe)(errno),
        seconds: word(4) - word(2) + (word(5) - word(3)) / 1e9,
        cpuSeconds: word(6) + word(8) + (word(7) + word(9)) / 1e6,
        peakBytes: word(10) * 1024,
    };
}

;// CONCATENATED MODULE: ./build/src/compare/compare.js
// The same command under several emulators, each in a private table of its own, and what came of it.














/** Runs everything and gives the comparison. Throws `no-namespace`, `probe-unrunnable`, and when no trial could be set up its reason. */
async function compare(wish, machine) {
    (0,sweep/* sweepLeftovers */.Z)(machine.cacheFolder);
    const measurer = new Measurer(machine.measurer, (0,folder/* temporaryParents */.j5)(machine.cacheFolder));
    const stage = new Stage(wish, machine, measurer);
    const stop = (0,on_signal/* onEnding */.n)(() => {
        stage.end();
        measurer.close();
    });
    try {
        const cpus = wish.cpus.length === 0 ? [null] : wish.cpus;
        const candidates = wish.versions.flatMap((version) => cpus.map((cpu) => ({ version, cpu })));
        const { trials, found } = wish.bisect
            ? await bisected(wish.versions, stage)
            : { trials: await stage.all(candidates), found: null };
        const verdict = verdictOf(trials, wish.cpus.length < 2);
        return { command: wish.argv, trials, verdict, found, parallel: wish.parallel, expect: wish.expect };
    }
    finally {
        stop();
        // where one could not even be started, others still go on
        stage.end();
        measurer.close();
    }
}
async function bisected(versions, stage) {
    const known = new Map();
    const trials = new Map();
    for (;;) {
        const step = bisectionStep(versions, known);
        if (step.kind === 'found')
            return { trials: versions.flatMap((version) => trials.get(version) ?? []), found: step };
        const [trial] = await stage.all([{ version: step.version, cpu: null }]);
        if (trial === undefined || behaviourOf(trial) === 'not set up')
            throw new errors/* SetupError */.w3('internal', `QEMU ${step.version} could not be set up: ${trial?.failure}`, {
                hint: 'name the versions with --qemu and leave this one out',
            });
        trials.set(step.version, trial);
        known.set(step.version, behaviourOf(trial) === 'works');
    }
}
/** The runs that go on, and how one is done. */
class Stage {
    #wish;
    #machine;
    #measurer;
    #running = new Set();
    #failure;
    constructor(wish, machine, measurer) {
        this.#wish = wish;
        this.#machine = machine;
        this.#measurer = measurer;
    }
    /** Ends every run that goes on. */
    end() {
        for (const run of this.#running)
            run.kill();
    }
    /** All candidates, in turn and that as often as is asked for, so that what else the machine does meets all alike. */
    async all(candidates) {
        const { repeat, parallel } = this.#wish;
        const trials = candidates.map((candidate) => emptyTrial(candidate));
        const turns = Array.from({ length: repeat }, () => candidates.keys())
            .flatMap((keys) => [...keys])
            .values();
        const worker = async () => {
            for (const at of turns) {
                const trial = trials[at];
                if (trial === undefined || trial.failure !== null)
                    continue;
                const more = await this.#once(candidates[at]);
                const now = trials[at];
                trials[at] = { ...now, ...more, runs: [...now.runs, ...more.runs] };
            }
        };
        await Promise.all(Array.from({ length: parallel ? (0,external_node_os_.availableParallelism)() : 1 }, worker));
        // nothing could be set up: then the reason is the answer
        if (trials.every(({ failure }) => failure !== null) && this.#failure !== undefined)
            throw this.#failure;
        return trials;
    }
    async #once(candidate) {
        const wish = this.#wish;
        const measured = this.#measurer.measured(wish.file, wish.argv);
        const run = new private_run/* PrivateRun */.N({
            ask: {
                words: { ...wish.words, qemuVersion: candidate.version, cpu: candidate.cpu ?? '', scope: 'private' },
                cacheFolder: this.#machine.cacheFolder,
                owner: this.#machine.owner,
                log: { face: 'console', quiet: true, verbose: false },
            },
            command: measured.words,
            root: wish.asRoot,
            log: this.#machine.log,
            stdio: ['ignore', 'pipe', 'pipe'],
        });
        this.#running.add(run);
        const heard = heardFrom(run, wish.compareOutput);
        const timer = wish.timeout === null ? undefined : this.#limit(run, wish.timeout);
        try {
            const end = await run.end();
            const measure = measured.result();
            return this.#concluded(candidate, run.outcome, end, { measure, ...heard(), timedOut: timer?.isOver() === true });
        }
        catch (thrown) {
            const error = (0,errors/* asSetupError */.AD)(thrown);
            this.#failure ??= error;
            return { build: null, runs: [], failure: error.message };
        }
        finally {
            timer?.stop();
            this.#running.delete(run);
        }
    }
    /** The time counts from when the command itself has begun. */
    #limit(run, seconds) {
        let begun;
        let over = false;
        const look = setInterval(() => {
            if (begun === undefined && run.isStarted)
                begun = performance.now();
            if (begun === undefined || performance.now() - begun < seconds * 1000)
                return;
            over = true;
            run.kill();
        }, 20);
        return { stop: () => clearInterval(look), isOver: () => over };
    }
    #concluded({ version, cpu }, outcome, end, seen) {
        const build = outcome?.targets.find(({ state }) => state === 'emulated')?.emulator?.build ?? null;
        if (end.kind === 'unproven') {
            this.#failure ??= refusalOf(end.outcome);
            return { build, runs: [], failure: unprovenText(end.outcome) };
        }
        const { measure, output, lastWords, timedOut } = seen;
        const errno = end.kind === 'unstarted' ? end.errno : (measure?.errno ?? null);
        if (errno !== null) {
            const failure = `the command cannot be executed: ${(0,errno_text/* errnoWords */.s)(errno)}`;
            this.#failure ??= new errors/* SetupError */.w3('usage', `${failure} (${(0,model_targets/* printable */.g$)(this.#wish.file, 200)})`, {
                hint: 'name a program of one of the platforms; a script needs a first line that begins with #!',
            });
            return { build, runs: [], failure };
        }
        if (measure === undefined && !timedOut)
            return {
                build,
                runs: [],
                failure: `the run was ended from outside (${end.kind === 'ended' ? (end.signal ?? end.status) : end.kind})`,
            };
        const nothing = { status: null, signal: null, seconds: this.#wish.timeout ?? 0, cpuSeconds: 0, peakBytes: 0 };
        const { status, signal, seconds, cpuSeconds, peakBytes } = measure ?? nothing;
        const run = { status, signal, timedOut, seconds, cpuSeconds, peakBytes, lastWords, output };
        this.#machine.log.info(`QEMU ${labelOf({ version, cpu })}: ${runText(run)}`);
        return { build, runs: [run], failure: null };
    }
}
function runText({ status, signal, timedOut, seconds }) {
    if (timedOut)
        return `ended after ${seconds} s`;
    return `${signal === null ? `exit status ${status}` : `signal ${signal}`}, ${seconds.toFixed(2)} s`;
}
function labelOf({ version, cpu }) {
    return cpu === null ? version : `${version} (${cpu})`;
}
function emptyTrial(candidate) {
    return {
        label: labelOf(candidate),
        qemuVersion: candidate.version,
        cpu: candidate.cpu,
        build: null,
        runs: [],
        failure: null,
    };
}
function unprovenText({ targets }) {
    const reasons = targets.flatMap(({ platform, findings }) => findings.filter(finding/* isFailure */.N).map((finding) => (0,finding_text/* explanation */.Qb)(finding, platform.target.name).reason));
    return reasons.join('; ');
}
/** The error that an emulator which could not be had stands for; undefined where it was had, and what it did was wrong. */
function refusalOf({ targets }) {
    for (const finding of targets.flatMap(({ findings }) => findings)) {
        if (finding.kind !== 'not-set-up')
            continue;
        const code = errors/* setupErrorCodes */.Yo.find((known) => known === finding.code);
        if (code !== undefined)
            return new errors/* SetupError */.w3(code, finding.reason, { hint: finding.hint });
    }
    return undefined;
}
/** What a run prints: the hash of standard output, and the last line of standard error, or else of standard output. */
function heardFrom(run, compareOutput) {
    const { stdout, stderr } = run.streams;
    const hash = (0,external_node_crypto_.createHash)('sha256');
    stdout?.on('data', (chunk) => hash.update(chunk));
    const [onStderr, onStdout] = [lastLineOf(stderr), lastLineOf(stdout)];
    return () => ({ output: compareOutput ? hash.digest('hex') : null, lastWords: onStderr() || onStdout() });
}
/** Listens to a stream; the returned function gives the last line that is not blank. */
function lastLineOf(stream) {
    let tail = Buffer.alloc(0);
    stream?.on('data', (chunk) => {
        tail = Buffer.concat([tail, chunk.subarray(-4096)]).subarray(-4096);
    });
    return () => tail.toString('utf8').trimEnd().split('\n').at(-1)?.trim() ?? '';
}

// EXTERNAL MODULE: ./build/src/core/model/catalog.js
var model_catalog = __webpack_require__(6872);
// EXTERNAL MODULE: ./build/src/core/request/input-values.js
var input_values = __webpack_require__(6566);
;// CONCATENATED MODULE: ./build/src/core/compare/expectation.js
// What a comparison is expected to come to, and what follows for an exit status when it does not.

/** What makes a comparison green: it works under all, all come to the same (also if that is a failure), or they differ. */
const expectations = ['works', 'agree', 'differ'];
function outcomeOf(trials, { agree }) {
    if (trials.length === 0)
        return 'incomplete';
    if (agree)
        return trials.some((trial) => behaviourOf(trial) === 'fails') ? 'fails' : 'works';
    const ran = trials.filter((trial) => behaviourOf(trial) !== 'not set up');
    const isLossAlone = ran.length < trials.length && (ran.length === 0 || verdictOf(ran, false).agree);
    return isLossAlone ? 'incomplete' : 'differ';
}
/** Whether an outcome is what was expected. One that is incomplete never is: it would be green without having been looked at. */
function isExpected(outcome, expect) {
    switch (expect) {
        case 'works':
            return outcome === 'works';
        case 'agree':
            return outcome === 'works' || outcome === 'fails';
        case 'differ':
            return outcome === 'differ';
    }
}
/** 2 is wrong usage, as for every command. */
const statusOf = { differ: 1, incomplete: 1, fails: 3, works: 4 };
/** The exit status: 0 for what was expected, else one that tells what it is instead. */
function comparisonStatus(outcome, expect) {
    return isExpected(outcome, expect) ? 0 : statusOf[outcome];
}

;// CONCATENATED MODULE: ./build/src/core/compare/compare-request.js
// What is to be compared, out of the words of the command line's options or the action's inputs.





/**
 * Reads the words. Versions are separated by commas or white space and may be prefixes; none named: all of the catalog that have the platforms, or
 * for CPU models its default. CPU models are separated by white space alone, as their properties are by commas. Throws `invalid-input` and `unknown-version`.
 */
function compareRequest(words, catalog, where) {
    const cpus = words.cpu.split(/\s+/).filter((word) => word !== '');
    const bisect = (0,input_values/* booleanOf */.SF)('bisect', words.bisect, false);
    if (bisect && cpus.length > 0)
        throw new errors/* SetupError */.w3('invalid-input', 'bisect goes over versions, and CPU models are given too', {
            hint: 'leave cpu out, or bisect',
        });
    return {
        versions: versionsAsked(words.qemu, cpus.length > 0, catalog, where),
        cpus,
        repeat: words.repeat === '' ? 1 : countOf('repeat', words.repeat, 1000),
        parallel: (0,input_values/* booleanOf */.SF)('parallel', words.parallel, false),
        bisect,
        timeout: words.timeout === '' ? null : countOf('timeout', words.timeout, 86_400),
        compareOutput: !(0,input_values/* booleanOf */.SF)('ignore-output', words.ignoreOutput, false),
        expect: (0,input_values/* oneOf */.yL)('expect', words.expect, expectations),
    };
}
function versionsAsked(text, forCpus, catalog, where) {
    const inOrder = (0,model_catalog/* versionsOf */.x4)(catalog).reverse();
    const named = (0,input_values/* wordsOf */.Z9)(text).map((word) => (0,model_catalog/* versionNamed */.yC)(word, catalog));
    if (named.length === 0)
        return forCpus ? [catalog.default] : serving(inOrder, catalog, where);
    return inOrder.filter((version) => named.includes(version));
}
/** Those of the versions that have an emulator for each platform for which any of them has one. */
function serving(versions, catalog, { targets, host }) {
    const has = (version, target) => (0,model_catalog/* emulatorFor */.jt)(catalog, version, host, target) !== undefined;
    const emulated = targets.filter((target) => versions.some((version) => has(version, target)));
    return versions.filter((version) => emulated.every((target) => has(version, target)));
}
function countOf(input, word, most) {
    const number = /^\d{1,6}$/.test(word.trim()) ? Number(word) : 0;
    if (number >= 1 && number <= most)
        return number;
    throw new errors/* SetupError */.w3('invalid-input', `${input} is "${(0,model_targets/* printable */.g$)(word)}"`, {
        hint: `write a whole number from 1 to ${most}`,
    });
}

// EXTERNAL MODULE: ./build/src/core/report/report.js + 1 modules
var report = __webpack_require__(7476);
// EXTERNAL MODULE: ./build/src/core/text/visible.js
var visible = __webpack_require__(6951);
;// CONCATENATED MODULE: ./build/src/core/compare/comparison-text.js
// A comparison as a table: for a terminal, for the job summary, and as JSON.






const head = ['QEMU', 'result', 'time', 'CPU time', 'peak memory', 'last words'];
function cellsOf(trial) {
    const { label, runs, failure } = trial;
    if (failure !== null)
        return [label, resultsText(trial), '', '', '', shown(failure, 200)];
    const seconds = (numbers) => {
        const { median, least, most } = spreadOf(numbers);
        return runs.length === 1
            ? `${median.toFixed(2)} s`
            : `${median.toFixed(2)} s (${least.toFixed(2)} to ${most.toFixed(2)})`;
    };
    const bad = runs.find(({ status }) => status !== 0) ?? runs[0];
    return [
        label,
        resultsText(trial),
        seconds(runs.map((run) => run.seconds)),
        seconds(runs.map((run) => run.cpuSeconds)),
        (0,report/* megabytes */.ix)(Math.max(...runs.map(({ peakBytes }) => peakBytes))),
        shown(bad?.lastWords ?? '', 120),
    ];
}
/** A stranger's text for one line: control characters stay escaped, quotes and backslashes are as they were. */
function shown(text, limit) {
    return (0,model_targets/* printable */.g$)(text, limit).replace(/\\(["\\])/g, '$1');
}
/** The sentences below the table. */
function sentencesOf({ trials, verdict, found, parallel }) {
    const fastest = parallel ? undefined : fastestText(trials);
    return [found === null ? verdict.sentence : bisectionText(found), ...(fastest === undefined ? [] : [fastest])];
}
/** For a terminal. */
function comparisonText(comparison) {
    return [(0,report/* tableText */.qK)([head, ...comparison.trials.map(cellsOf)]), '', ...sentencesOf(comparison)].join('\n');
}
/** For the job summary: GitHub-flavoured Markdown. */
function comparisonMarkdown(comparison) {
    const rows = [head, head.map(() => '---'), ...comparison.trials.map((trial) => cellsOf(trial).map(markdownText))];
    const [verdict = '', ...more] = sentencesOf(comparison);
    const command = shown(comparison.command.join(' '), 200).replaceAll('`', "'");
    return [
        `### \`${command}\` under several QEMUs`,
        '',
        ...rows.map((row) => `| ${row.join(' | ')} |`),
        '',
        `**${markdownText(verdict)}**`,
        ...more.flatMap((sentence) => ['', markdownText(sentence)]),
        '',
    ].join('\n');
}
/** For `--json`, and the action's output. */
function comparisonJson(comparison) {
    const { command, trials, verdict, found, parallel, expect } = comparison;
    const outcome = outcomeOf(trials, verdict);
    const fastest = parallel ? undefined : fastestText(trials);
    return {
        ok: isExpected(outcome, expect),
        expect,
        outcome,
        agree: verdict.agree,
        command,
        verdict: found === null ? verdict.sentence : bisectionText(found),
        firstGood: found === null ? verdict.firstGood : found.good,
        fastest: fastest ?? null,
        trials: trials.map((trial) => ({ ...trial, result: resultsText(trial) })),
    };
}

// EXTERNAL MODULE: ./build/src/core/request/request.js + 1 modules
var request_request = __webpack_require__(9317);
// EXTERNAL MODULE: ./build/src/system/machine.js + 5 modules
var system_machine = __webpack_require__(2099);
// EXTERNAL MODULE: ./build/src/system/program.js
var system_program = __webpack_require__(2311);
// EXTERNAL MODULE: ./build/src/cli/result.js
var result = __webpack_require__(351);
// EXTERNAL MODULE: ./build/src/cli/run.js + 1 modules
var run = __webpack_require__(5799);
// EXTERNAL MODULE: ./build/src/cli/setup.js + 3 modules
var setup = __webpack_require__(7025);
;// CONCATENATED MODULE: ./build/src/cli/compare.js
// `setup-qemu compare`: the same command under several QEMU versions or CPU models.












/** Green: it came to what was expected. */
async function compareResult({ rest = [], values }) {
    const [name] = rest;
    if (name === undefined)
        throw new errors/* SetupError */.w3('usage', 'compare is given no command', {
            hint: 'setup-qemu compare --qemu 7.2,10.0,11.1 -- COMMAND, with the command after --',
        });
    const program = (0,system_program/* findProgram */.Kp)(name);
    if ('errno' in program)
        throw new errors/* SetupError */.w3('usage', `${(0,model_targets/* printable */.g$)(name, 200)} cannot be executed: ${program.why}`, {
            hint: 'name a program as a shell would find it',
        });
    const machine = (0,result/* machineOf */.V)(values);
    // the models to compare are no model to set up with
    const words = { ...(0,setup/* requestWords */.X)((0,run/* platformsOf */.W)(values, name, program.file, machine), values), cpu: '' };
    const { platforms } = (0,request_request/* parseRequest */.TR)({ ...words, scope: 'private' }, machine.catalog, machine.host, system_machine/* provable */.yd);
    const targets = platforms.map(({ target }) => target);
    const request = compareRequest(compareWords(values), machine.catalog, { targets, host: machine.host });
    const asRoot = values['as-root'] === true;
    const comparison = await compare({ ...request, asRoot, words, file: program.file, argv: rest }, machine);
    const json = comparisonJson(comparison);
    const status = comparisonStatus(json.outcome, json.expect);
    return { text: comparisonText(comparison), json, ok: json.ok, status };
}
/** The options as words. */
function compareWords(values) {
    const flag = (value) => (value === true ? 'true' : 'false');
    return {
        qemu: values.qemu ?? '',
        cpu: values.cpu ?? '',
        repeat: values.repeat ?? '',
        parallel: flag(values.parallel),
        bisect: flag(values.bisect),
        timeout: values.timeout ?? '',
        ignoreOutput: flag(values['ignore-output']),
        expect: values.expect ?? '',
    };
}


/***/ }),

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
