// Untrusted JSON: nothing is used as an object before it is known to be one. Source: RFC 8259.

/** Whether a value is an object, and no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value as an object; undefined if it is not one. */
export function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return isRecord(value) ? value : undefined
}

/** The parsed JSON text; undefined if it is not JSON. */
export function jsonValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The JSON text as an object; undefined if it is not JSON, or another value. */
export function json(text: string): Readonly<Record<string, unknown>> | undefined {
  return record(jsonValue(text))
}
