import { describe, expect, test } from 'vitest';
import { CodedError } from '../../../../src/coded-error.ts';
import type { Policy } from '../../../../src/domain/policy/policy.ts';
import type { ImageToAdmit } from '../../../../src/usecases/admitting/admitter.ts';
import { testCall } from '../../../calls.ts';
import { BASE, keyless, policy } from '../policy-values.ts';
import { admittingWorld, digestNamed } from './admitting-world.ts';

const SIGNED = { good: ['alice'], bad: ['mallory'] };
const OURS = policy('ours', keyless('alice'));
const timeUp = (): CodedError => new CodedError('TIMEOUT', 'the time is up');
const annotated = (subject?: string, issuer?: string): Partial<ImageToAdmit> => ({
  use: { object: undefined, annotated: { subject, issuer } },
});
const globs = (source: string, matches: (name: string) => boolean): Pick<Policy, 'globs'> => ({
  globs: [{ source, matches, matchesSomeOf: ({ registry }) => matches(`${registry}/`) }],
});

test('an image that the policy accepts passes, and its twin by another signer does not', async () => {
  const { judge, image, admission } = admittingWorld({ policies: [OURS], signed: SIGNED });
  expect(await judge(image('good'))).toBe('pass');
  expect(await judge(image('bad'))).toBe('fail IDENTITY_MISMATCH');
  expect(await judge(image('unsigned'))).toBe('fail NO_SIGNATURE');
  expect(await admission(image('good'))).toMatchObject({ message: '', hint: undefined, digest: digestNamed('good') });
  const { message, policies } = await admission(image('bad'));
  expect(message).toContain('policy "ours": authority "by alice": somebody else signed the image');
  expect(message).toContain('found "mallory"');
  expect(policies).toMatchObject([{ name: 'ours', verdict: 'fail', reason: 'IDENTITY_MISMATCH' }]);
});

test('no policies in force admit nothing, and ask nothing', async () => {
  const { judge, image, reference, state, requests, admitter, accessOf, tags } = admittingWorld({
    policies: [OURS],
    signed: SIGNED,
    settings: { noMatch: 'allow' },
  });
  tags.set('1', digestNamed('good'));
  const ready = state.rules;
  state.rules = { kind: 'unready', problems: ['p.yaml:3 is not YAML'] };
  expect(await judge(image('good'))).toBe('error INPUT_INVALID');
  expect(await admitter.resolve(testCall(), reference('registry.example/acme/app:1'), accessOf('x'))).toBeUndefined();
  expect(requests).toEqual([]);
  state.rules = ready;
  expect(await judge(image('good'))).toBe('pass');
});

