import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { CodedError } from '../../../src/coded-error.ts';
import type { Evaluation } from '../../../src/domain/identity/evaluation.ts';
import { githubIssuerOf } from '../../../src/domain/identity/github-issuer.ts';
import { evaluateSigner } from '../../../src/domain/identity/signer-evaluation.ts';
import type { CertificateIdentity, Facts } from '../../../src/domain/signature/facts.ts';
import { imageReports } from '../../../src/entries/gate/image-reports.ts';
import { readVerifyInputs } from '../../../src/entries/verify/inputs.ts';
import { verifyLogLines } from '../../../src/report/log-lines.ts';
import { signSummary } from '../../../src/report/sign-summary.ts';
import { verifySummary } from '../../../src/report/verify-summary.ts';
import { judgeImage } from '../../../src/usecases/judging/judge-image.ts';
import type { VerifyRequest } from '../../../src/usecases/verifying/verify-request.ts';
import { CERTIFICATES, type Sample } from '../domain/fulcio-certificates.ts';
import { image, signature, signed, signReport } from '../report/report-samples.ts';
import { DIGEST_A, fakeSource } from './fake-input-source.ts';

/**
 * What the product offers for pasting, it accepts: for certificates of every issuer that Fulcio's specification names,
 * every line that a page offers is read back by the real input readers, and the rules judge that very certificate. Every
 * hint is true of it.
 */

const NOW = new Date('2026-11-22T12:00:00Z');
const IMAGE = `ghcr.io/acme/app@${DIGEST_A}`;
const SEED = 20261122;
const RUNS = 16;

/** The inputs of a step, as written. */
type Step = Readonly<Record<string, string>>;

function factsOf(identity: CertificateIdentity, annotations: Step = {}): Facts {
  return {
    format: 'bundle',
    identity,
    annotations,
    provenTimes: [new Date('2026-11-22T11:00:00Z')],
    log: undefined,
    dockerReference: undefined,
  };
}

async function read(step: Step, serverUrl: string): Promise<VerifyRequest> {
  return readVerifyInputs(fakeSource({ inputs: { images: IMAGE, ...step }, env: { GITHUB_SERVER_URL: serverUrl } }));
}

/** What the gate decides with these inputs; `invalid` if it refuses them. */
async function judge(step: Step, facts: Facts, serverUrl: string): Promise<Evaluation | 'invalid' | 'no identity'> {
  const request = await read(step, serverUrl).catch((error: unknown) => {
    if (error instanceof CodedError && error.code === 'INPUT_INVALID') return undefined;
    throw error;
  });
  if (request === undefined) return 'invalid';
  if (request.identity.kind !== 'requirement') return 'no identity';
  return evaluateSigner(facts, request.identity.requirement, NOW);
}

async function kindOf(...given: Parameters<typeof judge>): Promise<string> {
  const result = await judge(...given);
  return typeof result === 'string' ? result : result.kind;
}

/** The log and the summary of a gate with these inputs, for an image with this one verified signature. */
async function pagesOf(step: Step, facts: Facts, serverUrl: string): Promise<{ log: string[]; summary: string }> {
  const request = await read(step, serverUrl);
  const { identity, images } = request;
  const [first] = images;
  if (first === undefined) throw new Error('no image');
  const evaluate =
    identity.kind === 'requirement'
      ? (found: Facts): Evaluation => evaluateSigner(found, identity.requirement, NOW)
      : undefined;
  const digest = DIGEST_A as NonNullable<typeof first.digest>;
  const verification = { kind: 'verified', facts } as const;
  const examined = [{ candidate: { format: 'bundle', digest, bundle: new Uint8Array() }, verification } as const];
  const judgement = judgeImage(
    { examined, undecided: [], unreadable: [], places: [], listed: [], attestations: [] },
    evaluate,
  );
  const verified = { first, references: [first], image: undefined, platforms: [], judgement, error: undefined };
  if (identity.kind === 'of-each-line' || identity.kind === 'of-policies') throw new Error('no line was given');
  const conditions = identity.kind === 'requirement' ? identity.requirement : identity.conditions;
  const paste = { serverUrl, defaultIssuer: githubIssuerOf(serverUrl), conditions, now: NOW };
  const noIdentity = evaluate === undefined ? 'no identity' : undefined;
  const reports = imageReports([verified], { request, withoutIdentity: noIdentity, paste });
  const summary = verifySummary({
    images: reports,
    verdict: 'fail',
    notes: [],
    skipped: [],
    error: noIdentity === undefined ? undefined : new CodedError('INPUT_INVALID', noIdentity),
    troubleshootingUrl: undefined,
  });
  return { log: verifyLogLines(reports).flatMap(({ details }) => details), summary };
}

