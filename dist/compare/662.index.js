export const id = 662;
export const ids = [662];
export const modules = {

/***/ 9948:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $J: () => (/* binding */ ownerWords),
/* harmony export */   $f: () => (/* binding */ heldIn),
/* harmony export */   Fb: () => (/* binding */ overtakenOf),
/* harmony export */   HI: () => (/* binding */ isAlike),
/* harmony export */   Sx: () => (/* binding */ conflictOf),
/* harmony export */   U8: () => (/* binding */ contestOf),
/* harmony export */   g0: () => (/* binding */ inUseText),
/* harmony export */   pW: () => (/* binding */ holdersOf),
/* harmony export */   s0: () => (/* binding */ sameOwner)
/* harmony export */ });
/* harmony import */ var _model_entry_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2103);
/* harmony import */ var _table_identity_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3716);
// Entries that living jobs and calls of the command line hold, and what follows for a request that comes beside them. The kernel's table is
// one for the machine, and its newest entry wins for all: the same emulator is shared, a different one is a conflict.


/** What journals hold in an instance of the table; those that are being undone hold nothing any more. */
function heldIn(journals, table) {
    const living = journals.filter((journal) => (0,_table_identity_js__WEBPACK_IMPORTED_MODULE_1__/* .isSameTable */ .j9)(journal, table) && journal.leaving !== true);
    return living.flatMap(({ id, owner, entries }) => entries
        .filter(({ registered }) => registered)
        .map((entry) => ({ entry, emulator: entry.emulator ?? null, journal: id, owner })));
}
/** Who holds a listed entry. */
function holdersOf(listed, held) {
    return held.filter(({ entry }) => (0,_model_entry_js__WEBPACK_IMPORTED_MODULE_0__/* .sameEntry */ .dI)(entry, listed));
}
/**
 * Whether two owners are one job: the runner says the same of both, and its random id is the same; where one has none, the same process, started
 * at the same time.
 */
function sameOwner(a, b) {
    if (a.face !== b.face || a.job !== b.job)
        return false;
    if (a.tracking !== undefined && b.tracking !== undefined)
        return a.tracking === b.tracking;
    return a.pid === b.pid && a.start === b.start && a.pidNamespace === b.pidNamespace;
}
/**
 * The finding for a registration that would take a platform away from another job that lives: one of the entries that it would shadow is held
 * by that job and has another emulator or other flags. What the command line made is there to be shadowed.
 */
function conflictOf(rivals, held, me, wanted) {
    for (const rival of rivals) {
        const other = holdersOf(rival, held).find(({ owner }) => owner.face === 'action' && !sameOwner(owner, me));
        if (other === undefined)
            continue;
        if (wanted.sha256 !== undefined && other.emulator?.sha256 === wanted.sha256 && wanted.flags.includes(rival.flags))
            continue;
        return {
            kind: 'other-job',
            entry: rival.name,
            theirs: { owner: ownerWords(other.owner), has: other.emulator?.qemuVersion ?? null, flags: rival.flags },
            ours: { owner: ownerWords(me), wants: wanted.version, flags: wanted.flags[0] ?? '' },
        };
    }
    return undefined;
}
/**
 * The finding for an entry that we are about to register while another job has registered a different one for the same programs, or came earlier
 * and means to: both have noted it in their journals before either looked, so one of them sees the other.
 */
function contestOf(entry, mine, others) {
    for (const other of others) {
        if (other.owner.face !== 'action' || sameOwner(other.owner, mine.owner) || other.leaving === true)
            continue;
        if (!(0,_table_identity_js__WEBPACK_IMPORTED_MODULE_1__/* .isSameTable */ .j9)(other, mine))
            continue;
        const isFirst = isEarlier(other, mine);
        // rules may differ and match the same programs all the same
        const theirs = other.entries.find((one) => (one.registered || isFirst) && (0,_model_entry_js__WEBPACK_IMPORTED_MODULE_0__/* .overlap */ .EF)(one, entry) && !isAlike(one, entry));
        if (theirs === undefined)
            continue;
        return {
            kind: 'other-job',
            entry: theirs.name,
            theirs: { owner: ownerWords(other.owner), has: theirs.emulator?.qemuVersion ?? null, flags: theirs.flags },
            ours: { owner: ownerWords(mine.owner), wants: entry.emulator?.qemuVersion ?? null, flags: entry.flags },
        };
    }
    return undefined;
}
function isEarlier(a, b) {
    const [one, other] = [a.since ?? 0, b.since ?? 0];
    return one < other || (one === other && a.id < b.id);
}
/** Whether two entries have the same emulator and flags. */
function isAlike(a, b) {
    return a.emulator?.sha256 === b.emulator?.sha256 && sameButP(a.flags, b.flags);
}
/** P comes and goes with what an emulator can do; both sides find the same. */
function sameButP(a, b) {
    return a.replace('P', '') === b.replace('P', '');
}
/**
 * Entries of a journal that stand and are not in force: newer ones of others match the same programs. `table` is in the order of precedence;
 * entries of the same job do not count, nor one by which another job has the same emulator with a wider or narrower rule.
 */
function overtakenOf(journal, table, others) {
    const family = [journal, ...others.filter(({ owner }) => sameOwner(owner, journal.owner))];
    const isOurs = (listed) => family.some(({ entries }) => entries.some((own) => (0,_model_entry_js__WEBPACK_IMPORTED_MODULE_0__/* .sameEntry */ .dI)(own, listed)));
    const isSameEmulator = (own, listed) => own.emulator !== undefined &&
        others.some(({ entries }) => entries.some((one) => (0,_model_entry_js__WEBPACK_IMPORTED_MODULE_0__/* .sameEntry */ .dI)(one, listed) && isAlike(one, own)));
    return table.flatMap((listed, at) => {
        const own = journal.entries.find((entry) => entry.registered && (0,_model_entry_js__WEBPACK_IMPORTED_MODULE_0__/* .sameEntry */ .dI)(entry, listed));
        if (own === undefined)
            return [];
        const newer = table
            .slice(0, at)
            .filter((other) => other.enabled && !isOurs(other) && (0,_model_entry_js__WEBPACK_IMPORTED_MODULE_0__/* .overlap */ .EF)(other, listed) && !isSameEmulator(own, other));
        return newer.length === 0 ? [] : [{ name: listed.name, by: newer.map(({ name }) => name) }];
    });
}
/** For what another job is waited. */
function inUseText({ entry, theirs, }) {
    return `${entry} is in use by ${theirs.owner}`;
}
/** A job as a person finds it again: its name, and its process number. */
function ownerWords({ face, label, pid }) {
    const who = label ?? (face === 'cli' ? 'the command line' : 'a job');
    return `${who} (process ${pid})`;
}


/***/ }),

/***/ 2084:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ht: () => (/* binding */ withPrecedence),
/* harmony export */   JF: () => (/* binding */ olderRival),
/* harmony export */   Op: () => (/* binding */ loweredBy),
/* harmony export */   PZ: () => (/* binding */ waitingOf),
/* harmony export */   WG: () => (/* binding */ putBackOf),
/* harmony export */   Zz: () => (/* binding */ strangersIn),
/* harmony export */   vi: () => (/* binding */ isClaimedBy),
/* harmony export */   zv: () => (/* binding */ recordOf)
/* harmony export */ });
/* harmony import */ var _model_entry_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2103);
/* harmony import */ var _table_identity_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3716);
// Entries of others that a container may have replaced: how they are noted in a journal, and what is to be done to have them back.
// The kernel's newest entry wins, so they are registered again in the order in which they once were: the oldest first.


/** A table, in the order of precedence, as it is noted before a container changes it; `journals` are all of this machine, one's own too. */
function recordOf(table, journals, at) {
    return table.map((entry) => {
        const owner = journals.find((journal) => isClaimedBy(journal, at, entry));
        return owner === undefined ? entry : { ...entry, journal: owner.id };
    });
}
/** Whether a journal says that an entry is its own. */
function isClaimedBy(journal, at, entry) {
    return (0,_table_identity_js__WEBPACK_IMPORTED_MODULE_1__/* .isSameTable */ .j9)(journal, at) && journal.entries.some((other) => (0,_model_entry_js__WEBPACK_IMPORTED_MODULE_0__/* .sameEntry */ .dI)(other, entry));
}
/** Replaced entries with the names of those that stood above and below them in the record and are `unchanged`. */
function withPrecedence(replaced, unchanged, record) {
    return replaced.map((entry) => {
        const at = record.indexOf(entry);
        const namesOf = (others) => others.filter((other) => unchanged.includes(other) && (0,_model_entry_js__WEBPACK_IMPORTED_MODULE_0__/* .overlap */ .EF)(other, entry)).map(({ name }) => name);
        const [below, over] = [namesOf(record.slice(0, at)), namesOf(record.slice(at + 1))];
        return { ...entry, ...(below.length === 0 ? {} : { below }), over };
    });
}
/**
 * Of replaced entries those that can only be put back at the end: `first` can, and whatever matches some file that one of these or of `standing`
 * matches, too, as their order would not be that in which they were made.
 */
function waitingOf(replaced, first, standing) {
    const waiting = new Set(first);
    for (let known = -1; known !== waiting.size;) {
        known = waiting.size;
        for (const entry of replaced)
            if ([...waiting, ...standing].some((other) => (0,_model_entry_js__WEBPACK_IMPORTED_MODULE_0__/* .overlap */ .EF)(other, entry)))
                waiting.add(entry);
    }
    return replaced.filter((entry) => waiting.has(entry));
}
/**
 * Names of entries in a table that came before a recorded one and will stand behind it when it is registered now, for some file at least. `recorded`
 * are all that were replaced, or the whole record.
 */
function loweredBy(entry, recorded, table) {
    if (!entry.enabled)
        return [];
    const at = recorded.indexOf(entry);
    const cameBefore = (other) => {
        const place = recorded.findIndex((one) => (0,_model_entry_js__WEBPACK_IMPORTED_MODULE_0__/* .sameEntry */ .dI)(one, other));
        if (place >= 0)
            return place < at;
        return entry.over === undefined ? entry.below?.includes(other.name) === true : !entry.over.includes(other.name);
    };
    const rivals = table.filter((other) => other.enabled && other.name !== entry.name && (0,_model_entry_js__WEBPACK_IMPORTED_MODULE_0__/* .overlap */ .EF)(other, entry));
    return rivals.filter(cameBefore).map(({ name }) => name);
}
/** An entry that was made earlier than another one of the recorded, for some of the same files, and must be registered before it. */
function olderRival(entry, recorded, others) {
    const at = recorded.indexOf(entry);
    return others.find((other) => recorded.indexOf(other) > at && (0,_model_entry_js__WEBPACK_IMPORTED_MODULE_0__/* .overlap */ .EF)(other, entry));
}
/**
 * Which recorded entries (the newest first) are to be registered again in a table from which ours are removed.
 * One that stands there as it was needs nothing; one that belonged to a journal which is not among `others` any more is missed by nobody.
 */
function putBackOf(recorded, table, others) {
    const register = [];
    const taken = [];
    for (const entry of recorded.toReversed()) {
        if (entry.journal !== undefined && !others.some(({ id }) => id === entry.journal))
            continue;
        const listed = table.find(({ name }) => name === entry.name);
        if (listed === undefined)
            register.push(entry);
        else if (!(0,_model_entry_js__WEBPACK_IMPORTED_MODULE_0__/* .sameEntry */ .dI)(listed, entry))
            taken.push(entry);
    }
    return { register, taken };
}
/** Entries of a table that a container may have made before we were ended: not in the record, and in no journal. */
function strangersIn(table, record, journals, at) {
    return table.filter((entry) => !record.some((other) => (0,_model_entry_js__WEBPACK_IMPORTED_MODULE_0__/* .sameEntry */ .dI)(other, entry)) && !journals.some((journal) => isClaimedBy(journal, at, entry)));
}


/***/ }),

/***/ 6993:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I2: () => (/* binding */ lacksOnHost),
/* harmony export */   Ii: () => (/* binding */ keptOnHost),
/* harmony export */   RL: () => (/* binding */ keptOwn),
/* harmony export */   aP: () => (/* binding */ keptByPolicy),
/* harmony export */   nD: () => (/* binding */ keptForImage),
/* harmony export */   oB: () => (/* binding */ isAccepted)
/* harmony export */ });
/* harmony import */ var _journal_ownership_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9948);
/* harmony import */ var _model_catalog_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6872);
// When an entry that is there already stays in force: because it is ours and just what is asked for, because the request says so, because the
// request asks for what the machine has, or because it has the emulator of an image that registers by itself and left it in force. Decided on what really runs and on its flags, never on a name.


/**
 * An entry of ours that has exactly the emulator of SHA-256 `sha256`, still in its file, such flags, and a rule for all programs asked for. It may be an earlier call's or another
 * job's: then it is shared, and the last one out removes it.
 */
function keptOwn({ run, inForce: entry, narrow }, { held, me }, flags, sha256) {
    if (run === undefined || entry === undefined || narrow !== undefined || !flags.includes(entry.flags))
        return undefined;
    const { fingerprint } = run;
    if (fingerprint.sha256 !== sha256 || fingerprint.path.endsWith(' (deleted)'))
        return undefined;
    return heldTogether(entry, fingerprint, { held, me });
}
/** An entry that a journal holds, held by ours too; undefined when none holds it. */
function heldTogether(entry, fingerprint, { held, me }) {
    const [holder] = (0,_journal_ownership_js__WEBPACK_IMPORTED_MODULE_0__/* .holdersOf */ .pW)(entry, held);
    if (holder === undefined)
        return undefined;
    // calls of the command line share one fate: `restore` undoes them all
    const alike = me.face === 'cli' && (0,_journal_ownership_js__WEBPACK_IMPORTED_MODULE_0__/* .holdersOf */ .pW)(entry, held).some(({ owner }) => owner.face === 'cli');
    const { sha256, qemuVersion } = fingerprint;
    const share = alike ? null : { journal: holder.journal, emulator: { sha256, qemuVersion } };
    const who = alike || (0,_journal_ownership_js__WEBPACK_IMPORTED_MODULE_0__/* .sameOwner */ .s0)(holder.owner, me) ? 'an earlier setup' : (0,_journal_ownership_js__WEBPACK_IMPORTED_MODULE_0__/* .ownerWords */ .$J)(holder.owner);
    const reason = `${who} registered exactly this emulator as ${entry.name}`;
    return { kind: 'keep', entry, fingerprint, share, notes: [], reason };
}
/** What `if-registered` makes of the entries; undefined where a registration is to take precedence. `asked`: the catalog's emulator. */
function keptByPolicy(rivals, request, sha256, asked) {
    const { run, inForce: entry, entries, unseen } = rivals;
    if (request.ifRegistered === 'fail' && (entries.length > 0 || unseen)) {
        const names = entries.map(({ name }) => name);
        const finding = { kind: 'already-registered', names, runs: run?.fingerprint ?? null };
        return {
            kind: 'impossible',
            finding,
            reason: `${names.join(', ') || 'an entry out of sight'} is registered, and if-registered is fail`,
        };
    }
    if (request.ifRegistered !== 'keep' || run === undefined)
        return undefined;
    const names = entries.map(({ name }) => name).join(', ');
    const differs = differencesOf(rivals, run.fingerprint, request, sha256, asked);
    if (differs.length > 0 || (entry === undefined && !unseen)) {
        const finding = { kind: 'kept-differs', entry: names, differences: differs };
        return {
            kind: 'impossible',
            finding,
            reason: `${names || 'an entry out of sight'} is to be kept, and is not what is asked for`,
        };
    }
    const kept = keep(entry, run.fingerprint);
    return { ...kept, notes: [...kept.notes, ...otherBuild(entry, run.fingerprint, asked)] };
}
/** With `qemu-version: host`: the entry that works, if it has the flags and the rule that the request needs; those of one that cannot be seen are not known. */
function keptOnHost(rivals, request) {
    const { run, inForce: entry } = rivals;
    if (request.wanted.kind !== 'host' || run === undefined)
        return undefined;
    return lacksOnHost(rivals, request).length === 0 ? keep(entry, run.fingerprint) : undefined;
}
/** With `qemu-version: host`: why the entry that works is not kept; empty where it is, and where none works. */
function lacksOnHost(rivals, request) {
    if (request.wanted.kind !== 'host' || rivals.run === undefined)
        return [];
    return differencesOf(rivals, rivals.run.fingerprint, request, undefined, undefined);
}
/**
 * What an entry from before counts for where a container has left it in force (tonistiigi's does, for a name that is taken): kept when exactly the
 * image's own emulator runs under it, or one of the SHA-256s that are asked for, with the flags and the version asked for. Else why it does not count.
 */
function keptForImage(rivals, facts, request, emulator) {
    const { run, inForce: entry, entries } = rivals;
    if (run === undefined)
        return entries.map(({ name }) => `${name} does not run its programs`);
    const { fingerprint } = run;
    const ofImage = request.sha256s.length > 0 ? [] : imageDifferences(fingerprint, emulator);
    const differences = [...ofImage, ...differencesOf(rivals, fingerprint, request, undefined, undefined)];
    if (differences.length > 0 || entry === undefined)
        return differences;
    return heldTogether(entry, fingerprint, facts) ?? keep(entry, fingerprint);
}
function imageDifferences({ sha256, qemuVersion, path }, emulator) {
    const runs = `QEMU ${qemuVersion ?? 'of an unknown version'} runs (${path}, SHA-256 ${sha256})`;
    if (emulator.kind === 'lacks')
        return [`${runs}, and the image has no emulator for it`];
    if (emulator.kind === 'unread')
        return [`${runs}, and which emulator the image has is not known: ${emulator.reason}`];
    return emulator.sha256 === sha256
        ? []
        : [`${runs}, and the image has another (${emulator.path}, SHA-256 ${emulator.sha256})`];
}
function keep(entry, fingerprint) {
    return {
        kind: 'keep',
        entry: entry ?? null,
        fingerprint,
        share: null,
        notes: entry === undefined ? [{ kind: 'entry-unseen' }] : [],
        reason: `${entry?.name ?? 'an entry that cannot be seen from here'} runs these programs already`,
    };
}
function otherBuild(entry, { build, sha256 }, asked) {
    if (asked === undefined || sha256 === asked.sha256)
        return [];
    return [
        {
            kind: 'other-build',
            entry: entry?.name ?? 'the entry',
            expected: asked.build,
            got: build ?? 'of an unknown build',
        },
    ];
}
/** What is asked for and what runs, wherever the two differ; empty when the entry can be kept. */
function differencesOf({ inForce: entry, narrow, unseen }, runs, request, sha256, asked) {
    if (entry === undefined && !unseen)
        return ['these programs run, and no entry that can be seen here matches them'];
    const version = asked?.qemuVersion ?? request.version;
    const got = runs.qemuVersion ?? 'of an unknown version';
    const versions = version === null || (runs.qemuVersion !== null && (0,_model_catalog_js__WEBPACK_IMPORTED_MODULE_1__/* .isVersion */ .lF)(runs.qemuVersion, version))
        ? []
        : [`QEMU ${version} is asked for, and QEMU ${got} runs`];
    const file = request.wanted.kind === 'path' && sha256 !== undefined && runs.sha256 !== sha256
        ? [`the executable with SHA-256 ${sha256} is asked for, and ${runs.sha256} runs (${runs.path})`]
        : [];
    const hashes = isAccepted(runs, request)
        ? []
        : [`SHA-256 ${request.sha256s.join(' or ')} is asked for, and ${runs.sha256} runs`];
    const rule = narrow === undefined ? [] : [narrow];
    return [...versions, ...file, ...hashes, ...rule, ...(entry === undefined ? [] : flagDifferences(entry, request))];
}
/** Whether an executable's hash is one of those that are asked for; any is where none is. */
function isAccepted({ sha256 }, { sha256s }) {
    return sha256s.length === 0 || sha256s.includes(sha256);
}
function flagDifferences({ name, flags }, { credentials }) {
    const has = (flag) => flags.includes(flag);
    const listed = `${name} has ${flags === '' ? 'no flags' : `the flags ${flags}`}`;
    return [
        ...(has('F') ? [] : [`${listed}: without F its programs do not run in a chroot or container`]),
        ...(has('C') === credentials ? [] : [`${listed}, and credentials is ${credentials}`]),
    ];
}


/***/ }),

/***/ 9054:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V6: () => (/* binding */ rivalsOf),
/* harmony export */   Z1: () => (/* binding */ withoutShares),
/* harmony export */   bJ: () => (/* binding */ planFor),
/* harmony export */   v5: () => (/* binding */ conflicting)
/* harmony export */ });
/* unused harmony exports flagsFor, freeName */
/* harmony import */ var _journal_ownership_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9948);
/* harmony import */ var _model_entry_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2103);
/* harmony import */ var _model_entry_in_force_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7273);
/* harmony import */ var _model_rule_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8997);
/* harmony import */ var _existing_entry_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6993);
/* harmony import */ var _resolved_source_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(4747);
// Decides, target by target, what is to be done: nothing because it is native, nothing because it is already so, or a registration.
// A plan is data: it can be printed (`--dry-run`), compared in tests, and carried out.






