// A registry on loopback in a process of its own, as whoever asks it waits for what is asked: tells its address and the image's digest as JSON.
import { emulatorImage } from '../../support/registry/emulator-image.js'
import { serveImages } from '../../support/registry/registry.js'

const image = await emulatorImage(['aarch64'])
const { host } = await serveImages({ 'qemu-v10.2.3-68': image })
console.log(JSON.stringify({ host, digest: image.digest }))
