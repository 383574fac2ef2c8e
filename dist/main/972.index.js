export const id = 972;
export const ids = [972];
export const modules = {

/***/ 3598:
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
/* harmony import */ var _core_containers_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6641);
/* harmony import */ var _core_model_engine_name_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(6821);
/* harmony import */ var _core_model_errors_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2936);
/* harmony import */ var _core_model_targets_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(5732);
/* harmony import */ var _system_command_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(9478);
/* harmony import */ var _system_open_files_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(4770);
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
        return (0,_core_containers_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .engineFault */ .jT)(await this.#call(['info', ...asJson], this.#limits.ask), (0,node_os__WEBPACK_IMPORTED_MODULE_2__.release)());
    }
    /**
     * Makes an image present, anew unless a digest says which it is; nothing is fetched when `offline`.
     * `reference` must be a checked one: it stands among the options. Throws `engine-failed`, and `offline` for one that is not there.
     */
    async pull(reference, offline) {
        const there = (await this.inspect(reference)) !== undefined;
        if (there && (offline || (0,_core_containers_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .isPinned */ .T4)(reference)))
            return;
        const name = (0,_core_model_targets_js__WEBPACK_IMPORTED_MODULE_6__/* .printable */ .g$)(reference, 300);
        if (offline)
            throw new _core_model_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .SetupError */ .w3('offline', `${this.name} does not have the image ${name}, and nothing may be fetched`, {
                hint: `bring it beforehand: ${this.name} pull ${name}`,
            });
        const answer = await this.#call(['pull', '--quiet', reference], this.#limits.pull);
        if (answer.status === 0)
            return;
        throw new _core_model_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .SetupError */ .w3('engine-failed', `${this.name} pull ${name}: ${(0,_core_containers_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .endingOf */ .z6)(answer)}; it said: ${(0,_core_containers_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .lastLines */ .w$)(answer)}`, {
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
            return (0,_core_containers_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .parseEngineImage */ .vc)(answer.stdout);
        // nerdctl 2 looks for the tag "latest" when a name comes with a digest alone, and so does not find what was pulled by it
        const digest = this.name === 'nerdctl' ? /@(sha256:[0-9a-f]{64})$/.exec(reference)?.[1] : undefined;
        const again = digest === undefined ? answer : await inspect(digest);
        return again.status === 0 ? (0,_core_containers_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .parseEngineImage */ .vc)(again.stdout) : undefined;
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
                throw new _core_model_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .SetupError */ .w3('engine-failed', `${this.name} create ${(0,_core_model_targets_js__WEBPACK_IMPORTED_MODULE_6__/* .printable */ .g$)(reference, 300)}: ${(0,_core_containers_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .endingOf */ .z6)(answer)}; it said: ${(0,_core_containers_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .lastLines */ .w$)(answer)}`, {
                    hint: `see whether ${this.name} can make a container of it: ${this.name} create ${(0,_core_model_targets_js__WEBPACK_IMPORTED_MODULE_6__/* .printable */ .g$)(reference, 300)}`,
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
        const answer = (0,_core_containers_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .lacksCapability */ .JJ)(first) ? await this.#run(almostPrivileged, image, args) : first;
        if (answer.status === 0)
            return `${answer.stdout}\n${answer.stderr}`;
        throw new _core_model_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .SetupError */ .w3('engine-failed', `${this.name} run ${(0,_core_model_targets_js__WEBPACK_IMPORTED_MODULE_6__/* .printable */ .g$)([reference, ...args].join(' '), 300)}: ${(0,_core_containers_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .endingOf */ .z6)(answer)}; it said: ${(0,_core_containers_engine_answer_js__WEBPACK_IMPORTED_MODULE_4__/* .lastLines */ .w$)(answer)}`, {
            hint: `run it by hand to see all it says: ${this.name} run --rm --privileged ${(0,_core_model_targets_js__WEBPACK_IMPORTED_MODULE_6__/* .printable */ .g$)(reference, 300)} ${args.join(' ')}`,
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
        return (0,_system_command_js__WEBPACK_IMPORTED_MODULE_7__/* .command */ .G5)(file, words, { timeoutMs });
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
    for (const name of wanted === null ? _core_model_engine_name_js__WEBPACK_IMPORTED_MODULE_9__/* .engineNames */ .R : [wanted]) {
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
    const looked = wanted ?? _core_model_engine_name_js__WEBPACK_IMPORTED_MODULE_9__/* .engineNames */ .R.join(', ');
    return new _core_model_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .SetupError */ .w3('no-engine', `method container needs a container engine, and PATH has none of: ${looked}`, {
        hint: `install ${wanted ?? 'docker or podman'}, or choose another method: the default needs no engine`,
    });
}
function unusable(faults) {
    const denied = faults.some(({ fault }) => fault.kind === 'refused');
    const message = faults.map(({ name, fault }) => `${name} is here, but: ${fault.reason}`).join('; ');
    return new _core_model_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .SetupError */ .w3(denied ? 'engine-denied' : 'engine-failed', message, {
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
        (0,_system_open_files_js__WEBPACK_IMPORTED_MODULE_8__/* .throwIfNoFileLeft */ .c1)(error);
        // not there or not for us: the next folder of PATH may have it
        return false;
    }
}


/***/ }),

/***/ 6641:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   JJ: () => (/* binding */ lacksCapability),
/* harmony export */   N$: () => (/* binding */ parseDockerContext),
/* harmony export */   T4: () => (/* binding */ isPinned),
/* harmony export */   Ty: () => (/* binding */ engineInfo),
/* harmony export */   W2: () => (/* binding */ pinnedName),
/* harmony export */   WS: () => (/* binding */ saysNoFile),
/* harmony export */   i: () => (/* binding */ sayable),
/* harmony export */   jT: () => (/* binding */ engineFault),
/* harmony export */   vc: () => (/* binding */ parseEngineImage),
/* harmony export */   w$: () => (/* binding */ lastLines),
/* harmony export */   z6: () => (/* binding */ endingOf)
/* harmony export */ });
/* harmony import */ var _model_image_reference_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(138);
/* harmony import */ var _model_targets_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5732);
/* harmony import */ var _text_visible_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6951);
// How the answers of container engines are read: docker, podman, nerdctl. Their words are in English whatever the locale is, and their
// exit status alone does not tell one failure from another. Sources: `docker info`, `podman info` and `image inspect` as JSON.



/** Reads an answer to `info --format {{json .}}`. */
function engineInfo(answer) {
    const info = objectOf(answer.stdout);
    // docker 20.10 answers 0 when there is no daemon
    const errors = [...strings(info?.ServerErrors), answer.stderr].join('\n').trim();
    const broken = answer.status !== 0 || info === undefined || strings(info.ServerErrors).length > 0;
    if (broken && /permission denied/i.test(errors))
        return { kind: 'refused', reason: firstLine(errors) };
    if (broken)
        return { kind: 'silent', reason: errors === '' ? endingOf(answer) : firstLine(errors) };
    const host = asObject(info.host);
    const rootless = strings(info.SecurityOptions).some((option) => /\brootless\b/.test(option)) ||
        asObject(host?.security)?.rootless === true;
    const kernel = textOf(info.KernelVersion ?? host?.kernel);
    return { kind: 'info', kernel, architecture: textOf(info.Architecture ?? host?.arch), rootless };
}
/**
 * What keeps an engine from registering anything in this machine's table, by its answer to `info --format {{json .}}`; undefined when nothing
 * does. `kernel` is this machine's release: an engine in a virtual machine or on another host says another one.
 */
function engineFault(answer, kernel) {
    const info = engineInfo(answer);
    if (info.kind !== 'info')
        return info;
    if (info.kernel !== null && info.kernel !== kernel) {
        const reason = `it runs on another machine, with the kernel ${(0,_model_targets_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g$)(info.kernel)} (here ${(0,_model_targets_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g$)(kernel)})`;
        return { kind: 'elsewhere', reason };
    }
    return info.rootless
        ? { kind: 'elsewhere', reason: 'it is rootless: its containers cannot reach the table of the whole machine' }
        : undefined;
}
/** Reads `image inspect --format {{json .}}`, which podman 4 gives as a list of one; undefined for anything else. */
function parseEngineImage(text) {
    const image = objectOf(text);
    const config = asObject(image?.Config);
    if (typeof image?.Id !== 'string' || image.Id === '' || config === undefined)
        return undefined;
    return {
        id: image.Id,
        entrypoint: strings(config.Entrypoint),
        cmd: strings(config.Cmd),
        env: strings(config.Env),
        digests: strings(image.RepoDigests).filter((name) => /^[^\s@]+@sha256:[0-9a-f]{64}$/.test(name)),
    };
}
/** Reads `docker context inspect --format {{json .}}`: the name of the context in use and where its engine is reached; undefined for anything else. */
function parseDockerContext(text) {
    const context = objectOf(text);
    const host = asObject(asObject(context?.Endpoints)?.docker)?.Host;
    return typeof context?.Name === 'string' && typeof host === 'string' ? { name: context.Name, host } : undefined;
}
/**
 * A reference with the digest that the engine knows for its repository, else with another of the same image; as it is when it knows none.
 * Docker writes those of docker.io in short, `tonistiigi/binfmt@sha256:...`, however they were pulled.
 */
function pinnedName(reference, { digests }) {
    if (isPinned(reference))
        return reference;
    const repository = repositoryOf(reference);
    return digests.find((name) => repositoryOf(name) === repository) ?? digests[0] ?? reference;
}
/** `docker.io/library/alpine` for all ways to write it; the text itself when it is no reference. */
function repositoryOf(text) {
    try {
        const { registry, repository } = (0,_model_image_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .parseImageReference */ .o_)(text);
        return `${registry}/${repository}`;
    }
    catch {
        return text;
    }
}
/** Whether a reference names its image by digest. */
function isPinned(reference) {
    return /@sha256:[0-9a-f]{64}$/.test(reference);
}
/** Whether the machine itself lacks a capability that `--privileged` wants to give. */
function lacksCapability(answer) {
    return (answer.status !== 0 && /unable to apply caps|can't apply capabilities|set process capabilities/i.test(answer.stderr));
}
/** Whether an engine that was to copy `path` out of a container says that it is not there; any other refusal says nothing about the file. */
function saysNoFile({ stderr }, path) {
    const isMissing = /could not find the file|no such container:path|no such file or directory|could not be found/i;
    return stderr.includes(path) && isMissing.test(stderr);
}
/** The last lines of what a program said, safe for a message; how it ended when it said nothing. */
function lastLines(answer, count = 3) {
    const lines = `${answer.stdout}\n${answer.stderr}`.split('\n').filter((line) => line.trim() !== '');
    if (lines.length === 0)
        return 'it said nothing';
    return lines.slice(-count).map(sayable).join('; ');
}
/** A line of a program for a message: as it was said, but for what a terminal would obey. */
function sayable(line) {
    const text = line.trim();
    return (0,_text_visible_js__WEBPACK_IMPORTED_MODULE_2__/* .visible */ .RK)(text.length > 300 ? `${text.slice(0, 300)}...` : text);
}
/** How a program ended, in words: `exit status 1`. */
function endingOf({ status, signal, errno }) {
    if (errno !== undefined)
        return `it could not be started: ${errno}`;
    return signal === null ? `exit status ${status}` : `ended by ${signal}, over its time limit`;
}
function firstLine(text) {
    return sayable(text.split('\n')[0] ?? '');
}
function objectOf(text) {
    try {
        const value = JSON.parse(text);
        return asObject(Array.isArray(value) && value.length === 1 ? value[0] : value);
    }
    catch {
        // an answer that is no JSON is none; what the engine said instead is told by the caller
        return undefined;
    }
}
function asObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? value
        : undefined;
}
function textOf(value) {
    return typeof value === 'string' ? value : null;
}
/** A list of strings; one string is a list of one. */
function strings(value) {
    const list = typeof value === 'string' ? [value] : value;
    return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
}


/***/ }),