/** The code blocks of a page in this language. */
function blocksOf(markdown: string, language: string): string[] {
  return [...markdown.matchAll(new RegExp(`^(\`{3,})${language}\\n([\\s\\S]*?)\\n\\1$`, 'gm'))].map(
    ([, , text = '']) => text,
  );
}

/** The lines of the log that are offered for pasting, as one block; undefined if none are. */
function offeredInLog(log: readonly string[]): string | undefined {
  const start = log.findIndex((line) => line.includes('Inputs that would accept'));
  return start < 0
    ? undefined
    : log
        .slice(start + 1)
        .map((line) => line.slice(4))
        .join('\n');
}

/** A `with:` block as the runner reads it. Values are strings. */
function asStep(yaml: string): Step {
  const parsed: Record<string, unknown> = parseYaml(yaml);
  for (const value of Object.values(parsed)) expect(typeof value).toBe('string');
  return parsed as Step;
}

/** Each way to change one value of one input. */
function altered(step: Step): Step[] {
  return Object.entries(step)
    .filter(([name]) => name !== 'max-age')
    .flatMap(([name, value]) => {
      const lines = value.trimEnd().split('\n');
      return lines.map((_, changed) => ({
        ...step,
        [name]: lines.map((line, at) => (at === changed ? `${line}x` : line)).join('\n'),
      }));
    });
}

