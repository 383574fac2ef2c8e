export const id = 512;
export const ids = [512];
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
/* harmony import */ var _system_open_files_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(2389);
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

/***/ 6512:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openContainers: () => (/* binding */ openContainers)
});

// UNUSED EXPORTS: Containers, sweepContainers

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./build/src/core/model/targets.js + 1 modules
var targets = __webpack_require__(5732);
// EXTERNAL MODULE: ./build/src/core/probe/probe-run.js
var probe_run = __webpack_require__(9026);
;// CONCATENATED MODULE: ./build/src/core/containers/container-run.js


/** What is wrong with a run in a container, compared with what should have been; empty when all is as asked for. */
function judgeContainer(run, { engine, sha256, argv }) {
    switch (run.kind) {
        case 'elsewhere':
            return [{ kind: 'engine-elsewhere', engine, at: run.at, difference: run.difference }];
        case 'unproven':
            return [{ kind: 'engine-unproven', engine, reason: run.reason }];
        case 'failed': {
            const { ending, output, ownNamespace } = run;
            return [{ kind: 'engine-fails', engine, ending, output, ownNamespace }];
        }
        case 'silent':
            return [{ kind: 'probe-silent', where: engine, timeoutMs: run.timeoutMs }];
        case 'answered': {
            const { qemuVersion, answerRight, ending } = run;
            const fingerprint = { path: '/proc/1/exe of the container', sha256: run.sha256, qemuVersion, build: null };
            const path = argv[0] ?? '';
            return (0,probe_run/* judge */.S4)({ kind: 'answered', argv: run.argv, native: false, fingerprint, answerRight, ending }, { where: engine, sha256s: [sha256], version: null, argv, path, preserveArgv0: true });
        }
    }
}
/** How an engine's host differs from this machine by what `info` says; undefined when it does not. `host` in Debian's words (`amd64`). */
function differenceOf(info, host, release) {
    const architecture = hostWord(info.architecture);
    if (architecture !== null && architecture !== host)
        return { what: 'architecture', theirs: (0,targets/* printable */.g$)(architecture), ours: host };
    if (info.kernel !== null && info.kernel !== release)
        return { what: 'release', theirs: (0,targets/* printable */.g$)(info.kernel), ours: (0,targets/* printable */.g$)(release) };
    return undefined;
}
function hostWord(architecture) {
    if (architecture === 'x86_64')
        return 'amd64';
    return architecture === 'aarch64' ? 'arm64' : architecture;
}
/**
 * The boot id and the user ids' map, as the two files read one after the other show them; undefined for anything else. Their white space depends
 * on nothing that counts.
 */
function parsePlace(text) {
    const [, bootId, uidMap] = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\n((?:\s*\d+\s+\d+\s+\d+\n)*)$/.exec(text) ?? [];
    if (bootId === undefined || uidMap === undefined)
        return undefined;
    return { bootId, uidMap: uidMap.trim().replace(/\s+/g, ' ') };
}
/** Where an engine is reached, safe for a message: an address without the password in it. */
function addressWords(address) {
    return (0,targets/* printable */.g$)(address.replace(/\/\/([^/@]*)@/, (_, login) => `//${login.split(':')[0]}@`), 200);
}

// EXTERNAL MODULE: ./build/src/core/image/tar-entry.js
var tar_entry = __webpack_require__(8589);
;// CONCATENATED MODULE: ./build/src/core/containers/probe-archive.js
// The image in which a container of an engine proves a target: a probe, and the reader that shows files of the container from within. Its form
// is the archive of `docker save`, which docker, podman and nerdctl load: a manifest, a configuration and one layer. Sources: Docker's image
// specification 1.2 ("combined image JSON and file system changeset"), the OCI image configuration, and POSIX.1-2017 ustar.

