// Preloaded into a program and the Node programs that it starts: appends to the file LOADED the path of each module that is read from a file.
import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

const file = process.env.LOADED ?? ''

registerHooks({
  load(url, context, next) {
    if (url.startsWith('file:')) appendFileSync(file, `${fileURLToPath(url)}\n`)
    return next(url, context)
  },
})
