// An outcome as JSON for scripts. A contract: fields are added, never renamed.
import type { Links } from '../model/links.js'
import { codeOf } from '../outcome/finding.js'
import { isProven, type Outcome, type TargetOutcome } from '../outcome/outcome.js'
import { explained } from './grouped-findings.js'

/** The JSON of `--json` and of the output `status`. */
export function outcomeJson(outcome: Outcome, links: Links): object {
  return {
    ok: isProven(outcome),
    host: outcome.host,
    image: outcome.image,
    environment: outcome.environment,
    targets: outcome.targets.map((target) => targetJson(target, links)),
  }
}

function targetJson(outcome: TargetOutcome, links: Links): object {
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
      ...explained(finding, outcome.platform.target.name, links),
      details: finding,
    })),
  }
}
