export const id = 662;
export const ids = [662];
export const modules = {

/***/ 6662:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  registerCoursesByContainer: () => (/* binding */ registerCoursesByContainer)
});

// EXTERNAL MODULE: ./build/src/core/container.js
var container = __webpack_require__(5958);
// EXTERNAL MODULE: ./build/src/core/engine-answer.js
var engine_answer = __webpack_require__(2974);
// EXTERNAL MODULE: ./build/src/core/entry.js
var core_entry = __webpack_require__(3017);
// EXTERNAL MODULE: ./build/src/core/errors.js
var errors = __webpack_require__(3026);
// EXTERNAL MODULE: ./build/src/core/recorded.js
var recorded = __webpack_require__(5933);
// EXTERNAL MODULE: ./build/src/core/targets.js + 1 modules
var targets = __webpack_require__(4813);
// EXTERNAL MODULE: ./build/src/put-back.js
var put_back = __webpack_require__(7310);
// EXTERNAL MODULE: ./build/src/system/binfmt.js + 1 modules
var binfmt = __webpack_require__(4218);
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
    const { args, unknown } = (0,container/* containerArguments */.iA)(dialect, wish.targets, wish);
    const notes = [
        ...(image.digests.length === 0
            ? [`${engine.name} knows no digest of the image: it is ${(0,targets/* printable */.g$)(image.id)}`]
            : []),
        ...unknown.map(({ name }) => `the image has no word for ${name}`),
    ];
    if (unknown.length === wish.targets.length)
        return { ...done, entries: new Map(), notes };
    const { made, said } = await runRecorded(() => engine.run(wish.image, image, args), ledger);
    const asked = new Map([...heads].filter(([name]) => wish.targets.some((target) => target.name === name)));
    const undone = await undoUnasked(made, ledger, root, [...asked.values()]);
    const entries = (0,container/* chosenFor */.g6)(undone.wanted, asked);
    return { ...done, entries, notes: [...notes, ...undone.notes, ...remarks(wish, entries, unknown, said)] };
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
    const { instance } = ledger.journal;
    const record = (0,recorded/* recordOf */.zv)((0,binfmt/* tableByPrecedence */.wo)(), [...(0,journal_file/* readJournals */.rZ)().journals, ledger.journal], instance);
    await ledger.record(record);
    const run = await start().then((said) => ({ said }), (error) => ({ error }));
    const changes = (0,container/* changesOf */.fs)(record, (0,binfmt/* tableByPrecedence */.wo)());
    const others = (0,journal_file/* readJournals */.rZ)().journals.filter(({ id }) => id !== ledger.journal.id);
    // another job may have registered at the same time: its journal says so
    const made = changes.made.filter((entry) => !others.some((journal) => (0,recorded/* isClaimedBy */.vi)(journal, instance, entry)));
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
    const { wanted: waiting, others: due } = (0,container/* split */.lD)(ledger.journal.replaced ?? [], heads);
    // reads like the one it replaced, and that one could not be registered again
    const staying = unasked.filter((entry) => due.some((other) => (0,core_entry/* sameEntry */.dI)(other, entry) && !(0,put_back/* isOpenable */.JK)(other)));
    const stuck = [];
    for (const entry of unasked) {
        const listed = (0,binfmt/* readEntry */.hB)(entry.name);
        if (staying.includes(entry) || listed === undefined || !(0,core_entry/* sameEntry */.dI)(listed, entry))
            continue;
        if ((await (0,binfmt/* removeEntry */.b4)(entry.name, root)) !== undefined)
            stuck.push(entry);
    }
    const others = (0,journal_file/* readJournals */.rZ)().journals.filter(({ id }) => id !== ledger.journal.id);
    const blocked = due.filter(({ name }) => stuck.some((entry) => entry.name === name));
    const back = await (0,put_back/* putBackAll */.kx)(due.filter((entry) => !blocked.includes(entry)), others, root);
    const again = due.filter((entry) => blocked.includes(entry) || back.failed.length > 0);
    const gone = unasked.filter((entry) => !stuck.includes(entry));
    await ledger.unburden(gone, (ledger.journal.replaced ?? []).filter((entry) => waiting.includes(entry) || again.includes(entry)));
    const twins = staying.map(({ name, interpreter }) => `${(0,targets/* printable */.g$)(name)} stays as the container made it: it reads like the one before, whose interpreter ${(0,targets/* printable */.g$)(interpreter, 400)} is not there to be registered again`);
    return { wanted, notes: [...back.lost, ...back.failed, ...twins] };
}
/** Why a target has no entry, and where an entry is not as wished. */
function remarks(wish, entries, unknown, said) {
    const missing = wish.targets.filter((target) => !entries.has(target.name) && !unknown.includes(target));
    const answer = { status: 0, signal: null, stdout: said, stderr: '' };
    const withC = [...entries.values()].filter(({ flags }) => !wish.credentials && flags.includes('C'));
    return [
        ...missing.map(({ name, binary }) => {
            const standing = (0,binfmt/* readEntry */.hB)(binary);
            const why = standing === undefined ? '' : `: ${binary} was there before and stays`;
            return `the container made no entry for ${name}${why}; it said: ${(0,engine_answer/* lastLines */.w$)(answer, 6)}`;
        }),
        ...withC.map(({ name }) => `the image registers ${(0,targets/* printable */.g$)(name)} with the flag C, though credentials is false`),
    ];
}