/** Where the programs lie in the image. */
const probePath = '/probe';
const readerPath = '/read';
/** The archive of an image; the same bytes for the same image. `sha256` gives the hexadecimal hash of some bytes. */
function probeArchive(image, sha256) {
    const { reference, platform, probe, reader } = image;
    const layer = tarOf([
        { name: probePath.slice(1), bytes: probe, mode: 0o755 },
        { name: readerPath.slice(1), bytes: reader, mode: 0o755 },
    ]);
    const [os, architecture, variant] = platform.split('/');
    const config = jsonOf({
        created: '1970-01-01T00:00:00Z',
        architecture,
        os,
        ...(variant === undefined ? {} : { variant }),
        config: { Entrypoint: [probePath], Env: ['PATH=/'] },
        rootfs: { type: 'layers', diff_ids: [`sha256:${sha256(layer)}`] },
        history: [{ created: '1970-01-01T00:00:00Z', created_by: 'setup-qemu' }],
    });
    const configName = `${sha256(config)}.json`;
    const manifest = jsonOf([{ Config: configName, RepoTags: [reference], Layers: ['layer.tar'] }]);
    return tarOf([
        { name: 'layer.tar', bytes: layer, mode: 0o644 },
        { name: configName, bytes: config, mode: 0o644 },
        { name: 'manifest.json', bytes: manifest, mode: 0o644 },
    ]);
}
function jsonOf(value) {
    return new TextEncoder().encode(JSON.stringify(value));
}
/** A tar archive of plain files, which belong to root and are of 1970. */
function tarOf(members) {
    const sizes = members.map(({ bytes }) => tar_entry/* tarRecordBytes */.Y1 + paddedSize(bytes));
    // two empty records are the end
    const archive = new Uint8Array(sizes.reduce((sum, size) => sum + size, 2 * tar_entry/* tarRecordBytes */.Y1));
    let at = 0;
    for (const member of members) {
        archive.set(headerOf(member), at);
        archive.set(member.bytes, at + tar_entry/* tarRecordBytes */.Y1);
        at += tar_entry/* tarRecordBytes */.Y1 + paddedSize(member.bytes);
    }
    return archive;
}
function paddedSize({ length }) {
    return Math.ceil(length / tar_entry/* tarRecordBytes */.Y1) * tar_entry/* tarRecordBytes */.Y1;
}
function headerOf({ name, bytes, mode }) {
    const header = new Uint8Array(tar_entry/* tarRecordBytes */.Y1);
    const write = (at, text) => header.set(new TextEncoder().encode(text), at);
    const octal = (value, digits) => value.toString(8).padStart(digits, '0');
    write(0, name);
    write(100, octal(mode, 7));
    write(108, octal(0, 7));
    write(116, octal(0, 7));
    write(124, octal(bytes.length, 11));
    write(136, octal(0, 11));
    // the checksum is made with spaces in its own place
    write(148, '        ');
    write(156, '0');
    write(257, 'ustar\u000000');
    const sum = header.reduce((total, byte) => total + byte, 0);
    write(148, `${octal(sum, 6)}\0 `);
    return header;
}

// EXTERNAL MODULE: ./build/src/core/model/catalog.js
var model_catalog = __webpack_require__(6872);
// EXTERNAL MODULE: ./build/src/core/model/errors.js
var errors = __webpack_require__(2936);
// EXTERNAL MODULE: ./build/src/core/model/finding.js
var finding = __webpack_require__(9530);
// EXTERNAL MODULE: ./build/src/core/request/request.js + 1 modules
var request = __webpack_require__(9317);
// EXTERNAL MODULE: ./build/src/system/journal-file.js
var journal_file = __webpack_require__(4987);
// EXTERNAL MODULE: ./build/src/system/machine.js + 5 modules
var machine = __webpack_require__(2099);
// EXTERNAL MODULE: ./build/src/system/on-signal.js
var on_signal = __webpack_require__(6635);
// EXTERNAL MODULE: ./build/src/system/process.js
var system_process = __webpack_require__(8626);
// EXTERNAL MODULE: ./build/src/containers/engine.js
var containers_engine = __webpack_require__(3598);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:timers/promises"
var promises_ = __webpack_require__(8500);
// EXTERNAL MODULE: ./build/src/core/containers/engine-answer.js
var engine_answer = __webpack_require__(6641);
// EXTERNAL MODULE: ./build/src/core/machine/step-environment.js
var step_environment = __webpack_require__(4469);
// EXTERNAL MODULE: ./build/src/system/command.js
var command = __webpack_require__(9478);
// EXTERNAL MODULE: ./build/src/system/open-files.js
var open_files = __webpack_require__(2389);
;// CONCATENATED MODULE: ./build/src/containers/engine-cli.js
// A container engine as this user calls it: its command line, where it is reached, and what it says when it refuses.







