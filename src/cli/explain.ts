// `setup-qemu explain`: what will happen when a file is executed.
import { resolve } from 'node:path'
import { forecastJson, forecastText, isRunnable } from '../core/explain/forecast-text.js'
import { pathFrom } from '../core/explain/program-loader.js'
import { SetupError } from '../core/model/errors.js'
import { explain } from '../explain/explain.js'
import { lookupIn } from '../explain/rooted-path.js'
import { paintFor } from '../system/console.js'
import { placesOf } from '../system/program.js'
import { type CommandCall, machineOf, type Result } from './result.js'

/** Succeeds if the file will run. It is a path of this machine, or with `--root` one within that root. */
export async function explainResult({ operands, values, links }: CommandCall): Promise<Result> {
  const [file, ...others] = operands
  if (file === undefined || others.length > 0)
    throw new SetupError('usage', `explain takes one file, got ${operands.length}`, {
      hint: 'setup-qemu explain FILE [--root DIR]',
    })
  // resolve('') is the current folder, but an empty argument is rather a variable that is not set
  if (file === '' || values.root === '')
    throw new SetupError('usage', `explain takes ${file === '' ? 'a file' : 'a root'}, got an empty word`, {
      hint: 'setup-qemu explain FILE [--root DIR]; is the variable set?',
    })
  const root = values.root === undefined ? null : resolve(values.root)
  const path = pathOf(named(file, root), root === null ? process.cwd() : '/')
  const { forecast, background } = await explain(path, root, machineOf({ values, links }))
  return {
    text: forecastText(forecast, background, paintFor(process.stdout)),
    json: forecastJson(forecast, background),
    ok: isRunnable(forecast.verdict),
  }
}

/** A name without a slash that is not a file of the current folder is searched on PATH, as a shell does; with a root, in the same folders of the root. */
function named(file: string, root: string | null): string {
  if (file.includes('/')) return file
  const isThere = (path: string) => lookupIn(root ?? '/', path).kind !== 'missing'
  if (isThere(pathOf(file, root === null ? process.cwd() : '/'))) return file
  const places = placesOf(file).map((place) => (root === null ? resolve(place) : resolve('/', place)))
  const found = places.find((place) => {
    const looked = lookupIn(root ?? '/', place)
    return looked.kind === 'sealed' || (looked.kind === 'file' && looked.executable)
  })
  return found ?? places.find(isThere) ?? file
}

/** An absolute path. One with `..` or a slash at the end is not normalised: only the file system knows where it leads. */
function pathOf(file: string, cwd: string): string {
  const whole = pathFrom(cwd, file)
  return /\/\.\.(?:\/|$)|\/\.?$/.test(whole) ? whole : resolve(whole)
}
