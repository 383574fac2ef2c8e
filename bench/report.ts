// docs/benchmarks.md, from what the parts of the benchmark have measured.
import type { Action, JobTimes } from './action.js'
import { type CpuRow, cpuText } from './cpu.js'
import type { ImageSides } from './image.js'
import type { Many } from './many.js'
import type { Part } from './parts-of.js'
import { median, type Ratio, ratio, type Series, type Side } from './series.js'
import type { Sources } from './sources.js'
import type { Warm } from './warm.js'

interface Report {
  readonly machine: string
  /** Of the warm part. */
  readonly build: string
  readonly warm: readonly Warm[]
  readonly action: Action
  readonly many: Many
  readonly sources: Sources
  readonly image: ImageSides
  readonly cpu: readonly CpuRow[]
}

const ms = (seconds: number) => `${(seconds * 1000).toFixed(0)} ms`
const milliseconds = (seconds: number) => `${(seconds * 1000).toFixed(1)} ms`
const short = (seconds: number) => (seconds < 1 ? ms(seconds) : `${seconds.toFixed(1)} s`)
const spread = ({ rounds }: Series, words = short) => `${words(Math.min(...rounds))} to ${words(Math.max(...rounds))}`
const digits = (value: number) => value.toFixed(value < 0.1 ? 3 : 2)
const times = ({ median: middle, low, high }: Ratio) => `${digits(middle)} (${digits(low)} to ${digits(high)})`
function sizeOf(bytes: number): string {
  if (bytes === 0) return 'none'
  return bytes < 100_000 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}

function warmRows({ version, floor, rows }: Warm): string[] {
  const named = (name: string) =>
    name.startsWith('setup') || name === 'status' ? `\`${name}\`` : `\`setup arm64\`, ${name}`
  return [
    `| ${version} | floor: \`node -e 0\` and one emulated \`true\` | ${ms(median(floor.rounds))} | ${spread(floor, ms)} | 1 |`,
    ...rows.map(
      ([name, found]) =>
        `| ${version} | ${named(name)} | ${ms(median(found.rounds))} | ${spread(found, ms)} | ${times(ratio(found, floor))} |`,
    ),
  ]
}

function jobRows({ floor, jobs }: Action): string {
  const rowOf = ({ name, main, post, both }: JobTimes) => {
    const cells = [name, ...[main, post].flatMap((step) => [short(median(step.rounds)), spread(step)])]
    return `| ${[...cells, times(ratio(both, floor))].join(' | ')} |`
  }
  return [
    '| platforms, and where the emulators are | main | spread | post | spread | both to the floor |',
    '| --- | --- | --- | --- | --- | --- |',
    ...jobs.map(rowOf),
  ].join('\n')
}

const partWords: Readonly<Record<Part, string>> = {
  'main: node starts': 'node starts, as in the floor',
  'main: load': 'load: the bundle is read and compiled, and the modules of node that it needs',
  'main: look': 'look: inputs, the job, what earlier jobs left, the table, the plan; modules of node for that',
  'main: hash': 'hash: SHA-256 of the emulator, once, before it is registered',
  'main: probes': 'probes: other programs are started and run, before and after the entry',
  'main: register and tell': 'the entry, the last look at the table, outputs and summary',
  'main: node ends': 'node ends',
  'post: node starts': 'node starts, as in the floor',
  'post: load': 'load',
  'post: put back': 'the entry is removed, and what is left is swept',
  'post: node ends': 'node ends',
}