describe('one judgement for many', () => {
  test('twenty requests for one digest are one verification', async () => {
    const { judge, image, requests, proofs } = admittingWorld({ policies: [OURS], signed: SIGNED });
    const verdicts = await Promise.all(Array.from({ length: 20 }, () => judge(image('good'))));
    expect(new Set(verdicts)).toEqual(new Set(['pass']));
    expect(requests).toHaveLength(1);
    expect(proofs).toHaveLength(1);
    // The twin: as many digests are as many verifications.
    await Promise.all(Array.from({ length: 20 }, (_, index) => judge(image(`other ${index}`))));
    expect(requests).toHaveLength(21);
  });

  test('the deadline of one request ends neither the work nor the verdict of the others', async () => {
    const { judge, image, state, requests } = admittingWorld({ policies: [OURS], signed: SIGNED });
    let answer = (): void => undefined;
    state.beforeAnswer = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const impatient = new AbortController();
    const first = judge(image('good'), 'x', testCall({ signal: impatient.signal }));
    const second = judge(image('good'), 'x');
    await expect.poll(() => requests.length).toBe(1);
    impatient.abort(timeUp());
    expect(await first).toBe('error TIMEOUT');
    answer();
    expect(await second).toBe('pass');
    expect(requests).toHaveLength(1);
  });

  test('work that everybody has left is given up and not remembered', async () => {
    const { judge, image, state, requests, admitter, admission } = admittingWorld({ policies: [OURS], signed: SIGNED });
    let ended: AbortSignal | undefined;
    // A registry that never answers and does not even end by the signal.
    state.beforeAnswer = (signal) => {
      ended = signal;
      return new Promise(() => undefined);
    };
    const time = new AbortController();
    const pending = admission(image('good'), 'x', testCall({ signal: time.signal }));
    await expect.poll(() => requests.length).toBe(1);
    time.abort(timeUp());
    const { verdict, reason, message } = await pending;
    expect([verdict, reason]).toEqual(['error', 'TIMEOUT']);
    expect(message).toContain('the time of the request ended before the image was judged');
    expect(ended?.aborted).toBe(true);
    expect(admitter.remembered()).toEqual({ passes: 0, refusals: 0 });
    state.beforeAnswer = async () => undefined;
    expect(await judge(image('good'), 'x')).toBe('pass');
  });

  test('an expired call is answered at once and asks nothing', async () => {
    const { judge, image, requests } = admittingWorld({ policies: [OURS], signed: SIGNED });
    const { signal } = ((one) => {
      one.abort(timeUp());
      return one;
    })(new AbortController());
    expect(await judge(image('good'), 'x', testCall({ signal }))).toBe('error TIMEOUT');
    expect(requests).toEqual([]);
  });

  test('a registry that does not answer leaves a quarter of the places to others', async () => {
    const { judge, image, state, requests } = admittingWorld({
      policies: [OURS],
      signed: SIGNED,
      settings: { concurrency: 4 },
    });
    const slow = { repository: { registry: 'slow.example', path: 'a' } };
    state.beforeAnswer = async () => {
      if (requests.at(-1)?.startsWith('slow.example') === true) await new Promise(() => undefined);
    };
    const time = new AbortController();
    const call = testCall({ signal: time.signal });
    const stuck = Array.from({ length: 10 }, (_, index) => judge(image(`slow ${index}`, slow), 'x', call));
    await expect.poll(() => requests.length).toBe(3);
    expect(await judge(image('good'))).toBe('pass');
    time.abort(timeUp());
    expect(new Set(await Promise.all(stuck))).toEqual(new Set(['error TIMEOUT']));
  });
});

