export const id = 694;
export const ids = [694];
export const modules = {

/***/ 7694:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  registerCoursesByContainer: () => (/* binding */ registerCoursesByContainer)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/src/core/engine-answer.js
var engine_answer = __webpack_require__(2974);
// EXTERNAL MODULE: ./build/src/core/errors.js
var errors = __webpack_require__(3026);
// EXTERNAL MODULE: ./build/src/core/targets.js + 1 modules
var targets = __webpack_require__(4813);
// EXTERNAL MODULE: ./build/src/system/command.js
var command = __webpack_require__(9478);
// EXTERNAL MODULE: ./build/src/system/folder.js
var system_folder = __webpack_require__(8143);
// EXTERNAL MODULE: ./build/src/system/regular-file.js
var regular_file = __webpack_require__(1058);
// EXTERNAL MODULE: ./build/src/system/temporary-folder.js
var temporary_folder = __webpack_require__(8317);
;// CONCATENATED MODULE: ./build/src/container-image.js
// Which emulators an image has, read out of it by the engine that has it: nothing of the image is run for that.









/**
 * The emulators of a present image: `paths` has, by target, where one may lie, the likeliest place first. Never throws: what could not be read is
 * `unread`.
 */
async function emulatorsIn(engine, reference, image, paths) {
    if (paths.size === 0)
        return new Map();
    const found = new Map();
    let made;
    try {
        made = (0,temporary_folder/* goingFolder */.PP)(() => (0,temporary_folder/* makeTemporary */.ww)((0,system_folder/* temporaryParents */.j5)()[0] ?? '/tmp', 'image'));
        const { folder } = made;
        await engine.copying(reference, image, async (copy) => {
            for (const [target, places] of paths)
                found.set(target, await firstOf(places, (0,external_node_path_.join)(folder, target), copy));
        });
    }
    catch (thrown) {
        const reason = (0,errors/* asSetupError */.AD)(thrown).message;
        for (const target of paths.keys())
            if (!found.has(target))
                found.set(target, { kind: 'unread', reason });
    }
    finally {
        made?.forget();
        if (made !== undefined)
            (0,temporary_folder/* removeOwnFolder */.Tc)(made.folder);
    }
    return found;
}
async function firstOf(places, to, copy) {
    for (const path of places) {
        const answer = await copy(path, to);
        if (answer.status === 0)
            return hashed(path, to);
        if (!(0,engine_answer/* saysNoFile */.WS)(answer, path))
            return { kind: 'unread', reason: `copying ${path} out of it: ${(0,engine_answer/* endingOf */.z6)(answer)}; ${(0,engine_answer/* lastLines */.w$)(answer)}` };
    }
    return { kind: 'lacks', reason: `it has neither ${places.map((path) => (0,targets/* printable */.g$)(path, 200)).join(' nor ')}` };
}
function hashed(path, file) {
    try {
        if (!(0,external_node_fs_.lstatSync)(file).isFile())
            return { kind: 'unread', reason: `${(0,targets/* printable */.g$)(path, 200)} in it is no regular file` };
        return { kind: 'has', path, sha256: (0,regular_file/* sha256OfFile */.Vq)(file) };
    }
    catch (error) {
        return { kind: 'unread', reason: `the copy of ${(0,targets/* printable */.g$)(path, 200)} could not be read: ${(0,command/* errnoName */.gh)(error)}` };
    }
    finally {
        (0,external_node_fs_.rmSync)(file, { recursive: true, force: true });
    }
}

// EXTERNAL MODULE: ./build/src/core/container.js
var container = __webpack_require__(5958);
// EXTERNAL MODULE: ./build/src/core/recorded.js
var recorded = __webpack_require__(5933);
// EXTERNAL MODULE: ./build/src/put-back.js
var put_back = __webpack_require__(7310);
// EXTERNAL MODULE: ./build/src/system/binfmt.js
var binfmt = __webpack_require__(2535);
// EXTERNAL MODULE: ./build/src/system/engine.js
var system_engine = __webpack_require__(7913);
// EXTERNAL MODULE: ./build/src/system/journal-file.js
var journal_file = __webpack_require__(4987);
;// CONCATENATED MODULE: ./build/src/container.js
// method container: a privileged container registers emulators, as the field has long done it. What it changed is found out by comparing the
// kernel's table before and after; what nobody asked for is undone at once, the rest at the end.










/**
 * Lets an image register the wished targets. The table must be open. `heads` has, by target, the first bytes of a program of it.
 * Throws `no-engine`, `engine-denied`, `engine-failed`, `offline`, `invalid-image`, `journal-unwritable`; the ledger then knows what is to be undone.
 */
async function registerByContainer(wish, ledger, root, heads) {
    const engine = await (0,system_engine/* findEngine */.GO)(wish.engine, root);
    const { image, dialect } = await broughtImage(wish, engine);
    const done = { engine: engine.name, image: (0,engine_answer/* pinnedName */.W2)(wish.image, image), pinned: (0,engine_answer/* isPinned */.T4)(wish.image) };
    const { runs, unknown } = (0,container/* containerRuns */.AM)(dialect, wish.targets, wish);
    const notes = image.digests.length === 0 ? [`${engine.name} knows no digest of the image: it is ${(0,targets/* printable */.g$)(image.id)}`] : [];
    const never = unknown.map(({ name }) => [name, neverMade]);
    const known = wish.targets.filter((target) => !unknown.includes(target));
    if (known.length === 0)
        return { ...done, entries: new Map(), hidden: new Map(), unmade: new Map(never), notes };
    const { made, said } = await runRecorded(() => runAll(engine, wish.image, image, runs), ledger);
    const asked = new Map([...heads].filter(([name]) => wish.targets.some((target) => target.name === name)));
    const undone = await undoUnasked(made, ledger, root, [...asked.values()]);
    const { entries, hidden } = toldApart((0,container/* chosenFor */.g6)(undone.wanted, asked), undone.wanted, wish.targets, asked);
    const missing = known.filter(({ name }) => !entries.has(name) && !hidden.has(name));
    const paths = new Map(missing.map((target) => [target.name, (0,container/* emulatorPaths */.Ot)(dialect, image.env, target)]));
    const emulators = await emulatorsIn(engine, wish.image, image, paths);
    const unmade = missing.flatMap((target) => {
        const emulator = emulators.get(target.name);
        return emulator === undefined ? [] : [[target.name, { emulator, said: (0,container/* linesAbout */.pM)(said, target).map(engine_answer/* sayable */.i) }]];
    });
    return { ...done, entries, hidden, unmade: new Map([...never, ...unmade]), notes: [...notes, ...undone.notes] };
}
const neverMade = {
    emulator: { kind: 'lacks', reason: 'what the image starts never registers it' },
    said: [],
};
/** All runs, the first that fails being the last. Returns what they said; throws `engine-failed`. */
async function runAll(engine, reference, image, runs) {
    const said = [];
    for (const args of runs)
        said.push(await engine.run(reference, image, args));
    return said.join('\n');
}
/** Takes out the entries behind which the image hides a target's own. */
function toldApart(chosen, made, targets, heads) {
    const hidden = new Map();
    for (const target of targets) {
        const entry = chosen.get(target.name);
        const head = heads.get(target.name);
        const pair = entry && head && (0,container/* hiddenBehind */.h8)(entry, made, target, head);
        if (pair !== undefined)
            hidden.set(target.name, pair);
    }
    return { entries: new Map([...chosen].filter(([name]) => !hidden.has(name))), hidden };
}
async function broughtImage(wish, engine) {
    if (!/^[A-Za-z0-9][\w.:/@+-]*$/.test(wish.image))
        throw new errors/* SetupError */.w3('invalid-image', `"${(0,targets/* printable */.g$)(wish.image)}" is no name of an image`, {
            hint: 'write it as REGISTRY/NAME:TAG or NAME@sha256:DIGEST',
        });
    await engine.pull(wish.image, wish.offline);
    const image = await engine.inspect(wish.image);
    if (image === undefined)
        throw new errors/* SetupError */.w3('engine-failed', `${engine.name} has pulled ${wish.image}, but cannot show it`, {
            hint: `look at it by hand: ${engine.name} image inspect ${wish.image}`,
        });
    const dialect = (0,container/* dialectOf */.E3)(image.entrypoint, image.cmd);
    if (dialect !== undefined)
        return { image, dialect };
    const starts = (0,targets/* printable */.g$)([...image.entrypoint, ...image.cmd].join(' '));
    throw new errors/* SetupError */.w3('invalid-image', `the image ${wish.image} starts "${starts}", expected a program named register (multiarch/qemu-user-static) or binfmt (tonistiigi/binfmt)`, { hint: 'name an image that registers emulators in one of these two ways' });
}
/** Runs a container between two looks at the table. The record is on disk before, the changes are after, also when the container fails. */
async function runRecorded(start, ledger) {
    const record = (0,recorded/* recordOf */.zv)((0,binfmt/* tableByPrecedence */.wo)(), [...(0,journal_file/* readJournals */.rZ)().journals, ledger.journal], ledger.journal);
    await ledger.record(record);
    const run = await start().then((said) => ({ said }), (error) => ({ error }));
    const changes = (0,container/* changesOf */.fs)(record, (0,binfmt/* tableByPrecedence */.wo)());
    const others = (0,journal_file/* readJournals */.rZ)().journals.filter(({ id }) => id !== ledger.journal.id);
    // another job may have registered at the same time: its journal says so
    const made = changes.made.filter((entry) => !others.some((journal) => (0,recorded/* isClaimedBy */.vi)(journal, ledger.journal, entry)));
    await ledger.settle(made, (0,recorded/* withPrecedence */.Ht)(changes.replaced, changes.unchanged, record));
    if ('error' in run)
        throw run.error;
    return { made, said: run.said };
}
/**
 * Undoes at once what was done to targets that nobody asked for. A foreign entry for an asked-for target waits for restore: registered now it
 * would take precedence over the container's.
 */
async function undoUnasked(made, ledger, root, heads) {
    const { wanted, others: unasked } = (0,container/* split */.lD)(made, heads);
    const replaced = ledger.journal.replaced ?? [];
    const { wanted: asked, others: rest } = (0,container/* split */.lD)(replaced, heads);
    const staying = unasked.filter((entry) => (0,put_back/* twinOf */.wA)(entry, rest) !== undefined);
    const stuck = [];
    for (const entry of unasked) {
        if (staying.includes(entry))
            continue;
        if ((await (0,binfmt/* removeEntry */.b4)(entry, root)) !== undefined)
            stuck.push(entry);
    }
    const others = (0,journal_file/* readJournals */.rZ)().journals.filter(({ id }) => id !== ledger.journal.id);
    const blocked = rest.filter(({ name }) => stuck.some((entry) => entry.name === name));
    const waiting = (0,recorded/* waitingOf */.PZ)(replaced, [...asked, ...blocked], wanted);
    const due = replaced.filter((entry) => !waiting.includes(entry));
    const back = await (0,put_back/* putBackAll */.kx)(due, { others }, root);
    const again = back.failed.length > 0 ? due : [];
    const gone = unasked.filter((entry) => !stuck.includes(entry));
    await ledger.unburden(gone, replaced.filter((entry) => waiting.includes(entry) || again.includes(entry)));
    const twins = await (0,put_back/* leaveTwins */.Vp)(staying, rest, root);
    return { wanted, notes: [...back.lost, ...back.failed, ...twins] };
}

// EXTERNAL MODULE: ./build/src/core/entry.js
var core_entry = __webpack_require__(3017);
// EXTERNAL MODULE: ./build/src/core/image-reference.js
var image_reference = __webpack_require__(6940);
// EXTERNAL MODULE: ./build/src/core/keep.js
var keep = __webpack_require__(4224);
// EXTERNAL MODULE: ./build/src/core/plan.js
var plan = __webpack_require__(7454);
// EXTERNAL MODULE: ./build/src/inspect.js
var inspect = __webpack_require__(633);
;// CONCATENATED MODULE: ./build/src/container-course.js
// The targets that a container registers: what it made becomes their entries. An entry from before that it left in force counts when exactly the
// image's emulator runs under it; what the image does not have is left out of `all`; everything else is a failure.







/**
 * Runs the container for all targets that are to be registered. Those that are kept after all are new courses without an entry of ours: who holds
 * what they keep is to be joined. Throws what `registerByContainer` throws, and `emulator-missing` where the image has nothing that was asked for.
 */
async function registerCoursesByContainer(courses, wanted, request, { ledger, root, facts, machine, folder }) {
    const due = courses.filter(({ planned }) => planned.kind === 'register');
    if (due.length === 0)
        return { courses: [...courses], entryOf: new Map(), image: null };
    const asked = (0,image_reference/* referenceText */.n5)(wanted.image);
    const { credentials, offline } = request;
    const { engine, reset } = wanted;
    const targets = due.map(({ planned }) => planned.platform.target);
    const heads = new Map([...facts.before].map(([name, { head }]) => [name, head]));
    const wish = { image: asked, engine, targets, credentials, offline, reset, host: machine.host };
    const done = await registerByContainer(wish, ledger, root, heads);
    for (const note of done.notes)
        machine.log.info(note);
    await withdrawHiding(done, ledger);
    // what is in force now, and what runs under it
    const now = done.unmade.size === 0 ? facts : await (0,inspect/* inspect */.N)(request, machine, folder);
    const entryOf = new Map();
    const leftOut = [];
    const after = courses.flatMap((course) => {
        if (!due.includes(course))
            return [course];
        const { name } = course.planned.platform.target;
        const unmade = done.unmade.get(name);
        if (unmade !== undefined && request.all && unmade.emulator.kind === 'lacks') {
            machine.log.detail(`${name} is left out: ${unmade.emulator.reason}`);
            leftOut.push(name);
            return [];
        }
        const ended = unmade === undefined ? made(course, done, asked, request) : unmadeCourse(course, unmade, now, request);
        entryOf.set(ended, unmade === undefined ? (done.entries.get(name) ?? done.hidden.get(name)?.own) : undefined);
        return [ended];
    });
    if (leftOut.length > 0)
        machine.log.info(`the image has no emulator for ${leftOut.join(', ')}: left out of all`);
    // what runs natively needs no image, so it does not make one of no use green
    if (after.every(({ planned }) => planned.kind === 'native'))
        throw new errors/* SetupError */.w3('emulator-missing', `the image ${asked} registers none of the platforms that are asked for`, {
            hint: 'choose an image of QEMU user emulators, or leave method out',
        });
    return { courses: after, entryOf, image: { asked, pinned: done.image } };
}
/** Removes what stands before the entries that the image hides, unless it is a target's own itself. */
async function withdrawHiding({ hidden, entries }, ledger) {
    const wanted = [...entries.values()];
    for (const { by } of hidden.values())
        if (!wanted.some((entry) => (0,core_entry/* sameEntry */.dI)(entry, by)))
            await ledger.withdraw(by);
}
/** A target for which the container made something. */
function made(course, { entries, hidden }, image, { credentials }) {
    const { name } = course.planned.platform.target;
    const pair = hidden.get(name);
    if (pair !== undefined) {
        const named = ({ name: entry, interpreter }) => ({ name: entry, interpreter });
        return { ...course, failure: { kind: 'hidden-in-image', image, own: named(pair.own), by: named(pair.by) } };
    }
    const entry = entries.get(name);
    if (entry === undefined)
        throw new Error(`nothing is known of what the container did for ${name}`);
    return entry.flags.includes('C') === credentials
        ? { ...course, locator: 'container' }
        : { ...course, failure: { kind: 'wrong-flags', entry: entry.name, flags: entry.flags, credentials } };
}
/** A target for which it made nothing: kept where an older entry is as good as the image's own, else failed. */
function unmadeCourse(course, { emulator, said }, facts, request) {
    const { platform } = course.planned;
    const rivals = (0,plan/* rivalsOf */.V6)(platform.target.name, facts, request.rules);
    const kept = (0,keep/* keptForImage */.nD)(rivals, facts, request, emulator);
    if ('kind' in kept)
        return { ...course, planned: { ...kept, platform } };
    if (request.wanted.kind !== 'container')
        throw new Error('no container was asked for');
    const { image, reset } = request.wanted;
    const blocking = facts.table.filter(({ name }) => name === platform.target.binary);
    const names = (rivals.entries.length > 0 ? rivals.entries : blocking).map(({ name }) => name);
    const about = { kind: 'container-made-nothing', image: (0,image_reference/* referenceText */.n5)(image), said, reset };
    const failure = emulator.kind === 'lacks'
        ? { ...about, inImage: 'lacks', names: [], differences: [`the image has no emulator for it: ${emulator.reason}`] }
        : { ...about, inImage: emulator.kind, names, differences: [...kept, ...blockingWords(rivals.entries, blocking)] };
    return { ...course, failure };
}
/** Why an entry that has the target's usual name runs none of its programs. */
function blockingWords(rivals, blocking) {
    if (rivals.length > 0)
        return [];
    return blocking.map(({ enabled }) => (enabled ? 'it is for other programs' : 'it is disabled'));
}


/***/ }),

