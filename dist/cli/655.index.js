export const id = 655;
export const ids = [655,501];
export const modules = {

/***/ 655:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  completionResult: () => (/* binding */ completionResult),
  helpResult: () => (/* binding */ helpResult)
});

// EXTERNAL MODULE: ./build/src/core/cli/command-table.js
var command_table = __webpack_require__(9324);
// EXTERNAL MODULE: ./build/src/core/model/targets.js + 1 modules
var targets = __webpack_require__(5732);
// EXTERNAL MODULE: ./build/src/core/cli/option-table.js
var option_table = __webpack_require__(6198);
;// CONCATENATED MODULE: ./build/src/core/cli/completion.js
// Completion scripts for bash and zsh, made from the table of commands: commands, their options, and the words that an option or a command takes.



const shells = ['bash', 'zsh'];
/** The script for a shell, to be sourced. zsh takes the words of bash's by its own `bashcompinit`. */
function completionScript(shell, nameable) {
    const script = bashScript(nameable);
    return shell === 'bash' ? script : [...zshStart, script].join('\n');
}
const zshStart = [
    '# zsh completes what an alias stands for, not its name; a function of the same words is completed by its name',
    `if [[ -n \${aliases[setup-qemu]-} ]]; then`,
    `  functions[setup-qemu]="\${aliases[setup-qemu]} \\"\\$@\\""`,
    '  unalias setup-qemu',
    'fi',
    '(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }',
    '(( $+functions[complete] )) || { autoload -Uz bashcompinit && bashcompinit }',
];
const names = Object.keys(command_table/* commands */.Pi);
const platforms = [...new Set(targets/* targets */.zV.flatMap(({ oci }) => oci.map((name) => name.replace(/^linux\//, ''))))];
/** The first word of a command that is to be run may also be one of PATH. */
const firstWord = '[ "$before" = -- ] && COMPREPLY+=($(compgen -c -- "$word"))';
const dashed = (list) => list.map((name) => `--${name}`).join(' ');
/** What calls the function of the words, and what it calls. */
const helpers = [
    '# --option=value in one word, as zsh has it',
    '_setup_qemu() {',
    '  case $2 in',
    '    --*=*)',
    `      _setup_qemu_words "$1" "\${2#*=}" "\${2%%=*}"`,
    `      [ "\${#COMPREPLY[@]}" -eq 0 ] || COMPREPLY=("\${COMPREPLY[@]/#/\${2%%=*}=}") ;;`,
    '    *) _setup_qemu_words "$@" ;;',
    '  esac',
    '}',
    '# names of files, which may have blanks in them; zsh has no compopt, and needs none',
    '_setup_qemu_files() {',
    "  local IFS=$'\\n'",
    '  COMPREPLY=($(compgen -f -- "$1"))',
    '  # bashcompinit looks at the word on the line, with the option before it',
    `  [ -z "\${ZSH_VERSION:-}" ] || { setopt localoptions nullglob; COMPREPLY=("$1"*); }`,
    '  compopt -o filenames 2>/dev/null || true',
    '}',
];
function bashScript(nameable) {
    const kinds = { platforms: [...platforms, 'all'], commands: names, shells, ids: nameable.ids, files: null };
    const valueCases = Object.keys(option_table/* options */.f).flatMap((name) => {
        const { value, choices } = (0,option_table/* optionRow */.w)(name);
        return value === undefined ? [] : [`    --${name}) ${replyOf(choices ?? offeredFor(name, nameable))}; return ;;`];
    });
    const commandCases = names.map((name) => {
        const { words: kind, options: own } = command_table/* commands */.Pi[name];
        const plain = replyOf(kind === undefined ? [] : kinds[kind]);
        return `    ${name}) case $word in -*) ${replyOf([dashed([...own, ...(0,command_table/* commonOptionsOf */.Rj)(name)])])} ;; *) ${plain} ;; esac ;;`;
    });
    return [
        '# Completion of setup-qemu for bash, and for zsh by bashcompinit.',
        '_setup_qemu_words() {',
        `  local word=$2 before=$3 command=${'$'}{COMP_WORDS[1]} at`,
        '  COMPREPLY=()',
        '  # a command that is to be run, and its words',
        '  for ((at = 2; at < COMP_CWORD; at++)); do',
        `    if [ "${'$'}{COMP_WORDS[at]}" = -- ]; then ${replyOf(null)}; ${firstWord}; return; fi`,
        '  done',
        '  # bash takes the = of --option=value for a word',
        `  if [ "$word" = = ]; then word=; elif [ "$before" = = ]; then before=${'$'}{COMP_WORDS[COMP_CWORD - 2]}; fi`,
        '  case $before in',
        ...valueCases,
        '  esac',
        `  if [ "$COMP_CWORD" -eq 1 ]; then ${replyOf([...names, '--help', '--version'])}; return; fi`,
        '  case $command in',
        ...commandCases,
        '  esac',
        '}',
        ...helpers,
        'complete -F _setup_qemu setup-qemu',
        '',
    ].join('\n');
}
/** Null: files. */
function replyOf(words) {
    return words === null ? '_setup_qemu_files "$word"' : `COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$word"))`;
}
/** Null: a file. */
function offeredFor(name, { versions }) {
    if (name === 'qemu-version')
        return [...versions, 'latest', 'default', 'host'];
    if (name === 'qemu')
        return versions;
    if (name === 'verify-in')
        return ['docker', 'podman', 'nerdctl'];
    if (name === 'platform' || name === 'platforms')
        return platforms;
    return ['path', 'cache-dir', 'root', 'sysroot'].includes(name) ? null : [];
}

// EXTERNAL MODULE: ./build/src/core/cli/help.js
var cli_help = __webpack_require__(2501);
// EXTERNAL MODULE: ./build/src/core/model/catalog.js
var catalog = __webpack_require__(6872);
// EXTERNAL MODULE: ./build/src/core/model/errors.js
var errors = __webpack_require__(2936);
// EXTERNAL MODULE: ./build/src/problems/known-problems.js + 3 modules
var known_problems = __webpack_require__(6621);
// EXTERNAL MODULE: ./build/src/system/machine.js + 5 modules
var machine = __webpack_require__(2099);
;// CONCATENATED MODULE: ./build/src/cli/help.js
// `setup-qemu help` and `setup-qemu completion`.








/** The whole help text, or that of one command. */
async function helpResult({ words }) {
    const [name, ...others] = words;
    if (others.length > 0)
        throw new errors/* SetupError */.w3('usage', `help takes one command, got ${words.length}`, { hint: 'setup-qemu help COMMAND' });
    const help = name === undefined ? (0,cli_help/* helpText */.B)() : (0,cli_help/* commandHelp */.b)(name);
    if (help !== undefined)
        return { text: help, json: { help }, ok: true };
    const near = (0,targets/* nearest */.pA)(name ?? '', Object.keys(command_table/* commands */.Pi));
    throw new errors/* SetupError */.w3('usage', `there is no command "${(0,targets/* printable */.g$)(name ?? '')}"`, {
        hint: near === undefined ? 'setup-qemu --help lists them' : `did you mean "${near}"?`,
    });
}
/** The completion script for a shell. */
async function completionResult({ words }) {
    const shell = shells.find((one) => one === words[0]);
    if (shell === undefined || words.length > 1)
        throw new errors/* SetupError */.w3('usage', `completion takes the name of a shell, got "${(0,targets/* printable */.g$)(words.join(' '))}"`, {
            hint: 'setup-qemu completion bash, or setup-qemu completion zsh',
        });
    const script = completionScript(shell, { versions: (0,catalog/* versionsOf */.x4)(machine/* catalog */.U$), ids: known_problems.knownProblems.map(({ id }) => id) });
    return { text: script.trimEnd(), json: { shell, script }, ok: true };
}


/***/ }),

/***/ 2501:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ helpText),
/* harmony export */   b: () => (/* binding */ commandHelp),
/* harmony export */   shortHelp: () => (/* binding */ shortHelp)
/* harmony export */ });
/* harmony import */ var _command_table_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9324);
/* harmony import */ var _option_table_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6198);
// What `--help` and `help COMMAND` say, made from the table of commands.


