import { verify as verifySignatureBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CallLimits } from '../../domain/calls/call-limits.ts';
import type { Digest } from '../../domain/image/digest.ts';
import type { Facts, Verification } from '../../domain/signature/facts.ts';
import type { Candidate, SignatureVerifier } from '../../usecases/ports.ts';
import { parseBundle } from './bundle-json.ts';
import {
  type CertificateFacts,
  type ParsedCertificate,
  parseCertificate,
  readCertificate,
  readUnverifiedIdentity,
} from './certificate.ts';
import { checkScts } from './certificate-transparency.ts';
import { checkValidAt, findChains } from './chain.ts';
import { readLegacyLayer } from './legacy-layer.ts';
import { proveWhole } from './library-proof.ts';
import { checkLogWindows, proveEntries, toLogEntryFacts } from './log-entries.ts';
import { Refused, refusing } from './refused.ts';
import type { SignatureMaterial } from './signature-material.ts';
import { readSignedStatement, type SignedStatement } from './signed-statement.ts';
import { proveTimestamps } from './timestamps.ts';
import { prepareTrust, type Trust, type TrustSource } from './trust.ts';

export interface SignatureVerifierOptions {
  readonly trust: TrustSource;
}

/**
 * Verifies signatures of both formats, every check of contract §3.4 in the order of contract §4, no identity
 * rule. The clock plays no part: a signature is judged at the times its proofs prove.
 */
export function createSignatureVerifier({ trust }: SignatureVerifierOptions): SignatureVerifier {
  const prepared = new WeakMap<object, Trust>();

  async function trustFor(call: CallLimits, certificate: CertificateFacts): Promise<Trust> {
    const { label, root } = await trust.rootFor(call, {
      issuerOrganization: certificate.issuerOrganization,
      visibility: certificate.identity.claims['source-repository-visibility-at-signing'],
    });
    const known = prepared.get(root);
    if (known !== undefined) return known;
    const made = prepareTrust(label, root);
    prepared.set(root, made);
    return made;
  }

  async function verifyMaterial(
    call: CallLimits,
    { material, certificate }: { readonly material: SignatureMaterial; readonly certificate: ParsedCertificate },
    subject: Digest,
  ): Promise<Facts> {
    const read = refusing('SIGNATURE_INVALID', 'the signature could not be read', () => {
      const statement = readSignedStatement(material, subject);
      checkSignature(material, certificate);
      statement.checkAbout(subject);
      return { statement, facts: readCertificate(certificate) };
    });
    const root = await trustFor(call, read.facts);
    return refusing('SIGNATURE_INVALID', 'the signature could not be checked', () =>
      prove({ material, certificate, subject, trust: root, ...read }),
    );
  }

  return {
    async verify(call, candidate, subject) {
      // Hundreds of signatures in one go would keep the answers for other images waiting past their deadlines.
      await nextTurn();
      let certificate: ParsedCertificate | undefined;
      try {
        const parsed = parseCandidate(candidate);
        if (parsed.kind === 'not-a-signature') return parsed;
        certificate = parseCertificate(parsed.material.certificate);
        return { kind: 'verified', facts: await verifyMaterial(call, { ...parsed, certificate }, subject) };
      } catch (error) {
        // Only a named refusal is a decision; a trusted root that is not to be had goes up and decides nothing.
        if (!(error instanceof Refused)) throw error;
        const unverified = certificate === undefined ? undefined : readUnverifiedIdentity(certificate);
        return { kind: 'refused', reason: error.reason, message: error.message, unverified };
      }
    },
  };
}

type Parsed =
  | { readonly kind: 'signature'; readonly material: SignatureMaterial }
  | Extract<Verification, { kind: 'not-a-signature' }>;

function parseCandidate(candidate: Candidate): Parsed {
  if (candidate.format === 'legacy') {
    return { kind: 'signature', material: readLegacyLayer(candidate.payload, candidate.annotations) };
  }
  const bundle = parseBundle(candidate.bundle);
  switch (bundle.kind) {
    case 'signature':
      return bundle;
    case 'message-signature':
      return notASignature(bundle.kind, undefined, 'a signature of a file, not of an image (messageSignature bundle)');
    case 'attestation':
      return notASignature(bundle.kind, bundle.predicateType, 'an attestation, not an image signature');
    case 'other-artifact':
      return notASignature(bundle.kind, undefined, 'an envelope with another payload than an in-toto statement');
  }
}

function notASignature(
  what: 'attestation' | 'message-signature' | 'other-artifact',
  predicateType: string | undefined,
  message: string,
): Parsed {
  return { kind: 'not-a-signature', what, predicateType, message };
}

/** ECDSA P-256 with SHA-256 over the very bytes that are read afterwards. */
function checkSignature(material: SignatureMaterial, certificate: ParsedCertificate): void {
  refusing('SIGNATURE_INVALID', 'the signature could not be checked', () => {
    if (!verifySignatureBytes('sha256', material.signedBytes, certificate.key, material.signature)) {
      throw new Refused('SIGNATURE_INVALID', 'the signature does not verify with the key of its certificate');
    }
  });
}

interface Provable {
  readonly material: SignatureMaterial;
  readonly certificate: ParsedCertificate;
  readonly facts: CertificateFacts;
  readonly statement: SignedStatement;
  readonly subject: Digest;
  readonly trust: Trust;
}

function prove({ material, certificate, facts, statement, subject, trust }: Provable): Facts {
  const chains = findChains(certificate, trust);
  checkScts(chains, trust.ctLogs);
  const entries = proveEntries(material, certificate, trust);
  const timestamps = proveTimestamps(material, certificate, trust);
  const times = [...entries.flatMap(({ time }) => time ?? []), ...timestamps.map(({ time }) => time)];
  if (times.length === 0) {
    throw new Refused(
      'TIMESTAMP_INVALID',
      'nothing proves when it was signed: no log time and no timestamp of the trusted root',
    );
  }
  checkLogWindows(entries, times);
  checkValidAt(chains, times);
  const proofs = { entries: entries.map(({ parsed }) => parsed.entry), timestamps: timestamps.map(({ der }) => der) };
  proveWhole(material, certificate, proofs, trust);
  const [entry] = entries;
  return {
    format: material.format,
    subjectDigest: subject,
    identity: facts.identity,
    annotations: statement.annotations,
    provenTimes: times.toSorted((a, b) => a.getTime() - b.getTime()),
    log: entry === undefined ? undefined : toLogEntryFacts(entry),
    trustedRoot: trust.label,
    dockerReference: statement.dockerReference,
  };
}
