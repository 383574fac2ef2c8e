// Servers that are no use because of their pace, and such as only seem so. All on loopback.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { bytesFrom } from '../../src/sources/http.js'
import { Pace } from '../../src/sources/pace.js'
import { type Behaviour, serve, withRanges } from '../support/archive/archive.js'

const file = randomBytes(10_000)

/** A server that sends so many bytes at a time, with a pause behind each. */
function sending(sizes: readonly number[], pauseMs: number): Behaviour {
  const total = sizes.reduce((sum, size) => sum + size, 0)
  return async (_, response, whole) => {
    response.writeHead(206, { 'content-range': `bytes 0-${total - 1}/${whole.length}` })
    let sent = 0
    for (const size of sizes) {
      response.write(whole.subarray(sent, sent + size))
      sent += size
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
    response.end()
  }
}

/** How many of `total` bytes come, when each chunk is thought about for a while. */
async function read(base: string, total: number, thoughtMs = 0): Promise<number> {
  let came = 0
  for await (const chunk of bytesFrom(base, 0, total, file.length, { silenceMs: 400 })) {
    came += chunk.length
    await new Promise((resolve) => setTimeout(resolve, thoughtMs))
  }
  return came
}

/** A port on which somebody listens who does as `behaves` says. */
async function listening(behaves: (socket: Socket) => void) {
  const server = createServer((socket) => behaves(socket.on('error', () => undefined)))
  const sockets: Socket[] = []
  server.on('connection', (socket) => sockets.push(socket)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    base: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Resolves when the first caller is gone. */
    left: new Promise((resolve) => server.once('connection', (socket) => socket.resume().once('close', resolve))),
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const ask = (url: string) => bytesFrom(url, 0, 9, 99, { silenceMs: 300 }).next()

describe('a server', () => {
  it('that trickles is given up', async () => {
    await using server = await serve(file, sending(Array<number>(60).fill(1), 50))
    const words = /broke off after \d+ of 60 bytes: only \d+ bytes in 0\.\d s$/
    await expect(read(server.base, 60)).rejects.toThrow(words)
  })

  it('that starts slowly is waited for', async () => {
    await using server = await serve(file, sending([1, 1, 3000, 3000, 3000], 150))
    expect(await read(server.base, 9002)).toBe(9002)
  })

  it('is not blamed for a slow reader', async () => {
    await using server = await serve(file, sending([1, 1, 1, 1, 1], 30))
    expect(await read(server.base, 5, 250)).toBe(5)
  })

  it('that never finishes its headers is given up', async () => {
    await using server = await listening((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nX-Wait: ')
      const more = setInterval(() => socket.write('.'), 50)
      socket.on('close', () => clearInterval(more))
    })
    await expect(ask(`http://${server.base}/`)).rejects.toThrow('no answer for 0.3 s')
  })
})

describe('the pace of a server', () => {
  /** Reads all, with a pause behind the first chunk, and looks at the pace several times a second. */
  async function paceOf(base: string, total: number, thoughtMs: number): Promise<boolean> {
    const pace = new Pace()
    let wasSlow = false
    const looking = setInterval(() => {
      wasSlow ||= pace.isSlow
    }, 100)
    const onBytes = (_: number, count: number) => {
      pace.bytes += count
    }
    for await (const chunk of bytesFrom(base, 0, total, file.length, { waiting: pace.wait, onBytes })) {
      if (pace.bytes === chunk.length) await new Promise((resolve) => setTimeout(resolve, thoughtMs))
    }
    clearInterval(looking)
    return wasSlow || pace.isSlow
  }

  it('is slow when it sends nothing, or too little', async () => {
    await using late = await serve(file, async (request, response, whole) => {
      await new Promise((resolve) => setTimeout(resolve, 3300))
      withRanges(request, response, whole)
    })
    await using trickling = await serve(file, sending(Array<number>(10).fill(5), 400))
    expect(await Promise.all([paceOf(late.base, 100, 0), paceOf(trickling.base, 50, 0)])).toEqual([true, true])
  })

  it('is not slow because its reader is', async () => {
    await using server = await serve(file, sending([10, 10, 10], 100))
    expect(await paceOf(server.base, 30, 3500)).toBe(false)
  })
})

describe('a proxy', () => {
  const before = { ...process.env }
  afterEach(() => {
    process.env = { ...before }
  })

  it.each<[string, (socket: Socket) => void, RegExp]>([
    [
      'that makes no tunnel is given up',
      () => undefined,
      /no answer for 0\.3 s \(by the proxy http:\/\/127\.0\.0\.1:\d+\)$/,
    ],
    ['that closes is named', (socket) => void socket.destroy(), /\(by the proxy http:\/\/127\.0\.0\.1:\d+\)$/],
  ])('%s, without its password', async (_, behaves, words) => {
    await using proxy = await listening(behaves)
    process.env = { ...before, https_proxy: `http://me:secret@${proxy.base}`, no_proxy: '', NO_PROXY: '' }
    await expect(ask('https://archive.invalid/')).rejects.toThrow(words)
    // nothing of it may keep the program from ending
    await proxy.left
  })
})