function partRows({ floor, parts }: Action): string {
  const rows = parts.map(([part, seconds]) => {
    const [step] = part.split(':')
    return `| ${step} | ${partWords[part]} | ${milliseconds(median(seconds.rounds))} | ${digits(ratio(seconds, floor).median)} |`
  })
  return ['| step | part | median | to the floor |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

/** The section of docs/benchmarks.md about both steps of the action. */
export function actionText(action: Action): string {
  const { floor } = action
  return `## The action: a job's main and post step

What users run: both steps under the Node of the runner (24), with the inputs' defaults, its environment, its command files and its pipes. The floor
is two starts of node (\`node -e 0\`) and one emulated \`true\`, in the same round: ${ms(median(floor.rounds))} (${spread(floor, ms)}). \`all\` is every
platform of the catalog. Where nothing is there, the package comes from a server on loopback.

${jobRows(action)}

Where the time of the first row goes. In other runs of the same rounds a module that is loaded first (\`node --import\`) watches files, hashes and
programs from outside the bundle, and its own time is left out; each moment counts for one part alone, hashing before probes. Parts run side by side on
two processors, so that what is saved in one need not show in all.

${partRows(action)}`
}

/** One row: bytes, seconds, CPU seconds, and the ratios to `other`. */
function row(name: string, side: Side, other: Side): string {
  const { bytes, seconds, cpu } = side
  const isOther = side === other
  const cells = [
    name,
    sizeOf(bytes),
    short(median(seconds.rounds)),
    spread(seconds),
    short(median(cpu.rounds)),
    isOther ? '1' : times(ratio(seconds, other.seconds)),
    isOther ? '1' : digits(ratio(cpu, other.cpu).median),
  ]
  return `| ${cells.join(' | ')} |`
}

const head = `| | bytes | time | spread | CPU time | ratio of times | of CPU times |
| --- | --- | --- | --- | --- | --- | --- |`

function sourceNames(build: string): Readonly<Record<string, string>> {
  return {
    'catalog, nothing there': `\`setup arm64\` from the catalog, nothing there (${build})`,
    'GitHub cache': '`cache: true`, the tool cache empty, the emulator in the GitHub cache',
    'catalog, in the tool cache': '`setup arm64`, the emulator in the tool cache',
    path: '`setup arm64 --path FILE`',
    host: '`setup arm64 --qemu-version host`, an executable on `PATH`',
  }
}

function sourceRows({ build, candidate, apt, unpack, setups }: Sources): string {
  const names = sourceNames(build)
  return [
    head,
    row(`\`apt-get install qemu-user-static\` (${candidate}), registered by systemd-binfmt`, apt, apt),
    row('`apt-get download` and `dpkg-deb -x`, which only put the files on disk', unpack, apt),
    ...setups.map((side) => row(names[side.name] ?? side.name, side, apt)),
  ].join('\n')
}

function imageRows({ setupCold, dockerCold, setupWarm, dockerWarm }: ImageSides): string {
  return [
    head,
    row('`docker pull` and `docker run --privileged IMAGE --install arm64`', dockerCold, dockerCold),
    row('`setup arm64 --image IMAGE`, nothing there', setupCold, dockerCold),
    row('`docker run` alone, the image is there', dockerWarm, dockerWarm),
    row('`setup arm64 --image IMAGE@DIGEST`, the emulator in the tool cache', setupWarm, dockerWarm),
  ].join('\n')
}

function manyRows({ platforms, oneCold, allCold, oneWarm, allWarm }: Many): string {
  return [
    head,
    row('`setup arm64`, nothing there', oneCold, oneCold),
    row(`\`setup\` of ${platforms} platforms, nothing there`, allCold, oneCold),
    row('`setup arm64`, the emulator in the tool cache', oneWarm, oneWarm),
    row(`\`setup\` of ${platforms} platforms, the emulators in the tool cache`, allWarm, oneWarm),
  ].join('\n')
}

/** What the project wants to hold, and what came of it. */
function aimRows({ warm, action, sources, image, many }: Report): string {
  const setup = (name: string) => sources.setups.find((side) => side.name === name) as Side
  const needed = image.layers.slice(1).reduce((total, size) => total + size, 0)
  const warmAims = warm.flatMap(({ version, floor, rows }) =>
    rows
      .filter(([name]) => name === 'first call')
      .map(
        ([name, found]) =>
          [`\`setup arm64\`, ${name}, warm, to the floor under node ${version}: time`, 3, ratio(found, floor)] as const,
      ),
  )
  const [oneWarm] = action.jobs as [JobTimes]
  const aims: readonly (readonly [name: string, aim: number, found: Ratio])[] = [
    ['a job with `arm64`, main and post, warm, to the floor: time', 2, ratio(oneWarm.both, action.floor)],
    ...warmAims,
    ['an image, nothing there, to docker: time', 0.5, ratio(image.setupCold.seconds, image.dockerCold.seconds)],
    ['the same: CPU time', 0.5, ratio(image.setupCold.cpu, image.dockerCold.cpu)],
    ['the same: bytes, to the layers down to the one with the emulators', 1, constant(image.setupCold.bytes / needed)],
    ['the catalog, nothing there, to apt-get install: time', 0.2, of(setup('catalog, nothing there'), sources.apt)],
    ['the catalog, in the tool cache, to the same: time', 0.1, of(setup('catalog, in the tool cache'), sources.apt)],
    [`${many.platforms} platforms to one, nothing there: time`, many.platforms / 2, of(many.allCold, many.oneCold)],
    [`${many.platforms} platforms to one, in the tool cache: time`, many.platforms / 2, of(many.allWarm, many.oneWarm)],
  ]
  const rows = aims.map(([name, aim, found]) => {
    const reached = found.median <= aim ? 'yes' : '**no**'
    return `| ${name} | at most ${aim} | ${times(found)} | ${reached} |`
  })
  return ['| ratio | wanted | measured | reached |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

const of = (one: Side, other: Side) => ratio(one.seconds, other.seconds)
const constant = (value: number): Ratio => ({ median: value, low: value, high: value })

/** docs/benchmarks.md. */
export function markdown(report: Report): string {
  const { machine, build, action, warm, many, sources, image, cpu } = report
  const sizes = image.layers.map(sizeOf).join(', ')
  return `# Benchmarks

\`npm run bench -- --write\` makes this page. It measures in private tables, on whatever machine it runs; compare the ratios, not the
milliseconds: both sides of a ratio come from the same round of the same run. A number is the median of the rounds, the spread goes from the
lowest to the highest round.

Machine: ${machine}.

## Summary

${aimRows(report)}

${actionText(action)}

## Warm: the emulator is in the cache

The floor is what cannot be saved: node starts, and one foreign program runs. \`setup\` opens the kernel's table, checks the emulator's
SHA-256, writes its journal, registers, and runs the probe three times (before, directly, in an empty root) with a look at the process.
Timed by hyperfine. Emulator: \`qemu-aarch64\`, ${build}.

| node | command | median | spread | ratio to the floor |
| --- | --- | --- | --- | --- |
${warm.flatMap(warmRows).join('\n')}

## Many platforms beside one

All emulators come out of one package (${many.build}) on a server on loopback: what shares bytes shares a request, and the proofs go on
side by side. arm64's emulator is the one that takes the fewest bytes. Under node 24.

${manyRows(many)}

## Beside an installation by apt

Each command but the second ends with an entry for arm64; each \`setup\` has proven it, apt has not. apt really downloads, unpacks and
runs its scripts, in a copy of this machine's root that lies in memory; so does what we fetch. apt's lists were fetched before. The GitHub
cache is a server on loopback that speaks its protocol. All under node 24. CPU time counts all children.

${sourceRows(sources)}

## Beside docker

The same image from the same registry (Debian's docker-registry, on loopback), for the same end: an entry for arm64. The image has layers of
${sizes}, packed by gzip; ${image.emulators} emulators of QEMU ${image.version} lie in the second one, arm64's first, and its program speaks the command
line of tonistiigi/binfmt. Docker (overlay2, all in memory) is asked to pull each time; its daemons' CPU time counts, too. A shell script
stands in for the image's program. \`setup\` reads the layers from the last one down to the one that has the emulator, checks their digests,
and proves what it registered.

${imageRows(image)}

${cpuText(cpu)}`
}
