export const id = 501;
export const ids = [501];
export const modules = {

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
