// JSON of strangers, looked at step by step: nothing is taken for an object before it was seen to be one. Source: RFC 8259.

/** Whether a value is an object, and no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value as an object; undefined when it is none. */
export function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return isRecord(value) ? value : undefined
}

/** The value that a text is in JSON; undefined when it is no JSON. */
export function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The JSON object that a text is; undefined when it is no JSON, or another value. */
export function json(text: string): Readonly<Record<string, unknown>> | undefined {
  return record(jsonValue(text))
}