describe('what a remembered verdict is kept by', () => {
  const asked = async (world: ReturnType<typeof admittingWorld>, one: ImageToAdmit, login = 'x') => {
    const before = world.requests.length;
    const verdict = await world.judge(one, login);
    return `${verdict}${world.requests.length > before ? ', asked' : ''}`;
  };

  test('the same question is answered from memory', async () => {
    const world = admittingWorld({ policies: [OURS], signed: SIGNED });
    expect(await asked(world, world.image('good'))).toBe('pass, asked');
    expect(await asked(world, world.image('good'))).toBe('pass');
    expect(await asked(world, world.image('good', { tag: '1' }))).toBe('pass');
    expect(await asked(world, world.image('good', { namespace: 'other' }))).toBe('pass');
  });

  test.each<[string, Partial<ImageToAdmit>]>([
    ['registry', { repository: { registry: 'tenant.example', path: 'acme/app' } }],
    ['repository', { repository: { registry: 'registry.example', path: 'tenant/app' } }],
    ['digest', { digest: digestNamed('bad') }],
    ['annotation for the subject', annotated('bob')],
    ['annotation for the issuer', annotated(undefined, 'other')],
  ])('a pass does not count for another %s', async (_, over) => {
    const world = admittingWorld({ policies: [OURS], signed: SIGNED });
    await world.judge(world.image('good'), 'x');
    expect(await asked(world, world.image('good', over))).toMatch(/, asked$/);
  });

  test('a pass with an annotation does not count for another annotation, nor the reverse', async () => {
    const world = admittingWorld({ policies: [OURS], signed: SIGNED });
    expect(await asked(world, world.image('good', annotated('alice')))).toBe('pass, asked');
    expect(await asked(world, world.image('good', annotated('alice')))).toBe('pass');
    expect(await asked(world, world.image('good', annotated('bob')))).toBe('fail IDENTITY_MISMATCH, asked');
    expect(await asked(world, world.image('good', annotated('alice', 'other')))).toBe('fail ISSUER_MISMATCH, asked');
    expect(await asked(world, world.image('good'))).toBe('pass, asked');
  });

  test('a pass does not count for other content of a policy, another name, or one more policy', async () => {
    const world = admittingWorld({ policies: [OURS], signed: SIGNED });
    const use = (...policies: Policy[]): void => {
      world.state.rules = { kind: 'ready', policies, otherRoots: new Map() };
    };
    await world.judge(world.image('good'), 'x');
    use(policy('ours', keyless('bob'), { contentHash: 'other' }));
    expect(await asked(world, world.image('good'))).toBe('fail IDENTITY_MISMATCH, asked');
    use(policy('renamed', keyless('alice'), { contentHash: 'ours' }));
    expect(await asked(world, world.image('good'))).toBe('pass, asked');
    use(OURS, policy('more', keyless('bob')));
    expect(await asked(world, world.image('good'))).toBe('fail IDENTITY_MISMATCH, asked');
    use(OURS);
    expect(await asked(world, world.image('good'))).toBe('pass');
  });

  test('a pass does not count where match selects other policies', async () => {
    const match = [{ group: 'apps', version: 'v1', resource: 'deployments', selector: undefined }];
    const world = admittingWorld({ policies: [OURS, policy('strict', keyless('bob'), { match })], signed: SIGNED });
    const named = (kind: string): Partial<ImageToAdmit> => ({
      use: { object: { apiVersion: 'apps/v1', kind, labels: new Map() }, annotated: undefined },
    });
    expect(await asked(world, world.image('good', named('StatefulSet')))).toBe('pass, asked');
    expect(await asked(world, world.image('good', named('Deployment')))).toBe('fail IDENTITY_MISMATCH, asked');
    expect(await asked(world, world.image('good', named('DaemonSet')))).toBe('pass');
  });

  test('a pass does not count for another trusted root', async () => {
    const world = admittingWorld({ policies: [OURS], signed: SIGNED });
    await world.judge(world.image('good'), 'x');
    world.state.rootVersion = 'root 2';
    expect(await asked(world, world.image('good'))).toBe('pass, asked');
  });

  test('settings are of the process, so each has a memory of its own', async () => {
    const store = { registry: 'store.example', path: 'signatures' };
    const world = admittingWorld({
      policies: [OURS],
      signed: SIGNED,
      settings: { signatureRepositories: [{ images: undefined, repository: store }] },
    });
    expect(await asked(world, world.image('good'))).toBe('pass, asked');
    expect(world.requests[0]).toContain('store.example/signatures@');
    // Two images whose signatures are in one place are still two images.
    const other = { repository: { registry: 'registry.example', path: 'tenant/app' } };
    expect(await asked(world, world.image('good', other))).toBe('pass, asked');
  });

  test('a pass counts whoever asks, and a refusal or an error only for the login that met it', async () => {
    const world = admittingWorld({ policies: [OURS], signed: SIGNED });
    world.state.status.set('without', 403);
    expect(await asked(world, world.image('good'), 'without')).toBe('error REGISTRY_DENIED, asked');
    expect(await asked(world, world.image('good'), 'without')).toBe('error REGISTRY_DENIED');
    // Somebody else's missing right harms nobody, also at the same time.
    world.state.status.set('blind', 404);
    const both = await Promise.all([
      world.judge(world.image('good'), 'blind'),
      world.judge(world.image('good'), 'with'),
    ]);
    expect(both).toEqual(['fail NO_SIGNATURE', 'pass']);
    expect(await asked(world, world.image('good'), 'new')).toBe('pass');
    expect(await asked(world, world.image('bad'), 'with')).toBe('fail IDENTITY_MISMATCH, asked');
    expect(await asked(world, world.image('bad'), 'new')).toBe('fail IDENTITY_MISMATCH, asked');
  });
});

