// An outcome as JSON for scripts. A contract: fields are added, never renamed.
import { codeOf, explanation } from '../outcome/finding.js'
import { isProven, type Outcome, type TargetOutcome } from '../outcome/outcome.js'

/** The JSON of `--json` and of the output `status`. */
export function outcomeJson(outcome: Outcome): object {
  return {
    ok: isProven(outcome),
    host: outcome.host,
    image: outcome.image,
    environment: outcome.environment,
    targets: outcome.targets.map(targetJson),
  }
}

function targetJson(outcome: TargetOutcome): object {
  return {
    target: outcome.platform.target.name,
    platform: outcome.platform.platform,
    state: outcome.state,
    entry: outcome.entry?.name ?? null,
    interpreter: outcome.entry?.interpreter ?? null,
    flags: outcome.entry?.flags ?? null,
    qemuVersion: outcome.emulator?.qemuVersion ?? null,
    build: outcome.emulator?.build ?? null,
    sha256: outcome.emulator?.sha256 ?? null,
    locator: outcome.locator,
    bytesFetched: outcome.bytesFetched,
    seconds: outcome.seconds,
    proof: outcome.proof,
    findings: outcome.findings.map((finding) => ({
      code: codeOf(finding),
      ...explanation(finding, outcome.platform.target.name),
      details: finding,
    })),
  }
}
