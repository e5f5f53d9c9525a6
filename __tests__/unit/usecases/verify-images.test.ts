import { describe, expect, test } from 'vitest';
import { CodedError } from '../../../src/coded-error.ts';
import type { Evaluation } from '../../../src/domain/identity/evaluation.ts';
import { type Digest, digestOf } from '../../../src/domain/image/digest.ts';
import type { Results } from '../../../src/domain/results.ts';
import type { Facts, Verification } from '../../../src/domain/signature/facts.ts';
import type { CallContext } from '../../../src/usecases/call-context.ts';
import type { RequestedImage } from '../../../src/usecases/examining/resolve-images.ts';
import type { Candidate, Place, Registry } from '../../../src/usecases/ports.ts';
import {
  type VerifiedImage,
  type VerifyOptions,
  type VerifyPorts,
  verifyImages,
} from '../../../src/usecases/verifying/verify-images.ts';
import {
  imageResult,
  sharedIdentity,
  verifyResults,
  worstVerdict,
} from '../../../src/usecases/verifying/verify-results.ts';
import { testCall } from '../../calls.ts';
import { keyless, policy } from './policy-values.ts';

const imageDigest = `sha256:${'a'.repeat(64)}` as Digest;
const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';

/** A registry in memory; each signature is a subject name, verified and evaluated by its first letter. */
interface World {
  readonly calls: string[];
  /** Signers by place. */
  readonly api?: readonly string[];
  readonly tag?: readonly string[];
  readonly legacy?: readonly string[];
  readonly apiOutcome?: Place['outcome'];
  readonly missing?: boolean;
  /** The API lists nothing before this many looks. */
  readonly lag?: number;
  readonly children?: readonly Digest[];
}

function place(kind: Place['kind'], entries: number, outcome: Place['outcome'] = 'listed'): Place {
  const error = outcome === 'failed' ? new CodedError('REGISTRY_UNAVAILABLE', 'down') : undefined;
  return { kind, request: `GET ${kind}`, status: outcome === 'failed' ? 503 : 200, outcome, entries, error };
}

/** The ports, and the one call that uses them. */
type Ports = VerifyPorts & { readonly call: CallContext };

const verify = (options: VerifyOptions, ports: Ports) => verifyImages(ports.call, options, ports);

