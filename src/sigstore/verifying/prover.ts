import { verify as verifySignatureBytes } from 'node:crypto';
import type { CallLimits } from '../../domain/calls/call-limits.ts';
import type { ProvenFacts, Refusal } from '../../domain/signature/facts.ts';
import type { ContentRefusal, SignedContent } from '../../domain/signature/signed-content.ts';
import type { JsonLimits } from '../../domain/text/strict-json.ts';
import type { LeafHint, RootChooser } from '../trust/trust-source.ts';
import { type CertificateFacts, type ParsedCertificate, readUnverifiedIdentity } from './certificate.ts';
import { createCertificateMemory } from './certificate-memory.ts';
import { checkScts } from './certificate-transparency.ts';
import { checkValidAt, findChains } from './chain.ts';
import type { Chain } from './chain-link.ts';
import { type JudgeEach, type ProofContext, proveByKey, proveWhole } from './library-proof.ts';
import { checkLogWindows, proveEntries, toLogEntryFacts } from './log-entries.ts';
import { Refused, refusing } from './refused.ts';
import type { SignatureMaterial } from './signature-material.ts';
import { readSignedContent } from './signed-content.ts';
import { proveTimestamps } from './timestamps.ts';
import { prepareTrust, type Trust } from './trust.ts';

/** The signature to prove, and the rule for its content. */
export interface ProofRequest<Admitted extends { readonly kind: string }> {
  /** Parses the container; may throw Refused. */
  readonly open: () => SignatureMaterial;
  /** Limits for the signed JSON. */
  readonly limits: JsonLimits;
  /**
   * The rule of src/domain/signature for what the content counts as. Called after the signature over it is verified.
   */
  readonly admit: (content: SignedContent) => Admitted | ContentRefusal;
}

export type Proof<Admitted> =
  | { readonly kind: 'proven'; readonly content: Admitted; readonly facts: ProvenFacts }
  | Refusal;

/**
 * Proves signed content of any kind against exactly one trusted root: every check of contract §3.4 in the order of
 * contract §4. Refusals are values. Throws if the trusted root is not available, because nothing is decided then.
 */
export interface Prover {
  prove<Admitted extends { readonly kind: string }>(
    call: CallLimits,
    request: ProofRequest<Admitted>,
  ): Promise<Proof<Admitted>>;
  /** Makes the trusted root of most signatures ready, so that the first proof need not. Throws as `prove` does. */
  prepare(call: CallLimits): Promise<void>;
}

/** Does not use the clock: a signature is checked at the times that its proofs establish. */
export function createProver(trust: RootChooser): Prover {
  const prepared = new WeakMap<object, Trust>();
  const certificates = createCertificateMemory();

  async function trustFor(call: CallLimits, hint: LeafHint): Promise<Trust> {
    const { label, root } = await trust.rootFor(call, hint);
    const known = prepared.get(root);
    if (known !== undefined) return known;
    const made = prepareTrust(label, root);
    prepared.set(root, made);
    return made;
  }

  return {
    async prepare(call) {
      await trustFor(call, { issuerOrganization: undefined, visibility: undefined });
    },

    async prove(call, { open, limits, admit }) {
      let certificate: ParsedCertificate | undefined;
      try {
        const material = open();
        const parsed = certificates.parse(material.certificate);
        certificate = parsed;
        const { content, facts } = refusing('SIGNATURE_INVALID', 'the signature could not be read', () => {
          const read = readSignedContent(material, limits);
          checkSignature(material, parsed);
          const content = admit(read);
          if (isRefusal(content)) throw new Refused(content.reason, content.message);
          return { content, facts: certificates.read(parsed) };
        });
        const root = await trustFor(call, {
          issuerOrganization: facts.issuerOrganization,
          visibility: facts.identity.claims['source-repository-visibility-at-signing'],
        });
        const proven = refusing('SIGNATURE_INVALID', 'the signature could not be checked', () =>
          proveMaterial({ material, certificate: parsed, trust: root }, facts),
        );
        certificates.keep(parsed);
        return { kind: 'proven', content, facts: proven };
      } catch (error) {
        return toRefusal(error, certificate);
      }
    },
  };
}

function isRefusal<T extends { readonly kind: string }>(content: T | ContentRefusal): content is ContentRefusal {
  return content.kind === 'refused';
}

/** Only a Refused is a decision; rethrows anything else. */
export function toRefusal(error: unknown, certificate?: ParsedCertificate): Refusal {
  if (!(error instanceof Refused)) throw error;
  const unverified = certificate === undefined ? undefined : readUnverifiedIdentity(certificate);
  return { kind: 'refused', reason: error.reason, message: error.message, unverified };
}

/** ECDSA P-256 with SHA-256 over exactly the bytes that are read. */
function checkSignature(material: SignatureMaterial, certificate: ParsedCertificate): void {
  refusing('SIGNATURE_INVALID', 'the signature could not be checked', () => {
    if (!verifySignatureBytes('sha256', material.signedBytes, certificate.key, material.signature)) {
      throw new Refused('SIGNATURE_INVALID', 'the signature does not verify with the key of its certificate');
    }
  });
}

/**
 * The library judges all proofs together: it accepts them only if it accepts each. Where anything is refused, it judges
 * each of them alone as well, as the first that fails determines the reason.
 */
function proveMaterial(context: ProofContext, facts: CertificateFacts): ProvenFacts {
  try {
    return proveInOrder(context, facts, () => undefined);
  } catch {
    return proveInOrder(context, facts, proveByKey);
  }
}

function proveInOrder(context: ProofContext, { identity }: CertificateFacts, judge: JudgeEach): ProvenFacts {
  const chains = acceptedChains(context);
  const entries = proveEntries(context, judge);
  const timestamps = proveTimestamps(context, judge);
  const times = [...entries.flatMap(({ time }) => time ?? []), ...timestamps.map(({ time }) => time)];
  if (times.length === 0) {
    throw new Refused(
      'TIMESTAMP_INVALID',
      'nothing proves the signing time: no log time and no timestamp of the trusted root',
    );
  }
  checkLogWindows(entries, times);
  checkValidAt(chains, times);
  const proofs = {
    entries: entries.map(({ parsed }) => parsed.entry),
    timestamps: timestamps.map(({ timestamp }) => timestamp),
  };
  proveWhole(proofs, times, context);
  const [entry] = entries;
  return {
    identity,
    provenTimes: times.toSorted((a, b) => a.getTime() - b.getTime()),
    log: entry === undefined ? undefined : toLogEntryFacts(entry),
    ...(timestamps.length === 0 ? {} : { isTimestamped: true }),
  };
}

/** Many signatures have the same certificate: one step signs all its images with one. */
function acceptedChains({ certificate, trust }: ProofContext): readonly Chain[] {
  const known = trust.accepted.get(certificate);
  if (known !== undefined) return known;
  const chains = findChains(certificate, trust);
  checkScts(chains, trust.ctLogs);
  trust.accepted.set(certificate, chains);
  return chains;
}
