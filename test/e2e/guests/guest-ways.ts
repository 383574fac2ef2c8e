// Every way of running a guest's program: directly, in an empty root, in a container, in an image build; and what comes of it.
import { execFile } from 'node:child_process'
import { type Command, type Engine, engineCommand } from '../../support/engines/engine-call.js'
import { buildOf, imageOf, type Port, rootOf, work } from './guest-ports.js'

export interface Way {
  readonly name: string
  command(port: Port): Command
}

/** What a call ended with: its exit status, and its output and errors together. */
export interface Answer {
  readonly status: number | null
  readonly text: string
}

function container(name: string, engine: Engine, platform: boolean): Way {
  return {
    name,
    command: (port) => {
      // podman takes an image by its name, whatever its platform
      const words = [...(platform ? ['--platform', port.platform] : []), '--pull', 'never', '--network', 'none']
      return engineCommand(engine, ['run', '--rm', ...words, imageOf(port), ...work('/bin/busybox')])
    },
  }
}

function build(name: string, engine: 'docker' | 'podman', words: readonly string[]): Way {
  return {
    name,
    command: (port) => {
      const common = ['--no-cache', '--network', 'none', '--platform', port.platform]
      return engineCommand(engine, ['build', ...words, ...common, buildOf(port)])
    },
  }
}

export const ways: readonly Way[] = [
  {
    name: 'directly',
    // not by Node, which hands a program that the kernel refuses to a shell
    command: (port) => ({ file: 'bash', args: ['-c', 'exec "$@"', 'bash', ...work(`${rootOf(port)}/bin/busybox`)] }),
  },
  {
    name: 'in an empty root',
    command: (port) => ({ file: 'chroot', args: [rootOf(port), ...work('/bin/busybox')] }),
  },
  container('docker run', 'docker', true),
  container('podman run', 'podman', false),
  container('podman run, rootless', 'rootless', false),
  build('docker build with RUN', 'docker', ['--progress', 'plain']),
  build('podman build with RUN', 'podman', ['--pull=never']),
]

/** Runs a command to its end, whatever comes of it. */
export function answer({ file, args, env = process.env }: Command): Promise<Answer> {
  return new Promise((resolve) => {
    const child = execFile(file, args, { env, cwd: '/', maxBuffer: 1 << 26 }, (_, stdout, stderr) =>
      resolve({ status: child.exitCode, text: `${stdout}${stderr}` }),
    )
  })
}

/** The answers of all ports in all ways, two at a time, under `<port> <way>`. */
export async function tried(ports: readonly Port[]): Promise<ReadonlyMap<string, Answer>> {
  const answers = new Map<string, Answer>()
  const waiting = ports.flatMap((port) => ways.map((way) => ({ port, way }))).values()
  const worker = async () => {
    for (const { port, way } of waiting) answers.set(`${port.name} ${way.name}`, await answer(way.command(port)))
  }
  await Promise.all([worker(), worker()])
  return answers
}