function portsOf(world: World, signal = new AbortController().signal): Ports & { readonly waited: number[] } {
  const waited: number[] = [];
  let time = 0;
  let looks = 0;
  const signer = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
  const candidate = (name: string): Candidate => {
    const bundle = new TextEncoder().encode(name);
    return { format: 'bundle', digest: digestOf(bundle), bundle };
  };
  const listing = (names: readonly string[], kind: Place['kind'], outcome: Place['outcome']) => ({
    place: place(kind, names.length, outcome),
    descriptors: names.map((name) => ({ mediaType: OCI_MANIFEST, digest: candidate(name).digest, size: 1 })),
    unreadable: [],
  });
  const all = [...(world.api ?? []), ...(world.tag ?? [])];
  const index = new TextEncoder().encode(
    JSON.stringify({ manifests: (world.children ?? []).map((digest) => ({ mediaType: OCI_MANIFEST, digest })) }),
  );
  const unused = async (): Promise<never> => {
    throw new Error('a gate does not write');
  };
  const registry: Registry = {
    prepare: () => undefined,
    listTags: async () => [],
    head: async (_call, _repository, reference) => {
      world.calls.push('head');
      return world.missing ? undefined : { mediaType: OCI_MANIFEST, digest: reference as Digest, size: 1 };
    },
    manifest: async (_call, _repository, reference) => {
      world.calls.push(`manifest ${reference.slice(0, 9)}`);
      if (world.missing) return undefined;
      return { digest: imageDigest, mediaType: world.children === undefined ? OCI_MANIFEST : OCI_INDEX, bytes: index };
    },
    document: async (_call, _repository, { digest }) => {
      world.calls.push(`document ${digest.slice(0, 9)}`);
      return { contentType: OCI_MANIFEST, bytes: new TextEncoder().encode('{"config":{},"layers":[]}') };
    },
    checkPlace: unused,
    openUpload: unused,
    cancelUpload: unused,
    upload: unused,
    attach: unused,
    appendLegacy: unused,
    listReferrers: async () => {
      world.calls.push('api');
      looks++;
      return listing(looks > (world.lag ?? 0) ? (world.api ?? []) : [], 'referrers-api', world.apiOutcome ?? 'listed');
    },
    listReferrersTag: async () => {
      world.calls.push('tag');
      return listing(world.tag ?? [], 'referrers-tag', 'listed');
    },
    fetchReferrer: async (_call, _where, { descriptor }) => {
      world.calls.push('fetch');
      const name = all.find((one) => candidate(one).digest === descriptor.digest) ?? '';
      return { candidates: [candidate(name)], unreadable: [], places: [] };
    },
    fetchLegacy: async () => {
      world.calls.push('legacy');
      const candidates = (world.legacy ?? []).map((name) => candidate(name));
      return { candidates, unreadable: [], places: [place('signature-tag', candidates.length)] };
    },
    listAttestationTag: async () => ({ place: place('attestation-tag', 0), layers: [], unreadable: [] }),
    blob: () => Promise.reject(new Error('not expected')),
    fetchAttestationLayer: async () => ({ candidates: [], unreadable: [], places: [] }),
  };
  return {
    registry,
    verifier: {
      verify: async (_call, one): Promise<Verification> => {
        const name = one.format === 'bundle' ? signer(one.bundle) : '';
        if (name.startsWith('broken')) {
          return { kind: 'refused', reason: 'SIGNATURE_INVALID', message: 'broken', unverified: undefined };
        }
        return { kind: 'verified', facts: factsOf(name) };
      },
      verifyAttestation: () => Promise.reject(new Error('nobody asked for an attestation')),
    },
    clock: {
      now: () => new Date(time),
      sleep: async (ms) => {
        waited.push(ms);
        time += ms;
      },
    },
    call: testCall({ signal }),
    waited,
  };
}

const factsOf = (subject: string): Facts => ({
  format: 'bundle',
  identity: { issuer: 'https://issuer', subject, subjectKind: 'uri', claims: {} },
  annotations: {},
  provenTimes: [new Date(0)],
  log: undefined,
  dockerReference: undefined,
});

const evaluate = (facts: Facts): Evaluation =>
  facts.identity.subject.startsWith('good')
    ? { kind: 'accepted', notes: [] }
    : { kind: 'mismatch', reason: 'IDENTITY_MISMATCH', findings: [], hints: [] };

const requested = (tag: string | undefined, digest: Digest | undefined = imageDigest): RequestedImage => ({
  original: `registry.example/app:${tag}`,
  repository: { registry: 'registry.example', path: 'app' },
  tag,
  digest,
  sources: [],
});

const options = (rest: Partial<VerifyOptions> = {}): VerifyOptions => ({
  images: [requested(undefined)],
  evaluate,
  format: 'any',
  recursive: false,
  waitForMs: 0,
  concurrency: 4,
  signatureRepositories: [],
  notFoundHint: '',
  ...rest,
});

const resultsOf = (images: readonly VerifiedImage[], mode: 'enforce' | 'warn'): Results =>
  verifyResults(images.map((one) => imageResult(one, mode)));

async function verdictOf(world: World, rest: Partial<VerifyOptions> = {}): Promise<string> {
  const results = resultsOf(await verify(options(rest), portsOf(world)), 'enforce');
  return `${results.images[0]?.verdict} ${results.images[0]?.reason}`;
}