const SAFE = /^[A-Za-z0-9._:/@+=%#!-]+$/;

/** True if each value of the certificate that a complete set of inputs must hold can be quoted. */
function isPasteable({ identity: { subject, issuer, claims } }: Sample): boolean {
  const used = [subject, issuer, claims['source-repository-uri'], claims['source-repository-ref']];
  const others = [claims['build-config-uri'], claims['github-workflow-ref'], claims['github-workflow-repository']];
  return [...used, ...others].every((value) => value === undefined || SAFE.test(value));
}

describe.each(CERTIFICATES)('for a certificate of %s', (_, certificates) => {
  const check = (property: (sample: Sample) => Promise<void>): Promise<void> =>
    fc.assert(fc.asyncProperty(certificates, property), { numRuns: RUNS, seed: SEED });

  test('a refusal without identity offers what the gate accepts, or says why not', async () => {
    let offers = 0;
    await check(async (sample) => {
      const facts = factsOf(sample.identity);
      const { log, summary } = await pagesOf({}, facts, sample.serverUrl);
      const block = offeredInLog(log);
      const blocks = blocksOf(summary, 'yaml');
      if (block === undefined) {
        expect(blocks).toEqual([]);
        expect(log.join('\n')).toMatch(/Nothing is offered for pasting:\n {4}- \S/);
        expect(summary).toMatch(/Nothing is offered for pasting:\n\n- \S/);
        expect(sample.truth.isPullRequestCode || !isPasteable(sample)).toBe(true);
        if (sample.truth.isPullRequestCode) expect(log.join('\n')).toMatch(/pull-request code|any account can cause/);
        return;
      }
      offers += 1;
      expect(sample.truth.isPullRequestCode).toBe(false);
      expect(blocks).toEqual([block]);
      const step = asStep(block);
      expect([step, await kindOf(step, facts, sample.serverUrl)]).toEqual([step, 'accepted']);
      // Each line counts.
      for (const other of altered(step)) {
        expect([other, await kindOf(other, facts, sample.serverUrl)]).not.toEqual([other, 'accepted']);
      }
      // The README advises signer-workflow for a called workflow of this server.
      if (sample.truth.calls === 'foreign' && sample.identity.subject.startsWith(`${sample.serverUrl}/`)) {
        expect(Object.keys(step)).toContain('signer-workflow');
      }
      await checkAlternatives(block, step, sample);
    });
    expect(offers).toBeGreaterThan(0);
  });

  /** The commented lines each replace one, accept the same certificate and a later tag, and no other name. */
  async function checkAlternatives(block: string, step: Step, sample: Sample): Promise<void> {
    const facts = factsOf(sample.identity);
    const later = [...block.matchAll(/^# for later tags too, write: (.*)$/gm)].map(([, line = '']) => asStep(line));
    if (step['source-ref']?.startsWith('refs/tags/') === true) {
      expect(Object.keys(later[0] ?? {})).toEqual(['source-ref']);
    }
    for (const line of later) {
      expect(await kindOf({ ...step, ...line }, facts, sample.serverUrl)).toBe('accepted');
      const [name = '', value = ''] = Object.entries(line)[0] ?? [];
      const narrower = { ...step, [name]: value.replace(/\*$/, 'never-*') };
      expect(await kindOf(narrower, facts, sample.serverUrl)).toBe('mismatch');
    }
  }

  test('what the step asks for besides the signer stays in the offer', async () => {
    await check(async (sample) => {
      const facts = factsOf(sample.identity);
      const asked = { annotations: 'commit=0123abc\nteam=Red Pandas', 'max-age': '12h' };
      const signedWith = factsOf(sample.identity, { commit: '0123abc', team: 'Red Pandas', more: '1' });
      const { log } = await pagesOf(asked, signedWith, sample.serverUrl);
      const block = offeredInLog(log);
      if (block !== undefined) {
        const step = asStep(block);
        expect(step['annotations']?.trimEnd()).toBe(asked.annotations);
        expect(step['max-age']).toBe('12h');
        expect(await kindOf(step, signedWith, sample.serverUrl)).toBe('accepted');
        expect(await kindOf(step, factsOf(sample.identity), sample.serverUrl)).toBe('mismatch');
      }
      const environment = sample.identity.claims['runner-environment'];
      if (block !== undefined && environment !== undefined && SAFE.test(environment)) {
        for (const [value, kept] of [
          [environment, true],
          ['elsewhere', false],
        ] as const) {
          const claims = `runner-environment=${value}`;
          // The issuer says which values the claim may have.
          const asking = { claims, 'certificate-oidc-issuer': sample.identity.issuer };
          const page = offeredInLog((await pagesOf(asking, facts, sample.serverUrl)).log);
          expect(page === undefined ? false : asStep(page)['claims']?.split('\n').includes(claims)).toBe(kept);
        }
      }
      // Without the annotation nothing would accept the signature, and the page says which one it lacks.
      const unmet = await pagesOf(asked, factsOf(sample.identity, { commit: '0123abc' }), sample.serverUrl);
      expect(offeredInLog(unmet.log)).toBeUndefined();
      expect(blocksOf(unmet.summary, 'yaml')).toEqual([]);
      if (block !== undefined)
        expect(unmet.log.join('\n')).toContain('- annotations team: the step asks for "Red Pandas"');
    });
  });

  test('the note about an open ref adds a line that the gate accepts', async () => {
    await check(async (sample) => {
      const facts = factsOf(sample.identity);
      const pages = await pagesOf({}, facts, sample.serverUrl);
      const step = asStep(offeredInLog(pages.log) ?? '{}');
      const claims = (step['claims'] ?? '')
        .trimEnd()
        .split('\n')
        .filter((line) => !/^(source-repository|github-workflow)-ref=/.test(line));
      const { claims: _claims, 'source-ref': _ref, ...rest } = step;
      const open: Step = { ...rest, ...(claims.join('') === '' ? {} : { claims: claims.join('\n') }) };
      const exact = {
        'certificate-identity': sample.identity.subject,
        'certificate-oidc-issuer': sample.identity.issuer,
      };
      const issuerPattern = {
        'certificate-identity': sample.identity.subject,
        'certificate-oidc-issuer-regexp': sample.identity.issuer.replaceAll('.', '\\.'),
      };
      const steps: Step[] = [open, exact, issuerPattern];
      for (const given of steps) {
        const result = await judge(given, facts, sample.serverUrl);
        if (typeof result === 'string' || result.kind !== 'accepted') continue;
        for (const note of result.notes) {
          const [, toClaims, line] = /, add( this line to claims| instead)?: (.*)$/.exec(note) ?? [];
          if (line === undefined) continue;
          const added: Step =
            toClaims === ' this line to claims'
              ? { ...given, claims: `${given['claims']}\n${line}` }
              : { ...given, ...asStep(line) };
          const bound = await judge(added, facts, sample.serverUrl);
          expect([added, bound]).toEqual([added, { kind: 'accepted', notes: [] }]);
          const twin = Object.fromEntries(
            Object.entries(added).map(([name, value]) => [
              name,
              value === given[name] ? value : value.replace(/.$/, '_'),
            ]),
          );
          expect([twin, await kindOf(twin, facts, sample.serverUrl)]).not.toEqual([twin, 'accepted']);
        }
      }
    });
  });

  test('the hints of a mismatch are true, and their lines make the gate accept', async () => {
    await check(async (sample) => {
      const facts = factsOf(sample.identity);
      const { log } = await pagesOf({}, facts, sample.serverUrl);
      const block = offeredInLog(log);
      const good: Step = block === undefined ? {} : asStep(block);
      for (const wrong of mistakesIn(good, sample)) {
        const result = await judge(wrong, facts, sample.serverUrl);
        if (typeof result === 'string' || result.kind === 'accepted') continue;
        for (const hint of result.hints) expectTrue(hint, { wrong, sample, result });
        await expectCured(result.hints, wrong, sample);
      }
    });
  });

  test('the sign summary offers what the gate accepts, in each of its blocks', async () => {
    await check(async (sample) => {
      const facts = factsOf(sample.identity);
      const text = signSummary(
        signReport({
          identity: sample.identity,
          serverUrl: sample.serverUrl,
          format: 'both',
          images: signed(image({ signatures: [signature({ written: true })] })),
        }),
      );
      const [gate] = blocksOf(text, 'yaml').filter((block) => block.startsWith('- uses:'));
      const policies = blocksOf(text, 'yaml').filter((block) => block.startsWith('apiVersion:'));
      const commands = blocksOf(text, 'sh');
      if (sample.truth.isPullRequestCode) {
        expect([gate, policies, commands]).toEqual([undefined, [], []]);
        expect(
          text.match(/Nothing is offered for pasting:\n\n- (?:this is pull-request code|any account can cause)/g),
        ).toHaveLength(3);
        return;
      }
      if (gate !== undefined) {
        const steps: { with: Step }[] = parseYaml(gate);
        const { images, ...step } = steps[0]?.with ?? {};
        expect(images).toContain('@sha256:');
        expect([step, await kindOf(step, facts, sample.serverUrl)]).toEqual([step, 'accepted']);
        for (const other of altered(step)) {
          expect([other, await kindOf(other, facts, sample.serverUrl)]).not.toEqual([other, 'accepted']);
        }
      } else expect(isPasteable(sample)).toBe(false);
      for (const command of commands) {
        for (const step of asGateInputs(command, sample.identity)) {
          expect([step, await kindOf(step, facts, sample.serverUrl)]).toEqual([step, 'accepted']);
          for (const other of altered(step)) {
            expect([other, await kindOf(other, facts, sample.serverUrl)]).not.toEqual([other, 'accepted']);
          }
        }
      }
      for (const policy of policies) {
        for (const step of policyIdentities(policy)) {
          expect([step, await kindOf(step, facts, sample.serverUrl)]).toEqual([step, 'accepted']);
          // Controllers compare only these, so a called workflow would admit every caller.
          expect(sample.truth.calls).toBe('nothing');
        }
      }
    });
  });
});

test('every kind of hint was seen', () => {
  expect([...HINTS.keys()].filter((start) => !seen.has(start))).toEqual([]);
});

/** Steps in which one or two things are wrong, in the ways in which people get them wrong. */
function mistakesIn(good: Step, { identity }: Sample): Step[] {
  const { subject, issuer, claims } = identity;
  const uri = claims['source-repository-uri'];
  const ref = claims['source-repository-ref'];
  const without = (...names: readonly string[]): Step =>
    Object.fromEntries(Object.entries(good).filter(([name]) => !names.includes(name)));
  const exact = { 'certificate-identity': subject, 'certificate-oidc-issuer': issuer };
  const shortRef = subject.replace(/@refs\/(?:heads|tags)\/([^@]+)$/, '@$1');
  const wrongRef = { 'source-ref': 'refs/heads/elsewhere' };
  const spelled = uri === undefined ? undefined : `https://${uri.replace(/^\w+:\/\/|^git@/, '').replace(':', '/')}`;
  const { claims: _claims, 'source-ref': _ref, ...noClaims } = good;
  return [
    { ...good, ...wrongRef },
    { ...good, 'source-repository': 'acme/elsewhere' },
    { ...good, workflow: '.github/workflows/other.yml' },
    { ...good, annotations: 'never=signed' },
    without('signer-workflow'),
    without('certificate-identity'),
    without('source-repository', 'workflow', 'source-ref'),
    exact,
    { ...exact, 'certificate-identity': shortRef },
    { ...exact, 'certificate-identity': subject.toLowerCase() },
    { ...exact, 'certificate-identity': subject.toUpperCase() },
    { ...exact, 'certificate-identity': `${subject}x\n${subject.toLowerCase()}` },
    { ...exact, 'certificate-identity': shortRef, ...wrongRef },
    { 'certificate-identity-regexp': literal(subject).slice(0, -2), 'certificate-oidc-issuer': issuer },
    {
      'certificate-identity-regexp': `${literal(subject).slice(0, -2)}\n${literal(subject)}`,
      'certificate-oidc-issuer': issuer,
      ...wrongRef,
    },
    {
      'certificate-identity-regexp': literal(subject).replace(/^(https\\:(?:\\\/){2}[^/]*\/)[A-Za-z0-9]+/, '$1[^/]+'),
      'certificate-oidc-issuer': issuer,
    },
    { ...exact, 'certificate-oidc-issuer': `${issuer}/` },
    { ...exact, 'certificate-oidc-issuer': issuer.replace(/\/[^/]*\/?$/, '') },
    { ...exact, 'certificate-oidc-issuer': issuer.replace(/\/$/, '') },
    { ...exact, 'certificate-oidc-issuer': 'https://oauth2.sigstore.dev/auth' },
    ...(good['signer-workflow'] === undefined
      ? []
      : [
          { ...good, 'signer-workflow': good['signer-workflow'].replace(/@.*$/, '@refs/heads/elsewhere') },
          { ...good, 'signer-workflow': good['signer-workflow'].replace(/@.*$/, ''), ...wrongRef },
          { ...good, ...wrongRef },
        ]),
    ...(spelled === undefined || ref === undefined
      ? []
      : [
          { ...noClaims, ...exact, 'source-repository': spelled },
          { ...noClaims, ...exact, 'source-repository': spelled, 'source-ref': `refs/heads/${ref}` },
          { ...exact, 'source-ref': `refs/heads/${ref}` },
          { ...exact, 'source-ref': `refs/tags/${ref}`, claims: 'runner-environment=elsewhere' },
        ]),
  ];
}

/** A pattern that matches this text alone. */
function literal(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '\\$&');
}

interface Said {
  readonly wrong: Step;
  readonly sample: Sample;
  readonly result: Extract<Evaluation, { readonly kind: 'mismatch' }>;
}

/** How each hint starts, and what must be so if it is given. */
const HINTS: ReadonlyMap<string, (hint: string, said: Said & { readonly failed: readonly string[] }) => void> = new Map(
  [
    [
      'a reusable workflow signed this',
      (hint, { sample: { identity, truth } }) => {
        expect(truth.calls).toBe('foreign');
        expect(hint).toContain(identity.claims['source-repository-uri']);
      },
    ],
    [
      'the CI configuration of another project signed this',
      (_, { sample: { truth } }) => expect(truth.isForeignConfig).toBe(true),
    ],
    [
      'signer-workflow matches except for its ref',
      (_, { wrong, sample: { identity, serverUrl }, failed }) => {
        const [place = '', ref = ''] = (wrong['signer-workflow'] ?? '').split(/@(.*)/);
        expect(identity.subject.startsWith(`${serverUrl}/${place}@`)).toBe(true);
        expect(identity.subject.endsWith(`@${ref}`)).toBe(false);
        expect(failed).toContain('signer-workflow');
      },
    ],
    [
      'certificate-identity differs only in upper and lower case',
      (_, { wrong, sample: { identity } }) => {
        expect(wrong['certificate-identity']?.split('\n')).not.toContain(identity.subject);
        expect(wrong['certificate-identity']?.toLowerCase()).toContain(identity.subject.toLowerCase());
      },
    ],
    [
      'cosign would accept this value',
      (_, { wrong, sample: { identity }, failed }) => {
        expect(failed).toContain('certificate-identity-regexp');
        const [pattern = ''] = (wrong['certificate-identity-regexp'] ?? '').split('\n');
        expect(identity.subject).toMatch(new RegExp(pattern));
        expect(identity.subject).not.toMatch(new RegExp(`^(?:${pattern})$`));
      },
    ],
    [
      'certificate-identity-regexp ',
      (hint, { wrong, sample: { identity }, failed }) => {
        expect(hint).toContain('would also accept any other owner');
        expect(failed).toContain('certificate-identity-regexp');
        expect(identity.subject).toMatch(new RegExp(`^(?:${wrong['certificate-identity-regexp']})$`));
      },
    ],
    [
      'certificates contain full refs',
      (_, { wrong, sample: { identity } }) => {
        expect(identity.subject).toMatch(/@(?:refs\/|[0-9a-f]{40}$)/);
        expect(wrong['certificate-identity']).not.toBe(identity.subject);
      },
    ],
    [
      'certificate-oidc-issuer differs only in its final slash',
      (_, { wrong, sample: { identity } }) => {
        const [shorter = '', longer] = [wrong['certificate-oidc-issuer'] ?? '', identity.issuer].sort();
        expect(longer).toBe(`${shorter}/`);
      },
    ],
    [
      'the certificate has the issuer of a single ',
      (_, { sample: { identity } }) =>
        expect(identity.issuer).toMatch(
          /^https:\/\/(?:token\.actions\.githubusercontent\.com|oidc\.circleci\.com\/org)\/./,
        ),
    ],
    [
      'the issuer in the certificate continues after',
      (_, { wrong, sample: { identity } }) =>
        expect(identity.issuer.startsWith(`${wrong['certificate-oidc-issuer']}/`)).toBe(true),
    ],
    [
      'certificates of people name the login provider',
      (_, { sample: { identity } }) => expect(identity.subjectKind).toBe('email'),
    ],
    [
      'this issuer spells the value of source-repository differently',
      (hint, { sample: { identity }, failed }) => {
        expect(hint).toContain(`the certificate has ${identity.claims['source-repository-uri']}`);
        expect(failed).toContain('source-repository');
      },
    ],
    [
      'this issuer spells the value of source-ref differently',
      (hint, { sample: { identity }, failed }) => {
        expect(hint).toContain(`the certificate has ${identity.claims['source-repository-ref']}`);
        expect(failed).toContain('source-ref');
      },
    ],
  ],
);

const seen = new Set<string>();

/** Compares a hint with what is known about the certificate. An unknown hint has no oracle yet, and fails. */
function expectTrue(hint: string, said: Said): void {
  const { wrong, result } = said;
  const failed = result.findings.filter(({ ok }) => !ok).map(({ field }) => field);
  const [start, check] = [...HINTS].find(([one]) => hint.startsWith(one)) ?? [];
  if (start === undefined || check === undefined) throw new Error(`no oracle for the hint: ${hint}`);
  seen.add(start);
  check(hint, { ...said, failed });
  const givesSigner = ['signer-workflow', 'certificate-identity'].some((name) => name in wrong);
  const givesSource = 'source-repository' in wrong || /source-repository-(?:uri|id|owner)/.test(wrong['claims'] ?? '');
  if (hint.includes('name both')) expect(givesSigner && givesSource).toBe(false);
}

/** Applies what the hints say to write, all of it, and expects the gate to accept. */
async function expectCured(hints: readonly string[], wrong: Step, sample: Sample): Promise<void> {
  const facts = factsOf(sample.identity);
  const inClaims = hints.flatMap((hint) =>
    [...(/; instead of ([a-z-]+), write this line in claims: (.*)$/.exec(hint) ?? [])].slice(1),
  );
  if (inClaims.length > 0) {
    const removed = inClaims.filter((_, at) => at % 2 === 0);
    const lines = inClaims.filter((_, at) => at % 2 === 1);
    const kept = Object.entries(wrong).filter(([name]) => !removed.includes(name));
    const cured = { ...Object.fromEntries(kept), claims: [wrong['claims'], ...lines].filter(Boolean).join('\n') };
    expect([cured, await kindOf(cured, facts, sample.serverUrl)]).toEqual([cured, 'accepted']);
  }
  for (const hint of hints) {
    const [, line] = /; write ([a-z-]+: .*)$/.exec(hint) ?? [];
    if (line === undefined) continue;
    const cured = { ...wrong, ...asStep(line) };
    expect([cured, await kindOf(cured, facts, sample.serverUrl)]).toEqual([cured, 'accepted']);
    expect(sample.truth.isPullRequestCode && /refs\/pull/.test(line)).toBe(false);
  }
}

/** The words of a POSIX command: plain text and single quotes, which is all that we write. */
function shellWords(command: string): string[] {
  const words: string[] = [];
  for (const match of command.replaceAll('\\\n', ' ').matchAll(/(?:[^\s'\\]|'[^']*'|\\.)+/g)) {
    words.push(
      match[0].replace(/'([^']*)'|\\(.)/g, (_, quoted: string | undefined, escaped = '') => quoted ?? escaped),
    );
  }
  return words;
}

const GATE_INPUTS: Step = {
  '--certificate-identity': 'certificate-identity',
  '--certificate-identity-regexp': 'certificate-identity-regexp',
  '--certificate-oidc-issuer': 'certificate-oidc-issuer',
  '--certificate-github-workflow-repository': 'source-repository',
};

/** The gate's inputs that mean the same as the command, and as the command with the commented flag. */
function asGateInputs(block: string, { subject }: CertificateIdentity): Step[] {
  const [command = '', comment] = block.split('\n# ');
  const flags = (words: readonly string[]): [string, string][] =>
    words.flatMap((word, at) => (word.startsWith('--') ? [[word, words[at + 1] ?? ''] as [string, string]] : []));
  const inputs = (given: readonly (readonly [string, string])[]): Step =>
    Object.fromEntries(
      given.map(([flag, value]) => {
        const name = GATE_INPUTS[flag];
        if (name === undefined) throw new Error(`unknown flag ${flag}`);
        // cosign's claim has no server. It is the signer's.
        return [name, name === 'source-repository' ? `${new URL(subject).origin}/${value}` : value];
      }),
    );
  const given = flags(shellWords(command));
  if (comment === undefined) return [inputs(given)];
  const [, flag = ''] = /^for later tags too, instead of --certificate-identity: (.*)$/.exec(comment) ?? [];
  const rest = given.filter(([name]) => name !== '--certificate-identity');
  return [inputs(given), inputs([...rest, ...flags(shellWords(flag))])];
}

interface PolicyIdentity {
  readonly issuer: string;
  readonly subject: string;
}

/** The gate's inputs that mean the same as the identity of a cluster policy, and as its commented pattern. */
function policyIdentities(policy: string): Step[] {
  const { spec } = parseYaml(policy) as {
    spec: {
      attestors?: { cosign: { keyless: { identities: PolicyIdentity[] } } }[];
      authorities?: { keyless: { identities: PolicyIdentity[] } }[];
    };
  };
  const [identity] = spec.attestors?.[0]?.cosign.keyless.identities ?? spec.authorities?.[0]?.keyless.identities ?? [];
  if (identity === undefined) throw new Error('a policy without an identity');
  const issuer = { 'certificate-oidc-issuer': identity.issuer };
  const [, pattern] = /# for later tags too, instead of subject: (.*)$/m.exec(policy) ?? [];
  const later = pattern === undefined ? undefined : (parseYaml(pattern) as { subjectRegExp: string });
  return [
    { 'certificate-identity': identity.subject, ...issuer },
    ...(later === undefined ? [] : [{ 'certificate-identity-regexp': later.subjectRegExp, ...issuer }]),
  ];
}