/** Time limits in milliseconds: a question, a container. */
const usualLimits = { ask: 60_000, run: 120_000 };
/** How often a removal that docker itself has begun is asked for again, ten times a second. */
const mostRemovals = 100;
const asJson = ['--format', '{{json .}}'];
const addressVariables = { docker: 'DOCKER_HOST', podman: 'CONTAINER_HOST', nerdctl: 'CONTAINERD_ADDRESS' };
class EngineCall {
    name;
    limits;
    log;
    #file;
    constructor(name, file, log, limits = usualLimits) {
        this.name = name;
        this.log = log;
        this.limits = limits;
        this.#file = file;
    }
    /** One call to its end, as `command` does it. */
    call(args, options = {}) {
        return (0,command/* command */.G5)(this.#file, args, { timeoutMs: this.limits.ask, ...options });
    }
    /** A client that is spoken with, within the time of a container. */
    start(args) {
        const env = { ...(0,step_environment/* forOthers */.J)(process.env), LC_ALL: 'C' };
        const child = (0,open_files/* withStreams */.C5)((0,external_node_child_process_.spawn)(this.#file, args, { stdio: 'pipe', env }));
        (0,command/* killAfter */.XH)(child, this.limits.run);
        return child;
    }
    async info() {
        return (0,engine_answer/* engineInfo */.Ty)(await this.call(['info', ...asJson]));
    }
    /** Where the engine is reached, in words; null where nothing says it. */
    async address() {
        const variable = addressVariables[this.name];
        const value = process.env[variable] ?? '';
        if (value !== '')
            return `${variable}=${addressWords(value)}`;
        if (this.name !== 'docker')
            return null;
        const context = (0,engine_answer/* parseDockerContext */.N$)((await this.call(['context', 'inspect', ...asJson])).stdout);
        return context === undefined ? null : `context ${addressWords(context.name)}, ${addressWords(context.host)}`;
    }
    /** Removes images or containers by `rm` or `image rm`; one that stays is told. */
    async remove(args) {
        let answer = await this.call(args);
        // docker removes a container that has ended by itself, and refuses to be told so meanwhile; until it is gone, its image cannot go
        for (let tries = 1; tries < mostRemovals && /already in progress/i.test(answer.stderr); tries++) {
            await (0,promises_.setTimeout)(100);
            answer = await this.call(args);
        }
        if (answer.status !== 0 && !/no such|not known|no container with/i.test(answer.stderr))
            this.log.info(`warning: ${this.refusal(args.join(' '), answer)}`);
    }
    /** What was tried and what came back, in one line. */
    refusal(what, answer) {
        return `${this.name} ${what}: ${(0,engine_answer/* endingOf */.z6)(answer)}; it said: ${(0,engine_answer/* lastLines */.w$)(answer)}`;
    }
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
;// CONCATENATED MODULE: ./build/src/core/containers/probe-name.js
// The names of images and containers that prove a target in an engine. They say whose they are, so that what a killed run left behind is known
// and removed, and what a living one uses is not.

const repository = 'localhost/setup-qemu-probe';
const containerPrefix = 'setup-qemu-probe-';
/** The names for one run of a target's probe. `word` is hexadecimal and different in each. */
function probeNames(target, { bootId, pidNamespace, pid, start }, word) {
    const tag = [target, bootId.slice(0, 8), pidNamespace, pid, start, word].join('-');
    return {
        image: `${repository}:${tag}`,
        container: `${containerPrefix}${tag}`,
        looker: `${containerPrefix}${tag}.look`,
    };
}
/** The owner in a name of one of our images or containers, with the boot id's first eight digits; undefined for anything else. */
function ownerIn(name) {
    const at = name.startsWith(`${repository}:`) ? repository.length + 1 : containerPrefix.length;
    if (at === containerPrefix.length && !name.startsWith(containerPrefix))
        return undefined;
    const parts = /^(\w+)-([0-9a-f]{8})-(\d+)-(\d+)-(\d+)-[0-9a-f]+(?:\.look)?$/.exec(name.slice(at));
    const [, target, bootId = '', pidNamespace = '', pid, start = ''] = parts ?? [];
    if (!targets/* targets */.zV.some((known) => known.name === target))
        return undefined;
    return { bootId, pidNamespace, pid: Number(pid), start };
}
/**
 * Whether what has that owner was left behind: it is of an earlier boot, or its process has ended. Of one in another namespace of process numbers
 * nothing is known, so it is not. `startOf` gives the start of a process that lives.
 */
function isLeftBehind(owner, { bootId, pidNamespace }, startOf) {
    if (owner.bootId !== bootId.slice(0, 8))
        return true;
    return owner.pidNamespace === pidNamespace && startOf(owner.pid) !== owner.start;
}

// EXTERNAL MODULE: ./build/src/core/model/rule.js
var rule = __webpack_require__(8997);
// EXTERNAL MODULE: ./build/src/system/conversation.js
var system_conversation = __webpack_require__(808);
;// CONCATENATED MODULE: ./build/src/containers/engine-probe.js
// A target's probe in a container of an engine. The image for it is made on the spot and loaded, so nothing is pulled; a native reader in the image
// shows from within under which kernel the container runs, and which executable runs the probe. This works wherever the engine is: its processes
// need not be among those that can be seen from here.










/** What the reader shows of the place where a container runs. */
const placeFiles = ['/proc/sys/kernel/random/boot_id', '/proc/self/uid_map'];
class EngineProbe {
    #engine;
    #kit;
    #difference;
    #place;
    #turn = Promise.resolve();
    #current = Promise.resolve();
    #client;
    #stopped = false;
    constructor(engine, kit) {
        this.#engine = engine;
        this.#kit = kit;
    }
    /** Why the engine cannot be used at all; undefined when it can be asked. */
    async fault() {
        const info = await this.#engine.info();
        if (info.kind !== 'info')
            return info;
        this.#difference = differenceOf(info, this.#kit.host, (0,external_node_os_.release)());
        return undefined;
    }
    /** Runs a target's probe in a container, one after the other; what was made for it is gone afterwards. */
    run(work) {
        const run = this.#turn.then(async () => {
            if (this.#stopped)
                return await never;
            const current = this.#run(work);
            this.#current = current;
            const result = await current;
            return this.#stopped ? await never : result;
        });
        this.#turn = run.catch(() => undefined);
        return run;
    }
    /** Ends what runs and removes what was made for it. No run comes to its end after this. */
    async stop() {
        this.#stopped = true;
        this.#client?.kill('SIGKILL');
        await this.#current.catch(() => undefined);
    }
    /** Removes images and containers that runs which have ended left behind; of an engine of another kernel those of this machine's alone. */
    async sweep(ofThisKernel) {
        const { owner: us } = this.#kit;
        const left = (name) => {
            const owner = ownerIn(name);
            if (owner === undefined || (!ofThisKernel && owner.bootId !== us.bootId.slice(0, 8)))
                return false;
            return isLeftBehind(owner, us, system_process/* startOfProcess */.BR);
        };
        for (const [list, removal] of [
            [
                ['ps', '--all', '--format', '{{.Names}}'],
                ['rm', '--force'],
            ],
            [
                ['images', '--format', '{{.Repository}}:{{.Tag}}'],
                ['image', 'rm'],
            ],
        ]) {
            const { stdout } = await this.#engine.call(list);
            for (const name of stdout.split('\n').filter(left)) {
                await this.#engine.remove([...removal, name]);
                this.#engine.log.info(`${this.#engine.name}: ${name} was left behind by a run that has ended`);
            }
        }
    }
    async #run(work) {
        if (this.#difference !== undefined)
            return await this.#elsewhere(this.#difference);
        const names = probeNames(work.target, this.#kit.owner, (0,external_node_crypto_.randomBytes)(4).toString('hex'));
        try {
            const reason = (await this.#load(names, work)) ?? (await this.#look(names, work));
            if (reason !== undefined)
                return { kind: 'unproven', reason };
            if (this.#stopped)
                return { kind: 'unproven', reason: 'it was stopped' };
            const { place: here } = this.#kit;
            const there = this.#place ?? here;
            if (there.bootId !== here.bootId)
                return await this.#elsewhere({ what: 'boot id', theirs: there.bootId, ours: here.bootId });
            return await this.#probe(names, work, there.uidMap !== here.uidMap);
        }
        finally {
            await this.#engine.remove(['image', 'rm', names.image]);
        }
    }
    async #load({ image }, { target, platform }) {
        const { probes, rules } = this.#kit;
        const program = probes.probes.get(target);
        if (program === undefined)
            throw new Error(`there is no probe for ${target}`);
        const probe = (0,rule/* fitted */.$5)(program, (0,rule/* ruleOf */.Y)((0,targets/* targetNamed */.bH)(target), rules));
        const archive = probeArchive({ reference: image, platform, probe, reader: probes.reader }, sha256Of);
        // nerdctl takes only what is for its own host unless it is told
        const words = this.#engine.name === 'nerdctl' ? ['load', '--platform', platform] : ['load'];
        const answer = await this.#engine.call(words, { input: archive });
        return answer.status === 0 ? undefined : this.#engine.refusal(`load of an image for ${platform}`, answer);
    }
    /** Finds out once under which kernel containers run; the reason when that cannot be done. */
    async #look({ looker, image }, { platform }) {
        if (this.#place !== undefined)
            return undefined;
        const options = [...this.#options(looker, platform), '--entrypoint', readerPath];
        const answer = await this.#engine.call(['run', ...options, image, ...placeFiles], {
            timeoutMs: this.#engine.limits.run,
        });
        if (isUnfinished(answer.status))
            await this.#engine.remove(['rm', '--force', looker]);
        if (answer.status !== 0)
            return this.#engine.refusal(`run of a native program in a container for ${platform}`, answer);
        this.#place = parsePlace(answer.stdout);
        if (this.#place === undefined)
            return `a container of ${this.#engine.name} does not show the boot id of its kernel; it said: ${(0,engine_answer/* lastLines */.w$)(answer)}`;
        await this.sweep(this.#place.bootId === this.#kit.place.bootId);
        return undefined;
    }
    async #probe(names, { target, platform, argv }, ownNamespace) {
        const child = this.#engine.start(['run', ...this.#options(names.container, platform), names.image, argv[1]]);
        this.#client = child;
        const conversation = new system_conversation/* Conversation */.sy(child, target);
        try {
            return await this.#talk(conversation, child, names, ownNamespace);
        }
        finally {
            // without input the probe ends, and its container with it
            child.stdin.end();
            const { status } = await conversation.ended;
            this.#client = undefined;
            if (isUnfinished(status))
                await this.#engine.remove(['rm', '--force', names.container]);
        }
    }
    async #talk(conversation, child, { container }, ownNamespace) {
        const started = await conversation.started;
        if (started.kind === 'ended') {
            if (started.timedOut)
                return { kind: 'silent', timeoutMs: this.#engine.limits.run };
            const output = `${started.stdout.toString('latin1')}${started.stderr}`;
            return { kind: 'failed', ending: (0,system_conversation/* endingText */.pG)(started), output, ownNamespace };
        }
        const read = await this.#hashIn(container);
        if ('answer' in read)
            return { kind: 'unproven', reason: this.#engine.refusal('exec of a reader of /proc/1/exe', read.answer) };
        const question = (0,external_node_crypto_.randomInt)(64, 121);
        child.stdin.end(Buffer.from([question ^ 0x5a]));
        const end = await conversation.ended;
        const qemuVersion = this.#kit.versionOf(read.sha256);
        const answerRight = end.status === question;
        return { kind: 'answered', argv: started.argv, ...read, qemuVersion, answerRight, ending: (0,system_conversation/* endingText */.pG)(end) };
    }
    /** SHA-256 of the executable that runs as the first process of a container, as a program in it reads it. */
    async #hashIn(container) {
        const hash = (0,external_node_crypto_.createHash)('sha256');
        let [size, stdout] = [0, ''];
        const take = (chunk) => {
            hash.update(chunk);
            size += chunk.length;
            // docker says there, too, why it could not
            if (stdout === '')
                stdout = new TextDecoder('latin1').decode(chunk.subarray(0, 1000));
        };
        const answer = await this.#engine.call(['exec', container, readerPath, '/proc/1/exe'], { take });
        return answer.status === 0 && size > 0 ? { sha256: hash.digest('hex') } : { answer: { ...answer, stdout } };
    }
    async #elsewhere(difference) {
        return { kind: 'elsewhere', at: await this.#engine.address(), difference };
    }
    #options(name, platform) {
        // the first process is to be the probe, whatever the engine's configuration says
        const own = this.#engine.name === 'podman' ? ['--pid', 'private'] : [];
        const quiet = ['--pull', 'never', '--network', 'none'];
        return ['--rm', '--interactive', '--name', name, ...quiet, '--init=false', ...own, '--platform', platform];
    }
}
/** What never comes: of a run that was stopped. */
const never = new Promise(() => undefined);
/** Whether a client ended before its container, or the engine says that it failed itself (125): then the container may be there still. */
function isUnfinished(status) {
    return status === null || status === 125;
}
function sha256Of(bytes) {
    return (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex');
}

;// CONCATENATED MODULE: ./build/src/containers/verify-in.js
// The engines of `verify-in`: in a container of each the probe of a target runs once more, and must run under the executable that ran it directly.















/**
 * Opens engines for proofs. Throws `no-engine` for one that is not on PATH, `engine-denied` and `engine-failed` for one that does not answer, and
 * `probe-unrunnable` where this machine's own kernel cannot be told. The caller closes it.
 */
async function openContainers(names, machine, rules) {
    const kit = kitOf(machine, rules);
    const engines = await Promise.all(names.map(async (name) => [name, await openEngine(name, kit, machine)]));
    return new Containers(new Map(engines));
}
/** Removes what proofs in these engines (the words of `verify-in`) left behind whose process was killed. Throws as `openContainers`. */
async function sweepContainers(words, log) {
    const machine = thisMachine({ cacheFolder: '', owner: ownerOf('action', process.pid), log });
    const kit = kitOf(machine, 'upstream');
    for (const name of enginesOf(words))
        await (await openEngine(name, kit, machine)).sweep(false);
}
function kitOf({ host, probes, catalog }, rules) {
    const place = ownPlace();
    const { pid, start } = (0,journal_file/* ownerOf */.bf)('cli', process.pid);
    const owner = { bootId: place.bootId, pidNamespace: (0,system_process/* pidNamespace */.fP)(), pid, start };
    const versionOf = (sha256) => (0,model_catalog/* emulatorOfHash */.PC)(catalog, sha256)?.qemuVersion ?? null;
    return { host, place, owner, probes, rules, versionOf };
}
function ownPlace() {
    const text = placeFiles.map((path) => (0,external_node_fs_.readFileSync)(path, 'latin1')).join('');
    const place = parsePlace(text);
    if (place !== undefined)
        return place;
    throw new errors/* SetupError */.w3('probe-unrunnable', `${placeFiles.join(' and ')} do not show the boot id and the user ids of this machine`, {
        hint: 'leave verify-in out, or mount a whole /proc',
    });
}
async function openEngine(name, kit, { log }) {
    const file = (0,containers_engine/* onPath */.L)(name);
    if (file === undefined)
        throw new errors/* SetupError */.w3('no-engine', `verify-in names ${name}, and PATH has no program of that name`, {
            hint: `install ${name}, or leave it out of verify-in`,
        });
    const engine = new EngineProbe(new EngineCall(name, file, log), kit);
    const fault = await engine.fault();
    if (fault === undefined)
        return engine;
    const isDenied = fault.kind === 'refused';
    throw new errors/* SetupError */.w3(isDenied ? 'engine-denied' : 'engine-failed', `verify-in names ${name}, which is here, but: ${fault.reason}`, {
        hint: isDenied
            ? `let this user talk to ${name} (docker: the group docker), or leave it out of verify-in`
            : `start ${name}, or leave it out of verify-in`,
    });
}
/** Open engines. While they are, a signal that ends this process removes first what was made in them. */
class Containers {
    #engines;
    /** From now on nothing is done at a signal. */
    close;
    constructor(engines) {
        this.#engines = engines;
        this.close = (0,on_signal/* onEnding */.n)(() => Promise.allSettled([...engines.values()].map((engine) => engine.stop())));
    }
    /** Proves a target in each engine. `sha256`: what ran it directly; null when nothing did as it should, and then nothing is tried. */
    async prove({ target, platform }, sha256) {
        const names = [...this.#engines.keys()];
        if (sha256 === null)
            return { proven: Object.fromEntries(names.map((name) => [name, false])), findings: [] };
        const runs = names.map(async (engine) => {
            const argv = [probePath, (0,external_node_crypto_.randomBytes)(4).toString('hex')];
            const work = { target: target.name, platform: platform ?? `linux/${target.name}`, argv };
            const run = await this.#engines.get(engine)?.run(work);
            return { engine, findings: run === undefined ? [] : judgeContainer(run, { engine, sha256, argv }) };
        });
        const all = await Promise.all(runs);
        return {
            proven: Object.fromEntries(all.map(({ engine, findings }) => [engine, !findings.some(finding/* isFailure */.N)])),
            findings: all.flatMap(({ findings }) => findings),
        };
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

/***/ 8589:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Y1: () => (/* binding */ tarRecordBytes),
/* harmony export */   mt: () => (/* binding */ TarError),
/* harmony export */   o: () => (/* binding */ isExtension),
/* harmony export */   o7: () => (/* binding */ tarEntry),
/* harmony export */   pI: () => (/* binding */ tarHeader),
/* harmony export */   uQ: () => (/* binding */ extended)
/* harmony export */ });
// What the records of a tar archive say: headers, and the extended headers before them. Sources: POSIX.1-2017 pax (ustar and extended
// headers), and GNU tar's long names and large numbers, https://www.gnu.org/software/tar/manual/html_node/Standard.html.
/** The bytes are no tar archive that is understood here. */
class TarError extends Error {
}
const tarRecordBytes = 512;
const kinds = {
    '0': 'file',
    '1': 'hard link',
    '2': 'symbolic link',
    '3': 'device',
    '4': 'device',
    '5': 'folder',
    '6': 'fifo',
    '7': 'file',
};
function text(bytes) {
    const end = bytes.indexOf(0);
    return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}
function numberIn(field) {
    // GNU writes what does not fit in octal digits as a big-endian number with the top bit set
    if (((field[0] ?? 0) & 0x80) !== 0)
        return safe(field.reduce((sum, byte, at) => sum * 256 + (at === 0 ? byte & 0x7f : byte), 0));
    const digits = text(field).trim();
    if (!/^[0-7]*$/.test(digits))
        throw new TarError('a number in a header of the tar archive is none');
    return safe(Number.parseInt(digits || '0', 8));
}
function safe(value) {
    if (Number.isSafeInteger(value))
        return value;
    throw new TarError('a number in a header of the tar archive is 2^53 or more');
}
/** One record of 512 bytes at offset `at` as a header; undefined for the end mark. Throws TarError when its checksum does not match. */
function tarHeader(bytes, at) {
    if (bytes.every((byte) => byte === 0))
        return undefined;
    const sum = bytes.reduce((total, byte, place) => total + (place >= 148 && place < 156 ? 0x20 : byte), 0);
    if (sum !== numberIn(bytes.subarray(148, 156)))
        throw new TarError(`the header at ${at} of the tar archive does not match its checksum`);
    const posix = text(bytes.subarray(257, 263)) === 'ustar' && bytes[262] === 0;
    const prefix = posix ? text(bytes.subarray(345, 500)) : '';
    const name = text(bytes.subarray(0, 100));
    return {
        path: prefix === '' ? name : `${prefix}/${name}`,
        link: text(bytes.subarray(157, 257)),
        size: numberIn(bytes.subarray(124, 136)),
        type: String.fromCharCode(bytes[156] || 0x30),
    };
}
/** Whether a member's content speaks of the member after it. */
function isExtension({ type }) {
    return type === 'L' || type === 'K' || type === 'x' || type === 'g';
}
/** What is known of the next member after one more extended header with this content. Global ones (g) say nothing that counts here. */
function extended(before, { type }, content) {
    if (type === 'L')
        return { ...before, path: text(content) };
    if (type === 'K')
        return { ...before, link: text(content) };
    return type === 'x' ? { ...before, ...paxExtension(content) } : before;
}
/** `path`, `linkpath` and `size` of a pax header, whose records are `<length> <key>=<value>\n`. Throws TarError. */
function paxExtension(content) {
    const found = new Map();
    for (let at = 0; at < content.length;) {
        const length = /^(\d{1,9}) /.exec(new TextDecoder('latin1').decode(content.subarray(at, at + 10)))?.[1];
        const end = at + Number(length ?? 0);
        if (length === undefined || end - at <= length.length + 1 || end > content.length || content[end - 1] !== 0x0a)
            throw new TarError('a pax record of the tar archive has no right length');
        const record = new TextDecoder().decode(content.subarray(at + length.length + 1, end - 1));
        const equals = record.indexOf('=');
        if (equals < 1)
            throw new TarError('a pax record of the tar archive has no key');
        found.set(record.slice(0, equals), record.slice(equals + 1));
        at = end;
    }
    return { ...nameIn(found, 'path', 'path'), ...nameIn(found, 'linkpath', 'link'), ...sizeIn(found) };
}
function nameIn(records, key, name) {
    const value = records.get(key);
    if (value?.includes('\0'))
        throw new TarError(`a pax record of the tar archive has a ${key} with a NUL`);
    return value === undefined || value === '' ? {} : { [name]: value };
}
function sizeIn(records) {
    const value = records.get('size');
    if (value === undefined)
        return {};
    if (!/^\d{1,16}$/.test(value))
        throw new TarError('a pax record of the tar archive has a size that is no number');
    return { size: safe(Number(value)) };
}
/** A member that is no extended header, with what those before it say. Throws TarError for GNU's sparse files. */
function tarEntry(header, extension) {
    const path = extension.path ?? header.path;
    if (header.type === 'S')
        throw new TarError('the tar archive holds a sparse file in the old GNU form, which is not read');
    const kind = header.type === '0' && path.endsWith('/') ? 'folder' : (kinds[header.type] ?? 'other');
    // links, folders and devices have no content, whatever their size says: as Go's archive/tar, with which engines read layers
    const size = kind === 'file' || kind === 'other' ? (extension.size ?? header.size) : 0;
    return { kind, path, link: kind.endsWith('link') ? (extension.link ?? header.link) : '', size };
}


/***/ })

};