/***/ 8972:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  registerCoursesByContainer: () => (/* binding */ registerCoursesByContainer)
});

// EXTERNAL MODULE: ./build/src/core/model/entry.js
var model_entry = __webpack_require__(2103);
// EXTERNAL MODULE: ./build/src/core/model/entry-in-force.js
var entry_in_force = __webpack_require__(7273);
;// CONCATENATED MODULE: ./build/src/core/containers/container-changes.js


/** tonistiigi/binfmt's own names of architectures; it knows no others. */
const tonistiigiNames = {
    x86_64: 'amd64',
    aarch64: 'arm64',
    arm: 'arm',
    i386: '386',
    riscv64: 'riscv64',
    ppc64le: 'ppc64le',
    s390x: 's390x',
    mips64el: 'mips64le',
    mips64: 'mips64',
    loongarch64: 'loong64',
};
/** Whose command line an image speaks, told by the program it starts; undefined for one that is neither's. */
function dialectOf(entrypoint, cmd) {
    const program = (entrypoint[0] ?? cmd[0] ?? '').split('/').at(-1);
    if (program === 'register')
        return 'multiarch';
    return program === 'binfmt' ? 'tonistiigi' : undefined;
}
/** What multiarch's never registers: the family of the host itself. */
const ownFamily = {
    amd64: ['i386', 'i486', 'x86_64'],
    arm64: ['arm', 'aarch64'],
};
/**
 * The runs, one after the other, that make an image register emulators, each as its arguments; and the targets that it never registers.
 * multiarch's takes no list: it registers all that it has, and resets always. tonistiigi's always registers with C, whatever `credentials` says,
 * and leaves alone what has the name already; it resets in a run of its own, as docker/setup-qemu-action does.
 */