test.each<[string, Omit<World, 'calls'>, string]>([
  ['a good signature behind the referrers API', { api: ['good'] }, 'pass null'],
  ['a good signature under the .sig tag', { legacy: ['good'] }, 'pass null'],
  ['a good signature under the referrers tag only', { tag: ['good'] }, 'pass null'],
  ['a good one under the tag beside a refused one of the API', { api: ['bad'], tag: ['good'] }, 'pass null'],
  ['a good one beside a broken one', { api: ['broken', 'good'] }, 'pass null'],
  ['a good .sig although the API failed', { apiOutcome: 'failed', legacy: ['good'] }, 'pass null'],
  ['a wrong signer', { api: ['bad'] }, 'fail IDENTITY_MISMATCH'],
  ['a broken signature', { api: ['broken'] }, 'fail SIGNATURE_INVALID'],
  ['nothing', {}, 'fail NO_SIGNATURE'],
  ['nothing, and an API that failed', { apiOutcome: 'failed' }, 'error REGISTRY_UNAVAILABLE'],
  ['a wrong signer, and an API that failed', { apiOutcome: 'failed', legacy: ['bad'] }, 'error REGISTRY_UNAVAILABLE'],
  ['an image that is not there, well signed', { api: ['good'], missing: true }, 'error IMAGE_NOT_FOUND'],
])('decides about %s', async (_what, world, expected) => {
  expect(await verdictOf({ calls: [], ...world })).toBe(expected);
});

test('does not read the referrers tag if something was accepted before', async () => {
  const world: World = { calls: [], api: ['good'], tag: ['good too'] };
  await verdictOf(world);
  expect(world.calls).not.toContain('tag');
});

test('looks at one digest once, however many tags name it', async () => {
  const world: World = { calls: [], api: ['good'] };
  const images = [requested('a', undefined), requested('b', undefined), requested('c')];
  const verified = await verify(options({ images }), portsOf(world));
  expect(verified).toHaveLength(1);
  expect(verified[0]?.references).toHaveLength(3);
  expect(world.calls.filter((call) => call === 'api')).toHaveLength(1);
});

describe('while images begin', () => {
  const images = [...'abcdefghijklmn'].map((path): RequestedImage => {
    const one = requested(undefined);
    return { ...one, repository: { ...one.repository, path } };
  });

  test('the registry gets ready for those whose turn comes later, eight at a time', async () => {
    const ports = portsOf({ api: ['good'], calls: [] });
    const seen: string[] = [];
    const registry: Registry = {
      ...ports.registry,
      prepare: (_call, { path }) => void seen.push(`prepare ${path}`),
      head: (call, repository, reference) => {
        seen.push(`read ${repository.path}`);
        return ports.registry.head(call, repository, reference);
      },
    };
    await verify(options({ images, concurrency: 2 }), { ...ports, registry });
    expect(seen.filter((one) => one.startsWith('prepare'))).toEqual([...'cdefghijklmn'].map((one) => `prepare ${one}`));
    for (const path of 'cdefghijklmn')
      expect(seen.indexOf(`prepare ${path}`)).toBeLessThan(seen.indexOf(`read ${path}`));
    // Those of later images are not asked for yet: they would only expire.
    expect(seen.indexOf('prepare j')).toBeLessThan(seen.indexOf('read d'));
    expect(seen.indexOf('prepare k')).toBeGreaterThan(seen.indexOf('read g'));
  });

  test('nothing is asked of a repository whose images are refused without a request', async () => {
    const ports = portsOf({ api: ['good'], calls: [] });
    const prepared: string[] = [];
    const registry: Registry = { ...ports.registry, prepare: (_call, { path }) => void prepared.push(path) };
    // The first is refused, too: what is asked for ahead of the others does not depend on it.
    const matches = (name: string): boolean => /\/[bcm]@/.test(name);
    const globs = [{ source: 'b, c and m', matches, matchesSomeOf: () => true }] as const;
    const policies = {
      set: { policies: [policy('p', keyless('a'), { globs })], notices: [] },
      noMatch: 'deny',
    } as const;
    await verify(options({ images, concurrency: 1, policies }), { ...ports, registry });
    expect(prepared).toEqual(['b', 'c', 'm']);
  });
});

test('waits only for an image that shows no signature, and no longer than it may', async () => {
  const lagging = portsOf({ calls: [], api: ['good'], lag: 2 });
  const [image] = await verify(options({ waitForMs: 30_000 }), lagging);
  expect(image?.judgement?.verdict).toBe('pass');
  expect(lagging.waited).toEqual([1000, 2000]);

  const unsigned = portsOf({ calls: [] });
  await verify(options({ waitForMs: 5_000 }), unsigned);
  expect(unsigned.waited.reduce((sum, ms) => sum + ms, 0)).toBe(5_000);

  const wrong = portsOf({ calls: [], api: ['bad'] });
  await verify(options({ waitForMs: 30_000 }), wrong);
  expect(wrong.waited).toEqual([]);
});

