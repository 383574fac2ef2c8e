// Lets V8 compile the modules of a bundle while it reads the bundle. Each of them is called at the start, and V8 takes parentheses around a function as a
// sign of that; without it each is read twice, which was 10 of the 115 milliseconds of a main step.
import { parse } from 'acorn'

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

/** Adds to `found` the functions that stand under a number in an object, as webpack's modules do; what is inside them is not looked at. */
function collect(node: Node, found: Node[]): void {
  const { key, value } = node as { key?: unknown; value?: unknown }
  const isNumbered = isNode(key) && typeof (key as { value?: unknown }).value === 'number'
  if (node.type === 'Property' && isNumbered && isNode(value) && value.type === 'ArrowFunctionExpression') {
    found.push(value)
    return
  }
  for (const child of Object.values(node).flat()) if (isNode(child)) collect(child, found)
}

/** The text of a bundle's file, minified or not, with the modules in parentheses. */
export function withEagerModules(text: string): string {
  const found: Node[] = []
  collect(parse(text, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true }), found)
  const pieces: string[] = []
  let at = 0
  for (const { start, end } of found) {
    const isWrapped = text[start - 1] === '('
    pieces.push(text.slice(at, start), isWrapped ? text.slice(start, end) : `(${text.slice(start, end)})`)
    at = end
  }
  return [...pieces, text.slice(at)].join('')
}