describe('how long', () => {
  test.each([
    ['a pass', 'good', 3_600_000],
    ['a refusal', 'bad', 30_000],
  ])('%s ends after its time', async (_, name, ms) => {
    const { judge, image, clock, requests } = admittingWorld({ policies: [OURS], signed: SIGNED });
    const verdict = await judge(image(name));
    clock.move(ms - 1);
    expect(await judge(image(name))).toBe(verdict);
    expect(requests).toHaveLength(1);
    clock.move(1);
    expect(await judge(image(name))).toBe(verdict);
    expect(requests).toHaveLength(2);
  });

  test('what was refused is judged again after half a minute, so that signing helps', async () => {
    const { judge, image, clock, signers } = admittingWorld({ policies: [OURS], signed: SIGNED });
    expect(await judge(image('unsigned'))).toBe('fail NO_SIGNATURE');
    signers.set(digestNamed('unsigned'), ['alice']);
    expect(await judge(image('unsigned'))).toBe('fail NO_SIGNATURE');
    clock.move(30_000);
    expect(await judge(image('unsigned'))).toBe('pass');
  });

  test('a pass ends with the max-age of its signature', async () => {
    const maxAgeMs = 600_000;
    const aged = policy('aged', keyless('alice', { requirement: { ...keyless('alice').requirement, maxAgeMs } }));
    for (const [policies, after] of [
      [[aged], 'fail TOO_OLD'],
      [[OURS, aged], 'fail TOO_OLD'],
      // The twin without an age.
      [[OURS], 'pass'],
    ] as const) {
      const { judge, image, clock, state } = admittingWorld({ policies, signed: SIGNED });
      state.signedAt = clock.now();
      clock.move(maxAgeMs - 1000);
      expect(await judge(image('good'))).toBe('pass');
      clock.move(999);
      expect(await judge(image('good'))).toBe('pass');
      clock.move(2);
      expect(await judge(image('good'))).toBe(after);
    }
  });

  test('an age that the signature does not need does not keep its pass from being remembered', async () => {
    const aged = keyless('alice', { requirement: { ...keyless('alice').requirement, maxAgeMs: 1000 } });
    const either = policy('either', aged, { authorities: [aged, { ...keyless('alice'), name: 'any age' }] });
    const { judge, image, clock, requests } = admittingWorld({ policies: [either], signed: SIGNED });
    clock.move(5000);
    expect(await judge(image('good'))).toBe('pass');
    clock.move(60_000);
    expect(await judge(image('good'))).toBe('pass');
    expect(requests).toHaveLength(1);
  });
});

