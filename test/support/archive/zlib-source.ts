// A small source package of Debian's, as the index of its suite describes it.
import type { OfferedSource } from '../../../scripts/catalog/apt.js'
import { suites } from '../../../scripts/catalog/suites.js'

const suite = suites.find(({ name }) => name === 'trixie-backports')
if (suite === undefined) throw new Error('the suite is missing')

const stem = 'zlib_1.3.dfsg+really1.3.1'

/** The source of the zlib that is linked into the newest emulators. */
export const zlibSource: OfferedSource = {
  suite,
  name: 'zlib',
  version: '1:1.3.dfsg+really1.3.1-1',
  folder: 'pool/main/z/zlib',
  files: [
    {
      name: `${stem}-1.debian.tar.xz`,
      size: 16576,
      sha256: '9ed525955ce9fb0c1b39be8ff98f73450dbfc6305a9a27e6149c8972d38a0a9e',
    },
    { name: `${stem}-1.dsc`, size: 2637, sha256: 'ede2791e29c1d3b422f9208bdd7edf040c20445ea1e7453a72037576e64fa197' },
    {
      name: `${stem}.orig.tar.gz`,
      size: 1325737,
      sha256: '60dd315c07f616887caa029408308a018ace66e3d142726a97db164b3b8f69fb',
    },
  ],
}
