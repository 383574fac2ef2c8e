// JSON of strangers, looked at step by step: nothing is taken for an object before it was seen to be one. Source: RFC 8259.

/** The value as an object; undefined when it is none. */
export function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined
}

/** The JSON object that a text is; undefined when it is no JSON, or another value. */
export function json(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return record(JSON.parse(text))
  } catch {
    return undefined
  }
}
