// Preloaded into a program: sends it SIGKILL, or another signal once, at the very moment when a folder first holds a name, whoever of its processes
// made it.
import child from 'node:child_process'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const { KILL_FOLDER: folder = '', KILL_NAME: name = '', KILL_SIGNAL: signal = 'SIGKILL' } = process.env
const { existsSync, readdirSync } = fs

let isSent = false

function look() {
  if (isSent || !existsSync(folder) || !readdirSync(folder).some((one) => one.includes(name))) return
  isSent = true
  process.kill(process.pid, signal)
}

for (const method of ['renameSync', 'closeSync']) {
  const original = fs[method]
  fs[method] = (...args) => {
    const result = original(...args)
    look()
    return result
  }
}
const { spawn } = child
child.spawn = (...args) => {
  const started = spawn(...args)
  started.once('exit', look)
  return started
}
syncBuiltinESMExports()