const width = 116;
const column = 28;
/** Words in lines of at most `width` characters, each behind `indent` blanks. */
function wrapped(text, indent = 0) {
    const lines = [];
    let line = '';
    for (const word of text.split(' ')) {
        if (line !== '' && indent + line.length + 1 + word.length > width) {
            lines.push(line);
            line = word;
        }
        else
            line = line === '' ? word : `${line} ${word}`;
    }
    return [...lines, line].map((one) => ' '.repeat(indent) + one);
}
function optionLines(name, { value, multiple, text }) {
    const short = name === 'help' ? '-h, ' : '';
    const head = `  ${short}--${name}${value === undefined ? '' : ` ${value}`}`;
    const [first = '', ...others] = wrapped(multiple === true ? `${text}; may be repeated` : text, column);
    return [`${head.padEnd(column - 1)} ${first.trimStart()}`, ...others];
}
function usageLines(names) {
    const heads = names.map((name) => `  setup-qemu ${name} ${_command_table_js__WEBPACK_IMPORTED_MODULE_0__/* .commands */ .Pi[name].usage}`);
    const widest = Math.max(...heads.map(({ length }) => length));
    return heads.map((head, at) => `${head.padEnd(widest)}   ${_command_table_js__WEBPACK_IMPORTED_MODULE_0__/* .commands */ .Pi[names[at]].text}`);
}
/** The section of the options that every command has. */
function commonLines(names) {
    return ['Options of all:', ...names.flatMap((name) => optionLines(name, (0,_option_table_js__WEBPACK_IMPORTED_MODULE_1__/* .optionRow */ .w)(name)))];
}
/** The whole help text. An option of several commands stands with the first, and the others name it, if they say nothing else of it. */
function helpText() {
    const names = Object.keys(_command_table_js__WEBPACK_IMPORTED_MODULE_0__/* .commands */ .Pi);
    const sections = names.flatMap((name) => {
        const { options, notes = [], says = {} } = _command_table_js__WEBPACK_IMPORTED_MODULE_0__/* .commands */ .Pi[name];
        const own = options.filter((option) => (0,_command_table_js__WEBPACK_IMPORTED_MODULE_0__/* .takersOf */ .ay)(option)[0] === name || option in says);
        const shared = options.filter((option) => !own.includes(option)).map((option) => `--${option}`);
        const also = shared.length === 0 ? [] : wrapped(`Also ${shared.join(', ')}, as above.`, 2);
        if (own.length + also.length + notes.length === 0)
            return [];
        const title = own.length + also.length === 0 ? `Of ${name}:` : `Options of ${name}:`;
        return [
            '',
            title,
            ...own.flatMap((option) => optionLines(option, (0,_command_table_js__WEBPACK_IMPORTED_MODULE_0__/* .optionOf */ .XD)(name, option))),
            ...also,
            ...notes.flatMap((note) => wrapped(note, 2)),
        ];
    });
    return [
        'setup-qemu: run programs of another CPU architecture, and know exactly which QEMU runs them',
        '',
        'Usage:',
        ...usageLines(names),
        ...sections,
        '',
        ...commonLines(_command_table_js__WEBPACK_IMPORTED_MODULE_0__/* .commonOptions */ .OP),
        '',
        'Exit status: 0 what was asked for is so, and proven; 1 it is not; 2 wrong usage; 74 the result could not be written.',
        'Only setup and restore need root or sudo without a password.',
    ].join('\n');
}
/** What a call without any word is told. */
function shortHelp() {
    return [
        'Usage:',
        ...usageLines(Object.keys(_command_table_js__WEBPACK_IMPORTED_MODULE_0__/* .commands */ .Pi)),
        '',
        'To begin with: setup-qemu setup arm64. More: setup-qemu --help, or setup-qemu help COMMAND',
    ].join('\n');
}
/** The help of one command; undefined when there is none of that name. */
function commandHelp(name) {
    const row = (0,_command_table_js__WEBPACK_IMPORTED_MODULE_0__/* .commandNamed */ .v)(name);
    if (row === undefined)
        return undefined;
    const { usage, text, options, notes = [] } = row;
    const lines = options.flatMap((option) => optionLines(option, (0,_command_table_js__WEBPACK_IMPORTED_MODULE_0__/* .optionOf */ .XD)(name, option)));
    const own = lines.length === 0 ? [] : ['', 'Options:', ...lines];
    const more = notes.flatMap((note) => ['', ...wrapped(note)]);
    const common = commonLines((0,_command_table_js__WEBPACK_IMPORTED_MODULE_0__/* .commonOptionsOf */ .Rj)(name));
    return [`setup-qemu ${name} ${usage}`, `  ${text}`, ...own, '', ...common, ...more].join('\n');
}


/***/ })

};