/** The flags to try: with P first; without it for an emulator or kernel under which argv[0] does not arrive. */
function flagsFor(credentials) {
    const base = credentials ? 'OCF' : 'F';
    return [(0,_model_entry_js__WEBPACK_IMPORTED_MODULE_1__/* .kernelFlags */ .b)(`P${base}`), base];
}
/** What is to be done for each target of the request, given the machine's facts. */
function planFor(request, facts, catalog) {
    return { targets: request.platforms.map((platform) => planTarget(platform, request, facts, catalog)) };
}
/** The plan without claims to entries of other jobs: what is left to those who cannot write a journal, and asked for what is there anyway. */
function withoutShares({ targets }) {
    return { targets: targets.map((target) => (target.kind === 'keep' ? { ...target, share: null } : target)) };
}
function planTarget(platform, request, facts, catalog) {
    const before = facts.before.get(platform.target.name);
    if (before?.run.kind === 'answered' && before.run.native) {
        return { kind: 'native', platform, reason: 'the probe runs on this machine without an emulator' };
    }
    const rivals = rivalsOf(platform.target.name, facts, request.rules);
    const flags = flagsFor(request.credentials);
    const supply = (0,_resolved_source_js__WEBPACK_IMPORTED_MODULE_5__/* .supplyFor */ .b)(platform.target, request, { ...facts, lacks: (0,_existing_entry_js__WEBPACK_IMPORTED_MODULE_4__/* .lacksOnHost */ .I2)(rivals, request) }, catalog);
    const sha256 = supply.kind === 'catalog' || supply.kind === 'file' ? supply.emulator.sha256 : undefined;
    const kept = (0,_existing_entry_js__WEBPACK_IMPORTED_MODULE_4__/* .keptOwn */ .RL)(rivals, facts, flags, sha256) ??
        (0,_existing_entry_js__WEBPACK_IMPORTED_MODULE_4__/* .keptByPolicy */ .aP)(rivals, request, sha256, supply.kind === 'catalog' ? supply.emulator : undefined) ??
        (0,_existing_entry_js__WEBPACK_IMPORTED_MODULE_4__/* .keptOnHost */ .Ii)(rivals, request);
    if (kept !== undefined)
        return { ...kept, platform };
    if (supply.kind === 'none')
        return { kind: 'impossible', platform, finding: supply.finding, reason: supply.reason };
    const registered = registration({ platform, supply, flags, rules: request.rules }, rivals.entries, facts.table);
    return sha256 === undefined && supply.kind === 'image'
        ? registered
        : (conflicting(registered, request, facts, sha256) ?? registered);
}
/** The end of a registration that would take a platform away from another job; undefined where it may go on. */
function conflicting({ platform, supply, flags }, request, facts, sha256) {
    if (request.onConflict === 'take')
        return undefined;
    const version = supply.kind === 'catalog' ? supply.emulator.qemuVersion : request.version;
    const { entries } = rivalsOf(platform.target.name, facts, request.rules);
    const finding = (0,_journal_ownership_js__WEBPACK_IMPORTED_MODULE_0__/* .conflictOf */ .Sx)(entries, facts.held, facts.me, { sha256, flags, version });
    if (finding === undefined)
        return undefined;
    return { kind: 'impossible', platform, finding, reason: (0,_journal_ownership_js__WEBPACK_IMPORTED_MODULE_0__/* .inUseText */ .g0)(finding) };
}
/** The enabled entries that match a target's programs under some rules, and how its probe ran before anything was changed. */
function rivalsOf(target, facts, rules) {
    const before = facts.before.get(target);
    if (before === undefined)
        return { entries: [], run: undefined, inForce: undefined, narrow: undefined, unseen: false };
    const heads = (0,_model_rule_js__WEBPACK_IMPORTED_MODULE_3__/* .headsOf */ .j$)(before.head, rules);
    const entries = (0,_model_entry_in_force_js__WEBPACK_IMPORTED_MODULE_2__/* .matchingEntries */ .Wj)(facts, heads.map((head) => ({ head })));
    const run = before.run.kind === 'answered' ? before.run : undefined;
    const standing = run && (0,_model_entry_in_force_js__WEBPACK_IMPORTED_MODULE_2__/* .entryInForce */ .xJ)(facts, before);
    const narrow = standing && (0,_model_rule_js__WEBPACK_IMPORTED_MODULE_3__/* .narrowness */ .jp)(standing, entries, heads);
    return { entries, run, inForce: standing, narrow, unseen: facts.hidden && run !== undefined && !run.native };
}
function registration(wanted, rivals, table) {
    const shadows = rivals.map((entry) => entry.name);
    const reason = shadows.length === 0 ? 'nothing runs it yet' : besideWords(shadows.join(', '), wanted.supply);
    return { kind: 'register', ...wanted, name: freeName(wanted.platform.target.name, table), shadows, reason };
}
/** What becomes of the entries that are there. */
function besideWords(names, supply) {
    if (supply.kind !== 'container')
        return `takes precedence over ${names}, which stays as it is`;
    return supply.reset
        ? `${names} is removed before, if it is named qemu-*, and put back at the end`
        : `${names} is there: the image decides whether it replaces that, and what it replaces is put back at the end`;
}
/** The first name for a target's entry that the table does not hold. */
function freeName(target, table) {
    const taken = new Set(table.map((entry) => entry.name));
    for (const name of (0,_model_entry_js__WEBPACK_IMPORTED_MODULE_1__/* .entryNames */ .VM)(target))
        if (!taken.has(name))
            return name;
    throw new Error(`a thousand entries for ${target} are registered`);
}


/***/ }),

/***/ 4747:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ candidatePaths),
/* harmony export */   b: () => (/* binding */ supplyFor)
/* harmony export */ });
/* harmony import */ var _model_catalog_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6872);
/* harmony import */ var _text_visible_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6951);
/* harmony import */ var _existing_entry_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6993);
// Where a target's emulator is to come from: the catalog, a file of this machine, an image, or a container that registers it.



/** The supply for one target of a request. */
function supplyFor(target, request, machine, catalog) {
    const { wanted } = request;
    switch (wanted.kind) {
        case 'image':
            return { kind: 'image', image: wanted.image, binary: target.binary };
        case 'container':
            return { kind: 'container', image: wanted.image, engine: wanted.engine, reset: wanted.reset };
        case 'catalog': {
            const emulator = (0,_model_catalog_js__WEBPACK_IMPORTED_MODULE_0__/* .emulatorFor */ .jt)(catalog, wanted.qemuVersion, machine.host, target);
            return emulator === undefined
                ? notInCatalog(target, wanted.qemuVersion, machine.host, catalog)
                : { kind: 'catalog', emulator };
        }
        default:
            return fileFor(target, request, machine);
    }
}
/**
 * Where an executable may lie, the preferred first: for `qemu-version: host` on PATH, under /usr/bin and /usr/libexec; for `path` that file, or in
 * that folder. The name with `-static` comes first: without it may be a dynamic executable of the same package.
 */
function candidatePaths(target, wanted, path, folder) {
    const names = [`${target.binary}-static`, target.binary];
    if (wanted.kind === 'path')
        return folder ? names.map((name) => `${wanted.path.replace(/\/+$/, '')}/${name}`) : [wanted.path];
    if (wanted.kind !== 'host')
        return [];
    const folders = [...path.split(':').filter((part) => part.startsWith('/')), '/usr/bin', '/usr/libexec'];
    return names.flatMap((name) => [...new Set(folders)].map((part) => `${part.replace(/\/+$/, '')}/${name}`));
}
function fileFor(target, request, { host, files, lacks }) {
    const found = files.get(target.name) ?? [];
    const usable = found.find((file) => file.unusable === undefined && (0,_existing_entry_js__WEBPACK_IMPORTED_MODULE_2__/* .isAccepted */ .oB)(file, request));
    if (usable === undefined)
        return found.length === 0 ? noFile(target, request, lacks) : noneUsable(found, request.sha256s, lacks);
    const { path, sha256, size, known } = usable;
    if (request.wanted.kind === 'path' && path === request.wanted.path && isShared(path, target, files)) {
        const reason = `path names one executable, ${path}, for several platforms, and an emulator is for one`;
        return none('invalid-input', reason, 'name the folder that holds one executable a platform (qemu-aarch64, ...)');
    }
    const build = { qemuVersion: known?.qemuVersion ?? null, build: known?.build ?? null };
    const emulator = { binary: target.binary, sha256, size, host, ...build };
    return { kind: 'file', emulator, path, locator: request.wanted.kind === 'path' ? 'file' : 'host' };
}
function isShared(path, target, files) {
    return [...files].some(([name, found]) => name !== target.name && found.some((file) => file.path === path));
}
function noneUsable(found, sha256s, lacks) {
    const reasons = found.map(({ path, sha256, unusable }) => `${path} ${unusable ?? `has the SHA-256 ${sha256}, expected ${sha256s.join(' or ')}`}`);
    const isOtherwiseFit = found.some(({ unusable }) => unusable === undefined);
    const hint = isOtherwiseFit
        ? 'find out where that file comes from; if it is the one that you mean, give its own sha256, as sha256sum prints it'
        : 'build it with --static, or take one from the catalog (leave path and qemu-version out) or from an image';
    const beside = lacks.length === 0 ? [] : [entryWords(lacks)];
    const reason = `no executable that was found can be used: ${[...reasons, ...beside].join('; ')}`;
    return none('emulator-unusable', reason, hint);
}
function noFile(target, { wanted }, lacks) {
    const names = `${target.binary}-static or ${target.binary}`;
    if (wanted.kind === 'path')
        return none('emulator-missing', `there is no ${names} at ${wanted.path}`, 'path names an executable, or a folder that holds such files');
    const nowhere = `this machine has no ${names}: neither on PATH nor under /usr/bin and /usr/libexec, and`;
    return lacks.length === 0
        ? none('emulator-missing', `${nowhere} no entry that works`, "install the distribution's QEMU user emulators, or name a version of the catalog with qemu-version")
        : none('emulator-missing', `${nowhere} ${entryWords(lacks)}`, 'ask for what the entry has, or name a version of the catalog with qemu-version');
}
function entryWords(lacks) {
    return `the entry that works is not what is asked for: ${lacks.join('; ')}`;
}
function notInCatalog(target, version, host, catalog) {
    const others = catalog.packages.filter((from) => from.host === host && from.emulators.some(([binary]) => binary === target.binary));
    const versions = [...new Set(others.map((from) => from.version))];
    const hint = versions.length === 0
        ? `no version in the catalog has it for ${host} hosts`
        : `these versions have it: ${versions.join(', ')}`;
    return none('not-in-catalog', `the catalog has no ${target.binary} of QEMU ${version} for ${host} hosts`, hint);
}
function none(code, words, hint) {
    // paths and what entries are called are others' words
    const reason = (0,_text_visible_js__WEBPACK_IMPORTED_MODULE_1__/* .visible */ .RK)(words);
    return { kind: 'none', finding: { kind: 'not-set-up', code, reason, hint: (0,_text_visible_js__WEBPACK_IMPORTED_MODULE_1__/* .visible */ .RK)(hint) }, reason };
}


/***/ }),

/***/ 9462:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Vp: () => (/* binding */ leaveTwins),
/* harmony export */   kx: () => (/* binding */ putBackAll),
/* harmony export */   wA: () => (/* binding */ twinOf)
/* harmony export */ });
/* unused harmony exports isOpenable, describe */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var _core_journal_recorded_entry_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2084);
/* harmony import */ var _core_model_entry_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2103);
/* harmony import */ var _core_model_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2936);
/* harmony import */ var _core_model_targets_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5732);
/* harmony import */ var _system_binfmt_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2535);
// Registers again, field by field, what a container replaced: entries of others, from the record that was made before it ran.






/** Reasons that lie in the machine, not in the entry. */
const mendable = new Set(['binfmt-read-only', 'no-rights', 'internal']);
/**
 * Whether registering an entry anew gives the same emulator as far as anybody can tell: the kernel opens the interpreter of one with F at once,
 * so that its file must be there; the emulator of an image is not.
 */
function isOpenable(entry) {
    return !entry.flags.includes('F') || (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.existsSync)(entry.interpreter);
}
/** What a container's entry replaced, where it reads like that and nothing else can be had in its place: removed, nothing could follow it. */
function twinOf(entry, replaced) {
    return replaced.find((other) => (0,_core_model_entry_js__WEBPACK_IMPORTED_MODULE_2__/* .sameEntry */ .dI)(other, entry) && !isOpenable(other));
}
/** Leaves such entries of a container where they are, each in the state of the one that it replaced. Returns the words for each. */
function leaveTwins(twins, replaced, root) {
    return Promise.all(twins.map(async (entry) => {
        const { name, interpreter } = entry;
        const words = `${(0,_core_model_targets_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g$)(name)} stays as the container made it: it reads like the one before, whose interpreter ${(0,_core_model_targets_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g$)(interpreter, 400)} is not there to be registered again`;
        if (twinOf(entry, replaced)?.enabled !== false)
            return words;
        // in force where it was not before, it could run programs that it should not
        const errno = await (0,_system_binfmt_js__WEBPACK_IMPORTED_MODULE_5__/* .disableEntry */ .Ni)(entry, root);
        return errno === undefined
            ? `${words}; it is disabled, as that was`
            : `${words}; that was disabled, and disabling this answered ${errno}`;
    }));
}
/**
 * Puts entries back (given the newest first), each with its state; one that stands as it was is left alone. They are registered in the order in which
 * they were made: where an older one must wait, so do the newer ones that match some of the same files. Never throws for an entry.
 */
async function putBackAll(recorded, { others, passing = [], blocked = [] }, root) {
    const plan = (0,_core_journal_recorded_entry_js__WEBPACK_IMPORTED_MODULE_1__/* .putBackOf */ .WG)(recorded, (0,_system_binfmt_js__WEBPACK_IMPORTED_MODULE_5__/* .readTable */ .xz)(), others);
    const putBack = [];
    const lost = plan.taken.map((entry) => takenText(entry));
    const failed = [];
    const waiting = [...blocked];
    const isPassing = (entry) => passing.some((journal) => (0,_core_journal_recorded_entry_js__WEBPACK_IMPORTED_MODULE_1__/* .isClaimedBy */ .vi)(journal, journal, entry));
    for (const entry of plan.register) {
        const older = (0,_core_journal_recorded_entry_js__WEBPACK_IMPORTED_MODULE_1__/* .olderRival */ .JF)(entry, recorded, waiting);
        const standing = (0,_system_binfmt_js__WEBPACK_IMPORTED_MODULE_5__/* .readTable */ .xz)().filter((other) => !isPassing(other));
        const answer = older === undefined ? await putBackOne(entry, root) : waitsText(entry, older);
        if (answer === undefined) {
            putBack.push(entry.name);
            lost.push(...loweredText(entry, (0,_core_journal_recorded_entry_js__WEBPACK_IMPORTED_MODULE_1__/* .loweredBy */ .Op)(entry, recorded, standing)));
        }
        else
            (answer.mendable ? failed : lost).push(answer.text);
        if (answer?.mendable === true)
            waiting.push(entry);
    }
    return { putBack, lost, failed };
}
function waitsText(entry, older) {
    return {
        text: `${describe(entry)} waits for ${(0,_core_model_targets_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g$)(older.name)}, which is older and must be registered first`,
        mendable: true,
    };
}
async function putBackOne(entry, root) {
    try {
        if (!(await (0,_system_binfmt_js__WEBPACK_IMPORTED_MODULE_5__/* .register */ .kz)(entry, root)))
            return { text: takenText(entry), mendable: false };
    }
    catch (thrown) {
        const { code, message } = (0,_core_model_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .asSetupError */ .AD)(thrown);
        return {
            text: `${describe(entry)} could not be put back: ${(0,_core_model_targets_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g$)(message, 400)}`,
            mendable: mendable.has(code),
        };
    }
    if (entry.enabled)
        return undefined;
    const errno = await (0,_system_binfmt_js__WEBPACK_IMPORTED_MODULE_5__/* .disableEntry */ .Ni)(entry, root);
    if (errno === undefined)
        return undefined;
    // in force where it was not before, it could run programs that it should not
    const { inode: before, ...anew } = entry;
    await (0,_system_binfmt_js__WEBPACK_IMPORTED_MODULE_5__/* .removeEntry */ .b4)(anew, root);
    return { text: `${describe(entry)} was disabled, and disabling it again answered ${errno}`, mendable: true };
}
/** An entry of somebody else as a warning names it. */
function describe({ name, interpreter }) {
    return `${(0,_core_model_targets_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g$)(name)} (interpreter ${(0,_core_model_targets_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g$)(interpreter, 400)}), which was there before,`;
}
function takenText(entry) {
    const now = (0,_system_binfmt_js__WEBPACK_IMPORTED_MODULE_5__/* .readEntry */ .hB)(entry.name);
    const by = now === undefined ? '' : ` (interpreter ${(0,_core_model_targets_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g$)(now.interpreter, 400)})`;
    return `${describe(entry)} is not put back: somebody else has an entry of that name by now${by}`;
}
function loweredText({ name }, lowered) {
    if (lowered.length === 0)
        return [];
    return [
        `${(0,_core_model_targets_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g$)(name)} is put back and takes precedence over ${lowered.map((other) => (0,_core_model_targets_js__WEBPACK_IMPORTED_MODULE_4__/* .printable */ .g$)(other)).join(', ')}, which came before it until now`,
    ];
}


/***/ }),

/***/ 4291:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ inspect)
/* harmony export */ });
/* harmony import */ var _core_journal_ownership_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9948);
/* harmony import */ var _system_binfmt_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2535);
/* harmony import */ var _system_journal_file_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4987);
/* harmony import */ var _system_probe_runs_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1220);
/* harmony import */ var _system_table_identity_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2106);
// What the machine is like before anything is changed: the facts that a plan is made from.





/** Runs each target's probe as the machine is now, and reads the table, the journals, and the files that the request allows. */
async function inspect(request, machine, folder) {
    const names = request.platforms.map(({ target }) => target.name);
    const programs = names.map((name) => ({ head: (0,_system_probe_runs_js__WEBPACK_IMPORTED_MODULE_3__/* .headOf */ .Uo)(name, folder) }));
    const { table, enabled, seen: before } = await (0,_system_probe_runs_js__WEBPACK_IMPORTED_MODULE_3__/* .lookUnderTable */ .io)(programs, () => (0,_system_probe_runs_js__WEBPACK_IMPORTED_MODULE_3__/* .runsOf */ .ky)(names, folder));
    const files = await filesOf(request, machine, before);
    const hidden = !(0,_system_binfmt_js__WEBPACK_IMPORTED_MODULE_1__/* .isMounted */ .BX)();
    const held = hidden ? [] : (0,_core_journal_ownership_js__WEBPACK_IMPORTED_MODULE_0__/* .heldIn */ .$f)((0,_system_journal_file_js__WEBPACK_IMPORTED_MODULE_2__/* .readJournals */ .rZ)().journals.filter(_system_journal_file_js__WEBPACK_IMPORTED_MODULE_2__/* .isHolding */ .ye), (0,_system_table_identity_js__WEBPACK_IMPORTED_MODULE_4__/* .hereTable */ .d2)());
    return { host: machine.host, table, enabled, hidden, held, me: machine.owner, before, files };
}
/** The machine's own executables, where the request asks for them. */
async function filesOf(request, machine, before) {
    const { wanted } = request;
    const files = new Map();
    if (wanted.kind !== 'host' && wanted.kind !== 'path')
        return files;
    const { filesFor } = await __webpack_require__.e(/* import() */ 254).then(__webpack_require__.bind(__webpack_require__, 5254));
    for (const { target } of request.platforms) {
        const run = before.get(target.name)?.run;
        if (run?.kind === 'answered' && run.native)
            continue;
        files.set(target.name, filesFor(target, wanted, machine.host, machine.catalog, process.env.PATH ?? ''));
    }
    return files;
}


/***/ }),

/***/ 3662:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  workInside: () => (/* binding */ workInside)
});

// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(1421);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __webpack_require__(7030);
// EXTERNAL MODULE: external "node:readline"
var external_node_readline_ = __webpack_require__(481);
// EXTERNAL MODULE: ./build/src/core/model/errors.js
var errors = __webpack_require__(2936);
// EXTERNAL MODULE: ./build/src/core/report/outcome.js
var report_outcome = __webpack_require__(1428);
// EXTERNAL MODULE: ./build/src/core/request/request.js + 2 modules
var request_request = __webpack_require__(3846);
// EXTERNAL MODULE: ./build/src/system/command.js
var command = __webpack_require__(9478);
// EXTERNAL MODULE: ./build/src/system/console.js + 2 modules
var console = __webpack_require__(5376);
// EXTERNAL MODULE: ./build/src/system/machine.js + 6 modules
var system_machine = __webpack_require__(8555);
// EXTERNAL MODULE: ./build/src/system/open-files.js
var open_files = __webpack_require__(4770);
// EXTERNAL MODULE: ./build/src/core/journal/journal.js
var journal_journal = __webpack_require__(2606);
// EXTERNAL MODULE: ./build/src/core/journal/ownership.js
var ownership = __webpack_require__(9948);
// EXTERNAL MODULE: ./build/src/core/plan/plan.js
var plan_plan = __webpack_require__(9054);
// EXTERNAL MODULE: ./build/src/core/report/report.js
var report = __webpack_require__(7164);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./build/src/core/journal/drop-in.js
var drop_in = __webpack_require__(466);
// EXTERNAL MODULE: ./build/src/core/model/entry.js
var model_entry = __webpack_require__(2103);
// EXTERNAL MODULE: ./build/src/system/binfmt.js
var binfmt = __webpack_require__(2535);
// EXTERNAL MODULE: ./build/src/system/journal-file.js
var journal_file = __webpack_require__(4987);
// EXTERNAL MODULE: ./build/src/system/table-identity.js
var table_identity = __webpack_require__(2106);
// EXTERNAL MODULE: ./build/src/core/journal/recorded-entry.js
var recorded_entry = __webpack_require__(2084);
// EXTERNAL MODULE: ./build/src/core/journal/table-identity.js
var journal_table_identity = __webpack_require__(3716);
// EXTERNAL MODULE: ./build/src/core/model/targets.js + 1 modules
var targets = __webpack_require__(5732);
// EXTERNAL MODULE: ./build/src/scope/holder.js + 1 modules
var holder = __webpack_require__(1773);
// EXTERNAL MODULE: ./build/src/journal/reinstate.js
var reinstate = __webpack_require__(9462);
;// CONCATENATED MODULE: ./build/src/journal/restore.js
// The inverse of setup: removes what a journal names and what is still ours, puts back what a container replaced, and nothing else.
// Safe to run twice.












const nothing = {
    removed: [],
    putBack: [],
    left: [],
    overtaken: [],
    unmounted: false,
    closed: [],
    spared: [],
    forgotten: [],
    elsewhere: [],
    warnings: [],
};
/** Undoes the journals of a scope. Throws only what `root` throws. */
async function restoreAll(getRoot, scope) {
    const { journals, damaged } = readJournals();
    const isDue = ({ owner }) => scope === 'all' || (scope === 'usual' && owner.face === 'cli') || (owner.face === 'action' && !isAlive(owner));
    const due = journals.filter(isDue);
    const spared = journals
        .filter((journal) => !due.includes(journal) && journal.owner.face === 'action')
        .map(({ id, owner }) => ({ id, pid: owner.pid }));
    const closed = closeScopes(scope);
    let restored = {
        ...nothing,
        closed,
        spared,
        warnings: damaged.map(({ file, reason }) => `${file}: ${reason}; remove what setup-qemu status shows of it by hand (echo -1 | sudo tee ${binfmtFolder}/NAME), then the file: sudo rm ${shellWord(file)}`),
    };
    await sweepJournals(getRoot);
    for (const journal of inUndoOrder(due))
        restored = merged(restored, await restoreJournal(journal, await getRoot(), due));
    return settled(restored);
}
/** Ends the private scopes of this user: those of the command line, or all; those of jobs end with them by themselves. */
function closeScopes(scope) {
    sweepFolders();
    const faces = scope === 'stale' ? [] : scope === 'all' ? ['cli', 'action'] : ['cli'];
    return faces.flatMap(keepersOf).map((keeper) => {
        closeKeeper(keeper);
        return keeper.folder;
    });
}
/**
 * Undoes one journal; `due` are those that are undone with it. Never throws for an entry: one that cannot be removed is a warning with the command
 * to run.
 */