describe('what changes while an image is judged', () => {
  const held = (world: ReturnType<typeof admittingWorld>) => {
    let answer = (): void => undefined;
    world.state.beforeAnswer = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    return () => {
      world.state.beforeAnswer = async () => undefined;
      answer();
    };
  };

  test('a verdict that began under older policies is nothing to newer ones', async () => {
    const world = admittingWorld({ policies: [OURS], signed: SIGNED });
    const answer = held(world);
    const first = world.judge(world.image('good'), 'x');
    await expect.poll(() => world.requests.length).toBe(1);
    const strict = policy('ours', keyless('bob'), { contentHash: 'newer' });
    world.state.rules = { kind: 'ready', policies: [strict], otherRoots: new Map() };
    const second = world.judge(world.image('good'), 'x');
    await expect.poll(() => world.requests.length).toBe(2);
    answer();
    expect(await second).toBe('fail IDENTITY_MISMATCH');
    world.state.rules = { kind: 'ready', policies: [OURS], otherRoots: new Map() };
    void first;
    expect(await world.judge(world.image('good'), 'y')).toBe('pass');
  });

  test('a verdict that began under an older root is not remembered', async () => {
    for (const [version, kept] of [
      ['root 2', 0],
      ['root 1', 1],
    ] as const) {
      const world = admittingWorld({ policies: [OURS], signed: SIGNED });
      const answer = held(world);
      const first = world.judge(world.image('good'), 'x');
      await expect.poll(() => world.requests.length).toBe(1);
      world.state.rootVersion = version;
      answer();
      expect(await first).toBe('pass');
      expect(world.admitter.remembered().passes).toBe(kept);
    }
  });

  test('a verdict that waited for its turn while the root changed is not remembered for the older one', async () => {
    for (const [version, requests] of [
      ['root 2', 3],
      ['root 1', 2],
    ] as const) {
      const world = admittingWorld({ policies: [OURS], signed: SIGNED, settings: { concurrency: 1 } });
      const answer = held(world);
      const first = world.judge(world.image('slow'), 'x');
      await expect.poll(() => world.requests.length).toBe(1);
      const second = world.judge(world.image('good'), 'x');
      await new Promise((resolve) => setImmediate(resolve));
      world.state.rootVersion = version;
      answer();
      expect([await first, await second]).toEqual(['fail NO_SIGNATURE', 'pass']);
      // The newer root was a mistake, or an attack, and is taken back.
      world.state.rootVersion = 'root 1';
      expect(await world.judge(world.image('good'), 'x')).toBe('pass');
      expect(world.requests).toHaveLength(requests);
    }
  });

  test('judging again replaces what is remembered', async () => {
    const { judge, image, signers, admitter, accessOf, state } = admittingWorld({ policies: [OURS], signed: SIGNED });
    const again = async () => (await admitter.judgeAgain(testCall(), image('good'), accessOf('x'))).verdict;
    expect(await judge(image('good'))).toBe('pass');
    // An outage says nothing about what was proven.
    state.status.set('x', 503);
    expect(await again()).toBe('error');
    expect(await judge(image('good'), 'y')).toBe('pass');
    state.status.delete('x');
    signers.set(digestNamed('good'), []);
    expect(await judge(image('good'))).toBe('pass');
    expect(await again()).toBe('fail');
    expect(await judge(image('good'))).toBe('fail NO_SIGNATURE');
  });

  test('judging again renews a pass before it ends', async () => {
    const { judge, image, requests, clock, admitter, accessOf } = admittingWorld({ policies: [OURS], signed: SIGNED });
    expect(await judge(image('good'))).toBe('pass');
    clock.move(3_000_000);
    expect((await admitter.judgeAgain(testCall(), image('good'), accessOf('x'))).verdict).toBe('pass');
    expect(requests).toHaveLength(2);
    clock.move(3_000_000);
    expect(await judge(image('good'))).toBe('pass');
    expect(requests).toHaveLength(2);
  });
});

