// Lets a bundle load some of node's own modules when it first uses them. ncc has it load at its start all that any module in it imports: 7 of the 45
// milliseconds of a post step, which needs none of these.

/** Those that node has not loaded by itself when a program starts, and that a step, or much of it, does without. */
const lazy = new Set(['assert', 'child_process', 'crypto', 'string_decoder', 'timers', 'timers/promises'])

const require = '__WEBPACK_EXTERNAL_createRequire'
const head = `import { createRequire as ${require} } from "module";\n`

// some modules are functions themselves
const helper = `const __lazyBuiltin = (name) => {
  let loaded
  const load = () => (loaded ??= ${require}(import.meta.url)(name))
  return new Proxy(() => {}, {
    get: (_, key) => (key === '__esModule' ? undefined : load()[key]),
    apply: (_, self, words) => Reflect.apply(load(), self, words),
  })
}
`

/** The text of a file that ncc has written, before it is minified. */
export function withLazyBuiltins(text: string): string {
  if (!text.includes(head)) return text
  const loaded = new RegExp(`${require}\\(import\\.meta\\.url\\)\\("(?:node:)?([a-z_/]+)"\\)`, 'g')
  const changed = text.replace(loaded, (all: string, name: string) =>
    lazy.has(name) ? `/*#__PURE__*/ __lazyBuiltin("${name}")` : all,
  )
  return changed.replace(head, `${head}${helper}`)
}
