// How emulators.json is written: JSON with one line for a package, one for its blocks and one for each emulator, so that a
// diff shows which emulator changed. Source of truth for the shape: src/core/model/catalog.ts.
import type { Catalog, Package } from '../../src/core/model/catalog.js'

function packageText({ blocks, emulators, ...header }: Package): string {
  const members = Object.entries(header).map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`)
  const rows = emulators.map((row) => `        ${JSON.stringify(row)}`)
  return [
    `    { ${members.join(', ')},`,
    `      "blocks": ${JSON.stringify(blocks)},`,
    '      "emulators": [',
    rows.join(',\n'),
    '      ] }',
  ].join('\n')
}

/** The catalog as JSON text with a newline at its end. */
export function catalogText(catalog: Catalog): string {
  return [
    '{',
    `  "format": ${catalog.format},`,
    `  "default": ${JSON.stringify(catalog.default)},`,
    '  "packages": [',
    catalog.packages.map(packageText).join(',\n'),
    '  ]',
    '}',
    '',
  ].join('\n')
}
