import { TrustedRoot } from '@sigstore/protobuf-specs';
import { type EnvelopeSigning, signEnvelopeByHand } from '../../../sandbox/sigstore/hand-signer.ts';
import { type SigstoreStack, startSigstore } from '../../../sandbox/sigstore/sigstore-stack.ts';
import type { TrustedRootContent } from '../../../sandbox/sigstore/trusted-root.ts';
import { digestOf, hexOf } from '../../../src/domain/image/digest.ts';
import type { Verification } from '../../../src/domain/signature/facts.ts';
import type { Candidate } from '../../../src/usecases/ports.ts';
import { bundleCandidate, type Json, verifierFor } from './golden.ts';

/** Time of every sandbox service, unless a test says otherwise. */
export const T = new Date('2026-11-22T10:00:00Z');
export const SUBJECT = digestOf(Buffer.from('an image'));
export const OTHER_SUBJECT = digestOf(Buffer.from('another image'));

export function seconds(count: number): Date {
  return new Date(T.getTime() + count * 1000);
}

export function startStack(options: Parameters<typeof startSigstore>[0] = {}): Promise<SigstoreStack> {
  return startSigstore({ clock: () => T, ...options });
}

export function statement(changes: Json = {}): string {
  return JSON.stringify({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ digest: { sha256: hexOf(SUBJECT) }, annotations: {} }],
    predicateType: 'https://sigstore.dev/cosign/sign/v1',
    predicate: {},
    ...changes,
  });
}

export type Signing = Partial<EnvelopeSigning>;

/** A bundle of the sandbox: by default about SUBJECT, with a Rekor v1 dsse entry made at T. */
export function sign(stack: SigstoreStack, signing: Signing = {}): Json {
  return signEnvelopeByHand(stack, { payload: statement(), entries: ['dsse'], ...signing });
}

export function rootOf(stack: SigstoreStack, changes: Partial<TrustedRootContent> = {}): TrustedRoot {
  return TrustedRoot.fromJSON(JSON.parse(stack.trustedRootJson('all', changes)));
}

/** Verifies a bundle or candidate against the stack's trusted root, or another. */
export function verify(bundle: Json | Candidate, root: TrustedRoot, subject = SUBJECT): Promise<Verification> {
  const candidate = typeof bundle === 'object' && 'format' in bundle ? (bundle as Candidate) : bundleCandidate(bundle);
  return verifierFor(root).verify(candidate, subject);
}

/** `verified`, the reason of a refusal, or what it is instead of a signature. */
export async function outcome(bundle: Json | Candidate, root: TrustedRoot, subject = SUBJECT): Promise<string> {
  const result = await verify(bundle, root, subject);
  switch (result.kind) {
    case 'verified':
      return 'verified';
    case 'refused':
      return result.reason;
    case 'not-a-signature':
      return result.what;
  }
}
