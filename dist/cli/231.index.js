export const id = 231;
export const ids = [231];
export const modules = {

/***/ 231:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  knownProblemsResult: () => (/* binding */ knownProblemsResult),
  targetsOf: () => (/* binding */ targetsOf)
});

// EXTERNAL MODULE: ./build/src/core/model/targets.js + 1 modules
var targets = __webpack_require__(5732);
// EXTERNAL MODULE: ./build/src/core/model/catalog.js
var model_catalog = __webpack_require__(6872);
// EXTERNAL MODULE: ./build/src/core/model/errors.js
var errors = __webpack_require__(2936);
// EXTERNAL MODULE: ./build/src/core/text/paint.js
var text_paint = __webpack_require__(1941);
// EXTERNAL MODULE: ./build/src/core/problems/known-problems.js
var known_problems = __webpack_require__(3186);
;// CONCATENATED MODULE: ./build/src/core/problems/problem-list.js





/**
 * The emulators that a word for a version means: the catalog's builds of it, or where the catalog has none one of that version of which nothing
 * else is known. `''` is none. Throws `unknown-version` for what is no version.
 */
function emulatorsNamed(word, catalog) {
    if (word === '')
        return [];
    if (word === 'host')
        throw new errors/* SetupError */.w3('unknown-version', 'known-problems takes the version of a QEMU, got "host"', {
            hint: 'setup-qemu status shows which versions run here; setup-qemu explain FILE tells what is known of the one that will run it',
        });
    const shaped = (0,model_catalog/* versionShaped */.oj)(word);
    const inCatalog = shaped === undefined || (0,model_catalog/* versionsOf */.x4)(catalog).some((version) => (0,model_catalog/* isVersion */.lF)(version, shaped));
    if (!inCatalog)
        return [{ qemuVersion: shaped, build: null, libc: null, pie: null }];
    const version = (0,model_catalog/* versionNamed */.yC)(word, catalog);
    return catalog.packages.filter((from) => from.version === version).map(known_problems/* builtEmulator */.SM);
}
/** The problems that a wish means, in their order. Those of machines have neither version nor target: they are in the whole list alone. */
function listed(problems, { emulators, targets }) {
    return problems.filter((problem) => {
        if (problem.kind === 'machine')
            return emulators.length === 0 && targets.length === 0;
        // a host that is not served is in the whole list alone
        if (emulators.length > 0 && !problem.hosts.some((host) => host === 'amd64' || host === 'arm64'))
            return false;
        const isOfTarget = targets.length === 0 || targets.some((target) => (0,known_problems/* isAbout */.KH)(problem, target));
        return isOfTarget && (emulators.length === 0 || emulators.some((emulator) => (0,known_problems/* has */.zy)(emulator, problem, true)));
    });
}
/** The problem of an id; throws `invalid-input` when there is none. */
function problemNamed(problems, id) {
    const found = problems.find((problem) => problem.id.toLowerCase() === id.toLowerCase());
    if (found !== undefined)
        return found;
    throw new errors/* SetupError */.w3('invalid-input', `there is no known problem "${(0,targets/* printable */.g$)(id)}"`, {
        hint: 'setup-qemu known-problems lists them with their ids',
    });
}
/** A list in words, some lines a problem. */
function problemsText(list, paint = text_paint/* plainly */.y) {
    if (list.length === 0)
        return 'no problem is known for these';
    const one = list.length === 1 ? 'problem is' : 'problems are';
    return [...list.map((problem) => linesOf(problem, paint).join('\n')), `${list.length} ${one} known for these`].join('\n\n');
}
function linesOf(problem, paint) {
    const line = (name, text, colour) => {
        const head = name.padEnd(9);
        return text === null ? [] : [`  ${colour === undefined ? head : paint(colour, head)} ${text}`];
    };
    const affected = problem.kind === 'machine'
        ? []
        : [
            `QEMU ${(0,known_problems/* rangeWords */.r6)(problem.versions)}`,
            ...styleWords(problem.style),
            `for ${problem.guests === 'all' ? 'all targets' : problem.guests.join(', ')}`,
            `on ${problem.hosts.join(' and ')} hosts`,
        ];
    return [
        paint('bold', `${problem.id}  ${problem.title}`),
        ...line('affected', affected.length === 0 ? null : affected.join(', ')),
        ...line('if', problem.condition),
        ...line('seen as', problem.symptom),
        ...line('to do', (0,known_problems/* remedyWords */.Y_)(problem), 'yellow'),
        ...line('known by', problem.kind === 'machine' ? null : `${confidenceWords[problem.confidence]}; ${problem.status}`),
        ...line('evidence', problem.evidence),
        ...problem.citations.flatMap((url, at) => line(at === 0 ? 'see' : '', url)),
    ];
}
const confidenceWords = { A: 'a maintainer or a bisection', B: 'several users', C: 'one report' };
function styleWords({ build, libc, pie }) {
    return [
        ...(build === undefined ? [] : [`the build ${build}`]),
        ...(libc === undefined ? [] : [`built with ${libc}`]),
        ...(pie === undefined ? [] : [pie ? 'built as a static PIE' : 'built without PIE']),
    ];
}
/** The JSON of `known-problems --json`. */
function problemsJson(list) {
    return { problems: list.map((problem) => ({ ...problem, todo: (0,known_problems/* remedyWords */.Y_)(problem) })) };
}

// EXTERNAL MODULE: ./build/src/core/request/input-values.js
var input_values = __webpack_require__(6566);
// EXTERNAL MODULE: ./build/src/problems/known-problems.js + 3 modules
var problems_known_problems = __webpack_require__(6621);
// EXTERNAL MODULE: ./build/src/system/console.js + 2 modules
var console = __webpack_require__(5376);
// EXTERNAL MODULE: ./build/src/system/machine.js + 5 modules
var machine = __webpack_require__(2099);
;// CONCATENATED MODULE: ./build/src/cli/known-problems.js
// `setup-qemu known-problems`: what is known to go wrong, all of it, or what is named, or for a version and some platforms.






function knownProblemsResult({ words, values }) {
    const emulators = emulatorsNamed(values['qemu-version'] ?? '', machine/* catalog */.U$);
    const named = words.length === 0 ? problems_known_problems.knownProblems : words.map((id) => problemNamed(problems_known_problems.knownProblems, id));
    const list = listed(named, { emulators, targets: targetsOf(values) });
    return { text: problemsText(list, (0,console/* paintFor */.ev)(process.stdout)), json: problemsJson(list), ok: true };
}
/** Names of the targets that `--platforms` lists. Throws `unknown-platform`. */
function targetsOf({ platforms }) {
    return (0,input_values/* wordsOf */.Z9)(platforms ?? '').map((word) => (0,targets/* platformOf */.tj)(word).target.name);
}


/***/ }),

/***/ 1941:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ plainly)
/* harmony export */ });
// How words of a text for people may stand out. What a colour is on a terminal, and whether there is one, is known by whoever writes the text out.
/** For texts that go nowhere where colours are seen. */
const plainly = (_, text) => text;


/***/ })

};