// EXTERNAL MODULE: ./build/src/core/image-reference.js
var image_reference = __webpack_require__(6940);
// EXTERNAL MODULE: ./build/src/core/plan.js
var plan = __webpack_require__(7454);
;// CONCATENATED MODULE: ./build/src/container-course.js
// The targets that a container registers: what it made becomes their entries, and what it did not make is a failure.



/** Runs the container for all targets that are to be registered. Throws what `registerByContainer` throws. */
async function registerCoursesByContainer(courses, wanted, request, { ledger, root, facts, machine }) {
    const due = courses.filter(({ planned }) => planned.kind === 'register');
    if (due.length === 0)
        return { courses: [...courses], entryOf: new Map(), image: null };
    const asked = (0,image_reference/* referenceText */.n5)(wanted.image);
    const { credentials, offline } = request;
    const targets = due.map(({ planned }) => planned.platform.target);
    const heads = new Map([...facts.before].map(([name, { head }]) => [name, head]));
    const wish = { image: asked, engine: wanted.engine, targets, credentials, offline };
    const done = await registerByContainer(wish, ledger, root, heads);
    for (const note of done.notes)
        machine.log.info(note);
    const entryOf = new Map();
    const after = courses.flatMap((course) => {
        if (!due.includes(course))
            return [course];
        const { name } = course.planned.platform.target;
        const entry = done.entries.get(name);
        if (entry === undefined && request.all)
            return [];
        const names = (0,plan/* rivalsOf */.V6)(name, facts, request.rules).entries.map((rival) => rival.name);
        const made = entry === undefined
            ? { ...course, failure: { kind: 'container-made-nothing', image: asked, names } }
            : entry.flags.includes('C') === credentials
                ? { ...course, locator: 'container' }
                : { ...course, failure: { kind: 'wrong-flags', entry: entry.name, flags: entry.flags, credentials } };
        entryOf.set(made, entry);
        return [made];
    });
    return { courses: after, entryOf, image: { asked, pinned: done.image } };
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
        const name = `setup-qemu-${process.pid}-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(4).toString('hex')}`;
        const options = ['--rm', '--name', name, '--pull', 'never', '--network', 'none', ...rights];
        // a daemon that maps the ids of its containers refuses privileged ones without this
        const namespace = this.name === 'docker' ? ['--userns', 'host'] : [];
        const answer = await this.#call(['run', ...options, ...namespace, image, ...args], this.#limits.run);
        // when its client ends, a container goes on
        if (answer.status === null)
            await this.#call(['rm', '--force', name], this.#limits.ask);
        return answer;
    }
    #call(args, timeoutMs) {
        const [file, words] = this.name === 'docker' ? [this.#file, args] : this.#root.commandLine(this.#file, args);
        return (0,_command_js__WEBPACK_IMPORTED_MODULE_7__/* .command */ .G5)(file, words, { timeoutMs });
    }
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
    catch {
        // not there or not for us: the next folder of PATH may have it
        return false;
    }
}


/***/ })

};
