import { open } from '../shared/index.js'
await open('compare')
