// The Node that the action runs under, which comes as a package.
import { resolve } from 'node:path'

export const node24 = resolve(`node_modules/node-linux-${process.arch}/bin/node`)