async function restoreJournal(journal, root, due = []) {
    const state = (0,table_identity/* tableStateFor */.Vf)(journal);
    if (state.kind !== 'here')
        return await withoutTable(journal, state, root);
    const claimed = whileClaimed(journal);
    // from here on nobody counts on our claim to a shared entry: see Ledger.share
    const unclaimed = await (0,journal_file/* writeJournal */.fY)({ ...journal, leaving: true }, root).then(() => [], (error) => [(0,errors/* asSetupError */.AD)(error).message]);
    const all = (0,journal_file/* readJournals */.rZ)().journals.filter(({ id }) => id !== journal.id);
    const holding = all.filter(journal_file/* isHolding */.ye);
    const files = await removeFiles(journal, holding, root);
    const undo = (0,journal_journal/* undoOf */.CF)(journal, (0,binfmt/* readTable */.xz)(), holding);
    const { replaced = [] } = journal;
    const isTwin = (entry) => (0,reinstate/* twinOf */.wA)(entry, replaced) !== undefined;
    const twins = await (0,reinstate/* leaveTwins */.Vp)(undo.remove.filter(isTwin), replaced, root);
    const ours = undo.remove.filter((entry) => !isTwin(entry));
    const { removed, missed, unsure, warnings: failed } = await removeAll(ours, journal, root);
    const back = await broughtBack(journal, { others: all, passing: passingWith(journal, all, due) }, root);
    const warnings = [...unclaimed, ...files, ...failed, ...back.failed, ...back.lost, ...twins];
    const isLast = (0,binfmt/* readTable */.xz)().length === 0 && !(0,journal_file/* livingOthers */.pB)(journal).some((other) => (0,journal_table_identity/* isSameTable */.j9)(other, journal));
    const unmounted = warnings.length === 0 && journal.mounted && isLast && (await (0,binfmt/* unmountTable */.bP)(root)) === undefined;
    // what another setup is perhaps just making is looked at again by the next restore
    const isOpen = files.length + failed.length + unsure.length + back.failed.length > 0 || isAtWork(journal);
    if (!isOpen)
        await (0,journal_file/* removeJournal */.Sw)(journal.id, root);
    const left = [...(0,journal_journal/* leftAtEnd */.S7)(undo.left, claimed.left), ...missed, ...unsure];
    const { overtaken } = claimed;
    return { ...nothing, removed, putBack: back.putBack, left, overtaken, unmounted, warnings };
}
/** Whether a journal can be undone without asking: its table is here and its job has ended, or the table is gone, and whoever wrote it, too. */
function isLeftBehind(journal) {
    if ((0,journal_file/* isAlive */._n)(journal.owner))
        return false;
    const { kind } = (0,table_identity/* tableStateFor */.Vf)(journal);
    return kind === 'gone' || (kind === 'here' && !(0,journal_file/* isHolding */.ye)(journal));
}
/**
 * What is left to do where a journal's table is not here. It is never mounted for that: in a user namespace without a table of its own, that would
 * put an empty one before the one that is in force.
 */
async function withoutTable(journal, state, root) {
    const { id, entries } = journal;
    if (state.kind === 'elsewhere')
        return { ...nothing, elsewhere: [{ id, pid: state.pid }] };
    if (state.kind === 'unmounted' && (0,journal_journal/* holdsEntries */.n0)(journal)) {
        const command = `sudo mount -t binfmt_misc binfmt_misc ${binfmt/* binfmtFolder */.T5}`;
        const names = entries.map(({ name }) => (0,targets/* printable */.g$)(name)).join(', ');
        const what = `${names === '' ? 'the entries' : names} of ${id} cannot be reached, as binfmt_misc is not mounted here`;
        return { ...nothing, warnings: [`${what}; mount it, then run setup-qemu restore once more: ${command}`] };
    }
    const others = (0,journal_file/* readJournals */.rZ)().journals.filter((other) => other.id !== id && (0,journal_file/* isHolding */.ye)(other));
    const warnings = await removeFiles(journal, others, root);
    if (warnings.length === 0)
        await (0,journal_file/* removeJournal */.Sw)(id, root);
    const names = entries.filter(({ registered }) => registered).map(({ name }) => name);
    return { ...nothing, forgotten: [{ id, entries: [...new Set(names)] }], warnings };
}
/** What strangers did to a journal's entries, as long as its claim keeps other jobs from touching them; and who came on top. */
function whileClaimed(journal) {
    const before = (0,journal_file/* livingOthers */.pB)(journal);
    const table = (0,binfmt/* tableByPrecedence */.wo)();
    // whoever is in the table was in the journals before, or has come meanwhile
    const others = [...before, ...(0,journal_file/* livingOthers */.pB)(journal)];
    return { left: (0,journal_journal/* undoOf */.CF)(journal, table, []).left, overtaken: (0,ownership/* overtakenOf */.Fb)(journal, table, others) };
}
/** Whether a call of the command line is still about to register an entry: it may be ended once it has, before it notes that. */
function isAtWork({ owner, entries }) {
    return (owner.face === 'cli' && owner.pid !== process.pid && entries.some(({ registered }) => !registered) && (0,journal_file/* isAlive */._n)(owner));
}
/** Removes drop-ins first, so that a restart of systemd-binfmt in between brings nothing back; one that another job needs stays. */
async function removeFiles({ files = [] }, others, root) {
    const due = files.filter((file) => !others.some((other) => other.leaving !== true && other.files?.includes(file)));
    const warnings = [];
    for (const file of due) {
        const errno = await root.removeFile(file);
        if (errno !== undefined)
            warnings.push(`removing ${file} answered ${errno}; remove it by hand: sudo rm ${file}`);
    }
    return warnings;
}
/** Journals that are undone together with one: those that are due, and those of the same job, whose steps all end now. */
function passingWith(journal, others, due) {
    const isSameJob = ({ owner }) => owner.face === 'action' && (0,ownership/* sameOwner */.s0)(owner, journal.owner);
    return others.filter((other) => due.some(({ id }) => id === other.id) || isSameJob(other));
}
/** Puts back what was replaced; when the changes of a container were never computed, what is gone of the record. */
async function broughtBack(journal, beside, root) {
    const { record, replaced = [] } = journal;
    const back = await (0,reinstate/* putBackAll */.kx)(replaced, beside, root);
    if (record === undefined)
        return back;
    const strangers = (0,recorded_entry/* strangersIn */.Zz)((0,binfmt/* readTable */.xz)(), record, [journal, ...beside.others], journal);
    // where a stranger has the name of a recorded entry, that one can still be had back once the stranger is removed
    const blocked = record.filter((entry) => strangers.some(({ name }) => entry.name === name));
    const blocking = blocked.length > 0;
    const ended = await (0,reinstate/* putBackAll */.kx)(record, { ...beside, blocked }, root);
    const told = strangers.map(({ name, interpreter }) => `${(0,targets/* printable */.g$)(name)} (interpreter ${(0,targets/* printable */.g$)(interpreter, 400)}) may have been made by the container of a setup that was ended; if nobody needs it, remove it: echo -1 | sudo tee ${shellWord(`${binfmt/* binfmtFolder */.T5}/${name}`)}`);
    const again = blocking ? ['then run setup-qemu restore once more: it puts back what had that name'] : [];
    return {
        putBack: [...back.putBack, ...ended.putBack],
        lost: [...back.lost, ...ended.lost, ...(blocking ? [] : told)],
        failed: [...back.failed, ...ended.failed, ...(blocking ? [...told, ...again] : [])],
    };
}
/** A path of somebody's choice as one word of a command to copy. */
function shellWord(path) {
    return /^[\w./+-]+$/.test(path) ? path : `'${(0,targets/* printable */.g$)(path, 400).replaceAll("'", "'\\''")}'`;
}
async function removeAll(entries, journal, root) {
    const removed = [];
    const missed = [];
    const unsure = [];
    const warnings = [];
    for (const entry of entries) {
        // whoever registers notes it before, so that a newer entry of the same words is in some journal by now
        const answer = await (0,binfmt/* removeOwn */.LO)(entry, root, () => (0,journal_journal/* whoseOf */.ke)(entry, journal, (0,journal_file/* livingOthers */.pB)(journal)));
        const { name } = entry;
        if (answer === 'removed')
            removed.push(name);
        // it stood a moment ago
        if (answer === 'gone' && !removed.includes(name))
            missed.push({ name, why: 'by-another' });
        if (answer === 'unsure')
            unsure.push({ name, why: 'of-another' });
        if ((0,binfmt/* isErrno */.r)(answer))
            warnings.push(`removing ${entry.name} answered ${answer}; ${byHand(entry.name, answer)}`);
    }
    return { removed, missed, unsure, warnings };
}
/** What is left to a person where an entry could not be removed. */
function byHand(name, errno) {
    const command = `echo -1 | sudo tee ${shellWord(`${binfmt/* binfmtFolder */.T5}/${name}`)}`;
    return errno === 'EROFS'
        ? `make the table writable (sudo mount -o remount,rw,bind ${binfmt/* binfmtFolder */.T5}), then run setup-qemu restore once more`
        : `remove it by hand: ${command}`;
}
function merged(a, b) {
    return {
        removed: [...a.removed, ...b.removed],
        putBack: [...a.putBack, ...b.putBack],
        left: [...a.left, ...b.left],
        overtaken: [...a.overtaken, ...b.overtaken],
        unmounted: a.unmounted || b.unmounted,
        closed: [...a.closed, ...b.closed],
        spared: [...a.spared, ...b.spared],
        forgotten: [...a.forgotten, ...b.forgotten],
        elsewhere: [...a.elsewhere, ...b.elsewhere],
        warnings: [...a.warnings, ...b.warnings],
    };
}

;// CONCATENATED MODULE: ./build/src/journal/journal-writer.js
// The journal of one call of setup while it goes on: each change is on disk before it is made.










