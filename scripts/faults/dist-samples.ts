import { withFaults } from '../../sandbox/http/faults.ts';
import { buildImage, pushImage } from '../../sandbox/registry/image-builder.ts';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import type { SigstoreService } from '../../sandbox/sigstore/sigstore-stack.ts';
import { startWorld } from '../../sandbox/world.ts';
import { mapLimited } from '../../src/usecases/map-limited.ts';
import { RETRY_FOR_S } from './cell-world.ts';
import { expectedOutcomes, type Outcome } from './expectations.ts';
import { FAULT_KINDS, type Times, timesWord } from './fault-kinds.ts';
import { type Service, type Target, targetsFor } from './targets.ts';

const SERVICES: Readonly<Partial<Record<Service, SigstoreService>>> = {
  'id-token': 'oidc',
  CA: 'ca',
  log: 'rekor-v1',
  TSA: 'tsa',
  TUF: 'tuf',
};
/** Cells that also run as processes of the committed dist/: target, fault, times. */
const SAMPLES: readonly (readonly [verb: Target['verb'], target: string, kind: string, times: Times])[] = [
  ['sign', 'registry, every request', '503', 2],
  ['sign', 'registry, every request', 'reset', 'always'],
  ['sign', 'id-token', 'HTML 200', 1],
  ['sign', 'id-token', '500', 'always'],
  ['sign', 'CA', 'hang before headers', 1],
  ['sign', 'CA', '403', 'always'],
  ['sign', 'log (Rekor v1)', 'reset after the effect', 1],
  ['sign', 'log (Rekor v1)', 'truncated body', 'always'],
  ['sign', 'TSA', '429', 1],
  ['sign', 'TSA', 'bit flip', 'always'],
  ['sign', 'TUF mirror', '502', 'always'],
  ['verify', 'registry, every request', 'hang in body', 1],
  ['verify', 'registry, every request', '401 loop', 'always'],
  ['verify', 'registry, every request', 'HTML 200', 'always'],
  ['verify', 'TUF mirror', 'bit flip', 'always'],
];

/** Runs the samples and a name that does not exist, prints them, and says how many ended otherwise than they must. */
export async function runDistSamples(): Promise<number> {
  const failures = await mapLimited(SAMPLES, { limit: 2 }, async ([verb, name, kindName, times]) => {
    const image = buildImage({ content: 'dist sample' });
    const target = targetsFor(image.digest).find((one) => one.verb === verb && one.name === name);
    const kind = FAULT_KINDS.find((one) => one.name === kindName);
    if (target === undefined || kind === undefined || !('action' in kind.how))
      throw new Error(`no cell ${name}, ${kindName}`);
    const { action } = kind.how;
    let isArmed = false;
    let hits = 0;
    const rule = {
      match: (): boolean => {
        if (isArmed) hits += 1;
        return isArmed;
      },
      times,
      action: action('Basic realm="sample"'),
    };
    const service = SERVICES[target.service];
    await using world = await startWorld({
      auth: 'none',
      ...(service === undefined ? { registryFaults: [rule] } : {}),
      sigstore: { wrap: (one, handler) => (one === service ? withFaults(handler, [rule]) : handler) },
    });
    await pushImage(world.registryUrl, 'team/app', image, { tag: '1' });
    const mirror = {
      'tuf-mirror': world.sigstore.urls.tuf,
      'tuf-root': world.sigstore.tuf.initialRoot.toString('utf8'),
    };
    const trust = target.service === 'TUF' ? { 'trusted-root': '', 'signing-config': '', ...mirror } : {};
    const { 'signing-config': _, ...verifyTrust } = { 'signing-config': '', ...trust };
    const inputs = { images: `${world.host}/team/app@${image.digest}`, 'retry-for': `${RETRY_FOR_S}s` };
    const identity = { 'source-repository': 'octo-org/octo-repo', 'certificate-oidc-issuer': world.sigstore.issuer };
    if (verb === 'verify') await world.sign(inputs);
    isArmed = true;
    const run =
      verb === 'sign'
        ? await world.sign({ ...inputs, ...trust })
        : await world.verify({ ...inputs, ...verifyTrust, ...identity, 'wait-for': '0s' });
    const expected = expectedOutcomes({ target, kind, times });
    return judge(`${verb}, ${name}, ${kindName}, ${timesWord(times)}`, run, verb, hits === 0 ? [] : expected);
  });
  await using world = await startWorld({ auth: 'none' });
  const images = `nowhere.invalid/team/app@sha256:${'0'.repeat(64)}`;
  const unknown = await world.verify({
    images,
    'source-repository': 'a/b',
    'certificate-oidc-issuer': world.sigstore.issuer,
  });
  failures.push(judge('verify, a registry whose name does not exist', unknown, 'verify', ['REGISTRY_UNAVAILABLE']));
  const failed = failures.filter((isRed) => isRed).length;
  console.log(`fault matrix through dist/: ${failures.length} samples, ${failed} red`);
  return failed;
}

/** True if it is red. */
function judge(what: string, run: RunResult, verb: Target['verb'], expected: readonly Outcome[]): boolean {
  const isDone = run.exitCode === 0 && (verb === 'sign' || run.outputs['verified'] === 'true');
  const outcome = isDone ? 'recovers' : reasonOf(run);
  const isRed = !(expected as readonly string[]).includes(outcome);
  console.log(`${isRed ? 'RED ' : 'ok  '} dist: ${what}: ${outcome}`);
  if (isRed) console.log([`exit ${run.exitCode}, expected ${expected.join(' or ')}`, ...run.log].join('\n'));
  return isRed;
}

/** Of the first image; else the code in the title of the first error. */
function reasonOf(run: RunResult): string {
  const results = JSON.parse(run.outputs['results'] || '{}') as { images?: { reason: string | null }[] };
  const title = run.commands.find(({ name }) => name === 'error')?.properties['title'] ?? '';
  return results.images?.[0]?.reason ?? /[A-Z]+_[A-Z_]+/.exec(title)?.[0] ?? `exit ${run.exitCode}`;
}
