// Makes one of the larger roots, as a process of its own, so that two of them are made at once.
import { guestRoot, type RootName } from './guest-root.js'

await guestRoot(process.argv[2] as RootName)
