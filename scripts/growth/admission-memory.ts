import { digestOf } from '../../src/domain/image/digest.ts';
import { parseRegexp } from '../../src/domain/patterns/regexp.ts';
import { readPolicies } from '../../src/domain/policy/read-policies.ts';
import { createAdmitter } from '../../src/usecases/admitting/create-admitter.ts';
import type { Registry, SignatureVerifier } from '../../src/usecases/ports.ts';

/*
 * The heap of the admission webhook's memory, after each 10,000 of 60,000 distinct digests of which every second one passes.
 * Fails if it still grows once the memory is full. Registry and verifier are stand-ins, so that nothing else is measured.
 *
 *   node --expose-gc scripts/growth/admission-memory.ts
 */

const STEP = 10_000;
const STEPS = 6;
/** The memory is full after this step: 10,000 passes and as many refusals. */
const FULL_AFTER = 2;
/** What the heap may differ by from then on. */
const TOLERANCE_MB = 3;
const ISSUER = 'https://issuer.example';

const POLICY = `apiVersion: policy.sigstore.dev/v1beta1
kind: ClusterImagePolicy
metadata:
  name: ours
spec:
  images:
    - glob: registry.example/**
  authorities:
    - keyless:
        identities:
          - issuer: ${ISSUER}
            subject: https://signer.example/good
`;

const notNeeded = (): never => {
  throw new TypeError('not needed here');
};
const place = { request: 'GET', status: 200, outcome: 'listed', entries: 1, error: undefined } as const;
const registry: Partial<Registry> = {
  listReferrers: async (_call, _repository, digest) => ({
    place: { ...place, kind: 'referrers-api' },
    descriptors: [{ mediaType: 'a/b', digest, size: 1, artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json' }],
    unreadable: [],
  }),
  listReferrersTag: async () => ({ place: { ...place, kind: 'referrers-tag' }, descriptors: [], unreadable: [] }),
  fetchReferrer: async (_call, _where, { descriptor: { digest } }) => ({
    candidates: [{ format: 'bundle', digest, bundle: new Uint8Array(4096) }],
    unreadable: [],
    places: [],
  }),
  fetchLegacy: async () => ({ candidates: [], unreadable: [], places: [{ ...place, kind: 'signature-tag' }] }),
};
let signed = 0;
const verifier: Partial<SignatureVerifier> = {
  verify: async () => {
    signed += 1;
    const subject = `https://signer.example/${signed % 2 === 0 ? 'good' : 'bad'}`;
    const identity = { issuer: ISSUER, subject, subjectKind: 'uri', claims: {} } as const;
    const about = { format: 'bundle', annotations: {}, dockerReference: undefined, log: undefined } as const;
    return { kind: 'verified', facts: { ...about, identity, provenTimes: [new Date()] } };
  },
};
const read = readPolicies([{ file: 'policy.yaml', text: POLICY }], {
  namesObjects: true,
  identity: { defaultIssuer: ISSUER, serverUrl: 'https://github.com', randomWord: 'qzjxkwvpfh', parseRegexp },
});
if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems));
const { policies } = read.set;
const admitter = createAdmitter(
  { noMatch: 'deny', format: 'any', signatureRepositories: [], privateHosts: [], concurrency: 16 },
  {
    clock: { now: () => new Date(), sleep: notNeeded },
    verifier: verifier as SignatureVerifier,
    rootVersion: () => 'root',
    loadRoot: async () => undefined,
    readStatement: notNeeded,
    rules: async () => ({ kind: 'ready', policies, otherRoots: new Map() }),
  },
);

const log = { info: () => undefined, debug: () => undefined, warning: () => undefined };
const retries = { spend: () => undefined, remainingMs: () => 0, attemptMs: () => 1000 };
const access = { registry: registry as Registry, loginId: 'own' };

async function judge(name: string): Promise<void> {
  const { signal } = new AbortController();
  await admitter.judge(
    { signal, due: signal, finish: () => undefined, retries, log },
    {
      repository: { registry: 'registry.example', path: 'acme/app' },
      tag: undefined,
      digest: digestOf(new TextEncoder().encode(name)),
      use: { object: undefined, annotated: undefined },
      namespace: 'default',
    },
    access,
  );
}

const collect = globalThis.gc;
if (collect === undefined) throw new Error('start node with --expose-gc');
const heapMb = (): number => {
  collect();
  return process.memoryUsage().heapUsed / 1e6;
};

const heaps = [heapMb()];
for (let step = 1; step <= STEPS; step += 1) {
  const startedMs = performance.now();
  for (let index = 0; index < STEP; index += 20) {
    await Promise.all(Array.from({ length: 20 }, (_, at) => judge(`${step} ${index + at}`)));
  }
  const eachMs = (performance.now() - startedMs) / STEP;
  heaps.push(heapMb());
  const { passes, refusals } = admitter.remembered();
  const heap = `${heaps.at(-1)?.toFixed(1)} MB`;
  console.log(`${step * STEP} digests: ${heap}, ${passes} passes, ${refusals} others, ${eachMs.toFixed(2)} ms each`);
}
const full = heaps.slice(FULL_AFTER);
const spreadMb = Math.max(...full) - Math.min(...full);
console.log(`once full, the heap differs by ${spreadMb.toFixed(1)} MB`);
if (spreadMb > TOLERANCE_MB) process.exitCode = 1;