function containerRuns(dialect, targets, options) {
    if (dialect === 'multiarch') {
        const unknown = targets.filter(({ name }) => ownFamily[options.host].includes(name));
        return { runs: [['--reset', '-p', 'yes', ...(options.credentials ? ['-c', 'yes'] : [])]], unknown };
    }
    const words = targets.flatMap(({ name }) => tonistiigiNames[name] ?? []);
    const unknown = targets.filter(({ name }) => tonistiigiNames[name] === undefined);
    const first = options.reset ? [['--uninstall', 'qemu-*']] : [];
    return { runs: [...first, ['--install', words.join(',')]], unknown };
}
/** Where the emulator of a target lies in an image, the likeliest place first; `env` is the environment that the image gives its program. */
function emulatorPaths(dialect, env, { binary }) {
    const setTo = (name) => env.findLast((line) => line.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
    const [folder, prefix] = dialect === 'multiarch' ? [setTo('QEMU_BIN_DIR'), ''] : [setTo('QEMU_BINARY_PATH'), setTo('QEMU_BINARY_PREFIX')];
    const plain = `${folder === '' ? '/usr/bin' : folder.replace(/\/+$/, '')}/${prefix}${binary}`;
    return dialect === 'multiarch' ? [`${plain}-static`, plain] : [plain, `${plain}-static`];
}
/** Of what an image's program said, on both streams, the lines about a target; its JSON of what there is says nothing about what it did. */
function linesAbout(said, { name, binary }) {
    const words = new Set([name, binary, tonistiigiNames[name] ?? name]);
    const lines = said.split('\n').map((line) => line.trim());
    const prose = lines.filter((line) => !/^[[\]{}"]/.test(line));
    return prose.filter((line) => line.split(/[^\w.-]+|-static\b/).some((word) => words.has(word)));
}
/** What became of a table; both in the order of precedence. Somebody who only switched an entry on or off has not replaced it. */
function changesOf(before, after) {
    const same = (a, b) => a.inode === b.inode && (0,model_entry/* sameEntry */.dI)(a, b);
    return {
        made: after.filter((entry) => !before.some((other) => same(other, entry))),
        replaced: before.filter((entry) => !after.some((other) => same(other, entry))),
        unchanged: before.filter((entry) => after.some((other) => same(other, entry))),
    };
}
/** Splits entries into those that match a program that begins like one of `heads`, and the others. */
function split(entries, heads) {
    const list = [...heads];
    const wanted = entries.filter((entry) => list.some((head) => (0,model_entry/* matches */.cK)(entry, head)));
    return { wanted, others: entries.filter((entry) => !wanted.includes(entry)) };
}
/** Of entries in the order of precedence, the one that the kernel would choose for each target: by its name, the first bytes of its programs. */
function chosenFor(entries, heads) {
    const chosen = new Map();
    for (const [target, head] of heads) {
        const entry = (0,entry_in_force/* entryInForce */.xJ)({ table: entries, enabled: true }, { head });
        if (entry !== undefined)
            chosen.set(target, entry);
    }
    return chosen;
}
/**
 * The entry of `made` (in the order of precedence) that has a target's own emulator, where `chosen` is another one's: an image whose rules do not
 * tell two targets apart hides one behind the other. Undefined where it is not so.
 */
function hiddenBehind(chosen, made, { binary }, head) {
    const isOwn = ({ interpreter }) => interpreter.replace(/-static$/, '').endsWith(binary);
    if (isOwn(chosen))
        return undefined;
    const own = made.find((entry) => entry.enabled && isOwn(entry) && (0,model_entry/* matches */.cK)(entry, head));
    return own && { own, by: chosen };
}

// EXTERNAL MODULE: ./build/src/core/containers/engine-answer.js
var engine_answer = __webpack_require__(6641);
// EXTERNAL MODULE: ./build/src/core/journal/recorded-entry.js
var recorded_entry = __webpack_require__(2084);
// EXTERNAL MODULE: ./build/src/core/model/errors.js
var errors = __webpack_require__(2936);
// EXTERNAL MODULE: ./build/src/core/model/targets.js + 1 modules
var targets = __webpack_require__(5732);
// EXTERNAL MODULE: ./build/src/journal/reinstate.js
var reinstate = __webpack_require__(9462);
// EXTERNAL MODULE: ./build/src/system/binfmt.js
var binfmt = __webpack_require__(2535);
// EXTERNAL MODULE: ./build/src/system/journal-file.js
var journal_file = __webpack_require__(4987);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/src/system/command.js
var command = __webpack_require__(9478);
// EXTERNAL MODULE: ./build/src/system/folder.js
var system_folder = __webpack_require__(8143);
// EXTERNAL MODULE: ./build/src/system/regular-file.js
var regular_file = __webpack_require__(1058);
// EXTERNAL MODULE: ./build/src/system/temporary-folder.js
var temporary_folder = __webpack_require__(8317);
;// CONCATENATED MODULE: ./build/src/containers/container-image.js
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

// EXTERNAL MODULE: ./build/src/containers/engine.js
var containers_engine = __webpack_require__(3598);
;// CONCATENATED MODULE: ./build/src/containers/register.js
// method container: a privileged container registers emulators, as the field has long done it. What it changed is found out by comparing the
// kernel's table before and after; what nobody asked for is undone at once, the rest at the end.










/**
 * Lets an image register the wished targets. The table must be open. `heads` has, by target, the first bytes of a program of it.
 * Throws `no-engine`, `engine-denied`, `engine-failed`, `offline`, `invalid-image`, `journal-unwritable`; the ledger then knows what is to be undone.
 */
async function registerByContainer(wish, ledger, root, heads) {
    const engine = await (0,containers_engine/* findEngine */.GO)(wish.engine, root);
    const { image, dialect } = await broughtImage(wish, engine);
    const done = { engine: engine.name, image: (0,engine_answer/* pinnedName */.W2)(wish.image, image), pinned: (0,engine_answer/* isPinned */.T4)(wish.image) };
    const { runs, unknown } = containerRuns(dialect, wish.targets, wish);
    const notes = image.digests.length === 0 ? [`${engine.name} knows no digest of the image: it is ${(0,targets/* printable */.g$)(image.id)}`] : [];
    const never = unknown.map(({ name }) => [name, neverMade]);
    const known = wish.targets.filter((target) => !unknown.includes(target));
    if (known.length === 0)
        return { ...done, entries: new Map(), hidden: new Map(), unmade: new Map(never), notes };
    const { made, said } = await runRecorded(() => runAll(engine, wish.image, image, runs), ledger);
    const asked = new Map([...heads].filter(([name]) => wish.targets.some((target) => target.name === name)));
    const undone = await undoUnasked(made, ledger, root, [...asked.values()]);
    const { entries, hidden } = toldApart(chosenFor(undone.wanted, asked), undone.wanted, wish.targets, asked);
    const missing = known.filter(({ name }) => !entries.has(name) && !hidden.has(name));
    const paths = new Map(missing.map((target) => [target.name, emulatorPaths(dialect, image.env, target)]));
    const emulators = await emulatorsIn(engine, wish.image, image, paths);
    const unmade = missing.flatMap((target) => {
        const emulator = emulators.get(target.name);
        return emulator === undefined ? [] : [[target.name, { emulator, said: linesAbout(said, target).map(engine_answer/* sayable */.i) }]];
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
        const pair = entry && head && hiddenBehind(entry, made, target, head);
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
    const dialect = dialectOf(image.entrypoint, image.cmd);
    if (dialect !== undefined)
        return { image, dialect };
    const starts = (0,targets/* printable */.g$)([...image.entrypoint, ...image.cmd].join(' '));
    throw new errors/* SetupError */.w3('invalid-image', `the image ${wish.image} starts "${starts}", expected a program named register (multiarch/qemu-user-static) or binfmt (tonistiigi/binfmt)`, { hint: 'name an image that registers emulators in one of these two ways' });
}
/** Runs a container between two looks at the table. The record is on disk before, the changes are after, also when the container fails. */
async function runRecorded(start, ledger) {
    const record = (0,recorded_entry/* recordOf */.zv)((0,binfmt/* tableByPrecedence */.wo)(), [...(0,journal_file/* readJournals */.rZ)().journals, ledger.journal], ledger.journal);
    await ledger.record(record);
    const run = await start().then((said) => ({ said }), (error) => ({ error }));
    const changes = changesOf(record, (0,binfmt/* tableByPrecedence */.wo)());
    const others = (0,journal_file/* readJournals */.rZ)().journals.filter(({ id }) => id !== ledger.journal.id);
    // another job may have registered at the same time: its journal says so
    const made = changes.made.filter((entry) => !others.some((journal) => (0,recorded_entry/* isClaimedBy */.vi)(journal, ledger.journal, entry)));
    await ledger.settle(made, (0,recorded_entry/* withPrecedence */.Ht)(changes.replaced, changes.unchanged, record));
    if ('error' in run)
        throw run.error;
    return { made, said: run.said };
}
/**
 * Undoes at once what was done to targets that nobody asked for. A foreign entry for an asked-for target waits for restore: registered now it
 * would take precedence over the container's.
 */
async function undoUnasked(made, ledger, root, heads) {
    const { wanted, others: unasked } = split(made, heads);
    const replaced = ledger.journal.replaced ?? [];
    const { wanted: asked, others: rest } = split(replaced, heads);
    const staying = unasked.filter((entry) => (0,reinstate/* twinOf */.wA)(entry, rest) !== undefined);
    const stuck = [];
    for (const entry of unasked) {
        if (staying.includes(entry))
            continue;
        if ((await (0,binfmt/* removeEntry */.b4)(entry, root)) !== undefined)
            stuck.push(entry);
    }
    const others = (0,journal_file/* readJournals */.rZ)().journals.filter(({ id }) => id !== ledger.journal.id);
    const blocked = rest.filter(({ name }) => stuck.some((entry) => entry.name === name));
    const waiting = (0,recorded_entry/* waitingOf */.PZ)(replaced, [...asked, ...blocked], wanted);
    const due = replaced.filter((entry) => !waiting.includes(entry));
    const back = await (0,reinstate/* putBackAll */.kx)(due, { others }, root);
    const again = back.failed.length > 0 ? due : [];
    const gone = unasked.filter((entry) => !stuck.includes(entry));
    await ledger.unburden(gone, replaced.filter((entry) => waiting.includes(entry) || again.includes(entry)));
    const twins = await (0,reinstate/* leaveTwins */.Vp)(staying, rest, root);
    return { wanted, notes: [...back.lost, ...back.failed, ...twins] };
}

// EXTERNAL MODULE: ./build/src/core/model/image-reference.js
var image_reference = __webpack_require__(138);
// EXTERNAL MODULE: ./build/src/core/plan/existing-entry.js
var existing_entry = __webpack_require__(6993);
// EXTERNAL MODULE: ./build/src/core/plan/plan.js
var plan = __webpack_require__(9054);
// EXTERNAL MODULE: ./build/src/setup/inspect.js
var inspect = __webpack_require__(4291);
;// CONCATENATED MODULE: ./build/src/setup/register-by-container.js
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
        if (!wanted.some((entry) => (0,model_entry/* sameEntry */.dI)(entry, by)))
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
    const kept = (0,existing_entry/* keptForImage */.nD)(rivals, facts, request, emulator);
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


/***/ })

};
