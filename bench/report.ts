// docs/benchmarks.md, from what the parts of the benchmark have measured.
import type { Action, JobTimes } from './action.js'
import { type CpuRow, cpuText } from './cpu.js'
import type { ImageSides } from './image.js'
import type { Link } from './link.js'
import type { Many } from './many.js'
import type { Part } from './parts-of.js'
import type { PlaceRow } from './places.js'
import { linkAims, linkText, placeAims, placesText } from './places-report.js'
import { median, type Ratio, ratio, type Side } from './series.js'
import type { Sources } from './sources.js'
import { type Aim, digits, head, milliseconds, ms, row, short, sizeOf, spread, times } from './table.js'
import type { Warm } from './warm.js'

/** What the parts of the benchmark have measured; a narrow run has some of them. */
export interface Measured {
  readonly action?: Action
  readonly warm?: readonly Warm[]
  readonly places?: readonly PlaceRow[]
  readonly link?: Link
  readonly many?: Many
  readonly sources?: Sources
  readonly image?: ImageSides
  readonly cpu?: readonly CpuRow[]
}

interface Report extends Measured {
  readonly machine: string
  /** What Debian calls the default version. */
  readonly build: string
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
platform of the catalog. The last three begin with an empty tool cache; a release of emulators is on a server on loopback.

${jobRows(action)}

Where the time of the first row goes. In other runs of the same rounds a module that is loaded first (\`node --import\`) watches files, hashes and
programs from outside the bundle, and its own time is left out; each moment counts for one part alone, hashing before probes. Parts run side by side on
two processors, so that what is saved in one need not show in all.

${partRows(action)}`
}

function sourceNames(build: string): Readonly<Record<string, string>> {
  return {
    'release, nothing there': `\`setup arm64\` from a release on loopback, nothing there (${build})`,
    'catalog, nothing there': '`setup arm64` from the package at the same mirror as apt, nothing there',
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

function imageRows({ setupCold, setupRelease, dockerCold, setupWarm, dockerWarm }: ImageSides): string {
  return [
    head,
    row('`docker pull` and `docker run --privileged IMAGE --install arm64`', dockerCold, dockerCold),
    row('`setup arm64 --image IMAGE`, nothing there', setupCold, dockerCold),
    row('`setup arm64` from a release on loopback, the same version, nothing there', setupRelease, dockerCold),
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

const aimsOf: { readonly [Part in keyof Measured]-?: (measured: NonNullable<Measured[Part]>) => readonly Aim[] } = {
  action: ({ floor, jobs }) => {
    const [oneWarm] = jobs as [JobTimes]
    const name = 'a job with `arm64`, main and post, warm, to the floor: time'
    return [{ name, aim: 2, found: ratio(oneWarm.both, floor) }]
  },
  warm: (all) =>
    all.flatMap(({ version, floor, rows }) =>
      rows
        .filter(([name]) => name === 'first call')
        .map(([name, found]) => ({
          name: `\`setup arm64\`, ${name}, warm, to the floor under node ${version}: time`,
          aim: 3,
          found: ratio(found, floor),
        })),
    ),
  places: placeAims,
  link: linkAims,
  many: ({ platforms, oneCold, allCold, oneWarm, allWarm }) => [
    { name: `${platforms} platforms to one, nothing there: time`, aim: platforms / 2, found: of(allCold, oneCold) },
    { name: `${platforms} platforms to one, in the tool cache: time`, aim: platforms / 2, found: of(allWarm, oneWarm) },
  ],
  sources: ({ apt, setups }) => {
    const setup = (name: string) => setups.find((side) => side.name === name) as Side
    const [cold, warm] = [setup('catalog, nothing there'), setup('catalog, in the tool cache')]
    return [
      { name: 'the catalog, nothing there, to apt-get install: time', aim: 0.2, found: of(cold, apt) },
      { name: 'the catalog, in the tool cache, to the same: time', aim: 0.1, found: of(warm, apt) },
    ]
  },
  image: ({ layers, setupCold, dockerCold }) => {
    const needed = layers.slice(1).reduce((total, size) => total + size, 0)
    const bytes = 'the same: bytes, to the layers down to the one with the emulators'
    return [
      { name: 'an image, nothing there, to docker: time', aim: 0.5, found: of(setupCold, dockerCold) },
      { name: 'the same: CPU time', aim: 0.5, found: ratio(setupCold.cpu, dockerCold.cpu) },
      { name: bytes, aim: 1, found: constant(setupCold.bytes / needed) },
    ]
  },
  cpu: () => [],
}

/** Everything that is wanted, and what came of it. */
function aimRows(report: Report): string {
  const aims = Object.entries(aimsOf).flatMap(([part, aimsOfPart]) => {
    const measured = report[part as keyof Measured]
    return measured === undefined ? [] : (aimsOfPart as (measured: unknown) => readonly Aim[])(measured)
  })
  const rows = aims.map(({ name, aim, found, unit }) => {
    const reached = found.median <= aim ? 'yes' : '**no**'
    return `| ${name} | at most ${aim}${unit ?? ''} | ${times(found)}${unit ?? ''} | ${reached} |`
  })
  return ['| ratio | wanted | measured | reached |', '| --- | --- | --- | --- |', ...rows].join('\n')
}

const of = (one: Side, other: Side) => ratio(one.seconds, other.seconds)
const constant = (value: number): Ratio => ({ median: value, low: value, high: value })

function warmText(warm: readonly Warm[], build: string): string {
  return `## Warm: the emulator is in the cache

The floor is what cannot be saved: node starts, and one foreign program runs. \`setup\` opens the kernel's table, checks the emulator's
SHA-256, writes its journal, registers, and runs the probe three times (before, directly, in an empty root) with a look at the process.
Timed by hyperfine. Emulator: \`qemu-aarch64\`, ${build}.

| node | command | median | spread | ratio to the floor |
| --- | --- | --- | --- | --- |
${warm.flatMap(warmRows).join('\n')}`
}

function manyText(many: Many): string {
  return `## Many platforms beside one, out of a package

All emulators come out of one package (${many.build}) on a server on loopback: what shares bytes shares a request, and the proofs go on
side by side. arm64's emulator is the one that takes the fewest bytes. Under node 24.

${manyRows(many)}`
}

function sourcesText(sources: Sources): string {
  return `## Beside an installation by apt

Each command but the second ends with an entry for arm64; each \`setup\` has proven it, apt has not. apt really downloads, unpacks and
runs its scripts, in a copy of this machine's root that lies in memory; so does what we fetch. apt's lists were fetched before. The GitHub
cache is a server on loopback that speaks its protocol. All under node 24. CPU time counts all children.

${sourceRows(sources)}`
}

function imageText(image: ImageSides): string {
  const sizes = image.layers.map(sizeOf).join(', ')
  return `## Beside docker

The same image from the same registry (Debian's docker-registry, on loopback), for the same end: an entry for arm64. The image has layers of
${sizes}, packed by gzip; ${image.emulators} emulators of QEMU ${image.version} lie in the second one, arm64's first, and its program speaks the command
line of tonistiigi/binfmt. Docker (overlay2, all in memory) is asked to pull each time; its daemons' CPU time counts, too, and their memory does
not. The image's program is a shell script. \`setup\` reads the layers from the last one down to the one that has the emulator, checks
their digests, and proves what it registered.

${imageRows(image)}`
}

/** docs/benchmarks.md; of a narrow run, its parts. */
export function markdown(report: Report): string {
  const { machine, build, action, warm, places, link, many, sources, image, cpu } = report
  const sections = [
    action && actionText(action),
    warm && warmText(warm, build),
    places && placesText(places),
    link && linkText(link),
    many && manyText(many),
    sources && sourcesText(sources),
    image && imageText(image),
    cpu && cpuText(cpu),
  ]
  return `# Benchmarks

\`npm run bench -- --write\` makes this page. It measures in private tables, on whatever machine it runs; compare the ratios, not the
milliseconds: both sides of a ratio come from the same round of the same run. A number is the median of the rounds, the spread goes from the
lowest to the highest round. Peak memory is that of the largest process among a command and its children.

Machine: ${machine}.

## Summary

${aimRows(report)}

${sections.filter((text) => text !== undefined).join('\n\n')}`
}
