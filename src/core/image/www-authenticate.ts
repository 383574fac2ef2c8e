// What a registry asks for when it answers 401. Source: RFC 9110, section 11.6.1 (WWW-Authenticate), and the distribution project's
// token specification, https://distribution.github.io/distribution/spec/auth/token/

export type Challenge =
  | { readonly kind: 'basic' }
  | { readonly kind: 'bearer'; readonly realm: string; readonly service: string | null; readonly scope: string | null }

/** The header in pieces: a word, a quoted string, or one of `=` and `,`. Undefined for text that is none of these. */
const piece = /\s*(?:([!#$%&'*+.^_`|~0-9A-Za-z/:-]+)|"((?:[^"\\]|\\[\s\S])*)"|([=,]))/y

interface Piece {
  readonly kind: 'word' | 'quoted' | 'mark'
  readonly text: string
}

function piecesOf(header: string): Piece[] {
  const pieces: Piece[] = []
  piece.lastIndex = 0
  for (;;) {
    const found = piece.exec(header)
    // what comes after text that does not fit is not looked at
    if (found === null) return pieces
    const [, word, quoted, mark = ''] = found
    if (word !== undefined) pieces.push({ kind: 'word', text: word })
    else if (quoted !== undefined) pieces.push({ kind: 'quoted', text: quoted.replace(/\\([\s\S])/g, '$1') })
    else pieces.push({ kind: 'mark', text: mark })
  }
}

/**
 * The challenges of a `WWW-Authenticate` header that can be answered here, in its order: Basic, and Bearer with a realm. Other schemes and
 * text that is none are passed over.
 */
export function parseChallenges(header: string): Challenge[] {
  const schemes: { name: string; parameters: Map<string, string> }[] = []
  const pieces = piecesOf(header)
  for (let at = 0; at < pieces.length; at++) {
    const here = pieces[at]
    if (here?.kind !== 'word') continue
    if (pieces[at + 1]?.text === '=' && pieces[at + 1]?.kind === 'mark') {
      const value = pieces[at + 2]
      if (value !== undefined && value.kind !== 'mark')
        schemes.at(-1)?.parameters.set(here.text.toLowerCase(), value.text)
      at += 2
    } else schemes.push({ name: here.text.toLowerCase(), parameters: new Map() })
  }
  return schemes.flatMap(({ name, parameters }): Challenge[] => {
    if (name === 'basic') return [{ kind: 'basic' }]
    const realm = parameters.get('realm')
    if (name !== 'bearer' || realm === undefined) return []
    return [
      { kind: 'bearer', realm, service: parameters.get('service') ?? null, scope: parameters.get('scope') ?? null },
    ]
  })
}