describe('which policies', () => {
  test('a policy with namespaces decides in them and nowhere else', async () => {
    const prod = policy('prod', keyless('bob'), { namespaces: ['prod-*'] });
    const both = admittingWorld({ policies: [OURS, prod], signed: SIGNED });
    expect(await both.judge(both.image('good', { namespace: 'dev' }))).toBe('pass');
    expect(await both.judge(both.image('good', { namespace: 'prod-eu' }))).toBe('fail IDENTITY_MISMATCH');
    const only = admittingWorld({
      policies: [policy('dev', keyless('alice'), { namespaces: ['dev'] })],
      signed: SIGNED,
    });
    expect(await only.judge(only.image('good', { namespace: 'dev' }))).toBe('pass');
    const { hint, reason } = await only.admission(only.image('good', { namespace: 'prod' }));
    expect(reason).toBe('POLICY_NO_MATCH');
    expect(hint).toContain('countersign/namespaces keeps "dev" out of the namespace "prod"');
    expect(only.requests).toHaveLength(1);
  });

  test('an image that no policy matches is decided without a request', async () => {
    const mine = policy(
      'mine',
      keyless('alice'),
      globs('ours.example/**', (name) => name.startsWith('ours.example/')),
    );
    for (const [noMatch, verdict] of [
      ['deny', 'fail POLICY_NO_MATCH'],
      ['warn', 'allowed POLICY_NO_MATCH'],
      ['allow', 'allowed POLICY_NO_MATCH'],
    ] as const) {
      const world = admittingWorld({ policies: [mine], signed: SIGNED, settings: { noMatch } });
      expect(await world.judge(world.image('bad'))).toBe(verdict);
      expect(await world.judge(world.reference('169.254.169.254/latest/meta-data:1'))).toBe(verdict);
      expect(world.requests).toEqual([]);
      const ours = { repository: { registry: 'ours.example', path: 'app' } };
      expect(await world.judge(world.image('bad', ours))).toBe('fail IDENTITY_MISMATCH');
    }
  });

  test('annotations ask where no-match-policy lets through, and open nothing where it denies', async () => {
    const never = policy(
      'never',
      keyless('alice'),
      globs('x', () => false),
    );
    const open = admittingWorld({ policies: [never], signed: SIGNED, settings: { noMatch: 'allow' } });
    expect(await open.judge(open.image('good', annotated('alice')))).toBe('allowed POLICY_NO_MATCH');
    expect(await open.judge(open.image('good', annotated('bob')))).toBe('fail IDENTITY_MISMATCH');
    expect(await open.judge(open.image('good', annotated(undefined, 'other')))).toBe('fail ISSUER_MISMATCH');
    expect(await open.judge(open.image('unsigned', annotated('alice')))).toBe('fail NO_SIGNATURE');
    const closed = admittingWorld({ policies: [never], signed: SIGNED });
    expect(await closed.judge(closed.image('good', annotated('alice')))).toBe('fail POLICY_NO_MATCH');
    const tagged = closed.reference('registry.example/acme/app:1', annotated('alice'));
    expect(await closed.judge(tagged)).toBe('fail POLICY_NO_MATCH');
    expect(await closed.admitter.resolve(testCall(), tagged, closed.accessOf('x'))).toBeUndefined();
    expect(closed.requests).toEqual([]);
  });

  test('signatures are tried against the roots of the selected policies alone', async () => {
    const rooted = policy(
      'rooted',
      keyless('alice', { trustedRoot: 'r' }),
      globs('r', (name) => name.startsWith('r.')),
    );
    const world = admittingWorld({ policies: [OURS, rooted], signed: SIGNED });
    const other = admittingWorld({ policies: [] }).ports.verifier;
    world.state.rules = { kind: 'ready', policies: [OURS, rooted], otherRoots: new Map([['r', other]]) };
    expect(await world.judge(world.image('good'))).toBe('pass');
    expect(world.proofs).toHaveLength(1);
    const there = { repository: { registry: 'r.example', path: 'a' } };
    expect(await world.judge(world.image('good', there))).toBe('pass');
    world.state.rules = { kind: 'ready', policies: [OURS, rooted], otherRoots: new Map() };
    expect(await world.judge(world.image('bad', there))).toBe('error TRUST_ROOT_UNAVAILABLE');
  });
});

describe('private registries', () => {
  test.each([
    '127.0.0.1:5000/a',
    '10.0.0.7/a',
    '192.168.1.1:5000/a',
    '169.254.169.254/a',
    '100.100.100.200/a',
    '[::1]:5000/a',
    '[fd00:ec2::254]/a',
    '[::ffff:a00:1]/a',
    '0x7f.1/a',
    '2130706433:80/a',
    'localhost/a',
    'localhost:5000/a',
    'registry:5000/a',
    'registry.kube-system.svc/a',
    'registry.kube-system.svc.cluster.local:443/a',
    'metadata.google.internal/a',
    'printer.local/a',
    'nas.home.arpa/a',
  ])('%s is asked only if it is listed', async (name) => {
    const tagged = `${name}:1`;
    const pinned = `${name}@${digestNamed('good')}`;
    const closed = admittingWorld({ policies: [OURS], signed: SIGNED });
    expect(await closed.judge(closed.reference(pinned))).toBe('error REGISTRY_DENIED');
    expect(await closed.judge(closed.reference(tagged))).toBe('error REGISTRY_DENIED');
    expect(await closed.admitter.resolve(testCall(), closed.reference(tagged), closed.accessOf('x'))).toBeUndefined();
    expect(closed.requests).toEqual([]);
    const { registry } = closed.reference(pinned).repository;
    const open = admittingWorld({ policies: [OURS], signed: SIGNED, settings: { privateHosts: [registry] } });
    expect(await open.judge(open.reference(pinned))).toBe('pass');
  });

  test.each(['ghcr.io/a', '8.8.8.8/a', 'registry.example.com:5000/a', 'internal.example.com/a', '[2001:4860::1]/a'])(
    '%s is public',
    async (name) => {
      const { judge, reference } = admittingWorld({ policies: [OURS], signed: SIGNED });
      expect(await judge(reference(`${name}@${digestNamed('good')}`))).toBe('pass');
    },
  );

  test('another port of a listed host is not listed', async () => {
    const { judge, reference, requests } = admittingWorld({
      policies: [OURS],
      signed: SIGNED,
      settings: { privateHosts: ['10.0.0.7:5000'] },
    });
    expect(await judge(reference(`10.0.0.7:5000/a@${digestNamed('good')}`))).toBe('pass');
    expect(await judge(reference(`10.0.0.7:6000/a@${digestNamed('good')}`))).toBe('error REGISTRY_DENIED');
    expect(requests).toHaveLength(1);
  });
});