test('recursive: an image is only as good as the worst of its platforms', async () => {
  const child = `sha256:${'b'.repeat(64)}` as Digest;
  const world: World = { calls: [], api: ['good'], children: [child] };
  const ports = portsOf(world);
  const onlyIndex: Ports = {
    ...ports,
    registry: {
      ...ports.registry,
      listReferrers: async (call, repository, subject) =>
        subject === child
          ? { place: place('referrers-api', 0), descriptors: [], unreadable: [] }
          : ports.registry.listReferrers(call, repository, subject),
    },
  };
  const images = await verify(options({ recursive: true }), onlyIndex);
  const results = resultsOf(images, 'enforce');
  expect(results.verified).toBe(false);
  expect(results.images[0]).toMatchObject({
    verdict: 'fail',
    reason: 'NO_SIGNATURE',
    platforms: [{ digest: child, verdict: 'fail', reason: 'NO_SIGNATURE' }],
  });
  expect(resultsOf(images, 'warn').images[0]).toMatchObject({
    verdict: 'allowed',
    reason: 'NO_SIGNATURE',
    platforms: [{ digest: child, verdict: 'allowed', reason: 'NO_SIGNATURE' }],
  });
  const both = resultsOf(await verify(options({ recursive: true }), ports), 'enforce');
  expect(both.verified).toBe(true);
});

test('recursive: no more digests are judged at once than images may be, over all images and platforms', async () => {
  const digest = (name: string): Digest => digestOf(new TextEncoder().encode(name));
  const roots = ['1', '2', '3', '4', '5', '6'].map(digest);
  const childrenOf = (root: string): Digest[] => ['a', 'b', 'c', 'd', 'e'].map((name) => digest(`${root} ${name}`));
  const ports = portsOf({ calls: [], api: ['good'], children: [] });
  const judged: string[] = [];
  let underWay = 0;
  let peak = 0;
  const counting: Ports = {
    ...ports,
    registry: {
      ...ports.registry,
      manifest: async (_call, _repository, reference) => {
        const manifests = childrenOf(reference).map((child) => ({ mediaType: OCI_MANIFEST, digest: child }));
        const bytes = new TextEncoder().encode(JSON.stringify({ manifests }));
        return { digest: reference as Digest, mediaType: OCI_INDEX, bytes };
      },
      listReferrers: async (call, repository, subject) => {
        judged.push(subject);
        underWay += 1;
        peak = Math.max(peak, underWay);
        await new Promise((resolve) => setImmediate(resolve));
        underWay -= 1;
        return ports.registry.listReferrers(call, repository, subject);
      },
    },
  };
  const images = roots.map((root) => requested(undefined, root));
  const verified = await verify(options({ images, recursive: true, concurrency: 3 }), counting);
  expect(verified.flatMap(({ platforms }) => platforms.map((one) => one.judgement?.verdict))).toEqual(
    Array(30).fill('pass'),
  );
  expect(judged.length).toBe(36);
  expect(peak).toBe(3);
});

test('recursive: an image that its index lists for two platforms is judged once and shown for both', async () => {
  const child = `sha256:${'b'.repeat(64)}` as Digest;
  const calls: string[] = [];
  const ports = portsOf({ calls, api: ['good'] });
  const entry = { mediaType: OCI_MANIFEST, digest: child };
  const manifests = ['amd64', '386'].map((architecture) => ({ ...entry, platform: { os: 'linux', architecture } }));
  const bytes = new TextEncoder().encode(JSON.stringify({ manifests }));
  const index = async () => ({ digest: imageDigest, mediaType: OCI_INDEX, bytes });
  const images = await verify(options({ recursive: true }), {
    ...ports,
    registry: { ...ports.registry, manifest: index },
  });
  expect(resultsOf(images, 'enforce').images[0]?.platforms).toEqual([
    { platform: 'linux/amd64', digest: child, verdict: 'pass', reason: null },
    { platform: 'linux/386', digest: child, verdict: 'pass', reason: null },
  ]);
  expect(calls.filter((call) => call === 'api')).toHaveLength(2);
});

