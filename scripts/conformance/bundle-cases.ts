import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Digest, digestOf } from '../../src/domain/image/digest.ts';
import type { Candidate } from '../../src/usecases/ports.ts';
import { expectThat, type Report } from '../common/report.ts';
import { isImageSignature, type Judged, judgeAttestation, judgeMessage, type Verdict } from './judge.ts';
import { REASONS, UNBROKEN } from './reasons.ts';

/** Whom the suite expects where a case does not say. */
const BEACON = 'https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon';
const IDENTITY = `${BEACON}/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main`;
const ISSUER = 'https://token.actions.githubusercontent.com';

interface BundleCase extends Judged {
  readonly name: string;
  readonly bundle: Buffer;
  readonly artifact: Buffer;
  readonly isManaged: boolean;
  readonly mustFail: boolean;
}

/** Checks one case after the other, each by the verdict that its name states. Returns their number. */
export async function checkBundleCases(report: Report, folder: string): Promise<number> {
  const cases = readCases(folder);
  const counts = new Map<string, number>();
  for (const one of cases) {
    await report.check(`conformance: ${one.name}`, async () => {
      const verdict = await judge(one);
      const what = verdict.accepted ? 'accepted' : `${one.isManaged ? 'managed key, ' : ''}${verdict.reason}`;
      counts.set(what, (counts.get(what) ?? 0) + 1);
      await checkCase(one, verdict);
    });
  }
  const summary = [...counts].sort().map(([what, count]) => `${what} ${count}`);
  console.log(`     ${cases.length} cases: ${summary.join('; ')}`);
  return cases.length;
}

function readCases(folder: string): readonly BundleCase[] {
  const suite = join(folder, 'bundle-verify');
  const names = readdirSync(suite, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
  return names.sort().map((name) => {
    const own = (file: string): string | undefined => {
      const path = join(suite, name, file);
      return existsSync(path) ? path : undefined;
    };
    const text = (file: string): string | undefined => {
      const path = own(file);
      return path === undefined ? undefined : readFileSync(path, 'utf8').trim();
    };
    return {
      name,
      bundle: readFileSync(join(suite, name, 'bundle.sigstore.json')),
      artifact: readFileSync(own('artifact') ?? join(suite, 'a.txt')),
      trustedRoot: readFileSync(own('trusted_root.json') ?? join(folder, 'trusted_root.json'), 'utf8'),
      signer: { identity: text('identity') ?? IDENTITY, issuer: text('issuer') ?? ISSUER },
      isManaged: name.startsWith('managed-key-'),
      mustFail: name.endsWith('_fail'),
    };
  });
}

async function checkCase(one: BundleCase, verdict: Verdict): Promise<void> {
  if (one.isManaged) {
    // Keyless only: what was signed with a key is refused by name, whatever key is given.
    expectRefused(verdict, 'CERTIFICATE_UNTRUSTED');
    expectThat(/plain public key/.test(message(verdict)), 'a refusal that names the key', message(verdict));
  } else if (one.mustFail) {
    expectRefused(verdict, REASONS[one.name]);
    const unbroken = UNBROKEN[one.name];
    if (unbroken !== undefined) expectRefused(await judge({ ...one, bundle: withoutLineBreaks(one.bundle) }), unbroken);
  } else {
    expectThat(verdict.accepted, 'accepted', message(verdict));
    await checkTwins(one);
  }
}

/** The same bundle, but the base64 of its timestamps in one line. */
function withoutLineBreaks(bundle: Buffer): Buffer {
  const unbroken = (key: string, value: unknown): unknown =>
    key === 'signedTimestamp' && typeof value === 'string' ? value.replaceAll('\n', '') : value;
  return Buffer.from(JSON.stringify(JSON.parse(bundle.toString('utf8'), unbroken)));
}

/** What passes must fail for another artifact and another signer, and never be a signature of an image. */
async function checkTwins(one: BundleCase): Promise<void> {
  const { identity, issuer } = one.signer;
  const other = Buffer.from('another artifact');
  expectRefused(
    await judge({ ...one, artifact: other }),
    isDsse(one) ? 'SUBJECT_DIGEST_MISMATCH' : 'SIGNATURE_INVALID',
  );
  expectRefused(
    await judge({ ...one, signer: { identity: identity.replace(/[^/]*$/, 'x$&'), issuer } }),
    'IDENTITY_MISMATCH',
  );
  expectRefused(await judge({ ...one, signer: { identity, issuer: `${issuer}/x` } }), 'ISSUER_MISMATCH');
  const asImage = await isImageSignature(candidateOf(one), digestOf(one.artifact), one.trustedRoot);
  expectThat(!asImage, 'that it is not an image signature', 'the gate took it for one');
}

function judge(one: BundleCase): Promise<Verdict> {
  return isDsse(one)
    ? judgeAttestation(candidateOf(one), digestOf(one.artifact), one)
    : judgeMessage(one.bundle, one.artifact, one);
}

function isDsse({ bundle }: BundleCase): boolean {
  return bundle.includes('"dsseEnvelope"');
}

function candidateOf({ bundle }: { readonly bundle: Uint8Array }): Candidate {
  const digest: Digest = digestOf(bundle);
  return { format: 'bundle', digest, bundle };
}

/** Throws unless it was refused, with this reason if one is given. */
export function expectRefused(verdict: Verdict, reason: string | undefined): void {
  const isReason = !verdict.accepted && (reason === undefined || verdict.reason === reason);
  expectThat(isReason, `refused${reason === undefined ? '' : ` with ${reason}`}`, message(verdict));
}

export function message(verdict: Verdict): string {
  return verdict.accepted ? `accepted: ${verdict.facts.identity.subject}` : `${verdict.reason}: ${verdict.message}`;
}