describe('images without a digest', () => {
  test('are refused with what to write, if something covers them', async () => {
    const { admission, reference, tags } = admittingWorld({ policies: [OURS], signed: SIGNED });
    tags.set('1', digestNamed('good'));
    tags.set('latest', digestNamed('bad'));
    const one = await admission(reference('registry.example/acme/app:1'));
    expect(one).toMatchObject({ verdict: 'fail', reason: 'POLICY_DENIED', digest: digestNamed('good') });
    expect(one.message).toContain('it has no digest, and the policy "ours" covers it');
    expect(one.hint).toContain(`registry.example/acme/app:1@${digestNamed('good')}`);
    const none = await admission(reference('registry.example/acme/app'));
    expect(none.hint).toContain(`registry.example/acme/app@${digestNamed('bad')}`);
    expect(none.verdict).toBe('fail');
    expect(await admission(reference('registry.example/acme/app:2'))).toMatchObject({
      verdict: 'error',
      reason: 'IMAGE_NOT_FOUND',
      digest: undefined,
    });
  });

  test('are decided by no-match-policy, if nothing does', async () => {
    const never = policy(
      'never',
      keyless('alice'),
      globs('x', () => false),
    );
    const open = admittingWorld({ policies: [never], settings: { noMatch: 'warn' } });
    expect(await open.judge(open.reference('registry.example/acme/app:1'))).toBe('allowed POLICY_NO_MATCH');
    expect(open.requests).toEqual([]);
    open.tags.set('1', digestNamed('good'));
    // An annotation covers it.
    expect(await open.judge(open.reference('registry.example/acme/app:1', annotated('a')))).toBe('fail POLICY_DENIED');
  });

  test('a tag means what it means now, and one thing within one request', async () => {
    const { admitter, reference, tags, accessOf, requests, clock } = admittingWorld({ policies: [OURS] });
    const image = reference('registry.example/acme/app:1');
    const resolve = (call = testCall()) => admitter.resolve(call, image, accessOf('x'));
    const call = testCall();
    expect(await resolve(call)).toBeUndefined();
    tags.set('1', digestNamed('good'));
    // A failure is remembered for ten seconds.
    expect(await resolve()).toBeUndefined();
    clock.move(10_000);
    expect(await resolve()).toBe(digestNamed('good'));
    const other = testCall();
    expect(await resolve(other)).toBe(digestNamed('good'));
    tags.set('1', digestNamed('bad'));
    expect(await resolve(other)).toBe(digestNamed('good'));
    expect(await resolve()).toBe(digestNamed('bad'));
    expect(requests).toHaveLength(4);
  });

  test('resolving asks nothing about what has a digest or what nothing covers', async () => {
    const never = policy(
      'never',
      keyless('alice'),
      globs('x', () => false),
    );
    const { admitter, reference, image, accessOf, requests, tags } = admittingWorld({
      policies: [never],
      settings: { noMatch: 'allow' },
    });
    tags.set('1', digestNamed('good'));
    const resolve = (one: ImageToAdmit) => admitter.resolve(testCall(), one, accessOf('x'));
    expect(await resolve(image('good', annotated('a')))).toBeUndefined();
    expect(await resolve(reference('registry.example/acme/app:1'))).toBeUndefined();
    expect(requests).toEqual([]);
    expect(await resolve(reference('registry.example/acme/app:1', annotated('a')))).toBe(digestNamed('good'));
  });
});

