import type { FaultRule } from '../../sandbox/http/faults.ts';
import type { CellPlan } from './cell-plan.ts';
import {
  type ArmTarget,
  type Base,
  type Cell,
  type CellRun,
  REPOSITORY,
  RETRY_FOR_S,
  SIGNER,
  startCell,
  type Template,
} from './cell-world.ts';
import { expectedOutcomes, hidesWhatIsThere, type Outcome } from './expectations.ts';
import type { FailingLookup } from './failing-lookup.ts';
import { readState } from './registry-state.ts';

export interface CellResult {
  readonly plan: CellPlan;
  /** `recovers`, or the code it ended in. */
  readonly outcome: Outcome;
  readonly message: string;
  /** Why the cell is red; [] = green. */
  readonly problems: readonly string[];
  readonly durationMs: number;
  /** True if all that is wrong is that some service gave no answer in time, or that it took long. */
  readonly isSafe: boolean;
}

/** Wall time over budget that a cell may take: attempts under way when the budget ends, and a slow machine. */
const BUDGET_RATIO_MAX = 3;
/** Tag merges look again up to six times over half a minute: no outage, so not in the budget. */
const SETTLING_MS = 45_000;
/** Rekor v2 answers with its next checkpoint, so an attempt gets 20 s there whatever the budget is. */
const CHECKPOINT_RETRY_FOR_S = 75;

/** Budget of a cell, in seconds. */
function retryForS({ target, kind }: CellPlan): number {
  return target.service === 'log v2' && kind.name.startsWith('hang') ? CHECKPOINT_RETRY_FOR_S : RETRY_FOR_S;
}

let serial = 0;

/** Runs one cell and holds it against what must be. */
export async function runCell(base: Base, lookup: FailingLookup, plan: CellPlan): Promise<CellResult> {
  return plan.target.verb === 'sign' ? signCell(base, lookup, plan) : verifyCell(base, lookup, plan);
}

interface Armed {
  readonly cell: Cell;
  readonly template: Template;
  hits(): number;
}

async function arm(base: Base, lookup: FailingLookup, plan: CellPlan, signedBy: 'stranger' | 'both'): Promise<Armed> {
  const { target, kind, times } = plan;
  const template = base.templates[signedBy][target.api ? 'api' : 'tags'];
  serial += 1;
  let hits = () => 0;
  const makeRule = ({ host, challenge }: ArmTarget): FaultRule | undefined => {
    if ('lookup' in kind.how) {
      lookup.add(host, { fault: kind.how.lookup, times });
      hits = () => lookup.hits(host);
      return undefined;
    }
    let matched = 0;
    hits = () => Math.min(matched, times === 'always' ? Number.POSITIVE_INFINITY : times);
    return {
      match: (request) => {
        const isMatch = target.match(request);
        if (isMatch) matched += 1;
        return isMatch;
      },
      times,
      action: kind.how.action(challenge),
    };
  };
  const cell = await startCell({ ...base, lookup, template, id: `c${serial}`, failing: { target, arm: makeRule } });
  return { cell, template, hits: () => hits() };
}

async function signCell(base: Base, lookup: FailingLookup, plan: CellPlan): Promise<CellResult> {
  const { target } = plan;
  const { cell, template, hits } = await arm(base, lookup, plan, 'stranger');
  try {
    const before = readState(template.store, REPOSITORY, base.image, target.api);
    const run = await cell.run('sign', { format: target.format, 'retry-for': `${retryForS(plan)}s` });
    const after = readState(cell.store, REPOSITORY, base.image, target.api);
    const outcome = outcomeOf(run, run.exitCode === 0);
    const problems = [...commonProblems(plan, run, outcome, hits())];
    const common = problems.length;
    const kept = hidesWhatIsThere(plan) ? [] : before.signatures;
    for (const signature of kept) {
      if (!after.signatures.has(signature)) problems.push(`lost another's signature ${signature.slice(0, 80)}`);
    }
    problems.push(...after.dangling.map((what) => `half-written: ${what}`));
    const written = [...after.signatures].filter((signature) => !before.signatures.has(signature));
    if (outcome === 'recovers' && written.length === 0) problems.push('says that it signed, but nothing is there');
    if (outcome === 'recovers') {
      const missing = signaturesOf(run).filter((digest) => ![...after.signatures].some((key) => key.includes(digest)));
      if (missing.length > 0) problems.push(`reports ${missing.join(', ')}, which cannot be found`);
    }
    const isSafe = problems.length === common && isUndecided(outcome);
    return { plan, outcome, message: run.message, problems, durationMs: run.durationMs, isSafe };
  } finally {
    await cell.close();
  }
}