class Ledger {
    #machine;
    #root;
    #journal;
    /** Writes go one after the other, though targets are proven side by side. */
    #writing = Promise.resolve();
    constructor(machine, root, mounted) {
        this.#machine = machine;
        this.#root = root;
        const id = `${machine.owner.face}-${process.pid}-${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`;
        const since = Date.now();
        this.#journal = { format: 1, id, owner: machine.owner, ...(0,table_identity/* hereTable */.d2)(), mounted, since, entries: [] };
    }
    get journal() {
        return this.#journal;
    }
    /** Notes entries that are about to be registered. Throws `journal-unwritable`. */
    async intend(entries) {
        await this.#write([...this.#journal.entries, ...entries.map((entry) => ({ ...entry, registered: false }))]);
    }
    /** Registers an entry that was intended; false, and no longer intended, when the name is taken. Throws what `register` throws. */
    async register(entry) {
        if (await (0,binfmt/* register */.kz)(entry, this.#root))
            return true;
        await this.#write(this.#without(entry));
        return false;
    }
    /** Notes that the entries stand. */
    async confirm(entries) {
        const stands = (entry) => entries.some((other) => (0,model_entry/* sameEntry */.dI)(other, entry));
        await this.#write(this.#journal.entries.map((entry) => (stands(entry) ? standing(entry) : entry)));
    }
    /** Another job that has registered a different emulator for the same programs, or came earlier and means to. */
    contestOf(entry) {
        const intended = this.#journal.entries.find((other) => (0,model_entry/* sameEntry */.dI)(other, entry));
        return intended && (0,ownership/* contestOf */.U8)(intended, this.#journal, (0,journal_file/* livingOthers */.pB)(this.#journal));
    }
    /**
     * Holds an entry together with the journal that has it; false when that one is being undone, or is gone. Our claim is on disk before the look
     * at theirs, and theirs is given up before it looks at ours: so one of the two sees the other.
     */
    async share(entry, emulator, holder) {
        const { name, interpreter, flags, offset, magic, mask } = entry;
        const plain = { name, interpreter, flags, offset, magic, mask };
        await this.#write([...this.#journal.entries, standing({ ...plain, emulator, registered: true })]);
        const theirs = (0,journal_file/* livingOthers */.pB)(this.#journal).find(({ id }) => id === holder);
        const listed = (0,binfmt/* readEntry */.hB)(name);
        const stands = listed !== undefined && (0,model_entry/* sameEntry */.dI)(listed, entry);
        if (stands && theirs !== undefined && (0,journal_journal/* claims */.OM)(theirs, this.#journal, entry))
            return true;
        await this.#write(this.#without(entry));
        return false;
    }
    /** Lets systemd-binfmt register an entry of ours whenever it is started anew. Throws `journal-unwritable` and `entry-refused`. */
    async keepOverRestart(entry) {
        const path = (0,drop_in/* dropInPath */.o1)(entry);
        await this.#write(this.#journal.entries, undefined, [...(this.#journal.files ?? []), path]);
        const errno = await this.#root.writeFile(path, (0,drop_in/* dropInText */.kB)(entry));
        if (errno === undefined)
            return;
        throw new errors/* SetupError */.w3('entry-refused', `the drop-in ${path} could not be written: ${errno}`, {
            hint: 'leave survive-restart out, or make /run/binfmt.d writable',
        });
    }
    /** Notes the whole table, in the order of precedence, before somebody else's program changes it for us. */
    record(table) {
        return this.#write(this.#journal.entries, { record: table });
    }
    /** Notes what that program did, in the record's place: entries that are ours to remove, and those to be put back (the newest first). */
    settle(made, replaced) {
        const entries = made.map(({ name, interpreter, flags, offset, magic, mask, extension }) => {
            const plain = { name, interpreter, flags, offset, magic, mask, registered: true };
            return extension === undefined ? plain : { ...plain, extension };
        });
        return this.#write([...this.#journal.entries.filter(({ name }) => !isIn(name, made)), ...entries], { replaced });
    }
    /** Notes that some of it is undone: these entries are removed, and only `replaced` is still to be put back. */
    unburden(removed, replaced) {
        return this.#write(this.#journal.entries.filter(({ name }) => !isIn(name, removed)), { replaced });
    }
    /** Gives an entry of ours up, and removes it if it is still ours byte for byte and no other job holds it too. */
    async withdraw(entry) {
        const noted = this.#journal.entries.find((other) => (0,model_entry/* sameEntry */.dI)(other, entry));
        if (noted === undefined)
            return;
        const unclaimed = { ...noted, registered: false };
        await this.#write(this.#journal.entries.map((other) => (other === noted ? unclaimed : other)));
        const others = (0,journal_file/* livingOthers */.pB)(this.#journal);
        const isHeld = others.some((other) => (0,journal_journal/* claims */.OM)(other, this.#journal, entry));
        const whoseAnew = () => (0,journal_journal/* whoseOf */.ke)(entry, this.#journal, others);
        await this.#withdrawDropIn(entry, others);
        const answer = isHeld ? 'not-ours' : await (0,binfmt/* removeOwn */.LO)(noted, this.#root, whoseAnew);
        if (!(0,binfmt/* isErrno */.r)(answer) && answer !== 'unsure')
            await this.#write(this.#without(entry));
    }
    /** Removes the drop-in of an entry that is given up, if there is one and no other job needs it; what cannot be removed is left to `restore`. */
    async #withdrawDropIn(entry, others) {
        const { files = [] } = this.#journal;
        const path = (0,drop_in/* dropInPath */.o1)(entry);
        if (!files.includes(path))
            return;
        const isNeeded = others.some((other) => other.leaving !== true && other.files?.includes(path));
        if (!isNeeded && (await this.#root.removeFile(path)) !== undefined)
            return;
        const left = files.filter((file) => file !== path);
        await this.#write(this.#journal.entries, undefined, left);
    }
    /** Undoes everything noted so far, as `restore` does; what could not be undone is told. Never throws: it runs when something else failed. */
    async undo() {
        try {
            const { warnings } = await restoreJournal(this.#journal, this.#root);
            for (const warning of warnings)
                this.#machine.log.info(warning);
            if (warnings.length > 0)
                return;
            const { record, replaced, files, leaving, ...rest } = this.#journal;
            this.#journal = { ...rest, entries: [], mounted: false };
            this.#machine.onJournal(this.#journal);
        }
        catch (error) {
            this.#machine.log.info(`not everything could be put back; run setup-qemu restore: ${(0,errors/* asSetupError */.AD)(error).message}`);
        }
    }
    #without(entry) {
        return this.#journal.entries.filter((other) => !(0,model_entry/* sameEntry */.dI)(other, entry));
    }
    #write(entries, recorded, files = this.#journal.files) {
        const { record, replaced, ...others } = this.#journal;
        // not from the start: whoever fetches for long comes later than a job that registers meanwhile
        const since = others.entries.length === 0 ? Date.now() : others.since;
        const rest = { ...others, ...(since === undefined ? {} : { since }), ...(files === undefined ? {} : { files }) };
        const kept = { ...(record === undefined ? {} : { record }), ...(replaced === undefined ? {} : { replaced }) };
        this.#journal = { ...rest, ...(recorded ?? kept), entries };
        const journal = this.#journal;
        this.#writing = this.#writing.then(async () => {
            await (0,journal_file/* writeJournal */.fY)(journal, this.#root);
            this.#machine.onJournal(journal);
        });
        return this.#writing;
    }
}
/** An entry as it stands now, with the inode by which it can be told from a later one of the same words. */
function standing(entry) {
    const inode = (0,binfmt/* inodeOf */.Ln)(entry.name);
    return { ...entry, registered: true, ...(inode === undefined ? {} : { inode }) };
}
function isIn(name, entries) {
    return entries.some((entry) => entry.name === name);
}

// EXTERNAL MODULE: ./build/src/journal/sweep.js
var sweep = __webpack_require__(3629);
// EXTERNAL MODULE: ./build/src/core/model/catalog.js
var model_catalog = __webpack_require__(6872);
;// CONCATENATED MODULE: ./build/src/core/problems/known-problems.js
// Known problems of QEMU's user emulation, and which of them an emulator has. The rows are src/data/known-problems.json: each names the public
// threads that it was collected from, and says whether it was reproduced with the catalog's emulators.

/** Whether a version (`7.2.22`, also with something behind it: `9.0.0-rc1`) lies in a range. */
function isInRange(version, { from, before }) {
    const plain = /^\d+(?:\.\d+)*/.exec(version)?.[0];
    if (plain === undefined)
        return false;
    return ((from === undefined || (0,model_catalog/* compareVersions */.Zy)(plain, from) >= 0) &&
        (before === undefined || (0,model_catalog/* compareVersions */.Zy)(plain, before) < 0));
}
/** Whether a problem is about programs of a target. */
function isAbout(problem, target) {
    return problem.guests === 'all' || problem.guests.includes(target);
}
/**
 * Whether an emulator has a problem, by its version and how it is built. What is not known of it does not speak against it when `perhaps` is
 * true, and does when it is false.
 */
function has(emulator, { versions, style }, perhaps = false) {
    if (versions === null)
        return false;
    const fits = (wanted, known, same = Object.is) => wanted === undefined || (known === null ? perhaps : same(known, wanted));
    return (versions.some((range) => isInRange(emulator.qemuVersion, range)) &&
        fits(style.build, emulator.build, (build, start) => build.startsWith(start)) &&
        fits(style.libc, emulator.libc) &&
        fits(style.pie, emulator.pie));
}
/** The problems that an emulator is known to have for programs of a target, on a host. */
function problemsOf(problems, emulator, target, host) {
    return problems.filter((problem) => problem.kind === 'emulator' && problem.hosts.includes(host) && isAbout(problem, target) && has(emulator, problem));
}
/**
 * A build of the catalog as an emulator: Debian builds with glibc, and as static PIEs from 7.2 on (seen in the type of the ELF header of each).
 */
function builtEmulator({ version, build }) {
    return { qemuVersion: version, build, libc: 'glibc', pie: (0,model_catalog/* compareVersions */.Zy)(version, '7.2') >= 0 };
}
/** By build of the catalog, how many problems its emulators are known to have, over all targets and the hosts it is for. */
function problemCounts(problems, catalog) {
    const counts = new Map();
    for (const { build, version } of catalog.packages) {
        const hosts = catalog.packages.filter((other) => other.build === build).map(({ host }) => host);
        const own = problems.filter((problem) => problem.kind === 'emulator' &&
            hosts.some((host) => problem.hosts.includes(host)) &&
            has(builtEmulator({ version, build }), problem));
        counts.set(build, own.length);
    }
    return counts;
}
/** What to do against a problem, in words: the version to use instead, or what else helps. */
function remedyWords(problem) {
    if (problem.kind === 'machine')
        return problem.remedy;
    const version = problem.use === null ? undefined : `use QEMU ${problem.use} (qemu-version)`;
    const words = [version, problem.remedy ?? undefined].filter((word) => word !== undefined);
    return words.join('; or ');
}
/** A problem and what to do, in one line. */
function problemWords(problem) {
    return `${aboutWords(problem)}; ${remedyWords(problem)}`;
}
function aboutWords({ title, condition }) {
    return condition === null ? title : `${title} (${condition})`;
}
/** The finding about a problem that somebody who sets up a program's emulator is told of. */
function problemFinding(problem) {
    return { kind: 'known-problem', id: problem.id, problem: aboutWords(problem), remedy: remedyWords(problem) };
}
/** Versions in words: `7.1 up to before 8.0`. */
function rangeWords(versions) {
    if (versions === null)
        return 'not stated';
    return versions
        .map(({ from, before }) => {
        if (from === undefined)
            return before === undefined ? 'all' : `before ${before}`;
        return before === undefined ? `${from} and newer` : `${from} to before ${before}`;
    })
        .join(', ');
}

;// CONCATENATED MODULE: ./build/src/data/known-problems.json
const data_known_problems_namespaceObject = /*#__PURE__*/JSON.parse('{"B":[{"id":"R1","kind":"emulator","title":"programs of Go 1.8 or older cannot start threads","versions":[{"from":"2.8"}],"style":{},"guests":"all","hosts":["amd64","arm64"],"condition":"programs built by Go 1.8 or older","warn":false,"symptom":"failed to create new OS thread (have 2 already; errno=22)","cause":"QEMU rejects the flags with which old Go made threads","use":null,"remedy":"rebuild the program with a newer Go","confidence":"A","status":"reported","evidence":null,"citations":["https://github.com/docker/buildx/issues/1046","https://github.com/multiarch/qemu-user-static/issues/22","https://github.com/golang/go/issues/20763","https://github.com/linuxkit/linuxkit/issues/1348","https://github.com/tianon/gosu/issues/93"]},{"id":"R2","kind":"emulator","title":"javac and the JVM crash or hang","versions":[{"from":"2.8","before":"2.10"}],"style":{},"guests":["arm","aarch64"],"hosts":["amd64","arm64"],"condition":"Java","warn":false,"symptom":null,"cause":null,"use":"11.1.3","remedy":null,"confidence":"B","status":"reported","evidence":null,"citations":["https://github.com/multiarch/qemu-user-static/issues/18","https://github.com/moby/qemu/issues/2"]},{"id":"R3","kind":"emulator","title":"os.listxattr is not implemented","versions":[{"from":"4.0","before":"4.0.1"}],"style":{"build":"Fedora"},"guests":["aarch64"],"hosts":["amd64","arm64"],"condition":null,"warn":false,"symptom":"Function not implemented","cause":"how Fedora built it","use":"11.1.3","remedy":null,"confidence":"C","status":"reported","evidence":null,"citations":["https://github.com/conda-forge/docker-images/issues/109"]},{"id":"R4","kind":"emulator","title":"builds and Go programs crash","versions":[{"from":"4.2","before":"5.0"}],"style":{},"guests":["arm","aarch64","mips","mipsel","mips64","mips64el"],"hosts":["amd64","arm64"],"condition":"compilers, Go programs, package installs","warn":true,"symptom":"qemu: uncaught target signal 11","cause":"handling of signals (Launchpad 1749393)","use":"11.1.3","remedy":null,"confidence":"B","status":"reported","evidence":null,"citations":["https://github.com/groonga/groonga/issues/1306","https://github.com/golang/go/issues/33746"]},{"id":"R5","kind":"emulator","title":"programs crash now and then at their start","versions":[{"from":"5.1","before":"6.0"}],"style":{},"guests":["aarch64"],"hosts":["amd64"],"condition":null,"warn":true,"symptom":"qemu: uncaught target signal 11","cause":"init_guest_space was rewritten (ee94743034)","use":"11.1.3","remedy":null,"confidence":"A","status":"reported","evidence":null,"citations":["https://github.com/docker/buildx/issues/542","https://github.com/go-debos/debos/issues/261","https://github.com/multiarch/alpine/issues/39"]},{"id":"R6","kind":"emulator","title":"pthread_create is not implemented (OpenJ9)","versions":[{"from":"6.1","before":"6.1.1"}],"style":{},"guests":["aarch64"],"hosts":["amd64","arm64"],"condition":null,"warn":true,"symptom":"Port Library failed to initialize","cause":"a system call answers ENOSYS","use":"11.1.3","remedy":null,"confidence":"A","status":"reported","evidence":null,"citations":["https://github.com/tonistiigi/binfmt/issues/72","https://github.com/ibmruntimes/Semeru-Runtimes/issues/5"]},{"id":"R7","kind":"emulator","title":"programs crash (the tests of wasmtime)","versions":[{"from":"7.0","before":"7.1"}],"style":{},"guests":["s390x"],"hosts":["amd64","arm64"],"condition":null,"warn":true,"symptom":"qemu: uncaught target signal 11","cause":"a regression","use":"11.1.3","remedy":null,"confidence":"A","status":"reported","evidence":null,"citations":["https://github.com/bytecodealliance/wasmtime/issues/4076"]},{"id":"R8","kind":"emulator","title":"madvise(MADV_DONTNEED) does not clear memory","versions":[{"before":"7.1"}],"style":{},"guests":"all","hosts":["amd64","arm64"],"condition":null,"warn":true,"symptom":null,"cause":"the system call was a no-operation until 7.1: memory that should read as zero keeps its old bytes","use":"11.1.3","remedy":null,"confidence":"A","status":"reproduced","evidence":"a page is filled, madvise(MADV_DONTNEED) answers 0, and it is read again: 5.2.0 keeps the old bytes; 7.2.22, 10.0 and 11.1.3 read zeros. npm run e2e -- known-problems","citations":["https://github.com/bytecodealliance/wasmtime/issues/6102","https://github.com/bytecodealliance/wasmtime/issues/6263"]},{"id":"R9","kind":"emulator","title":"an assertion fails in vector code","versions":[{"from":"7.1","before":"8.1"}],"style":{},"guests":["riscv64"],"hosts":["amd64","arm64"],"condition":"programs that use the vector extension","warn":false,"symptom":"decode_save_opc: Assertion `ctx->insn_start","cause":"qemu#1441","use":"11.1.3","remedy":null,"confidence":"A","status":"reported","evidence":null,"citations":["https://github.com/riscv-collab/riscv-gnu-toolchain/issues/1334","https://gitlab.com/qemu-project/qemu/-/issues/1441"]},{"id":"R10","kind":"emulator","title":"programs for x86-64-v2 refuse to start","versions":[{"before":"7.2"}],"style":{},"guests":["x86_64"],"hosts":["amd64","arm64"],"condition":"guests built for x86-64-v2 or higher: RHEL 9 and its relatives","warn":true,"symptom":"Fatal glibc error: CPU does not support x86-64-v2","cause":"the processor that is shown by default (qemu64) lacks that level; from commit d135f78140 on it is max","use":"11.1.3","remedy":"cpu: max (QEMU_CPU; sudo and docker do not hand it on)","confidence":"A","status":"reproduced","evidence":"ld.so --help of glibc lists what it takes the processor for: no level under 5.2.0, x86-64-v2 and -v3 under 7.2.22 and newer. npm run e2e -- known-problems","citations":["https://github.com/containers/podman/issues/15456","https://github.com/runfinch/finch/issues/20","https://github.com/kubevirt/containerized-data-importer/issues/2652","https://gitlab.com/qemu-project/qemu/-/commit/d135f78140"]},{"id":"R11","kind":"emulator","title":"programs of Go 1.23.0 and 1.23.1 cannot start others","versions":[{"before":"8.0"}],"style":{},"guests":"all","hosts":["amd64","arm64"],"condition":"programs built by Go 1.23.0 or 1.23.1","warn":false,"symptom":"fork/exec /usr/bin/git: invalid argument","cause":"clone(CLONE_PIDFD) answers EINVAL though pidfd_open works","use":"11.1.3","remedy":"build the program with Go 1.23.2 or newer","confidence":"A","status":"corrected","evidence":"The reports name waitid(P_PIDFD), which works under 7.2.22. clone(CLONE_PIDFD) answers EINVAL under 5.2.0 and 7.2.22 and works under 10.0 and 11.1.3; under 5.2.0 pidfd_open is missing, too, and Go then does without. npm run e2e -- known-problems","citations":["https://github.com/golang/go/issues/69259","https://github.com/golang/go/issues/68976"]},{"id":"R12","kind":"emulator","title":"pseudo minimum and maximum of vectors are wrong","versions":[{"before":"8.0.4"}],"style":{},"guests":["s390x"],"hosts":["amd64","arm64"],"condition":"programs that use these instructions (WebAssembly compilers)","warn":false,"symptom":null,"cause":"an instruction is emulated wrongly","use":"11.1.3","remedy":null,"confidence":"A","status":"reported","evidence":null,"citations":["https://github.com/bytecodealliance/wasmtime/issues/7028"]},{"id":"R13","kind":"emulator","title":"programs crash: patches of 8.1 were taken over in part","versions":[{"from":"8.0.3","before":"8.0.4"}],"style":{},"guests":["ppc64","ppc64le"],"hosts":["amd64","arm64"],"condition":null,"warn":true,"symptom":"qemu: uncaught target signal 11","cause":"an incomplete backport","use":"11.1.3","remedy":null,"confidence":"A","status":"reported","evidence":null,"citations":["https://github.com/taiki-e/setup-cross-toolchain-action/blob/main/main.sh"]},{"id":"R14","kind":"emulator","title":"Erlang crashes at its start","versions":[{"before":"8.1"}],"style":{},"guests":["aarch64","x86_64"],"hosts":["amd64","arm64"],"condition":"Erlang/OTP 24 or newer (RabbitMQ, CouchDB, ejabberd, Elixir)","warn":false,"symptom":"qemu: uncaught target signal 11","cause":"the JIT compiler of Erlang maps its code twice; qemu#1034, mended by 9719f125b8","use":"11.1.3","remedy":"ERL_FLAGS=\\"+JMsingle true\\" from Erlang 25.3 on","confidence":"A","status":"reproduced","evidence":"beam.smp of Debian bookworm\'s erlang-base for arm64: signal 11 under 5.2.0 and 7.2.22, it starts under 10.0.13 and 11.1.3. npm run e2e -- known-problems","citations":["https://github.com/processone/ejabberd/issues/4280","https://github.com/erlang/docker-erlang-otp/issues/400","https://github.com/docker/for-mac/issues/6657","https://gitlab.com/qemu-project/qemu/-/issues/1034"]},{"id":"R15","kind":"emulator","title":"programs crash at random on newer kernels of the host","versions":[{"before":"8.1.5"}],"style":{"pie":false},"guests":["aarch64","ppc64le","s390x"],"hosts":["amd64"],"condition":"the kernel of the host","warn":true,"symptom":"qemu: uncaught target signal 11","cause":"an emulator built with --disable-pie and the placing of brk by kernels that have 44c76825d6 (Ubuntu 22.04 and 24.04 from January 2025)","use":"11.1.3","remedy":"sudo sysctl kernel.randomize_va_space=0 on the host","confidence":"A","status":"reported","evidence":"Not seen here: perl and ldconfig of Debian bookworm ran 120 times without a crash under Debian\'s 5.2.0, which is no PIE, on Linux 6.18.","citations":["https://github.com/tonistiigi/binfmt/issues/215","https://github.com/tonistiigi/binfmt/issues/219","https://github.com/ssciwr/clang-format-wheel/issues/125","https://github.com/actions/runner-images/issues/11471","https://github.com/home-assistant/builder/issues/229"]},{"id":"R16","kind":"emulator","title":"ldconfig crashes now and then while libc-bin is configured","versions":[{"from":"6.0","before":"7.2.22"},{"from":"8.0"}],"style":{},"guests":["aarch64"],"hosts":["amd64"],"condition":"roots of Ubuntu 22.04 and Debian bullseye; rare from 9.2.2 on","warn":false,"symptom":"Processing triggers for libc-bin ... qemu: uncaught target signal 11","cause":"where brk of a static PIE is placed, qemu#1913; dffec2ddd0, 4b7b20a3b7 and c81d1fafa6 made it rarer","use":null,"remedy":"take QEMU 7.2.22, under which it was not seen; run the step again, or sudo sysctl kernel.randomize_va_space=0 on the host","confidence":"B","status":"reproduced","evidence":"ldconfig of Debian bullseye\'s libc-bin, 150 runs each on Linux 6.18: 3 crashes under 10.0.2, 1 under 10.0.13, 1 under 11.1.3, none under 5.2.0 and 7.2.22; none under 11.1.3 with setarch -R. bookworm\'s did not crash. for i in $(seq 600); do qemu-aarch64 ROOT/sbin/ldconfig -X -r ROOT || break; done","citations":["https://github.com/tonistiigi/binfmt/issues/231","https://github.com/tonistiigi/binfmt/issues/240","https://github.com/tonistiigi/binfmt/issues/243","https://github.com/tonistiigi/binfmt/issues/245","https://github.com/tonistiigi/binfmt/issues/298","https://github.com/multiarch/qemu-user-static/issues/212","https://gitlab.com/qemu-project/qemu/-/issues/1913"]},{"id":"R17","kind":"emulator","title":"wrong results: csetm and a logical shift to the right","versions":[{"from":"8.2.1","before":"8.2.3"},{"from":"8.2.90","before":"8.2.91"}],"style":{},"guests":["aarch64"],"hosts":["amd64","arm64"],"condition":null,"warn":true,"symptom":null,"cause":"the optimiser of TCG (qemu#2248, introduced by 93a967fbb57, mended by 2911e9b95f3b)","use":"11.1.3","remedy":null,"confidence":"A","status":"reported","evidence":null,"citations":["https://github.com/bytecodealliance/wasmtime/issues/8233","https://gitlab.com/qemu-project/qemu/-/issues/2248"]},{"id":"R18","kind":"emulator","title":"ruby ends QEMU itself with a segmentation fault","versions":[{"from":"8.2","before":"9.0"}],"style":{},"guests":["x86_64"],"hosts":["arm64"],"condition":"ruby","warn":false,"symptom":"QEMU internal SIGSEGV {code=MAPERR, addr=0x20}","cause":null,"use":"11.1.3","remedy":null,"confidence":"C","status":"reported","evidence":null,"citations":["https://github.com/apptainer/apptainer/issues/3482"]},{"id":"R19","kind":"emulator","title":"programs do not run","versions":[{"from":"9.0.2","before":"9.0.3"}],"style":{"build":"Debian 1:9.0.2+ds-2"},"guests":["armeb"],"hosts":["amd64","arm64"],"condition":null,"warn":true,"symptom":null,"cause":"Debian\'s build 9.0.2+ds-2; +ds-1 is well","use":"11.1.3","remedy":null,"confidence":"B","status":"reported","evidence":null,"citations":["https://github.com/upx/upx/issues/844","https://github.com/taiki-e/setup-cross-toolchain-action/blob/main/main.sh"]},{"id":"R20","kind":"emulator","title":"programs do not run","versions":[{"from":"9.1","before":"9.1.1"}],"style":{},"guests":["aarch64_be"],"hosts":["amd64","arm64"],"condition":null,"warn":true,"symptom":null,"cause":"qemu#2580; builds with its patch are well","use":"11.1.3","remedy":null,"confidence":"A","status":"reported","evidence":null,"citations":["https://github.com/ziglang/zig/issues/21736","https://gitlab.com/qemu-project/qemu/-/issues/2580"]},{"id":"R21","kind":"emulator","title":"Node 19 and newer, npm and yarn hang","versions":[{"before":"9.2"}],"style":{},"guests":["arm"],"hosts":["amd64","arm64"],"condition":"Node 19 or newer","warn":false,"symptom":null,"cause":"qemu#1729","use":"11.1.3","remedy":null,"confidence":"B","status":"reported","evidence":null,"citations":["https://github.com/nodejs/docker-node/issues/1798","https://github.com/thelounge/thelounge-docker/issues/185","https://github.com/zwave-js/zwave-js-ui/issues/4157","https://github.com/home-assistant/builder/issues/239","https://gitlab.com/qemu-project/qemu/-/issues/1729"]},{"id":"R22","kind":"emulator","title":"npm hangs","versions":[{"from":"7.0","before":"8.1"}],"style":{},"guests":["s390x"],"hosts":["amd64","arm64"],"condition":"Node","warn":false,"symptom":null,"cause":null,"use":null,"remedy":"none is known","confidence":"B","status":"reported","evidence":null,"citations":["https://github.com/nodejs/docker-node/issues/1973"]},{"id":"R23","kind":"emulator","title":"tar and ostree cannot open files: openat2 is missing","versions":[{"before":"9.2"}],"style":{},"guests":"all","hosts":["amd64","arm64"],"condition":"a tar with the mending of CVE-2025-45582; ostree","warn":true,"symptom":"tar: usr/bin/x: Cannot open: Function not implemented","cause":"openat2 (system call 437) came with 9651cead2f","use":"11.1.3","remedy":null,"confidence":"A","status":"reproduced","evidence":"openat2 answers ENOSYS under 5.2.0 and 7.2.22, and a descriptor under 10.0 and 11.1.3. npm run e2e -- known-problems","citations":["https://github.com/abiosoft/colima/issues/1613","https://github.com/armbian/build/issues/10713","https://github.com/osbuild/bootc-image-builder/issues/626","https://github.com/osbuild/bootc-image-builder/issues/916"]},{"id":"R24","kind":"emulator","title":"tar cannot open files under an emulator built with musl","versions":[{"from":"9.2","before":"10.1.3"}],"style":{"libc":"musl"},"guests":["aarch64"],"hosts":["amd64","arm64"],"condition":"a tar with the mending of CVE-2025-45582 (UBI 9 and 10, AlmaLinux, Ubuntu)","warn":true,"symptom":"tar: usr/bin/x: Cannot open: Invalid argument","cause":"with musl O_LARGEFILE is 0, so the flags of openat2 are translated wrongly (qemu#3262)","use":"11.1.3","remedy":"an emulator built with glibc, or tonistiigi/binfmt 10.1.3-60 and newer","confidence":"A","status":"reported","evidence":null,"citations":["https://github.com/tonistiigi/binfmt/issues/285","https://github.com/tonistiigi/binfmt/issues/287","https://github.com/moby/buildkit/issues/6475","https://github.com/elastic/elasticsearch/issues/155888","https://gitlab.com/qemu-project/qemu/-/issues/3262"]},{"id":"R25","kind":"emulator","title":"programs built with pointer authentication are several times slower","versions":[{"before":"10.0"}],"style":{},"guests":["aarch64"],"hosts":["amd64","arm64"],"condition":"Debian trixie, Ubuntu 24.04 and others built with -mbranch-protection","warn":false,"symptom":null,"cause":"the processor that is shown computes the codes by QARMA5; from 10.0 on by a quick way","use":"11.1.3","remedy":"cpu: cortex-a72 (QEMU_CPU; sudo and docker do not hand it on)","confidence":"A","status":"reproduced","evidence":"A loop in Debian trixie\'s perl took 1.6 s of processor time under 7.2.22 and 0.14 s with QEMU_CPU=cortex-a57; 0.29 and 0.20 s under 10.0.13. npm run e2e -- known-problems","citations":["https://github.com/docker-library/python/issues/1072","https://github.com/lueschem/edi-pi/issues/34","https://github.com/armbian/build/issues/9371","https://github.com/tonistiigi/binfmt/issues/258"]},{"id":"R26","kind":"emulator","title":"32-bit programs cannot list folders or look at files","versions":[{}],"style":{},"guests":["arm","armeb","i386","mips","mipsel","ppc","m68k","sh4","sh4eb","hppa","sparc","riscv32"],"hosts":["amd64","arm64"],"condition":"programs without large file support (cargo, cmake, vcpkg) on ext4 or xfs","warn":false,"symptom":"Value too large for defined data type","cause":"offsets of folders and numbers of files of ext4 and xfs have 64 bits, and a program without large file support takes 32","use":null,"remedy":"work on a tmpfs, or build with -D_FILE_OFFSET_BITS=64; for cargo: CARGO_REGISTRIES_CRATES_IO_PROTOCOL=sparse","confidence":"A","status":"reproduced","evidence":"readdir() of Debian bookworm\'s armhf libc in a folder on ext4: EOVERFLOW under 5.2.0, 7.2.22, 10.0.13 and 11.1.3; on a tmpfs it lists all. npm run e2e -- known-problems","citations":["https://github.com/rust-lang/cargo/issues/8719","https://github.com/docker/buildx/issues/395"]},{"id":"R27","kind":"emulator","title":"cargo takes all memory while it updates its index","versions":[{}],"style":{},"guests":["aarch64","x86_64"],"hosts":["amd64","arm64"],"condition":"cargo before 1.70, or with a git index","warn":false,"symptom":"Updating crates.io index ... exit code: 137","cause":"libgit2 maps much","use":null,"remedy":"CARGO_REGISTRIES_CRATES_IO_PROTOCOL=sparse, or CARGO_NET_GIT_FETCH_WITH_CLI=true","confidence":"B","status":"reported","evidence":null,"citations":["https://github.com/rust-lang/cargo/issues/10583","https://github.com/rust-lang/cargo/issues/10781"]},{"id":"R28","kind":"emulator","title":"dotnet hangs or crashes","versions":[{}],"style":{},"guests":["arm","aarch64","x86_64"],"hosts":["amd64","arm64"],"condition":".NET","warn":false,"symptom":null,"cause":".NET is not supported under QEMU","use":null,"remedy":"DOTNET_EnableWriteXorExecute=0 or .NET 9; better: publish from the native architecture (dotnet publish -a arm64)","confidence":"A","status":"reported","evidence":null,"citations":["https://github.com/dotnet/dotnet-docker/issues/5355","https://github.com/dotnet/runtime/issues/97228"]},{"id":"R29","kind":"emulator","title":"Node 22 and newer end with an illegal instruction","versions":[{"from":"7.0","before":"9.2.2"}],"style":{},"guests":["aarch64"],"hosts":["amd64","arm64"],"condition":"Node 22 or newer","warn":false,"symptom":"qemu: uncaught target signal 4","cause":"an instruction is missing","use":"11.1.3","remedy":null,"confidence":"B","status":"reported","evidence":"Not seen with Node 24.21.0 for arm64 (glibc) under 5.2.0, 7.2.22 and 11.1.3: it starts and computes. The reports name builds with musl, too.","citations":["https://github.com/raaymax/quack/issues/312","https://github.com/Kuadrant/mcp-gateway/issues/687","https://github.com/mattogodoy/nametag/issues/212","https://github.com/interledger/rafiki/issues/3731"]},{"id":"R30","kind":"emulator","title":"the Go toolchain crashes at random","versions":[{"from":"4.0","before":"8.0"}],"style":{},"guests":["s390x"],"hosts":["amd64","arm64"],"condition":"the Go toolchain","warn":false,"symptom":"bad record MAC","cause":null,"use":"11.1.3","remedy":null,"confidence":"B","status":"reported","evidence":null,"citations":["https://github.com/mvdan/sh/issues/534","https://github.com/kubernetes/release/issues/2738","https://github.com/multiarch/qemu-user-static/issues/110"]},{"id":"R31","kind":"emulator","title":"OpenJDK 15 ends with an illegal instruction","versions":[{"from":"5.2","before":"5.2.1"}],"style":{},"guests":["s390x"],"hosts":["amd64","arm64"],"condition":"OpenJDK 15","warn":false,"symptom":"qemu: uncaught target signal 4","cause":"code of the JIT compiler","use":null,"remedy":"none is known: try a newer version","confidence":"C","status":"reported","evidence":null,"citations":["https://github.com/multiarch/qemu-user-static/issues/129"]},{"id":"R32","kind":"emulator","title":"binaries of gcc 11 crash on a POWER8","versions":[{"from":"6.2","before":"7.0"}],"style":{},"guests":["ppc64le"],"hosts":["amd64","arm64"],"condition":"with QEMU_CPU=POWER8","warn":false,"symptom":"qemu: uncaught target signal","cause":"qemu#1361","use":"11.1.3","remedy":"cpu: POWER9 (QEMU_CPU; sudo and docker do not hand it on)","confidence":"B","status":"reported","evidence":null,"citations":["https://github.com/zlib-ng/zlib-ng/issues/1378","https://gitlab.com/qemu-project/qemu/-/issues/1361"]},{"id":"R33","kind":"emulator","title":"g++ crashes","versions":[{"from":"8.1","before":"8.2"}],"style":{},"guests":["riscv64"],"hosts":["amd64","arm64"],"condition":"g++; the reports are of September 2023","warn":false,"symptom":"qemu: uncaught target signal 11","cause":"qemu#1895","use":"11.1.3","remedy":null,"confidence":"C","status":"reported","evidence":null,"citations":["https://github.com/felixonmars/archriscv-packages/issues/2969","https://gitlab.com/qemu-project/qemu/-/issues/1895"]},{"id":"R34","kind":"emulator","title":"go build corrupts memory","versions":[{"before":"9.0.3"}],"style":{},"guests":["x86_64"],"hosts":["arm64"],"condition":"go build","warn":false,"symptom":null,"cause":null,"use":null,"remedy":"none is known: try a newer version, or build for amd64 with GOARCH from the native architecture","confidence":"B","status":"reported","evidence":null,"citations":["https://github.com/golang/go/issues/69255","https://github.com/docker/buildx/issues/2028"]},{"id":"R35","kind":"emulator","title":"Ubuntu 22 dumps core","versions":[{"from":"5.0","before":"7.1"}],"style":{},"guests":["x86_64","s390x"],"hosts":["arm64"],"condition":"Ubuntu 22.04 and 22.10","warn":false,"symptom":"core dumped","cause":null,"use":null,"remedy":"none is known: try a newer version","confidence":"B","status":"reported","evidence":null,"citations":["https://github.com/tonistiigi/binfmt/issues/90","https://github.com/tonistiigi/binfmt/issues/128"]},{"id":"R36","kind":"emulator","title":"builds with Go 1.23 hang","versions":[{}],"style":{},"guests":["aarch64"],"hosts":["amd64","arm64"],"condition":"Go 1.23","warn":false,"symptom":null,"cause":"bisected in Go; open","use":null,"remedy":"another version of Go","confidence":"A","status":"reported","evidence":null,"citations":["https://github.com/golang/go/issues/70329"]},{"id":"R37","kind":"emulator","title":"QEMU itself crashes at its start on arm64 hosts","versions":null,"style":{"pie":true},"guests":"all","hosts":["arm64"],"condition":"static PIE builds of Nix and Kata","warn":false,"symptom":null,"cause":"an emulator that is a static PIE on aarch64 (__init_libc); the opposite of R15","use":"11.1.3","remedy":"an emulator built with --disable-pie","confidence":"A","status":"reported","evidence":"Not so with Debian\'s builds: its emulators for arm64 hosts are static PIEs from 7.2 on, and the end-to-end run has them run programs on arm64 kernels.","citations":["https://github.com/NixOS/nixpkgs/issues/366902","https://github.com/NixOS/nixpkgs/issues/362367","https://github.com/NixOS/nixpkgs/issues/500039","https://github.com/kata-containers/kata-containers/issues/10669"]},{"id":"R38","kind":"emulator","title":"there are no emulators for 32-bit hosts","versions":[{"from":"11.0"}],"style":{},"guests":"all","hosts":["32-bit"],"condition":"32-bit hosts, which setup-qemu does not serve","warn":false,"symptom":null,"cause":"dropped by QEMU","use":"10.0.13","remedy":"QEMU 10.2 or older on such a host","confidence":"A","status":"reported","evidence":null,"citations":["https://github.com/tonistiigi/binfmt/blob/master/docker-bake.hcl"]},{"id":"R39","kind":"machine","title":"programs of mips are not recognised","condition":"scripts for binfmt_misc before commit 77d119dd33 of QEMU","symptom":"exec format error","remedy":"use rules of a newer script; those of setup-qemu are newer","see":"exec-format-error","status":"reported","evidence":null,"citations":["https://github.com/multiarch/qemu-user-static/issues/188"]},{"id":"R40","kind":"emulator","title":"some options of system calls are broken","versions":[{"from":"7.0","before":"7.1.1"}],"style":{},"guests":"all","hosts":["amd64","arm64"],"condition":"BuildKit","warn":false,"symptom":null,"cause":null,"use":"11.1.3","remedy":null,"confidence":"B","status":"reported","evidence":null,"citations":["https://github.com/moby/buildkit/issues/3386","https://github.com/tonistiigi/binfmt/issues/109","https://github.com/moby/buildkit/issues/3060"]},{"id":"R41","kind":"emulator","title":"programs crash at random","versions":null,"style":{"build":"Ubuntu"},"guests":["loongarch64"],"hosts":["amd64","arm64"],"condition":null,"warn":false,"symptom":"qemu: uncaught target signal 11","cause":null,"use":"11.1.3","remedy":null,"confidence":"C","status":"reported","evidence":null,"citations":["https://github.com/tov/libffi-rs/issues/96"]},{"id":"R42","kind":"emulator","title":"the tests of wasmtime fail","versions":[{"from":"8.0.2","before":"8.0.4"}],"style":{},"guests":["riscv64"],"hosts":["amd64","arm64"],"condition":"WebAssembly compilers","warn":false,"symptom":null,"cause":null,"use":"11.1.3","remedy":null,"confidence":"C","status":"reported","evidence":null,"citations":["https://github.com/bytecodealliance/wasmtime/issues/6849"]},{"id":"R43","kind":"emulator","title":"uv crashes","versions":null,"style":{},"guests":["x86_64"],"hosts":["arm64"],"condition":"uv 0.9.27 on python:3.14-slim-trixie","warn":false,"symptom":"qemu: uncaught target signal 11","cause":"unknown; reported in April 2026 without a version","use":null,"remedy":"a native machine, or Rosetta on a Mac","confidence":"B","status":"reported","evidence":null,"citations":["https://github.com/docker/for-mac/issues/7840"]},{"id":"E1","kind":"machine","title":"entries that were made are not there","condition":"an automount of systemd on /proc/sys/fs/binfmt_misc that was not triggered before a container registered (Amazon Linux 2023, Azure Linux 3)","symptom":"exec format error","remedy":"read the folder on the host first (ls /proc/sys/fs/binfmt_misc), or register on the host","see":"exec-format-error","status":"reported","evidence":null,"citations":["https://github.com/tonistiigi/binfmt/issues/360","https://github.com/tonistiigi/binfmt/issues/288","https://github.com/awslabs/amazon-eks-ami/issues/2789"]},{"id":"E2","kind":"machine","title":"entries vanish with the container","condition":"Linux 6.7 or newer, inside a user namespace (rootless podman)","symptom":"exec format error","remedy":"register on the host as root","see":"own-table","status":"reported","evidence":null,"citations":["https://github.com/tonistiigi/binfmt/issues/261","https://github.com/containers/podman/issues/26966"]},{"id":"E3","kind":"machine","title":"registering is refused","condition":"a kernel older than 4.8, which has no flag F","symptom":"invalid argument","remedy":"use Linux 4.8 or newer","see":"entry-refused","status":"reported","evidence":null,"citations":["https://github.com/docker/buildx/issues/493","https://github.com/docker/docs/issues/25292"]},{"id":"E4","kind":"machine","title":"an older entry stays in force","condition":"an entry of the same name is there already","symptom":"already registered","remedy":"setup-qemu registers with precedence over it; setup-qemu status shows what runs","see":"shadows","status":"reported","evidence":null,"citations":["https://github.com/multiarch/qemu-user-static/issues/38","https://github.com/docker/setup-qemu-action/issues/21"]},{"id":"E5","kind":"machine","title":"the host\'s own programs no longer start","condition":"an emulator was registered for what the host can run itself","symptom":"Exec format error","remedy":"remove that entry: echo -1 into its file under /proc/sys/fs/binfmt_misc; setup-qemu refuses to make such an entry","see":"exec-format-error","status":"reported","evidence":null,"citations":["https://github.com/pguyot/arm-runner-action/issues/114","https://github.com/pguyot/arm-runner-action/issues/132","https://github.com/jirutka/qemu-openrc/issues/24"]},{"id":"E6","kind":"machine","title":"programs run on the host and not in containers","condition":"an emulator that needs shared libraries","symptom":"No such file or directory","remedy":"use a static emulator","see":"emulator-unusable","status":"reported","evidence":null,"citations":["https://github.com/usimd/pi-gen-action/issues/181","https://github.com/multiarch/qemu-user-static/issues/24"]},{"id":"E7","kind":"machine","title":"sudo does not work","condition":"an entry without the flag C","symptom":"sudo: effective uid is not 0","remedy":"register with the flag C (credentials: true)","see":"sudo-effective-uid-is-not-0","status":"reported","evidence":null,"citations":["https://github.com/multiarch/qemu-user-static/issues/17","https://github.com/uraimo/run-on-arch-action/issues/75"]},{"id":"E8","kind":"machine","title":"arguments are shifted","condition":"the flag P with an emulator or a kernel that does not know it","symptom":"applet not found","remedy":"use the flag P with QEMU 7.2 or newer and Linux 5.12 or newer only","see":"applet-not-found","status":"reported","evidence":null,"citations":["https://github.com/lima-vm/alpine-lima/issues/81","https://github.com/tonistiigi/binfmt/issues/78"]},{"id":"E9","kind":"machine","title":"entries are gone","condition":"systemd-binfmt was restarted, a distribution of WSL was stopped, or buildah found rules in binfmt.d","symptom":"exec format error","remedy":"run setup-qemu again, or with survive-restart: true","see":"exec-format-error","status":"reported","evidence":null,"citations":["https://github.com/systemd/systemd/issues/30892","https://github.com/microsoft/WSL/issues/40610","https://github.com/containers/buildah/issues/6611"]},{"id":"E10","kind":"machine","title":"a platform is missing in the builder of buildx","condition":"buildx was set up before QEMU","symptom":"exec format error","remedy":"set up QEMU before the builder starts","see":"exec-format-error","status":"reported","evidence":null,"citations":["https://github.com/docker/setup-qemu-action/issues/206"]},{"id":"E11","kind":"machine","title":"another QEMU than the pinned one runs the build","condition":"the emulators that BuildKit brings were used","symptom":null,"remedy":"set up QEMU before the builder starts","see":"exec-format-error","status":"reported","evidence":null,"citations":["https://github.com/moby/buildkit/issues/1516","https://github.com/moby/buildkit/issues/5783"]},{"id":"E12","kind":"machine","title":"entries are there and never used","condition":"binfmt_misc is switched off (fs.binfmt_misc.status=0, a hardening)","symptom":"exec format error","remedy":"sudo sysctl fs.binfmt_misc.status=1","see":"binfmt-disabled","status":"reported","evidence":null,"citations":["https://github.com/Kicksecure/security-misc/issues/249"]},{"id":"E13","kind":"machine","title":"the package qemu-user-static is gone","condition":"Ubuntu 25.10 or newer, Debian forky","symptom":"no installation candidate","remedy":"install qemu-user (static there), or let setup-qemu get the emulator","see":"no-installation-candidate","status":"reported","evidence":null,"citations":["https://github.com/armbian/build/issues/9790","https://github.com/ubports/crossbuilder/issues/84","https://github.com/RPi-Distro/pi-gen/issues/904"]}]}');
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
;// CONCATENATED MODULE: ./build/src/core/problems/emulator-build.js
const headerBytes = 18;
const types = new Map([
    [2, false],
    [3, true],
]);
/** Whether an ELF file is position-independent (ET_DYN), from its first 18 bytes or more; null when they are no such header. */
function isPie(head) {
    if (head.length < headerBytes || head[0] !== 0x7f || head[1] !== 0x45 || head[2] !== 0x4c || head[3] !== 0x46)
        return null;
    const [low, high] = head[5] === 2 ? [head[17], head[16]] : [head[16], head[17]];
    return types.get((low ?? 0) + (high ?? 0) * 256) ?? null;
}
/** What a static executable of glibc has in it. musl leaves no such name, so whoever has none is taken for musl's. */
const glibcMark = 'GLIBC_TUNABLES';
/** The C library of a static emulator, by whether the mark was found in it. */
function libcOf(hasMark) {
    return hasMark ? 'glibc' : 'musl';
}

// EXTERNAL MODULE: ./build/src/system/regular-file.js
var regular_file = __webpack_require__(1058);
;// CONCATENATED MODULE: ./build/src/problems/emulator-build.js
// Reads how an emulator's file is built; see src/core/problems/emulator-build.ts for what the bytes mean.




/** The style of the file at a path; both unknown when it cannot be read from here or is no ELF file. Throws other file system errors. */
function styleOfFile(path) {
    try {
        return (0,regular_file/* withRegularFile */.p0)(path, { mostBytes: 2 ** 30 }, ({ descriptor }) => {
            const head = Buffer.alloc(18);
            (0,external_node_fs_.readSync)(descriptor, head, 0, head.length, 0);
            const pie = isPie(head);
            return { pie, libc: pie === null ? null : libcOf(hasMark(descriptor)) };
        });
    }
    catch (error) {
        const isUnread = ['ENOENT', 'EACCES', 'ENOTDIR', 'ELOOP'].includes((0,command/* errnoName */.gh)(error));
        if (isUnread || error instanceof regular_file/* UnfitFile */.rA)
            return { pie: null, libc: null };
        throw error;
    }
}
function hasMark(file) {
    const chunk = Buffer.allocUnsafe(1 << 20);
    const overlap = glibcMark.length;
    for (let at = 0, size = chunk.length; size === chunk.length; at += size - overlap) {
        size = (0,external_node_fs_.readSync)(file, chunk, 0, chunk.length, at);
        if (chunk.subarray(0, size).includes(glibcMark))
            return true;
    }
    return false;
}

;// CONCATENATED MODULE: ./build/src/problems/known-problems.js
// The known problems as they stand in the repository, what is known of an emulator that runs here, and what a set-up says about those that it proved.





/** All of them, in their order. */
const knownProblems = data_known_problems_namespaceObject.B;
/** The outcomes, each with a finding for every problem of its emulator that is worth a warning. */
function withKnownProblems(targets, { host, catalog }) {
    return targets.map((outcome) => {
        const emulator = (0,report_outcome/* isEmulated */.eV)(outcome) ? provenEmulator(outcome, catalog) : undefined;
        if (emulator === undefined)
            return outcome;
        const worth = problemsOf(knownProblems, emulator, outcome.platform.target.name, host).filter(({ warn }) => warn);
        return worth.length === 0 ? outcome : { ...outcome, findings: [...outcome.findings, ...worth.map(problemFinding)] };
    });
}
function provenEmulator({ emulator, entry }, catalog) {
    return emulator === null ? undefined : knownEmulator(emulator, catalog, entry === null ? null : entry.interpreter);
}
/**
 * What is known of an emulator that ran; undefined when it does not tell its version. That of a stranger is read from `file` for how it is
 * built; null: its file is out of reach.
 */
function knownEmulator(ran, catalog, file) {
    if (ran.qemuVersion === null)
        return undefined;
    const known = ran.sha256 === null ? undefined : (0,model_catalog/* emulatorOfHash */.PC)(catalog, ran.sha256);
    if (known !== undefined)
        return builtEmulator({ version: known.qemuVersion, build: known.build });
    const style = file === null ? { libc: null, pie: null } : styleOfFile(file);
    return { qemuVersion: ran.qemuVersion, build: ran.build, ...style };
}

// EXTERNAL MODULE: ./build/src/system/confinement.js
var confinement = __webpack_require__(7291);
// EXTERNAL MODULE: ./build/src/system/map-limit.js
var map_limit = __webpack_require__(5891);
// EXTERNAL MODULE: ./build/src/system/probe-runs.js
var probe_runs = __webpack_require__(1220);
// EXTERNAL MODULE: ./build/src/core/model/image-reference.js
var image_reference = __webpack_require__(138);
// EXTERNAL MODULE: ./build/src/core/plan/existing-entry.js
var existing_entry = __webpack_require__(6993);
;// CONCATENATED MODULE: ./build/src/core/sources/apt-sites.js
/** Debian's permanent archive of every package that it ever published; an archive, not a mirror. */
const snapshotArchive = 'https://snapshot.debian.org/archive';
/** The lines of `apt-get indextargets --format '$(SITE)'` as base addresses that can be fetched, without repeats. */
function parseAptSites(output) {
    const sites = output.split('\n').map((line) => line.trim().replace(/\/+$/, ''));
    return [...new Set(sites.filter((site) => /^https?:\/\/[^/\s]+/.test(site)))];
}
/** Whether an os-release file names Debian itself: derivatives keep other versions under other paths. */
function isDebian(osRelease) {
    return /^ID="?debian"?$/m.test(osRelease);
}
/** Addresses of a package: below the user's mirrors, the machine's apt sites (the one for its archive first), the snapshot archive. */
function packageUrls(from, mirrors, aptSites) {
    const ofArchive = (site) => site.endsWith(`/${from.archive}`);
    const sites = [...aptSites.filter(ofArchive), ...aptSites.filter((site) => !ofArchive(site))];
    const bases = [...mirrors, ...sites, `${snapshotArchive}/${from.archive}/${from.snapshot}`];
    return [...new Set(bases.map((base) => `${base}/${encodedPath(from.path)}`))];
}
// `+` and `~` are common in Debian's file names; some servers take a bare plus for a space
function encodedPath(path) {
    return path.split('/').map(encodeURIComponent).join('/');
}

;// CONCATENATED MODULE: ./build/src/core/sources/cacheable.js
// Which emulators the GitHub cache may hold, and the text in which a job's state carries them from the main step to the post step.
/** Exit statuses of the cache client: the cache gave or took the file; it did not; the runner offers no cache. */
const clientStatus = { done: 0, not: 3, unavailable: 4 };
/** The name of the file in the client's working folder, and so in the archive. */
const stagedName = 'emulator';
/** The key of a file in the GitHub cache: its content's hash and nothing else, so that no other file can be meant. */
function cacheable_cacheKey({ sha256 }) {
    return `setup-qemu-${sha256}`;
}
/** Files as text for a job's state. */
function cacheablesText(files) {
    return JSON.stringify(files.map(({ path, binary, sha256 }) => ({ path, binary, sha256 })));
}
/** Reads that text; undefined for anything that we did not write. */
function parseCacheables(text) {
    let value;
    try {
        value = JSON.parse(text);
    }
    catch {
        return undefined;
    }
    return Array.isArray(value) && value.every(isCacheable) ? value : undefined;
}
function isCacheable(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    const { path, binary, sha256 } = value;
    return (typeof binary === 'string' &&
        /^qemu-[a-z0-9_]{1,40}$/.test(binary) &&
        typeof sha256 === 'string' &&
        /^[0-9a-f]{64}$/.test(sha256) &&
        typeof path === 'string' &&
        path.startsWith('/') &&
        path.endsWith(`/${binary}`) &&
        !path.split('/').includes('..') &&
        !path.includes('\0'));
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./build/src/system/temporary-folder.js
var temporary_folder = __webpack_require__(8317);
;// CONCATENATED MODULE: ./build/src/sources/cache-process.js
// One errand to the GitHub cache: the cache client as a process of its own, in a private folder, with the few variables that it needs and a
// time limit. What @actions/cache 6 does is read from its source; what tar does with TAR_OPTIONS from GNU tar's manual.
//
// The library unpacks what the cache holds with `tar -P`, which writes wherever the archive says. Whoever can write to the repository's cache
// (any job on the default branch can) could overwrite any file of the runner's user that way. Here TAR_OPTIONS gives every member of the
// archive, and every target of a link, one and the same name in the private folder, and an archive with two members fails. So such a person
// can keep us from using the cache, waste some seconds and up to `largestFile` of disk, or exploit a fault in tar or zstd themselves; they
// cannot place a file elsewhere, replace one, or have a byte used that is not of the right SHA-256.









/** The bundled client, beside the bundle that this file is part of. */
const cache_process_cacheClient = (0,external_node_path_.join)(import.meta.dirname, '..', 'cache-client', 'index.js');
/** In bytes. No emulator has a tenth of it. */
const cache_process_largestFile = 2 ** 28;
/** What `ulimit -f` counts in; in some shells it is 1024. */
const blockBytes = 512;
/** What the library and node read; no other variable of the job reaches the client. */
const passedOn = [
    ...['PATH', 'RUNNER_TRACKING_ID', 'GITHUB_SERVER_URL', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
    ...['ACTIONS_RUNTIME_TOKEN', 'ACTIONS_RESULTS_URL', 'ACTIONS_CACHE_URL'],
    ...['ACTIONS_CACHE_SERVICE_V2', 'ACTIONS_CACHE_MODE'],
    ...['http_proxy', 'https_proxy', 'no_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'],
];
/** Makes the folder under the job's temporary folder. Throws node's file system errors. */
function openStaging() {
    const parent = process.env.RUNNER_TEMP || (0,external_node_os_.tmpdir)();
    const { folder: root, forget } = (0,temporary_folder/* goingFolder */.PP)(() => (0,temporary_folder/* makeTemporary */.ww)(parent, 'cache'), removeStaging);
    const work = workIn(root);
    (0,external_node_fs_.mkdirSync)(work, { recursive: true });
    (0,external_node_fs_.mkdirSync)((0,external_node_path_.join)(root, 'temp'));
    return { root, file: (0,external_node_path_.join)(work, stagedName), forget };
}
/** Whether the working folder holds the file and nothing beside it. */
function isAlone(staging) {
    return (0,external_node_fs_.readdirSync)(workIn(staging.root)).join('/') === stagedName;
}
/** Removes the folder. */
function closeStaging(staging) {
    staging.forget();
    removeStaging(staging.root);
}
/** An archive may have made a folder in it that nobody may read. */
function removeStaging(root) {
    const file = (0,external_node_path_.join)(workIn(root), stagedName);
    if ((0,external_node_fs_.lstatSync)(file, { throwIfNoEntry: false })?.isDirectory())
        (0,external_node_fs_.chmodSync)(file, 0o700);
    (0,external_node_fs_.rmSync)(root, { recursive: true, force: true });
}
/** Where tar unpacks. */
function workIn(root) {
    return (0,external_node_path_.join)(root, 'in', 'work');
}
/** Whether `tar` is GNU's, which alone heeds TAR_OPTIONS and understands what the library asks of it. */
async function hasGnuTar() {
    const { stdout } = await (0,command/* command */.G5)('tar', ['--version'], { timeoutMs: 10_000 });
    return stdout.startsWith('tar (GNU tar)');
}
/** The library says this before its third try; it would go on until the fifth. */
const failedTwice = /^Attempt 2 of \d+ failed/m;
/** Runs the client to its end, or ends it and all that it started after `limitMs`, or when the service has failed twice. */
async function cache_process_sendClient(program, mode, key, staging, limitMs) {
    const limited = ['-c', 'ulimit -f "$1"; shift; exec "$@"', 'sh', String(cache_process_largestFile / blockBytes)];
    const client = (0,open_files/* withStreams */.C5)((0,external_node_child_process_.spawn)('/bin/sh', [...limited, process.execPath, program, mode, key], {
        cwd: workIn(staging.root),
        env: environment(mode),
        stdio: ['ignore', 'pipe', 'ignore'],
        // a process group of its own, which tar and its decompressor are in, too
        detached: true,
    }));
    let outage;
    const giveUp = (why) => {
        outage ??= why;
        if (client.pid !== undefined)
            endGroup(client.pid);
    };
    const timer = setTimeout(() => giveUp(`not done after ${limitMs / 1000} s`), limitMs);
    let said = '';
    client.stdout.setEncoding('utf8').on('data', (text) => {
        said = (said + text).slice(-20_000);
        if (failedTwice.test(said))
            giveUp('failed twice');
    });
    const status = await new Promise((resolve) => {
        client.on('error', (error) => resolve(error.message));
        client.on('close', (code, signal) => resolve(code ?? signal ?? 'nothing'));
    });
    clearTimeout(timer);
    const words = lastWords(said);
    return outage === undefined ? answerOf(status, words) : { kind: 'outage', why: `${outage}: ${words || 'no answer'}` };
}
function answerOf(status, words) {
    if (status === clientStatus.done)
        return { kind: 'done' };
    if (status === clientStatus.not)
        return { kind: 'not', why: words };
    if (status === clientStatus.unavailable)
        return { kind: 'unavailable' };
    return { kind: 'not', why: `the cache client ended with ${status}` };
}
function endGroup(leader) {
    try {
        process.kill(-leader, 'SIGKILL');
    }
    catch {
        // it ended at this moment
    }
}
function environment(mode) {
    const env = Object.fromEntries(passedOn.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
    const onlyStaged = `--transform=s,.*,${stagedName}, --keep-old-files --no-same-owner --no-same-permissions`;
    return {
        ...env,
        // in a locale of multibyte characters `.*` would end at the first byte that is none, and the rest of the name would stay
        LC_ALL: 'C',
        // The library splits its tar command at blanks, so the paths must have none: relative ones, for two folders of the same depth, the
        // working folder (`in/work`, where tar unpacks) and one that the library makes under RUNNER_TEMP (where it packs).
        GITHUB_WORKSPACE: '../../in/work',
        RUNNER_TEMP: '../../temp',
        ...(mode === 'restore' ? { TAR_OPTIONS: onlyStaged } : {}),
    };
}
/**
 * What the library says last to people, safe for a message. Its debug lines hold signed addresses, which it only masks by commands to the
 * runner, so they stay here; but for one, which alone says why an entry could not be reserved.
 */
function lastWords(said) {
    const lines = said.split('\n');
    const open = lines.filter((line) => line !== '' && !/^::(debug|add-mask)|^\[command]/.test(line));
    const line = lines.find((text) => text.startsWith('::debug::Failed to reserve cache: ')) ?? open.at(-1) ?? '';
    const [text = ''] = line.replace(/^::\w+[^:]*::/, '').split('%0A');
    const token = process.env.ACTIONS_RUNTIME_TOKEN;
    const safe = (token ? text.replaceAll(token, '***') : text).replace(/\?\S+/g, '?...');
    return (0,targets/* printable */.g$)(safe.replace(wordy, ''));
}
/** What the library puts before the words that matter. */
const wordy = /^(?:(?:Error|Failed to [\w ]+|Failed request|Received non-retryable error|Unable to make request): )*/;

// EXTERNAL MODULE: ./build/src/sources/store.js
var store = __webpack_require__(1045);
;// CONCATENATED MODULE: ./build/src/sources/github-cache.js
// Emulators in the GitHub cache, each under its SHA-256. A cache is a convenience: whatever goes wrong with it is one line in the log, and the
// next place is used. Why its content need not be trusted is said in cache-errand.ts.





const restoreLimitMs = 10_000;
const saveLimitMs = 30_000;
/** Addresses of services that are out of order: they are not asked again by this process. */
const outOfOrder = new Set();
/**
 * Tries to bring the file to its path; 'restored' only when it is there and its SHA-256, read now, is right. Never throws: what went wrong
 * is a line in the log. Costs nothing but that line where the runner offers no cache.
 */
async function restoreFromGitHubCache(file, log, { program = cache_process_cacheClient, limitMs = restoreLimitMs } = {}) {
    if (!(await isUsable(log)))
        return 'missed';
    const problem = await withStaging(async (staging) => {
        const answer = await cache_process_sendClient(program, 'restore', cacheable_cacheKey(file), staging, limitMs);
        return answer.kind === 'done' ? takeOver(file, staging) : problemOf(answer);
    });
    if (problem === undefined)
        log.info(`${file.binary}: from the GitHub cache`);
    else if (problem === '')
        log.detail(`${file.binary} is not in the GitHub cache`);
    else
        log.info(`${file.binary} could not be had from the GitHub cache: ${problem}`);
    return problem === undefined ? 'restored' : 'missed';
}
/** Saves files after a job; never throws. A file that is there already, or whose SHA-256 is not the right one any more, is passed over. */
async function saveToGitHubCache(files, log, { program = cacheClient, limitMs = saveLimitMs } = {}) {
    for (const file of files) {
        if (!(await isUsable(log)))
            return;
        const problem = await withStaging(async (staging) => {
            const fault = unfitness(file.path);
            if (fault !== undefined)
                return `${file.path} ${fault}`;
            copyFileSync(file.path, staging.file);
            if (sha256OfFile(staging.file) !== file.sha256)
                return `${file.path} has other bytes now`;
            return problemOf(await sendClient(program, 'save', cacheKey(file), staging, limitMs));
        });
        if (problem === undefined)
            log.info(`${file.binary}: saved in the GitHub cache`);
        // HTTP's "Conflict": it exists, or another job is about to make it
        else if (problem.includes('(409)'))
            log.detail(`${file.binary} is in the GitHub cache already`);
        else
            log.info(`${file.binary} could not be saved in the GitHub cache: ${problem}`);
    }
}
/** Why a file cannot be copied; undefined when it can. */
function unfitness(path) {
    try {
        return withRegularFile(path, { mostBytes: largestFile }, () => undefined);
    }
    catch (error) {
        return faultOf(error);
    }
}
/** Whether there is a cache to ask; the library's own condition, without loading it. */
async function isUsable(log) {
    const { ACTIONS_RUNTIME_TOKEN: token } = process.env;
    const reason = !token || service() === ''
        ? 'the runner offers none (ACTIONS_RESULTS_URL and ACTIONS_RUNTIME_TOKEN)'
        : outOfOrder.has(service())
            ? 'it is out of order'
            : (await hasGnuTar())
                ? undefined
                : 'it needs GNU tar';
    if (reason !== undefined)
        log.detail(`the GitHub cache is not used: ${reason}`);
    return reason === undefined;
}
function service() {
    return process.env.ACTIONS_RESULTS_URL || process.env.ACTIONS_CACHE_URL || '';
}
/** Carries out `work` in a private folder; what it throws becomes words. */
async function withStaging(work) {
    try {
        const staging = openStaging();
        try {
            return await work(staging);
        }
        finally {
            closeStaging(staging);
        }
    }
    catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
}
/** What stood in the way, '' for an entry that does not exist, undefined when all is well. */
function problemOf(answer) {
    if (answer.kind === 'done')
        return undefined;
    if (answer.kind === 'unavailable')
        return 'the runner offers none';
    if (answer.kind === 'not')
        return answer.why;
    outOfOrder.add(service());
    return answer.why;
}
/** Copies the staged file to its place, its SHA-256 read on the way; the inode that tar made is not used. Throws what `place` throws. */
async function takeOver(file, staging) {
    const found = isAlone(staging) ? (0,external_node_fs_.lstatSync)(staging.file) : undefined;
    if (!found?.isFile())
        return 'its archive holds something else than one file';
    await (0,store/* place */.ik)(file.path, { sha256: file.sha256, size: found.size }, bytesOf(staging.file));
    return undefined;
}
/** Opened when it is read and not before: `place` may end without reading, and the folder is gone then. */
async function* bytesOf(path) {
    yield* (0,external_node_fs_.createReadStream)(path);
}

;// CONCATENATED MODULE: ./build/src/sources/catalog.js
// Gets emulators' bytes from the first place that delivers the right ones: the tool cache, the GitHub cache if it is asked for, then their
// Debian packages at each known address.







const errandsAtOnce = 4;
/** Gets one emulator. Throws `download-failed` with every place tried and its answer, `offline`, and `cache-unwritable`. */
async function acquire(emulator, sources) {
    const [found] = await acquireSeveral([emulator], sources);
    if (found === undefined)
        throw new Error(`nothing came of ${emulator.binary}`);
    if ('failure' in found)
        throw found.failure;
    return found;
}
/** Gets different emulators, in the order given; why one cannot be had stands in its place and stops no other. What shares bytes shares requests. */
async function acquireSeveral(emulators, sources) {
    const kept = await (0,map_limit/* inTurns */.g)(emulators, errandsAtOnce, (emulator) => withoutPackage(emulator, sources));
    const missing = emulators.filter((_, at) => kept[at] === undefined);
    const fetched = new Map(missing.length === 0 ? [] : await fetchAll(missing, sources));
    return emulators.map((emulator, at) => (kept[at] ?? fetched.get(emulator)));
}
/** From a cache, if it can be had there; undefined when it must be fetched. */
async function withoutPackage(emulator, { cacheFolder, offline, cache, log }) {
    const path = (0,store/* cachePath */.Ae)(cacheFolder, emulator);
    try {
        if ((0,store/* isCached */.bm)(path, emulator))
            return { path, locator: 'tool-cache', bytesFetched: 0 };
    }
    catch (error) {
        return { failure: (0,errors/* asSetupError */.AD)(error), bytesFetched: 0 };
    }
    if (offline)
        return { failure: offlineError(emulator, path), bytesFetched: 0 };
    const file = { path, binary: emulator.binary, sha256: emulator.sha256 };
    if (cache && (await restoreFromGitHubCache(file, log)) === 'restored')
        return { path, locator: 'github-cache', bytesFetched: 0 };
    return undefined;
}
async function fetchAll(emulators, { cacheFolder, mirrors, log }) {
    const { deliver } = await Promise.all(/* import() */[__webpack_require__.e(121), __webpack_require__.e(168)]).then(__webpack_require__.bind(__webpack_require__, 9168));
    const sites = await aptSites();
    const wanted = emulators.map((emulator) => ({
        emulator,
        path: (0,store/* cachePath */.Ae)(cacheFolder, emulator),
        urls: packageUrls(emulator.package, mirrors, sites),
    }));
    const deliveries = await deliver(wanted, { log });
    return wanted.map(({ emulator, path }, at) => {
        const { bytesFetched = 0, failure } = deliveries[at] ?? {};
        return [emulator, failure === undefined ? { path, locator: 'deb', bytesFetched } : { failure, bytesFetched }];
    });
}
function offlineError(emulator, path) {
    return new errors/* SetupError */.w3('offline', `${emulator.binary} of QEMU ${emulator.qemuVersion} (${emulator.build}) is not in the cache, and offline is true: there is no file ${path} with the SHA-256 ${emulator.sha256}`, { hint: 'run it once without offline with this cache folder, or copy that file from a machine that has it' });
}
let sitesOnce;
/** Base addresses of this machine's own apt configuration, when it is a Debian; asked once. */
function aptSites() {
    sitesOnce ??= readAptSites();
    return sitesOnce;
}
/** What the machine says of itself; nothing where it cannot be read. */
function osRelease() {
    try {
        return (0,regular_file/* textOfFile */.nj)('/etc/os-release', 1 << 16);
    }
    catch {
        return '';
    }
}
async function readAptSites() {
    if (!isDebian(osRelease()))
        return [];
    const result = await (0,command/* command */.G5)('apt-get', ['indextargets', '--format', '$(SITE)', 'Created-By: Packages'], {
        timeoutMs: 20_000,
    });
    return result.status === 0 ? parseAptSites(result.stdout) : [];
}

;// CONCATENATED MODULE: ./build/src/setup/acquire.js





/** Whether the course has an emulator that is to be registered. */
function isDue(course) {
    return course.planned.kind === 'register' && course.acquired !== undefined;
}
/** What `register` takes of a course. */
function dueOf({ planned, acquired }) {
    return { planned, interpreter: acquired.path, emulator: acquired.emulator };
}
/** The courses of a plan, at their start. */
function coursesOf(plan) {
    return plan.targets.map((planned) => ({ planned, started: performance.now() }));
}
/** Gets the emulators of all registrations, together where they share bytes; one that cannot be had does not stop the others. */
async function acquireAll(planned, request, machine, facts) {
    const { image, courses } = await fromImage(planned, request, machine);
    const there = courses.filter(({ leftOut }) => leftOut !== true);
    const supplied = await fromCatalog(there.map(withFile), sourcesOf(request, machine));
    return { image, courses: supplied.map((course) => acquire_settled(course, request, facts)) };
}
function sourcesOf(request, machine) {
    const { mirrors, offline, cache } = request;
    return { cacheFolder: machine.cacheFolder, mirrors, offline, cache, log: machine.log };
}
/** With the file that is the supply, if it is one. */
function withFile(course) {
    if (course.planned.kind !== 'register' || course.planned.supply.kind !== 'file')
        return course;
    const { emulator, path, locator } = course.planned.supply;
    return { ...course, acquired: { emulator, path, locator, bytesFetched: 0 } };
}
/** With the catalog's emulators, where they are the supply. */
async function fromCatalog(courses, sources) {
    const of = ({ planned }) => planned.kind === 'register' && planned.supply.kind === 'catalog' ? planned.supply.emulator : undefined;
    const emulators = courses.map(of).filter((emulator) => emulator !== undefined);
    if (emulators.length === 0)
        return [...courses];
    const started = performance.now();
    const files = new Map((await acquireSeveral(emulators, sources)).map((file, at) => [emulators[at], file]));
    return courses.map((course) => {
        const emulator = of(course);
        const file = emulator && files.get(emulator);
        if (emulator === undefined || file === undefined)
            return course;
        if (!('failure' in file))
            return { ...course, started, acquired: { emulator, ...file } };
        const { code, message, hint } = file.failure;
        const failure = { kind: 'not-set-up', code, reason: message, hint };
        return { ...course, started, failure, bytesInVain: file.bytesFetched };
    });
}
/** The executables of the request's image, all in one go. Throws when the image as a whole cannot be had. */
async function fromImage(planned, request, machine) {
    const of = ({ planned: target }) => target.kind === 'register' && target.supply.kind === 'image' ? target.supply : undefined;
    const supplies = planned.map(of).filter((supply) => supply !== undefined);
    const [first] = supplies;
    if (first === undefined)
        return { courses: [...planned], image: null };
    const binaries = supplies.map(({ binary }) => binary);
    const { emulatorsFromImage } = await __webpack_require__.e(/* import() */ 820).then(__webpack_require__.bind(__webpack_require__, 1820));
    const { image, found, missing } = await emulatorsFromImage(first.image, binaries, machine.host, {
        registryMirrors: request.registryMirrors,
        credentials: request.registryLogin,
        offline: request.offline,
        cacheFolder: machine.cacheFolder,
        accepted: new Set(request.sha256s),
        env: process.env,
        log: machine.log,
    });
    const courses = planned.map((course) => {
        const binary = of(course)?.binary;
        if (binary === undefined)
            return course;
        const executable = found.get(binary);
        if (executable !== undefined)
            return withExecutable(course, executable, machine);
        const lack = missing.get(binary) ?? { kind: 'missing', reason: 'no file of that name' };
        if (request.all && lack.kind === 'missing')
            return { ...course, leftOut: true };
        return { ...course, failure: notInImage(binary, first.image, lack) };
    });
    // what runs natively needs no image, so it does not make one of no use green
    if (courses.every(({ leftOut, planned: { kind } }) => leftOut === true || kind === 'native'))
        throw noneInImage(first.image, binaries);
    return { courses, image: { asked: (0,image_reference/* referenceText */.n5)(first.image), pinned: image } };
}
function withExecutable(course, executable, machine) {
    const { binary, path, sha256, size, locator, bytesFetched } = executable;
    const emulator = { binary, sha256, size, host: machine.host, qemuVersion: null, build: null };
    return { ...course, acquired: { emulator, path, locator, bytesFetched } };
}
const lackHints = {
    missing: 'ask for the platforms that the image has, or choose another image',
    unusable: 'choose an image whose emulators are static executables for this host',
    'other-hash': 'look whether image and sha256 belong together',
};
function notInImage(binary, image, { kind, reason }) {
    return {
        kind: 'not-set-up',
        code: kind === 'missing' ? 'emulator-missing' : 'emulator-unusable',
        reason: `the image ${(0,image_reference/* referenceText */.n5)(image)} has no ${binary} that can be used: ${reason}`,
        hint: lackHints[kind],
    };
}
function noneInImage(image, binaries) {
    const message = `the image ${(0,image_reference/* referenceText */.n5)(image)} has no emulator: none of the files ${binaries.join(', ')}, with or without -static`;
    return new errors/* SetupError */.w3('emulator-missing', message, { hint: 'choose an image of QEMU user emulators' });
}
/** What follows for an emulator that only now is known: an entry of ours may have it already, another job may have a different one. */
function acquire_settled(course, request, facts) {
    const { planned, acquired: found } = course;
    if (planned.kind !== 'register' || planned.supply.kind !== 'image' || found === undefined)
        return course;
    const { platform, flags } = planned;
    const { sha256 } = found.emulator;
    const kept = (0,existing_entry/* keptOwn */.RL)((0,plan_plan/* rivalsOf */.V6)(platform.target.name, facts, request.rules), facts, flags, sha256);
    if (kept !== undefined)
        return { ...course, planned: { ...kept, platform } };
    const conflict = (0,plan_plan/* conflicting */.v5)(planned, request, facts, sha256);
    return conflict === undefined ? course : { ...course, planned: conflict };
}

// EXTERNAL MODULE: ./build/src/core/machine/table-refusal.js
var table_refusal = __webpack_require__(4758);
;// CONCATENATED MODULE: ./build/src/core/probe/final-check.js
// Whether what was proven still stands when it is told: somebody may have changed the table between the proof and the end.

/**
 * What is no longer so of a proven entry; undefined when it stands as it was, and nothing newer takes its programs. `stood`: inodes of what was in
 * force before the proof. `isAlike`: whether a newer entry is known to have the same emulator and flags.
 */
function lostSince({ entry, inode }, stood, { off, entries }, isAlike) {
    if (off !== undefined)
        return { kind: 'not-set-up', code: off.code, reason: off.message, hint: off.hint };
    const at = entries.findIndex(({ name }) => name === entry.name);
    const listed = entries[at];
    if (listed === undefined || !listed.enabled || !(0,model_entry/* sameEntry */.dI)(listed, entry))
        return entryDiffers(entry, JSON.stringify(listed ?? 'no such entry'));
    if (listed.inode !== inode)
        return entryDiffers(entry, 'one that somebody registered in the same words after it had been removed');
    const newer = entries
        .slice(0, at)
        .filter((other) => other.enabled && !stood.has(other.inode) && (0,model_entry/* overlap */.EF)(other, listed) && !isAlike(other));
    if (newer.length === 0)
        return undefined;
    return { kind: 'overtaken', entry: entry.name, by: newer.map(({ name, interpreter }) => ({ name, interpreter })) };
}
/** An entry that is not what was written, as a finding. */
function entryDiffers(entry, got) {
    const { name, interpreter, flags, offset, magic, mask } = entry;
    const expected = JSON.stringify({ name, interpreter, flags, offset, magic, mask });
    return { kind: 'entry-differs', entry: name, expected, got };
}

;// CONCATENATED MODULE: ./build/src/setup/final-check.js
// The last look at the table, after all proofs and just before the outcome is told: what somebody changed meanwhile is not green. An entry of ours
// that is no longer what was proven does not stay.









/** What is in force before the proofs: one that is switched on later has not been there for them. */
function standingNow() {
    const inForce = (0,binfmt/* tableByPrecedence */.wo)().filter(({ enabled }) => enabled);
    return new Map(inForce.map(({ name, inode }) => [name, inode]));
}
/** The outcomes with what is no longer so. Throws node's file system errors; then all of ours is undone. */
async function lookedOnceMore(targets, { before, ledger }, log) {
    if (!targets.some(isSeen))
        return [...targets];
    try {
        // the kernel's log and other processes have the same clock
        log.detail(`last look at the table, ${seconds()} s after boot`);
        const now = tableNow();
        const looked = targets.map((target) => (isSeen(target) ? judged(target, before, now, ledger) : target));
        for (const [at, { state, entry }] of looked.entries())
            if (state === 'failed' && targets[at]?.state !== 'failed' && entry !== null)
                await ledger?.withdraw(entry);
        if (ledger?.journal.entries.length === 0)
            await ledger.undo();
        return looked;
    }
    catch (error) {
        await ledger?.undo();
        throw error;
    }
}
/** In the clock that stands still for nobody (CLOCK_MONOTONIC), to the microsecond. */
function seconds() {
    return (Number(process.hrtime.bigint() / 1000n) / 1e6).toFixed(6);
}
/** Whether a target stands on an entry that can be seen from here. */
function isSeen(target) {
    return (0,report_outcome/* isEmulated */.eV)(target) && target.entry !== null;
}
function tableNow() {
    if (!(0,binfmt/* isMounted */.BX)())
        return { off: (0,table_refusal/* goneTable */.UC)(binfmt/* binfmtFolder */.T5), entries: [] };
    return { off: (0,binfmt/* isEnabled */.Ol)() ? undefined : (0,table_refusal/* disabledTable */.TO)(binfmt/* binfmtFolder */.T5), entries: (0,binfmt/* tableByPrecedence */.wo)() };
}
function judged(target, before, now, ledger) {
    const { entry, emulator, findings } = target;
    if (entry === null)
        return target;
    // registered anew during the proof, it has another inode than before, which our journal knows
    const noted = ledger?.journal.entries.find((one) => (0,model_entry/* sameEntry */.dI)(one, entry))?.inode;
    const own = { ...entry, registered: true, emulator: { sha256: emulator?.sha256 ?? '', qemuVersion: null } };
    const isSame = (newer) => (0,journal_file/* readJournals */.rZ)().journals.some((journal) => (0,journal_file/* isHolding */.ye)(journal) &&
        journal.leaving !== true &&
        (0,journal_table_identity/* isSameTable */.j9)(journal, (0,table_identity/* hereTable */.d2)()) &&
        journal.entries.some((one) => (0,model_entry/* sameEntry */.dI)(one, newer) && (0,ownership/* isAlike */.HI)(one, own)));
    const lost = lostSince({ entry, inode: noted ?? before.get(entry.name) }, new Set(before.values()), now, isSame);
    if (lost === undefined)
        return target;
    // what is said of an emulator that is in force is not said of this one
    const others = findings.filter(({ kind }) => kind !== 'known-problem' && kind !== 'own-table');
    return { ...target, state: 'failed', findings: [...others, lost] };
}

// EXTERNAL MODULE: ./build/src/setup/inspect.js
var inspect = __webpack_require__(4291);
// EXTERNAL MODULE: ./build/src/core/guest/guest-environment.js
var guest_environment = __webpack_require__(6174);
;// CONCATENATED MODULE: ./build/src/core/guest/loader.js
// Where dynamic programs of each target look for their loader, and which C library they need. Sources: the ABI list of glibc
// (https://sourceware.org/glibc/wiki/ABIList), and musl's configure (ld-musl-$ARCH$SUBARCH.so.1).
const musl = (...names) => names.map((name) => `/lib/ld-musl-${name}.so.1`);
/**
 * By target, the usual ones first. Left out is what a dynamic probe cannot be made for, as nothing could be proven: glibc of hppa (function
 * descriptors), of big-endian ppc64 (the older ABI; the probe has the newer one), and of mips with the NaN encoding of 2008, which the CPU must
 * have too.
 */
const loaders = {
    aarch64: ['/lib/ld-linux-aarch64.so.1', ...musl('aarch64')],
    aarch64_be: ['/lib/ld-linux-aarch64_be.so.1', ...musl('aarch64_be')],
    alpha: ['/lib/ld-linux.so.2'],
    arm: ['/lib/ld-linux-armhf.so.3', '/lib/ld-linux.so.3', ...musl('armhf', 'arm')],
    armeb: ['/lib/ld-linux-armhf.so.3', '/lib/ld-linux.so.3', ...musl('armebhf', 'armeb')],
    i386: ['/lib/ld-linux.so.2', ...musl('i386')],
    i486: ['/lib/ld-linux.so.2', ...musl('i386')],
    loongarch64: ['/lib64/ld-linux-loongarch-lp64d.so.1', '/lib64/ld-linux-loongarch-lp64s.so.1', ...musl('loongarch64')],
    m68k: ['/lib/ld.so.1', ...musl('m68k')],
    mips: ['/lib/ld.so.1', ...musl('mips', 'mips-sf')],
    mipsel: ['/lib/ld.so.1', ...musl('mipsel', 'mipsel-sf')],
    mipsn32: ['/lib32/ld.so.1', ...musl('mipsn32')],
    mipsn32el: ['/lib32/ld.so.1', ...musl('mipsn32el')],
    mips64: ['/lib64/ld.so.1', ...musl('mips64')],
    mips64el: ['/lib64/ld.so.1', ...musl('mips64el')],
    or1k: ['/lib/ld-linux-or1k.so.1', ...musl('or1k')],
    ppc: ['/lib/ld.so.1', ...musl('powerpc', 'powerpc-sf')],
    ppc64: musl('powerpc64'),
    ppc64le: ['/lib64/ld64.so.2', ...musl('powerpc64le')],
    riscv32: ['/lib/ld-linux-riscv32-ilp32d.so.1', '/lib/ld-linux-riscv32-ilp32.so.1', ...musl('riscv32', 'riscv32-sf')],
    riscv64: ['/lib/ld-linux-riscv64-lp64d.so.1', '/lib/ld-linux-riscv64-lp64.so.1', ...musl('riscv64', 'riscv64-sf')],
    s390x: ['/lib/ld64.so.1', ...musl('s390x')],
    sh4: ['/lib/ld-linux.so.2', ...musl('sh4')],
    sh4eb: ['/lib/ld-linux.so.2', ...musl('sh4eb')],
    sparc: ['/lib/ld-linux.so.2'],
    sparc32plus: ['/lib/ld-linux.so.2'],
    sparc64: ['/lib64/ld-linux.so.2'],
    x86_64: ['/lib64/ld-linux-x86-64.so.2', ...musl('x86_64')],
};
/** Paths at which programs of a target look for their loader; empty where none is known. */
function loadersOf(target) {
    return loaders[target] ?? [];
}
/** Every path at which a loader of any target may lie. */
const allLoaders = [...new Set(Object.values(loaders).flat())];
/** The name of the C library: musl takes any `libc.` for itself, glibc has one number for all targets but alpha. */
function libraryOf(target) {
    return target === 'alpha' ? 'libc.so.6.1' : 'libc.so.6';
}

;// CONCATENATED MODULE: ./build/src/core/guest/slow-cpu.js
/** Of all versions with this target. */
const plainModel = 'cortex-a72';
/** The note for a target under a version's default CPU; undefined where nothing is known to be slow. */
function slowCpu(target, qemuVersion) {
    const [major = Number.NaN, minor = Number.NaN] = (qemuVersion ?? '').split('.').map(Number);
    const isOld = major < 10 || (major === 10 && minor < 2);
    if (target !== 'aarch64' || qemuVersion === null || !isOld)
        return undefined;
    return { kind: 'slow-cpu', qemuVersion, model: plainModel };
}

// EXTERNAL MODULE: ./build/src/core/model/finding.js
var finding = __webpack_require__(9530);
// EXTERNAL MODULE: ./build/src/core/request/cpu-models.js
var cpu_models = __webpack_require__(8780);
;// CONCATENATED MODULE: ./build/src/system/sysroot.js
// A root whose libraries dynamic foreign programs are to use: which loader it has, found as QEMU finds it. QEMU puts the root's path before
// a file's name and opens that; so an absolute link in the root leads to this machine's own files (QEMU's util/path.c, and path_resolution(7)).







const headBytes = 64;
const mostSteps = 400;
/**
 * Looks at a root for programs of `target`. Throws `sysroot-unusable`: no folder, no loader of the target, a loader of another architecture, or
 * one behind a link that leads out of the root.
 */
function lookAtSysroot(path, target) {
    if (folderFault(path) !== undefined)
        throw unusable(path, folderFault(path) ?? '', 'name the folder that holds lib, or lib64, of the architecture');
    const wanted = loadersOf(target.name);
    if (wanted.length === 0)
        throw unusable(path, `no dynamic loader for ${target.name} is known with which a program could be proven to run`, 'run its programs in a chroot or a container instead, which need no sysroot');
    const seen = wanted.map((loader) => ({ loader, ...seenAt(path, loader) }));
    const loaders = seen.filter(({ head }) => head !== undefined && (0,model_entry/* matches */.cK)(target, head)).map(({ loader }) => loader);
    if (loaders.length > 0)
        return { path, loaders };
    const other = seen.find(({ head }) => head !== undefined);
    const strayed = behindLink(path, target, wanted);
    if (strayed !== undefined)
        throw strayed;
    if (other?.head !== undefined)
        throw unusable(path, `expected a loader of ${target.name} at ${other.loader}, found ${kindOf(other.head)}`, `name a root of ${target.name}, or ask for the platform that the root is of`);
    throw missing(path, target, wanted);
}
/** The loader is in the root, behind an absolute link that QEMU follows to somewhere else; undefined where it is not. */
function behindLink(root, target, wanted) {
    for (const loader of wanted) {
        const { at, to } = resolvedInside(root, loader)?.link ?? {};
        if (at === undefined || to === undefined)
            continue;
        const [place, goal] = [(0,targets/* printable */.g$)((0,external_node_path_.join)(root, at), 300), (0,targets/* printable */.g$)((0,external_node_path_.join)(root, to), 300)];
        return unusable(root, `${expectation(target, wanted)}, found ${(0,targets/* printable */.g$)(at)}, a link to ${(0,targets/* printable */.g$)(to)}: QEMU follows an absolute link to this machine's own files, not within the root`, `make the link relative: ln -sfnr ${goal} ${place}`);
    }
    return undefined;
}
function expectation({ name }, wanted) {
    return `expected a loader of ${name} (${wanted.join(', ')})`;
}
/** Why there is no loader. */
function missing(root, target, wanted) {
    const expected = expectation(target, wanted);
    for (const loader of wanted) {
        const below = seenAt(root, (0,external_node_path_.join)('/usr', loader)).head === undefined ? undefined : belowUsr(root, loader);
        if (below !== undefined)
            return unusable(root, `${expected}, found it below /usr alone: ${below.found}`, below.hint);
    }
    const others = allLoaders.flatMap((loader) => {
        const { head } = seenAt(root, loader);
        return head === undefined ? [] : [`${loader}, ${kindOf(head)}`];
    });
    const found = others.length === 0 ? 'no loader of any architecture' : others.slice(0, 4).join('; ');
    const hint = others.length === 0
        ? 'name the folder that holds lib, or lib64, with the loader in it (the package libc6 or musl of the architecture)'
        : `name a root of ${target.name}, or ask for the platform that the root is of`;
    return unusable(root, `${expected}, found ${found}`, hint);
}
/** Why what lies below /usr is not found where programs look for it, and how to mend that; undefined where it is neither of the usual cases. */
function belowUsr(root, loader) {
    const folder = loader.split('/')[1] ?? '';
    const place = (0,external_node_path_.join)(root, folder);
    if ((0,external_node_fs_.lstatSync)(place, { throwIfNoEntry: false }) === undefined)
        return {
            found: `the link /${folder} of a whole system is missing`,
            hint: `make it: ln -s usr/${folder} ${(0,targets/* printable */.g$)(place, 300)}`,
        };
    if ((0,external_node_fs_.statSync)(place, { throwIfNoEntry: false })?.isDirectory() !== true)
        return undefined;
    const [from, to] = [(0,external_node_path_.join)(root, 'usr', loader), (0,external_node_path_.join)(root, loader)].map((path) => (0,targets/* printable */.g$)(path, 300));
    return { found: `/${folder} is a folder of its own, without it`, hint: `link it: ln -sfnr ${from} ${to}` };
}
function folderFault(path) {
    try {
        return (0,external_node_fs_.statSync)(path).isDirectory() ? undefined : 'it is no folder';
    }
    catch (error) {
        return (0,command/* errnoName */.gh)(error) === 'ENOENT' ? 'it is not there' : `it cannot be looked into: ${(0,command/* errnoName */.gh)(error)}`;
    }
}
/** The first bytes of a file, by its name behind the root, all links followed as the kernel follows them. */
function seenAt(root, name) {
    let file;
    try {
        if (!(0,external_node_fs_.statSync)((0,external_node_path_.join)(root, name)).isFile())
            return {};
        file = (0,external_node_fs_.openSync)((0,external_node_path_.join)(root, name), 'r');
    }
    catch (error) {
        if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes((0,command/* errnoName */.gh)(error)))
            return {};
        throw unusable(root, `${name} cannot be read: ${(0,command/* errnoName */.gh)(error)}`, 'let this user read the root');
    }
    try {
        const head = new Uint8Array(headBytes);
        return { head: head.subarray(0, (0,external_node_fs_.readSync)(file, head, 0, headBytes, 0)) };
    }
    finally {
        (0,external_node_fs_.closeSync)(file);
    }
}
/** What a file is, by its first bytes: `a file of riscv64`. */
function kindOf(head) {
    const names = targets/* targets */.zV.filter((target) => (0,model_entry/* matches */.cK)(target, head)).map(({ name }) => name);
    return names.length === 0 ? 'no ELF file of a known architecture' : `a file of ${names.join(' or ')}`;
}
/**
 * Follows a name as in a chroot. Where that leads to a file: the absolute link on the way that leads elsewhere from outside, if there is one.
 * Undefined where there is no such file in the root either.
 */
function resolvedInside(root, name) {
    const waiting = name.split('/').filter((part) => part !== '');
    let here = '/';
    let link;
    for (let steps = 0; waiting.length > 0 && steps < mostSteps; steps++) {
        const next = (0,external_node_path_.join)(here, waiting.shift() ?? '');
        const target = linkTarget((0,external_node_path_.join)(root, next));
        if (target === undefined) {
            here = next;
            continue;
        }
        if (target.startsWith('/')) {
            link ??= { at: next, to: target };
            here = '/';
        }
        waiting.unshift(...target.split('/').filter((part) => part !== ''));
    }
    const isThere = waiting.length === 0 && (0,external_node_fs_.lstatSync)((0,external_node_path_.join)(root, here), { throwIfNoEntry: false })?.isFile() === true;
    return isThere ? { ...(link === undefined ? {} : { link }) } : undefined;
}
function linkTarget(path) {
    try {
        return (0,external_node_fs_.readlinkSync)(path);
    }
    catch (error) {
        // EINVAL: it is no link
        if (['EINVAL', 'ENOENT', 'ENOTDIR'].includes((0,command/* errnoName */.gh)(error)))
            return undefined;
        throw error;
    }
}
function unusable(root, found, hint) {
    return new errors/* SetupError */.w3('sysroot-unusable', `the root ${(0,targets/* printable */.g$)(root, 300)} cannot be used: ${found}`, { hint });
}

;// CONCATENATED MODULE: ./build/src/setup/prove-guest.js
// What is proven where the emulators are told something by their environment: that each knows the CPU, and that a dynamic program runs with
// the libraries of a root. The emulator itself is asked, through the kernel: it is the one that programs will get.






/** Looks at the request's root before anything is fetched. Throws `sysroot-unusable`, and `invalid-input` when it cannot be for all targets. */
function guestOf({ sysroot, cpu }, { targets }) {
    const environment = (0,guest_environment/* environmentOf */.p7)({ sysroot, cpu });
    return { environment, sysroot: sysroot === null ? null : lookAtSysroot(sysroot, (0,guest_environment/* sysrootTarget */.PG)(targets, sysroot)) };
}
/** Asks the emulators that now run the programs of these targets for the CPU. Throws `unknown-cpu`. */
async function askForCpu(cpu, targets, folder) {
    for (const { name, binary } of targets) {
        const listed = await folder.said(name, { QEMU_CPU: 'help' });
        // one that prints no list (5.2 for hppa) judges by itself
        const models = isGreeting(listed.stdout) ? [] : (0,cpu_models/* cpuModelsOf */.Oz)(listed.stdout);
        if (models.length > 0 && !(0,cpu_models/* isListed */.yy)(cpu, models))
            throw (0,cpu_models/* notListed */.NL)(cpu, binary, models, targets.length > 1);
        const { stdout, stderr } = await folder.said(name, { QEMU_CPU: cpu });
        if (!isGreeting(stdout))
            throw (0,cpu_models/* notStarting */.Mo)(cpu, binary, stderr, models);
    }
}
function isGreeting(text) {
    return text.startsWith('setup-qemu probe ');
}
/** Adds to what is proven of a target: whether dynamic programs run with the root, and whether its default CPU makes it slow. */
async function proveGuest(target, proven, { folder, guest: { environment, sysroot } }) {
    const { proof, findings, ran } = proven;
    if (findings.some(finding/* isFailure */.N))
        return proven;
    const slow = slowCpu(target.name, ran?.qemuVersion ?? null);
    const isDefault = environment.QEMU_CPU === undefined && (process.env.QEMU_CPU ?? '') === '';
    const notes = slow !== undefined && isDefault ? [slow] : [];
    if (sysroot === null)
        return { ...proven, findings: [...findings, ...notes] };
    const tried = await withRoot(target.name, sysroot, ran, environment, folder);
    if (typeof tried === 'string')
        return { proof: { ...proof, loader: tried }, findings: [...findings, ...notes], ran };
    return { ...proven, findings: [...findings, tried] };
}
/** The loader under which a dynamic program runs: a root may have several C libraries, and one is enough. Else what came of the usual one. */
async function withRoot(target, { path, loaders }, ran, environment, folder) {
    const library = libraryOf(target);
    let first;
    for (const loader of loaders) {
        const fault = prove_guest_faultOf(await folder.dynamic(target, { loader, library }, environment), ran);
        if (fault === undefined)
            return loader;
        first ??= { kind: 'sysroot-fails', root: path, loader, ...fault };
    }
    if (first === undefined)
        throw new Error(`the root ${path} has no loader to try`);
    return first;
}
function prove_guest_faultOf(run, ran) {
    switch (run.kind) {
        case 'answered':
            if (run.fingerprint.sha256 !== ran?.sha256)
                return { ending: `another emulator, ${run.fingerprint.path}`, output: '' };
            return run.answerRight ? undefined : { ending: run.ending, output: '' };
        case 'ended':
            return { ending: run.ending, output: run.output };
        case 'refused':
            return { ending: run.errno, output: '' };
        case 'silent':
            return { ending: `silence for ${run.timeoutMs / 1000} s`, output: '' };
    }
}

// EXTERNAL MODULE: ./build/src/core/model/rule.js
var rule = __webpack_require__(8997);
;// CONCATENATED MODULE: ./build/src/setup/register.js
// Puts entries for emulators into the kernel's table, each noted in the journal first. A name that is taken is left alone: the next one is tried.


/** The entry of a registration under a name and with flags. */
function entryOf({ planned, interpreter, emulator }, name, flags) {
    const { magic, mask } = (0,rule/* ruleOf */.Y)(planned.platform.target, planned.rules);
    const { sha256, qemuVersion } = emulator;
    return { name, interpreter, flags, offset: 0, magic, mask, emulator: { sha256, qemuVersion } };
}
/**
 * Registers all with their first choice of flags; the results stand in the order given. With `yielding` an earlier job that means to register a
 * different emulator at this moment goes first. Throws what `register` throws.
 */
async function registerAll(due, ledger, yielding) {
    const planned = due.map((one) => ({ one, entry: entryOf(one, one.planned.name, one.planned.flags[0] ?? 'F') }));
    await ledger.intend(planned.map(({ entry }) => entry));
    const results = [];
    for (const { one, entry } of planned) {
        const contest = yielding ? ledger.contestOf(entry) : undefined;
        if (contest !== undefined)
            await ledger.withdraw(entry);
        results.push(contest ?? (await registerSomehow(entry, one.planned.platform.target.name, ledger)));
    }
    await ledger.confirm(results.filter((result) => 'magic' in result));
    return results;
}
/** Registers an entry that was intended; under the next free name of its target when another job took its own between our look and our write. */
async function registerSomehow(entry, target, ledger) {
    if (await ledger.register(entry))
        return entry;
    for (const name of (0,model_entry/* entryNames */.VM)(target)) {
        if (name === entry.name)
            continue;
        const other = { ...entry, name };
        await ledger.intend([other]);
        if (await ledger.register(other))
            return other;
    }
    throw new Error(`every name for ${target} is taken`);
}
/**
 * Registers an entry of ours for a target anew with other flags; where another job holds it by now it stays, and ours goes on top of it.
 * Throws what `register` throws.
 */
async function registerAnew(entry, flags, target, ledger) {
    const changed = { ...entry, flags };
    await ledger.withdraw(entry);
    await ledger.intend([changed]);
    const registered = await registerSomehow(changed, target, ledger);
    await ledger.confirm([registered]);
    return registered;
}

;// CONCATENATED MODULE: ./build/src/setup/register-courses.js


/** Holds the entries of other jobs together with them; false when one of these was given up meanwhile. */
async function shareAll(courses, ledger) {
    for (const { planned } of courses) {
        if (planned.kind !== 'keep' || planned.share === null || planned.entry === null)
            continue;
        if (!(await ledger.share(planned.entry, planned.share.emulator, planned.share.journal)))
            return false;
    }
    return true;
}
/** Registers what has an emulator; or lets the container do it, which brings its own. */
async function registerCourses(courses, request, bench) {
    if (request.wanted.kind === 'container') {
        const { registerCoursesByContainer } = await __webpack_require__.e(/* import() */ 972).then(__webpack_require__.bind(__webpack_require__, 8972));
        const made = await registerCoursesByContainer(courses, request.wanted, request, bench);
        const isShared = await shareAll(made.courses.filter((course) => !courses.includes(course)), bench.ledger);
        return isShared ? made : { ...made, givenUp: true };
    }
    const due = courses.filter(isDue);
    const yielding = request.onConflict !== 'take';
    const results = due.length === 0 ? [] : await registerAll(due.map(dueOf), bench.ledger, yielding);
    const entryOf = new Map();
    const after = courses.map((course) => {
        const at = due.indexOf(course);
        const result = results[at];
        if (result === undefined)
            return course;
        const registered = 'magic' in result ? course : { ...course, failure: result };
        entryOf.set(registered, 'magic' in result ? result : undefined);
        return registered;
    });
    return {
        courses: after,
        entryOf,
        image: null,
        contested: results.filter((result) => !('magic' in result)),
    };
}

// EXTERNAL MODULE: ./build/src/core/probe/probe-run.js
var probe_run = __webpack_require__(9026);
;// CONCATENATED MODULE: ./build/src/setup/prove.js
// The proof: a program of the target runs, directly and in an empty root, under exactly the emulator asked for.

/**
 * Runs a target's probe in both ways, and where the folder's rules are wide as an AppImage too, and compares what ran with what should have,
 * behind `entry`. `kept`: it is not of this call; null is one that cannot be seen, whose flags show in what arrives.
 */
async function prove(target, entry, asked, folder, root, kept = false) {
    const judged = ({ run, argv, path }, where, { sha256s, version }) => {
        const preserveArgv0 = entry?.flags.includes('P') ?? (run.kind === 'answered' && run.argv[0] === argv[0]);
        return (0,probe_run/* judge */.S4)(run, { where, sha256s, version, argv, path, preserveArgv0 });
    };
    const direct = await folder.direct(target, asked.environment);
    const chroot = await folder.chroot(target, root, asked.environment);
    const marked = await folder.marked(target, asked.environment);
    const { run } = direct;
    const ran = run.kind === 'answered' ? run.fingerprint : undefined;
    const directFindings = judged(direct, 'direct', asked);
    // where any bytes will do, they must at least be the same ones
    const same = asked.sha256s.length > 0 || ran === undefined ? asked : { ...asked, sha256s: [ran.sha256] };
    const untried = kept && (0,probe_run/* isUntried */.E0)(chroot.run) ? (0,probe_run/* untriedChroot */.$X)(chroot.run.errno, entry?.flags ?? null, run) : undefined;
    const chrootFindings = untried === undefined ? judged(chroot, 'chroot', same) : [untried];
    const markedFindings = marked === undefined ? [] : judged(marked, 'marked', same);
    return {
        proof: {
            direct: directFindings.length === 0,
            chroot: chrootFindings.length === 0,
            ...(marked === undefined ? {} : { wide: markedFindings.length === 0 }),
            argv0: run.kind === 'answered' && run.argv[0] === direct.argv[0],
            fingerprint: ran?.sha256 ?? null,
        },
        ran,
        findings: [...directFindings, ...chrootFindings, ...markedFindings],
    };
}

;// CONCATENATED MODULE: ./build/src/setup/verify.js
// The end of each target's way: the proof, and what came of it. An entry of ours that is not proven does not stay.








/** The outcome of one target; `entry` is the one that was registered for it, if any. */
async function concluded(course, entry, bench) {
    const { planned, acquired, failure } = course;
    const emulator = plannedEmulator(course);
    const base = {
        platform: planned.platform,
        emulator,
        entry: null,
        locator: acquired?.locator ?? course.locator ?? null,
        bytesFetched: acquired?.bytesFetched ?? course.bytesInVain ?? 0,
        proof: null,
    };
    const seconds = () => Math.round(performance.now() - course.started) / 1000;
    if (planned.kind === 'native')
        return { ...base, state: 'native', findings: [], seconds: seconds() };
    const finding = planned.kind === 'impossible' ? planned.finding : failure;
    if (finding !== undefined) {
        if (entry !== undefined)
            await bench.ledger?.withdraw(entry);
        return { ...base, state: 'failed', findings: [finding], seconds: seconds() };
    }
    const registered = planned.kind === 'keep' ? planned.entry : entry;
    if (registered === undefined || (planned.kind === 'register' && bench.root === undefined))
        throw new Error(`${planned.platform.target.name} has no entry to prove`);
    const { entry: proven, ...inItself } = await proveOrRetry(course, registered, bench);
    const here = await proveGuest(planned.platform.target, inItself, bench);
    const { proof, findings, ran } = await alsoInContainers(here, course, bench);
    const state = (0,report_outcome/* stateOf */.L4)(findings, planned.kind === 'keep');
    if (proven !== null && isOurs(planned))
        await settle(proven, state === 'failed', bench);
    const known = {
        sha256: emulator?.sha256 ?? ran?.sha256 ?? null,
        qemuVersion: emulator?.qemuVersion ?? ran?.qemuVersion ?? null,
        build: emulator?.build ?? ran?.build ?? null,
    };
    return { ...base, emulator: known, state, entry: proven, proof, findings, seconds: seconds() };
}
/** Goes on in containers where that is asked for: only with what is proven on the machine itself. */
async function alsoInContainers(here, { planned }, { containers }) {
    if (containers === undefined)
        return here;
    const sha256 = here.findings.some(finding/* isFailure */.N) ? null : here.proof.fingerprint;
    const { proven, findings } = await containers.prove(planned.platform, sha256);
    return { ...here, proof: { ...here.proof, containers: proven }, findings: [...here.findings, ...findings] };
}
/** An entry of ours stays only when it is proven. */
async function settle(entry, failed, { ledger, surviveRestart }) {
    if (failed)
        await ledger?.withdraw(entry);
    else if (surviveRestart === true)
        await ledger?.keepOverRestart(entry);
}
/** Whether the entry was made by this call, or another job's that this one holds too. */
function isOurs(planned) {
    return planned.kind === 'register' || (planned.kind === 'keep' && planned.share !== null);
}
/** The emulator as far as it is known before anything ran. */
function plannedEmulator({ planned, acquired }) {
    if (planned.kind === 'keep')
        return planned.fingerprint;
    if (acquired !== undefined)
        return acquired.emulator;
    if (planned.kind !== 'register')
        return null;
    return planned.supply.kind === 'catalog' || planned.supply.kind === 'file' ? planned.supply.emulator : null;
}
/** Proves an entry; where P shifts the arguments (an old emulator or kernel) it is registered anew without P, and that is proven. */
async function proveOrRetry(course, entry, bench) {
    const { planned } = course;
    if (planned.kind !== 'register' && planned.kind !== 'keep')
        throw new Error('nothing to prove');
    const target = planned.platform.target.name;
    const known = plannedEmulator(course)?.sha256;
    const asked = {
        sha256s: known == null ? bench.sha256s : [known],
        version: bench.version,
        environment: bench.guest.environment,
    };
    const { folder, root } = bench;
    const first = await prove(target, entry, asked, folder, root, planned.kind === 'keep');
    if (planned.kind === 'keep' || entry === null) {
        const notes = planned.kind === 'keep' ? planned.notes : [];
        return { ...first, findings: [...notes, ...(entry === null ? [] : readBack(entry)), ...first.findings], entry };
    }
    // a container removes what was there, as it likes: it is put back, but it does not stand behind ours
    const isBeside = planned.shadows.length > 0 && planned.supply.kind !== 'container';
    const notes = isBeside ? [{ kind: 'shadows', names: planned.shadows }] : [];
    const again = await withoutP(planned, first.findings, entry, bench);
    if (again === undefined)
        return { ...first, findings: [...notes, ...readBack(entry), ...first.findings], entry };
    const second = await prove(target, again, asked, folder, root);
    if (second.findings.length > 0)
        return { ...second, findings: [...notes, ...first.findings], entry: again };
    const shifted = first.findings.find((finding) => finding.kind === 'arguments-shifted');
    const note = { kind: 'argv0-not-preserved', got: shifted?.got ?? [] };
    return { ...second, findings: [...notes, note, ...readBack(again)], entry: again };
}
/** The entry registered anew without P, where the proof failed in a way that P can be the cause of. */
async function withoutP(planned, findings, entry, { ledger }) {
    const suspicious = findings.some(({ kind }) => kind === 'arguments-shifted' || kind === 'probe-crashed');
    const flags = planned.flags.find((choice) => !choice.includes('P'));
    if (!suspicious || flags === undefined || ledger === undefined || planned.supply.kind === 'container')
        return undefined;
    return await registerAnew(entry, flags, planned.platform.target.name, ledger);
}
/** The entry as the kernel lists it, compared with what was written. */
function readBack(entry) {
    const listed = (0,binfmt/* readEntry */.hB)(entry.name);
    if (listed?.enabled && (0,model_entry/* sameEntry */.dI)(listed, entry))
        return [];
    return [entryDiffers(entry, JSON.stringify(listed ?? 'no such entry'))];
}

;// CONCATENATED MODULE: ./build/src/setup/setup.js
// The whole way through: inspect, plan, acquire, register, prove. Asked for and proven are compared target by target.






















/** How often another job's removing of an entry that we wanted to share may send us back to look again. */
const mostLooks = 20;
const lookAgainMs = 1000;
/** Does what the request asks for and proves it. Throws SetupError when it cannot go on; then nothing of it is left on the machine. */
async function setup(request, machine) {
    const { stood, done, environment, ...outcome } = await provenSetup(request, machine);
    const targets = await lookedOnceMore(outcome.targets, stood, machine.log);
    await done?.();
    return (0,report_outcome/* provenOutcome */.fC)({ ...outcome, targets }, environment);
}
async function provenSetup(request, machine) {
    if (request.verifyIn.length === 0)
        return await setupWith(request, machine, {});
    const { openContainers } = await __webpack_require__.e(/* import() */ 512).then(__webpack_require__.bind(__webpack_require__, 6512));
    const containers = await openContainers(request.verifyIn, machine, request.rules);
    try {
        return await setupWith(request, machine, { containers });
    }
    finally {
        containers.close();
    }
}
function setupWith(request, machine, inside) {
    return withProbes(request, machine, async (folder) => {
        await removeStale(machine);
        const end = performance.now() + request.waitSeconds * 1000;
        let said = '';
        let mounted = false;
        for (let looks = 1;; looks++) {
            const { facts, mountedNow } = await look(request, machine, folder);
            mounted = mountedNow || (mounted && (0,binfmt/* isMounted */.BX)());
            const plan = (0,plan_plan/* planFor */.bJ)(request, facts, machine.catalog);
            const guest = guestOf(request, plan);
            const patient = request.onConflict === 'wait' && performance.now() < end;
            const conflicts = patient ? conflictsOf(plan) : [];
            const result = conflicts.length > 0
                ? undefined
                : await attempt(plan, patient, { request, machine, folder, facts, mounted, guest, inside });
            if (result !== undefined && !result.again) {
                const { stood, done, image } = result;
                const targets = told(result.targets, request, machine);
                return { host: machine.hostName, image, targets, environment: guest.environment, stood, ...(done && { done }) };
            }
            const waiting = result?.contested ?? conflicts;
            if (waiting.length > 0) {
                looks = 0;
                const text = `waiting for another job: ${waiting.join('; ')}`;
                if (text !== said)
                    machine.log.info(text);
                said = text;
                await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
            }
            else if (looks > mostLooks)
                throw result?.reason ?? new Error(`other jobs gave up what was to be shared ${looks} times in a row`);
        }
    });
}
/** The outcomes with what is to be known beside the proof: for whom the entries hold, and faults of the emulators. */
function told(targets, { scope }, machine) {
    // that a private table holds in its namespace alone is what was asked for
    return withKnownProblems(scope === 'private' ? [...targets] : (0,report_outcome/* reached */.V6)(targets, (0,confinement/* readConfinement */.v)()), machine);
}
function conflictsOf({ targets }) {
    return targets.flatMap((target) => target.kind === 'impossible' && target.finding.kind === 'other-job' ? [target.reason] : []);
}
/** One go at a plan. `again`: somebody took away meanwhile what we wanted to share or register, or came first (`contested`); all of ours is undone. */
async function attempt(plan, patient, bench) {
    const { request, machine, folder, mounted, guest, inside } = bench;
    if (plan.targets.some(({ kind }) => kind === 'register'))
        return await carryOut(plan, patient, bench);
    const isKept = plan.targets.some(({ kind }) => kind === 'keep');
    const root = isKept ? await rootIfAny(machine) : undefined;
    const shares = plan.targets.some((target) => target.kind === 'keep' && target.share !== null);
    if (shares && (root !== undefined || !asksForWhatIsThere(request)))
        return await carryOut(plan, patient, bench);
    // nothing is written: without root's rights the proof goes as far as it can
    const { version, sha256s } = request;
    const work = { folder, version, sha256s, guest, ...inside, ...(root === undefined ? {} : { root }) };
    const courses = coursesOf((0,plan_plan/* withoutShares */.Z1)(plan));
    await askAll(courses, new Map(), bench);
    const stood = { before: standingNow() };
    const targets = await concludeAll(courses, work);
    const done = mounted && root !== undefined ? { done: () => (0,binfmt/* unmountTable */.bP)(root) } : {};
    return { again: false, image: null, targets, stood, ...done };
}
/** Whether the request is content with an entry that others may take away. */
function asksForWhatIsThere({ ifRegistered, wanted }) {
    return ifRegistered === 'keep' || wanted.kind === 'host';
}
async function rootIfAny(machine) {
    try {
        return await machine.root();
    }
    catch (error) {
        const reason = (0,errors/* asSetupError */.AD)(error);
        if (reason.code !== 'no-root')
            throw error;
        machine.log.detail(`what is there is proven without root: ${reason.message}`);
        return undefined;
    }
}
/** The facts; where programs run by a table that is not mounted here (in a container: the host's), it is mounted for that, if it can be. */
async function look(request, machine, folder) {
    const facts = await (0,inspect/* inspect */.N)(request, machine, folder);
    const isUnseen = ({ target }) => (0,plan_plan/* rivalsOf */.V6)(target.name, facts, request.rules).unseen;
    if (!request.platforms.some(isUnseen))
        return { facts, mountedNow: false };
    try {
        await (0,binfmt/* mountTable */.uj)(await machine.root());
    }
    catch (error) {
        const reason = (0,errors/* asSetupError */.AD)(error);
        if (!(0,errors/* isUnsupported */.dG)(reason))
            throw error;
        machine.log.detail(`the table stays out of sight: ${reason.message}`);
        return { facts, mountedNow: false };
    }
    return { facts: await (0,inspect/* inspect */.N)(request, machine, folder), mountedNow: true };
}
/** The plan for a request on this machine; nothing is changed. */
function planOnly(request, machine) {
    return withProbes(request, machine, async (folder) => {
        const plan = (0,plan_plan/* planFor */.bJ)(request, await (0,inspect/* inspect */.N)(request, machine, folder), machine.catalog);
        guestOf(request, plan);
        return plan;
    });
}
async function withProbes(request, machine, work) {
    (0,sweep/* sweepLeftovers */.Z)(machine.cacheFolder);
    const names = request.platforms.map(({ target }) => target.name);
    const folder = await (0,system_machine/* openProbeFolder */.f3)(names, machine, request.rules);
    try {
        return await work(folder);
    }
    finally {
        folder.close();
    }
}
const lookAgain = { again: true, image: null, targets: [], stood: { before: new Map() } };
/** What the plan says, once the table is open: a host that cannot register is told before anything is fetched. When it throws, all is undone. */
async function carryOut(plan, patient, bench) {
    const { request, machine, folder, facts, guest, inside } = bench;
    const root = await machine.root();
    const mounted = await (0,binfmt/* openTable */.RT)(root);
    const ledger = new Ledger(machine, root, mounted || bench.mounted);
    try {
        const { courses, image } = await acquireAll(coursesOf(plan), request, machine, facts);
        const shared = await shareAll(courses, ledger);
        const made = await registerCourses(courses, request, { ledger, root, facts, machine, folder });
        const contested = (patient && made.contested) || [];
        if (!shared || made.givenUp === true || contested.length > 0) {
            await ledger.undo();
            return { ...lookAgain, contested: contested.map(ownership/* inUseText */.g0) };
        }
        const { version, sha256s, surviveRestart } = request;
        const work = { folder, root, ledger, version, sha256s, surviveRestart, guest, ...inside };
        await askAll(made.courses, made.entryOf, bench);
        const stood = { before: standingNow(), ledger };
        const targets = await concludeAll(made.courses, work, made.entryOf);
        return { again: false, image: image ?? made.image, targets, stood };
    }
    catch (error) {
        await ledger.undo();
        // whoever cleans the cache now and then must not make it red: it is fetched once more
        if (error instanceof errors/* SetupError */.w3 && error.code === 'interpreter-gone')
            return { ...lookAgain, reason: error };
        throw error;
    }
    finally {
        if (ledger.journal.entries.length === 0)
            await ledger.undo();
    }
}
/** Removes what jobs that have ended left behind, and tells it. Where that takes rights that we do not have it stays, and who needs them is told later. */
async function removeStale(machine) {
    const stale = (0,journal_file/* readJournals */.rZ)().journals.filter(isLeftBehind);
    if (stale.length === 0)
        return;
    const root = await machine.root().catch((error) => (0,errors/* asSetupError */.AD)(error));
    if (root instanceof errors/* SetupError */.w3)
        return machine.log.detail(`${stale.length} journals of ended jobs stay: ${root.message}`);
    for (const journal of (0,journal_journal/* inUndoOrder */.aA)(stale)) {
        const restored = await restoreJournal(journal, root, stale);
        machine.log.info(`left behind by ${(0,ownership/* ownerWords */.$J)(journal.owner)}, which has ended: ${(0,report/* restoredText */.o$)(restored)}`);
    }
}
function concludeAll(courses, bench, entryOf = new Map()) {
    return (0,map_limit/* inTurns */.g)(courses, probe_runs/* probesAtOnce */.kK, (course) => concluded(course, entryOf.get(course), bench));
}
/** Asks for the CPU wherever programs run by now. */
async function askAll(courses, entryOf, { guest, folder }) {
    const { QEMU_CPU: cpu } = guest.environment;
    const running = courses.filter((course) => course.planned.kind === 'keep' || entryOf.get(course) !== undefined);
    const targets = running.map(({ planned }) => planned.platform.target);
    if (cpu !== undefined)
        await askForCpu(cpu, targets, folder);
}

;// CONCATENATED MODULE: ./build/src/setup/worker.js
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
    if (ask.run !== undefined && result.kind === 'outcome' && (0,report_outcome/* isProven */.nn)(result.outcome)) {
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
        const machine = (0,system_machine/* thisMachine */.g8)({ cacheFolder, owner, log: logOf(log, workflowLog) });
        const request = (0,request_request/* parseRequest */.TR)(words, machine.catalog, machine.host, system_machine/* provable */.yd);
        if (deed === 'plan')
            return { kind: 'plan', plan: await planOnly(request, machine) };
        return { kind: 'outcome', outcome: await setup(request, machine) };
    }
    catch (thrown) {
        return errorAnswer(thrown);
    }
}
function errorAnswer(thrown) {
    const { code, message, hint } = (0,errors/* asSetupError */.AD)(thrown);
    return { kind: 'error', code, message, hint };
}
function logOf(log, workflowLog) {
    if (log.face === 'console')
        return (0,console/* consoleLog */.aO)(log, console/* steadyStderr */.Vb);
    if (workflowLog === undefined)
        throw new Error('the face that was asked is not the action');
    return workflowLog;
}
async function started(run, answer) {
    const unmounted = await (0,command/* command */.G5)('umount', ['-l', run.unmount]);
    if (unmounted.status !== 0)
        throw new Error(`unmounting ${run.unmount} failed: ${unmounted.stderr}`);
    const child = (0,open_files/* withStreams */.C5)((0,external_node_child_process_.spawn)(run.file, run.args, { stdio: 'inherit', env: run.environment }));
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


/***/ }),

/***/ 5891:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ inTurns)
/* harmony export */ });
// Work on many things at once, with a bound, so that a slow machine or network is not asked for all of it in the same moment.
/** What `work` gives for each item, in the items' order; at most `atOnce` go on at the same time. Throws what `work` throws. */
async function inTurns(items, atOnce, work) {
    const results = [];
    const waiting = items.entries();
    const worker = async () => {
        for (const [at, item] of waiting)
            results[at] = await work(item);
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
    return results;
}


/***/ }),

/***/ 1220:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Uo: () => (/* binding */ headOf),
/* harmony export */   io: () => (/* binding */ lookUnderTable),
/* harmony export */   kK: () => (/* binding */ probesAtOnce),
/* harmony export */   ky: () => (/* binding */ runsOf)
/* harmony export */ });
/* unused harmony export readKernelTable */
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8161);
/* harmony import */ var _core_model_entry_in_force_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7273);
/* harmony import */ var _core_model_program_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8895);
/* harmony import */ var _binfmt_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(2535);
/* harmony import */ var _map_limit_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(5891);
// The probes of several targets, run as the machine is now. A few at once: on a slow machine all together would exceed the time that each has.





/** How many targets' probes run at once: a probe mostly computes, but starting it and looking at it waits for others. */
const probesAtOnce = Math.max(4, (0,node_os__WEBPACK_IMPORTED_MODULE_0__.availableParallelism)());
/** By target: the first bytes of its probe, and how it ran directly. */
async function runsOf(names, folder) {
    return new Map(await (0,_map_limit_js__WEBPACK_IMPORTED_MODULE_4__/* .inTurns */ .g)(names, probesAtOnce, async (name) => {
        const { run } = await folder.direct(name);
        return [name, { head: headOf(name, folder), run }];
    }));
}
/** The first bytes of a target's probe: what the kernel looks at. */
function headOf(name, folder) {
    return folder.probe(name).bytes.subarray(0, _core_model_program_js__WEBPACK_IMPORTED_MODULE_2__/* .headBytes */ .c4);
}
/** How often a table that others change under our probes is looked at anew. */
const mostLooks = 5;
/** The table as it is now; nothing is in force where it is not mounted. */
function readKernelTable() {
    return { table: (0,_binfmt_js__WEBPACK_IMPORTED_MODULE_3__/* .tableByPrecedence */ .wo)(), enabled: (0,_binfmt_js__WEBPACK_IMPORTED_MODULE_3__/* .isMounted */ .BX)() && (0,_binfmt_js__WEBPACK_IMPORTED_MODULE_3__/* .isEnabled */ .Ol)() };
}
/**
 * The table, and what was seen while it was in force: where another entry came into force for one of the files meanwhile, the look is
 * taken again. After `mostLooks` the last one counts: the proof of a set-up compares what runs once more.
 */
async function lookUnderTable(files, look) {
    let before = readKernelTable();
    for (let looks = 1;; looks++) {
        const seen = await look(before);
        const after = readKernelTable();
        if (looks === mostLooks || (0,_core_model_entry_in_force_js__WEBPACK_IMPORTED_MODULE_1__/* .isSettled */ .Is)(before, after, files))
            return { ...after, seen };
        before = after;
    }
}


/***/ }),