test('no message repeats what a registry says', async () => {
  const { admission, image, state } = admittingWorld({ policies: [OURS], signed: SIGNED });
  const lines: string[] = [];
  state.status.set('x', 403);
  const call = testCall({ log: { warning: (line) => lines.push(line) } });
  const one = await admission(image('good'), 'x', call);
  expect(JSON.stringify(one)).not.toContain('EVIL');
  expect(one.message).toContain('could not look for signatures (referrers API, 403): the registry refused access');
  expect(one.hint).toContain('Give the webhook a login for registry.example');
  // Operators read it in the log.
  expect(lines.join()).toContain('EVIL WORDS');
});

test('nor where an annotation or a number of signers could not be decided', async () => {
  const never = policy(
    'never',
    keyless('alice'),
    globs('x', () => false),
  );
  const open = admittingWorld({ policies: [never], signed: SIGNED, settings: { noMatch: 'allow' } });
  open.state.status.set('x', 403);
  const one = await open.admission(open.image('good', annotated('alice')), 'x');
  expect([one.verdict, one.reason]).toEqual(['error', 'REGISTRY_DENIED']);
  const authorities = [keyless('alice'), keyless('bob')] as const;
  const two = admittingWorld({
    policies: [policy('two', authorities[0], { authorities, require: 2 })],
    signed: SIGNED,
  });
  two.state.tagStatus = 503;
  const other = await two.admission(two.image('good'));
  expect([other.verdict, other.reason]).toEqual(['error', 'REGISTRY_UNAVAILABLE']);
  expect(JSON.stringify([one, other])).not.toContain('EVIL');
  expect(other.message).toContain('could not look for signatures (signature tag, 503)');
});

test('values of a certificate cannot forge lines', async () => {
  const evil = 'evil\nadmission webhook "x" allowed\u202e';
  const { admission, image } = admittingWorld({ policies: [OURS], signed: { bad: [evil] } });
  const { message } = await admission(image('bad'));
  expect(message).toContain('evil\\n');
  expect(message).not.toMatch(/[\n\u202e]/);
});

test('policies that need distinct signers or attestations are judged as in CI', async () => {
  const two = policy('two', keyless('alice'), { authorities: [keyless('alice'), keyless('bob')], require: 2 });
  const world = admittingWorld({ policies: [two], signed: { both: ['alice', 'bob'], one: ['alice', 'alice'] } });
  expect(await world.judge(world.image('both'))).toBe('pass');
  expect(await world.judge(world.image('one'))).toBe('fail IDENTITY_MISMATCH');
  const warn = admittingWorld({ policies: [policy('w', keyless('alice'), { mode: 'warn' })], signed: SIGNED });
  expect(await warn.judge(warn.image('bad'))).toBe('allowed IDENTITY_MISMATCH');
  expect(warn.admitter.remembered()).toEqual({ passes: 0, refusals: 1 });
  expect(BASE.maxAgeMs).toBeUndefined();
});

test('memory is bounded, and refusals do not push passes out', async () => {
  const signed = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`good ${index}`, ['alice']]));
  const { judge, image, admitter, requests } = admittingWorld({
    policies: [OURS],
    signed,
    settings: { entriesMax: 20 },
  });
  await judge(image('good 0'));
  for (let index = 0; index < 100; index += 1) await judge(image(`bad ${index}`));
  expect(admitter.remembered()).toEqual({ passes: 1, refusals: 20 });
  const before = requests.length;
  expect(await judge(image('good 0'))).toBe('pass');
  expect(requests).toHaveLength(before);
  for (let index = 1; index < 30; index += 1) await judge(image(`good ${index}`));
  expect(admitter.remembered().passes).toBe(20);
});
