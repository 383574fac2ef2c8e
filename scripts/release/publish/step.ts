// What a script of a workflow's step has in common with the others: its inputs, its outputs, and how it ends when it refuses.
import { appendFileSync } from 'node:fs'

/** Something that a maintainer can put right; told without a stack. */
export class Refusal extends Error {}

/** The value of an environment variable that the workflow sets. */
export function needed(name: string): string {
  const value = process.env[name] ?? ''
  if (value === '') throw new Refusal(`the variable ${name} is not set`)
  return value
}

/** Sets an output of the step, where there is a runner. */
export function setOutput(name: string, value: string): void {
  if (value.includes('\n')) throw new Error(`the output ${name} has more than one line`)
  const file = process.env.GITHUB_OUTPUT ?? ''
  if (file !== '') appendFileSync(file, `${name}=${value}\n`)
  console.log(`${name}=${value}`)
}

/** A line that the runner shows on the page of the run. */
export function warn(message: string): void {
  const escaped = message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  console.log(process.env.GITHUB_ACTIONS === 'true' ? `::warning::${escaped}` : `warning: ${message}`)
}

/** Runs a script; a refusal is its message and exit status 1. */
export async function runStep(work: () => Promise<void> | void): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const escaped = error.message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
    console.log(process.env.GITHUB_ACTIONS === 'true' ? `::error::${escaped}` : `error: ${error.message}`)
    process.exitCode = 1
  }
}
