// Serves the package of the default emulators on loopback until its standard input ends, and prints the address: a process of its own, as one that
// holds a package in memory takes longer to start others, which is what action.ts measures.
import { serve, withRanges } from '../test/support/archive/archive.js'
import { emulator } from '../test/support/programs/emulators.js'
import { wholePackage } from '../test/support/programs/package.js'

const server = await serve(await wholePackage(emulator('aarch64')), withRanges)
console.log(server.base)
process.stdin.resume().on('end', () => process.exit())