test('mode warn lets a refusal through as allowed, reason kept, and never as verified', async () => {
  const images = await verify(options(), portsOf({ calls: [], api: ['bad'] }));
  const results = resultsOf(images, 'warn');
  expect(results.images[0]).toMatchObject({ verdict: 'allowed', reason: 'IDENTITY_MISMATCH' });
  expect(results.verified).toBe(false);
  expect(worstVerdict(results)).toBe('allowed');
});

test('mode warn lets no unusable input through, for an image as for its platforms', async () => {
  const [image] = await verify(options(), portsOf({ calls: [], api: ['good'] }));
  if (image === undefined) throw new Error('no image');
  const error = new CodedError('INPUT_INVALID', 'unusable');
  const platform = { platform: 'linux/amd64', digest: imageDigest, judgement: undefined, error };
  for (const bad of [
    { ...image, error },
    { ...image, platforms: [platform] },
  ]) {
    const results = resultsOf([bad], 'warn');
    expect(results.images[0]).toMatchObject({ verdict: 'error', reason: 'INPUT_INVALID' });
    expect(worstVerdict(results)).toBe('error');
  }
});

test('a run without images is an error and not verified', () => {
  const results = verifyResults([]);
  expect(results.verified).toBe(false);
  expect(worstVerdict(results)).toBe('error');
});

test('names a shared identity only if all images were accepted for the same one', async () => {
  const one = await verify(options(), portsOf({ calls: [], api: ['good one'] }));
  const other = await verify(options(), portsOf({ calls: [], api: ['good other'] }));
  const bad = await verify(options(), portsOf({ calls: [], api: ['bad'] }));
  expect(sharedIdentity(one)).toEqual({ issuer: 'https://issuer', subject: 'good one' });
  expect(sharedIdentity([...one, ...one])).toBeDefined();
  expect(sharedIdentity([...one, ...other])).toBeUndefined();
  expect(sharedIdentity([...one, ...bad])).toBeUndefined();
  expect(sharedIdentity([])).toBeUndefined();
});

describe('when the time is up', () => {
  const timeUp = new CodedError('TIMEOUT', 'the time was up');
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };

  test('what is not decided is an error, whatever hangs, and what is decided stays so', async () => {
    const time = new AbortController();
    const ports = portsOf({ calls: [], api: ['good'] }, time.signal);
    const hung: Registry = {
      ...ports.registry,
      fetchReferrer: (call, where, listed) =>
        where.repository.path === 'acme/hung'
          ? new Promise(() => {})
          : ports.registry.fetchReferrer(call, where, listed),
    };
    const app = requested(undefined);
    const stuck = { ...app, original: 'stuck', repository: { ...app.repository, path: 'acme/hung' } };
    const verifying = verify(options({ images: [stuck, app] }), { ...ports, registry: hung });
    await turns();
    time.abort(timeUp);
    for (const mode of ['enforce', 'warn'] as const) {
      const results = resultsOf(await verifying, mode);
      expect(results.verified).toBe(false);
      expect(results.images.map(({ verdict, reason }) => [verdict, reason])).toEqual([
        [mode === 'enforce' ? 'error' : 'allowed', 'TIMEOUT'],
        ['pass', null],
      ]);
    }
  });

  test('nothing is begun any more', async () => {
    const world: World = { calls: [], api: ['good'] };
    const [image] = await verify(options(), portsOf(world, AbortSignal.abort(timeUp)));
    expect(image?.error).toBe(timeUp);
    expect(world.calls).toEqual([]);
  });

  test('wait-for waits no longer', async () => {
    const time = new AbortController();
    const ports = portsOf({ calls: [] }, time.signal);
    const sleep = (_ms: number, signal?: AbortSignal): Promise<never> =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    const verifying = verify(options({ waitForMs: 1e9 }), { ...ports, clock: { ...ports.clock, sleep } });
    await turns();
    time.abort(timeUp);
    expect((await verifying)[0]?.error).toBe(timeUp);
  });
});
