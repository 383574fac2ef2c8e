// Parses the WWW-Authenticate header of a registry that answers 401. Sources: RFC 9110, section 11.6.1, and the distribution project's token
// specification, https://distribution.github.io/distribution/spec/auth/token/

/** A way to log in that a registry offers. */
export type Challenge =
  | { readonly kind: 'basic' }
  | { readonly kind: 'bearer'; readonly realm: string; readonly service: string | null; readonly scope: string | null }

/** One token of the header: a word, a quoted string, or one of `=` and `,`. */
const tokenPattern = /\s*(?:([!#$%&'*+.^_`|~0-9A-Za-z/:-]+)|"((?:[^"\\]|\\[\s\S])*)"|([=,]))/y

interface HeaderToken {
  readonly kind: 'word' | 'quoted' | 'mark'
  readonly text: string
}

function tokensIn(header: string): HeaderToken[] {
  const tokens: HeaderToken[] = []
  tokenPattern.lastIndex = 0
  for (;;) {
    const found = tokenPattern.exec(header)
    // stop at the end, and at text that is not a token
    if (found === null) return tokens
    const [, word, quoted, mark = ''] = found
    if (word !== undefined) tokens.push({ kind: 'word', text: word })
    else if (quoted !== undefined) tokens.push({ kind: 'quoted', text: quoted.replace(/\\([\s\S])/g, '$1') })
    else tokens.push({ kind: 'mark', text: mark })
  }
}

/** The challenges of a `WWW-Authenticate` header, in order: Basic, and Bearer with a realm. Ignores other schemes and invalid text. */
export function parseChallenges(header: string): Challenge[] {
  const schemes: { name: string; parameters: Map<string, string> }[] = []
  const tokens = tokensIn(header)
  for (let at = 0; at < tokens.length; at++) {
    const here = tokens[at]
    if (here?.kind !== 'word') continue
    if (tokens[at + 1]?.text === '=' && tokens[at + 1]?.kind === 'mark') {
      const value = tokens[at + 2]
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
