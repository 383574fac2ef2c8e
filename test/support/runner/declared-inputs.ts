// What an action.yml declares, read as the runner would, for runners of tests.
import { readFileSync } from 'node:fs'

/** Inputs and their defaults as an action.yml declares them. */
export function declaredInputs(file: string): Record<string, string> {
  const section = /^inputs:\n([\s\S]*?)^\S/m.exec(readFileSync(file, 'utf8'))?.[1] ?? ''
  const inputs = [...section.matchAll(/^ {2}([a-z0-9-]+):\n((?: {4}.*\n)*)/gm)]
  return Object.fromEntries(
    inputs.map(([, name = '', body = '']) => [name, /default: ["']?([^"'\n]*)["']?/.exec(body)?.[1] ?? '']),
  )
}
