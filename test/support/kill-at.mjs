// Preloaded into a main step: ends it with SIGKILL at the very moment when a folder first holds a name, whoever of its processes made it.
import child from 'node:child_process'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

const { KILL_FOLDER: folder = '', KILL_NAME: name = '' } = process.env
const { existsSync, readdirSync } = fs

function look() {
  if (existsSync(folder) && readdirSync(folder).some((one) => one.includes(name))) process.kill(process.pid, 'SIGKILL')
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
