// Leaves packages out of a bundle that its programs import and never call: in the tree that is bundled, a package of the same name and exports whose
// functions throw takes the place of each.
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

interface Manifest {
  readonly type?: string
  readonly main?: string
  readonly exports?: string | Record<string, unknown>
}

/** Of the lock file: by folder what is known of a package. */
type Lock = Record<string, { dev?: boolean; optional?: boolean; dependencies?: Record<string, string> }>

/**
 * Lays out in `folder` a copy of the compiled sources with their own `node_modules`: the packages of `leftOut` as stand-ins, and copies of those that lead
 * to them. All others are found further up, in the checkout's `node_modules`; so `folder` is to be inside the checkout.
 */
export async function stage(folder: string, leftOut: readonly string[]): Promise<void> {
  cpSync('build/src', join(folder, 'src'), { recursive: true })
  cpSync('build/package.json', join(folder, 'package.json'))
  for (const name of leadingTo(leftOut)) {
    const packageFolder = join('node_modules', name)
    cpSync(packageFolder, join(folder, packageFolder), { recursive: true })
    sideEffectFree(join(folder, packageFolder, 'package.json'))
  }
  for (const name of leftOut) await writeStandIn(name, join(folder, 'node_modules', name))
}

/** Lets a bundle do without the modules of a package of which it uses nothing: @actions/core alone would bring @actions/exec, to tell the platform. */
function sideEffectFree(manifest: string): void {
  const text = readFileSync(manifest, 'utf8')
  writeFileSync(manifest, JSON.stringify({ ...JSON.parse(text), sideEffects: false }))
}

/** The packages from which an import can come to one of `names`, without these themselves. */
function leadingTo(names: readonly string[]): string[] {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Lock }
  const inProduct = Object.entries(packages).filter(([, { dev, optional }]) => dev !== true && optional !== true)
  const found = new Set(names)
  for (let known = 0; known !== found.size; ) {
    known = found.size
    for (const [folder, { dependencies = {} }] of inProduct) {
      // one inside another package is copied with it
      const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(folder) ?? []
      if (name !== undefined && Object.keys(dependencies).some((dependency) => found.has(dependency))) found.add(name)
    }
  }
  return [...found].filter((name) => !names.includes(name))
}

/** Writes a package into `folder` that exports what the installed `name` does: values as they are, and functions and classes that throw when they are called. */
export async function writeStandIn(name: string, folder: string): Promise<void> {
  const { exports: declared } = JSON.parse(readFileSync(join('node_modules', name, 'package.json'), 'utf8')) as Manifest
  const entries = typeof declared === 'object' && '.' in declared ? Object.keys(declared) : ['.']
  const files: Record<string, string> = {}
  for (const entry of entries) {
    if (entry.includes('*')) throw new Error(`${name} exports ${entry}: a stand-in cannot say what that is`)
    if (entry === './package.json') continue
    const file = entry === '.' ? './index.js' : `${entry.replace(/\.js$/, '')}.js`
    files[entry] = file
    const path = join(folder, file)
    if (!existsSync(dirname(path))) mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, standInText(name, await import(`${name}${entry.slice(1)}`)))
  }
  const manifest = { name, type: 'module', sideEffects: false, exports: files }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
}

function standInText(name: string, exported: Record<string, unknown>): string {
  const lines = Object.entries(exported).map(([key, value]) => {
    const thing = typeof value === 'function' ? `function () { absent(${JSON.stringify(key)}) }` : JSON.stringify(value)
    return key === 'default' ? `export default ${thing}` : `export const ${key} = ${thing}`
  })
  const words = JSON.stringify(
    ` of ${name} was called, which is left out of this bundle because nothing in it should call it (scripts/dist.ts)`,
  )
  return `function absent(what) { throw new Error(what + ${words}) }\n${lines.join('\n')}\n`
}