/***/ 7913:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GO: () => (/* binding */ findEngine),
/* harmony export */   L: () => (/* binding */ onPath)
/* harmony export */ });
/* unused harmony export Engine */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6760);
/* harmony import */ var _core_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2974);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3026);
/* harmony import */ var _core_targets_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(4813);
/* harmony import */ var _command_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9478);
/* harmony import */ var _open_files_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(2389);
// A container engine of this machine by its command line: docker as this user, podman and nerdctl with root's rights, because only root's
// containers are in the machine's first user namespace and so see its table.









/** Time limits in milliseconds: a question, a pull, a registering container. */
const usualLimits = { ask: 30_000, pull: 600_000, run: 120_000 };
const asJson = ['--format', '{{json .}}'];
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
        return (0,_core_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .engineFault */ .jT)(await this.#call(['info', ...asJson], this.#limits.ask), (0,node_os__WEBPACK_IMPORTED_MODULE_2__.release)());
    }
    /**
     * Makes an image present, anew unless a digest says which it is; nothing is fetched when `offline`.
     * `reference` must be a checked one: it stands among the options. Throws `engine-failed`, and `offline` for one that is not there.
     */
    async pull(reference, offline) {
        const there = (await this.inspect(reference)) !== undefined;
        if (there && (offline || (0,_core_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .isPinned */ .T4)(reference)))
            return;
        const name = (0,_core_targets_js__WEBPACK_IMPORTED_MODULE_6__/* .printable */ .g$)(reference, 300);
        if (offline)
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .SetupError */ .w3('offline', `${this.name} does not have the image ${name}, and nothing may be fetched`, {
                hint: `bring it beforehand: ${this.name} pull ${name}`,
            });
        const answer = await this.#call(['pull', '--quiet', reference], this.#limits.pull);
        if (answer.status === 0)
            return;
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .SetupError */ .w3('engine-failed', `${this.name} pull ${name}: ${(0,_core_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .endingOf */ .z6)(answer)}; it said: ${(0,_core_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .lastLines */ .w$)(answer)}`, {
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
            return (0,_core_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .parseEngineImage */ .vc)(answer.stdout);
        // nerdctl 2 looks for the tag "latest" when a name comes with a digest alone, and so does not find what was pulled by it
        const digest = this.name === 'nerdctl' ? /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1] : undefined;
        const again = digest === undefined ? answer : await inspect(digest);
        return again.status === 0 ? (0,_core_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .parseEngineImage */ .vc)(again.stdout) : undefined;
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
                throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .SetupError */ .w3('engine-failed', `${this.name} create ${(0,_core_targets_js__WEBPACK_IMPORTED_MODULE_6__/* .printable */ .g$)(reference, 300)}: ${(0,_core_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .endingOf */ .z6)(answer)}; it said: ${(0,_core_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .lastLines */ .w$)(answer)}`, {
                    hint: `see whether ${this.name} can make a container of it: ${this.name} create ${(0,_core_targets_js__WEBPACK_IMPORTED_MODULE_6__/* .printable */ .g$)(reference, 300)}`,
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
        const answer = (0,_core_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .lacksCapability */ .JJ)(first) ? await this.#run(almostPrivileged, image, args) : first;
        if (answer.status === 0)
            return `${answer.stdout}\n${answer.stderr}`;
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .SetupError */ .w3('engine-failed', `${this.name} run ${(0,_core_targets_js__WEBPACK_IMPORTED_MODULE_6__/* .printable */ .g$)([reference, ...args].join(' '), 300)}: ${(0,_core_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .endingOf */ .z6)(answer)}; it said: ${(0,_core_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .lastLines */ .w$)(answer)}`, {
            hint: `run it by hand to see all it says: ${this.name} run --rm --privileged ${(0,_core_targets_js__WEBPACK_IMPORTED_MODULE_6__/* .printable */ .g$)(reference, 300)} ${args.join(' ')}`,
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
        return (0,_command_js__WEBPACK_IMPORTED_MODULE_7__/* .command */ .G5)(file, words, { timeoutMs });
    }
}
function containerName() {
    return `setup-qemu-${process.pid}-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(4).toString('hex')}`;
}
/** What `--privileged` gives, for a machine that lacks CAP_SYS_RESOURCE itself: an engine cannot give what it has not got. */
const almostPrivileged = ['--cap-add', 'ALL', '--cap-drop', 'SYS_RESOURCE', '--security-opt', 'seccomp=unconfined'];
/**
 * The engine of that name, or the first on PATH that can register here. Throws `no-engine`, `engine-denied`, `engine-failed`; the message
 * names each one that is there and what it answered.
 */
async function findEngine(wanted, root) {
    const faults = [];
    for (const name of wanted === null ? _core_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .engineNames */ .Ry : [wanted]) {
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
    const looked = wanted ?? _core_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .engineNames */ .Ry.join(', ');
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .SetupError */ .w3('no-engine', `method container needs a container engine, and PATH has none of: ${looked}`, {
        hint: `install ${wanted ?? 'docker or podman'}, or choose another method: the default needs no engine`,
    });
}
function unusable(faults) {
    const denied = faults.some(({ fault }) => fault.kind === 'refused');
    const message = faults.map(({ name, fault }) => `${name} is here, but: ${fault.reason}`).join('; ');
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .SetupError */ .w3(denied ? 'engine-denied' : 'engine-failed', message, {
        hint: denied
            ? 'let this user talk to the engine (group docker), or run setup-qemu as root'
            : 'start an engine of this machine that runs as root (systemctl start docker), or choose another method',
    });
}
/** The program of that name on PATH. */
function onPath(name) {
    const folders = (process.env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'));
    return folders.map((folder) => (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, name)).find(isProgram);
}
function isProgram(path) {
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.accessSync)(path, node_fs__WEBPACK_IMPORTED_MODULE_1__.constants.X_OK);
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)(path).isFile();
    }
    catch (error) {
        (0,_open_files_js__WEBPACK_IMPORTED_MODULE_8__/* .throwIfNoFileLeft */ .c1)(error);
        // not there or not for us: the next folder of PATH may have it
        return false;
    }
}


/***/ })

};
