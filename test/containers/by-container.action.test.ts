// Method container as the action's steps, with an image that behaves as tonistiigi/binfmt, in a chroot and not in a container.
import { expect, it } from 'vitest'
import { chrootEngine, imageName } from '../support/engines/chroot-engine.js'
import { annotations, main, play, post, shell, temporary } from '../support/runner/runner.js'

const inputs = { platforms: 'all', method: 'container', image: imageName, offline: 'true' }

async function engine() {
  const { path } = await chrootEngine(temporary(), { program: 'binfmt', targets: ['aarch64', 'riscv64'] })
  const env = { PATH: `${path}:${process.env.PATH}` }
  const asOthersDo = (name: string, ...args: string[]) => ({
    ...shell(name, 'docker run --rm --privileged "$@"', 'sha256:0123456789abcdef', ...args),
    env,
  })
  return { env, asOthersDo }
}

const platformsOf = ({ outputs }: { outputs: Readonly<Record<string, string>> }) => outputs.platforms?.split(',').sort()

it('a step over what docker/setup-qemu-action left, and once more in the same job', async () => {
  const { env, asOthersDo } = await engine()
  const { result } = await play([
    asOthersDo('before', '--install', 'arm64'),
    main(inputs, { env }, 'first'),
    main(inputs, { env }, 'second'),
    post('second', { env }),
    post('first', { env }),
  ])
  for (const name of ['first', 'second']) {
    expect([result(name).status, annotations('error', result(name))]).toEqual([0, []])
    expect(platformsOf(result(name))).toEqual(expect.arrayContaining(['linux/amd64', 'linux/arm64', 'linux/riscv64']))
    // what the image prints is in the group of the set-up
    expect(result(name).stdout).toMatch(
      /::group::[^\n]*for all platforms\n(?:(?!::endgroup::)[\s\S])*^docker: installing: /m,
    )
  }
  expect(Object.keys(result('post of second').table ?? {}).sort()).toEqual(['qemu-aarch64', 'qemu-riscv64'])
  expect(result('post of first')).toMatchObject({ table: result('before').table, journals: [] })
  expect([annotations('warning', result('post of first')), annotations('warning', result('post of second'))]).toEqual([
    [],
    [],
  ])
})

it('reset removes older entries first and puts them back, and is not told to have nothing to do', async () => {
  const { env, asOthersDo } = await engine()
  const { result } = await play([
    asOthersDo('before', '--install', 'arm64'),
    shell('broken', 'echo 0 >/proc/sys/fs/binfmt_misc/qemu-aarch64'),
    main({ ...inputs, platforms: 'arm64' }, { env }, 'without'),
    main({ ...inputs, platforms: 'arm64', reset: 'true', 'cache-image': 'false' }, { env }, 'with'),
    post('with', { env }),
    post('without', { env }),
  ])
  const [error] = annotations('error', result('without'))
  expect([result('without').status, error?.text]).toEqual([
    1,
    expect.stringMatching(/it is disabled[\s\S]*reset: true/),
  ])
  expect(result('with').status).toBe(0)
  expect(annotations('notice', result('with')).map(({ title }) => title)).toEqual([
    expect.stringContaining('cache-image'),
  ])
  expect(result('post of without')).toMatchObject({ table: result('broken').table, journals: [] })
})