/***/ 2106:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Vf: () => (/* binding */ tableStateFor),
/* harmony export */   d2: () => (/* binding */ hereTable)
/* harmony export */ });
/* unused harmony export wasInPlace */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _core_journal_table_identity_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(3716);
/* harmony import */ var _core_machine_confinement_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(247);
/* harmony import */ var _core_scope_namespace_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3101);
/* harmony import */ var _binfmt_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2535);
/* harmony import */ var _command_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9478);
// Which instance of binfmt_misc this process sees, and which processes see another one: stat(2), /proc/self and the mounts of every process.








/** PROC_PID_INIT_INO of include/linux/proc_ns.h: the first namespace of process numbers, from which all processes are seen. */
const firstPidNamespace = '4026531836';
/** The table that is mounted here. Throws node's error when there is none. */
function hereTable() {
    const { dev, atimeNs } = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(_binfmt_js__WEBPACK_IMPORTED_MODULE_4__/* .binfmtFolder */ .T5, 'register'), { bigint: true });
    const table = { boot: bootId(), born: String(atimeNs), userNamespace: namespaceOf('self', 'user') };
    return { instance: Number(dev), table };
}
/** What has become of a journal's table. The mounts of other processes are looked at only where that takes it. */
function tableStateFor(table) {
    const view = {
        boot: bootId(),
        userNamespace: namespaceOf('self', 'user'),
        here: (0,_binfmt_js__WEBPACK_IMPORTED_MODULE_4__/* .isMounted */ .BX)() ? hereTable() : undefined,
        inUse: isInUse(),
        single: (0,_core_scope_namespace_js__WEBPACK_IMPORTED_MODULE_3__/* .isBefore67 */ .b5)((0,node_os__WEBPACK_IMPORTED_MODULE_1__.release)()),
        others: () => otherViews(table.instance),
    };
    return (0,_core_journal_table_identity_js__WEBPACK_IMPORTED_MODULE_6__/* .tableStateOf */ .hs)(table, view);
}
/** Whether a table that is gone was one of this boot and this user namespace: its entries were in force here. */
function wasInPlace({ table }) {
    return table !== undefined && table.boot === bootId() && table.userNamespace === namespaceOf('self', 'user');
}
function bootId() {
    return textOf('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
}
/** Lists that cannot be read rule nothing out. */
function isInUse() {
    const filesystems = textOf('/proc/filesystems');
    return filesystems === undefined || (0,_core_journal_table_identity_js__WEBPACK_IMPORTED_MODULE_6__/* .isTableInUse */ .tV)(filesystems, textOf('/proc/modules') ?? '');
}
function otherViews(instance) {
    const holders = [];
    let complete = namespaceOf('self', 'pid') === firstPidNamespace;
    for (const pid of (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)('/proc').filter((name) => /^\d+$/.test(name))) {
        const mountinfo = mountinfoOf(pid);
        // a mount namespace that a file holds has mounts of its own, and perhaps no process
        if (mountinfo === undefined || /^\S+ \S+ \S+ mnt:\[/m.test(mountinfo))
            complete = false;
        const point = pointOf(mountinfo ?? '', instance);
        if (point === undefined)
            continue;
        const born = bornAt(pid, point, instance);
        holders.push({ pid: Number(pid), born, foreign: namespaceOf(pid, 'user') !== namespaceOf('self', 'user') });
    }
    return { holders, complete };
}
/** '' for a process that has ended meanwhile, undefined for one whose mounts are not shown. */
function mountinfoOf(pid) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(`/proc/${pid}/mountinfo`, 'utf8');
    }
    catch (error) {
        return ['ENOENT', 'ESRCH', 'EINVAL'].includes((0,_command_js__WEBPACK_IMPORTED_MODULE_5__/* .errnoName */ .gh)(error)) ? '' : undefined;
    }
}
function pointOf(mountinfo, instance) {
    // most processes have none, or none but that of the machine
    if (!mountinfo.includes(' - binfmt_misc '))
        return undefined;
    return (0,_core_machine_confinement_js__WEBPACK_IMPORTED_MODULE_7__/* .parseMounts */ .qV)(mountinfo).find(({ type, device }) => type === 'binfmt_misc' && (0,_core_journal_table_identity_js__WEBPACK_IMPORTED_MODULE_6__/* .deviceOf */ .OV)(device) === instance)
        ?.point;
}
/** When the table at a place of another process was made; null where that cannot be looked at, or another mount lies over it. */
function bornAt(pid, point, instance) {
    try {
        const { dev, atimeNs } = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(`/proc/${pid}/root${point}/register`, { bigint: true });
        return Number(dev) === instance ? String(atimeNs) : null;
    }
    catch {
        return null;
    }
}
function namespaceOf(pid, kind) {
    try {
        return /\d+/.exec((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readlinkSync)(`/proc/${pid}/ns/${kind}`))?.[0] ?? '';
    }
    catch {
        // a process of somebody else, one that has ended, or a kernel without namespaces
        return '';
    }
}
function textOf(path) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, 'utf8');
    }
    catch {
        return undefined;
    }
}


/***/ })

};