async function verifyCell(base: Base, lookup: FailingLookup, plan: CellPlan): Promise<CellResult> {
  const identity = { 'source-repository': SIGNER, 'certificate-oidc-issuer': base.sigstore.issuer, 'wait-for': '0s' };
  const run = async (signedBy: 'stranger' | 'both'): Promise<{ run: CellRun; hits: number }> => {
    const { cell, hits } = await arm(base, lookup, plan, signedBy);
    try {
      const done = await cell.run('verify', {
        ...identity,
        format: plan.target.format === 'both' ? 'any' : plan.target.format,
      });
      return { run: done, hits: hits() };
    } finally {
      await cell.close();
    }
  };
  const [good, bad] = await Promise.all([run('both'), run('stranger')]);
  const isPass = good.run.exitCode === 0 && good.run.outputs['verified'] === 'true';
  const outcome = outcomeOf(good.run, isPass);
  const problems = commonProblems(plan, good.run, outcome, good.hits);
  const common = problems.length;
  if ((good.run.exitCode === 0) !== isPass)
    problems.push(`exit ${good.run.exitCode} with verified=${good.run.outputs['verified']}`);
  if (bad.run.outputs['verified'] !== 'false' || bad.run.exitCode !== 1)
    problems.push('verified=true for an image that only a stranger has signed');
  if (bad.run.code === 'INTERNAL_ERROR') problems.push(`stranger's image: ${bad.run.message}`);
  return {
    plan,
    outcome,
    message: good.run.message,
    problems,
    isSafe: problems.length === common && isUndecided(outcome),
    durationMs: Math.max(good.run.durationMs, bad.run.durationMs),
  };
}

/** On a busy machine a healthy service may be late too. */
function isUndecided(outcome: Outcome): boolean {
  return outcome === 'recovers' || outcome.endsWith('_UNAVAILABLE');
}

function outcomeOf(run: CellRun, succeeded: boolean): Outcome {
  return succeeded ? 'recovers' : ((run.code ?? 'no code') as Outcome);
}

function commonProblems(plan: CellPlan, run: CellRun, outcome: Outcome, hits: number): string[] {
  const problems: string[] = [];
  const expected = expectedOutcomes(plan);
  if (!expected.includes(outcome)) problems.push(`expected ${expected.join(' or ')}`);
  if (hits < 1) problems.push('the fault was never met');
  const budgetS = retryForS(plan);
  const settles = /tag$/.test(plan.target.name) || !plan.target.api;
  const allowedMs = budgetS * 1000 * BUDGET_RATIO_MAX + (settles ? SETTLING_MS : 0);
  if (run.durationMs > allowedMs) problems.push(`took ${Math.round(run.durationMs)} ms with a budget of ${budgetS} s`);
  if (outcome !== 'recovers' && run.message === '') problems.push('no message');
  return problems;
}

/** Digests of the signatures that a run says it has written. */
function signaturesOf(run: CellRun): string[] {
  return (run.results?.images ?? []).flatMap(({ signatures }) =>
    signatures.filter(({ written }) => written === true).map(({ digest }) => digest),
  );
}
