import { GITHUB_ISSUER } from '../../src/domain/identity/github-issuer.ts';
import { type IdentityInputs, parseIdentityRequirement } from '../../src/domain/identity/requirement.ts';
import { evaluateSigner } from '../../src/domain/identity/signer-evaluation.ts';
import type { Digest } from '../../src/domain/image/digest.ts';
import type { AttestationFacts, ProvenFacts, Refusal } from '../../src/domain/signature/facts.ts';
import { refuseContent } from '../../src/domain/signature/signed-content.ts';
import { createRetryBudget } from '../../src/http/retry-budget.ts';
import type { RootChooser } from '../../src/sigstore/trust/trust-source.ts';
import { parseTrustedRoot } from '../../src/sigstore/trust/trusted-root.ts';
import { parseMessageBundle } from '../../src/sigstore/verifying/message-signature.ts';
import { createProver } from '../../src/sigstore/verifying/prover.ts';
import { IMAGE_SIGNATURE_LIMITS } from '../../src/sigstore/verifying/signed-content.ts';
import { createSignatureVerifier } from '../../src/sigstore/verifying/verifier.ts';
import type { CallContext } from '../../src/usecases/call-context.ts';
import type { Candidate } from '../../src/usecases/ports.ts';

/** Files are read and nothing is asked, so the call is never aborted and needs no budget. */
const { signal } = new AbortController();
const nowhere = (): void => undefined;
const CALL: CallContext = {
  signal,
  due: signal,
  finish: nowhere,
  retries: createRetryBudget(0),
  log: { info: nowhere, debug: nowhere, warning: nowhere },
};

/** Whom to expect, compared exactly. */
export interface Signer {
  readonly identity: string;
  readonly issuer: string;
  /** Where signer and source are two repositories: the source, `owner/repo`. */
  readonly source?: string;
}

/** What our verifier and our identity rules say; a reason of contract §4, or the code of an error. */
export type Verdict =
  | { readonly accepted: true; readonly facts: ProvenFacts & Partial<AttestationFacts> }
  | { readonly accepted: false; readonly reason: string; readonly message: string };

export interface Judged {
  /** Text of the trusted root. */
  readonly trustedRoot: string;
  readonly signer: Signer;
}

/** The verdict about a bundle's message signature over these bytes. */
export function judgeMessage(bundle: Uint8Array, message: Uint8Array, expected: Judged): Promise<Verdict> {
  return judge(expected, async (trust) => {
    const proof = await createProver(trust).prove(CALL, {
      open: () => parseMessageBundle(bundle, message),
      limits: IMAGE_SIGNATURE_LIMITS,
      admit: (content) =>
        content.kind === 'message' ? content : refuseContent('SIGNATURE_INVALID', 'no signature over a message'),
    });
    return proof.kind === 'refused' ? proof : proof.facts;
  });
}

/** The verdict about a statement as an attestation about this digest, by the verifier that the gate uses. */
export function judgeAttestation(candidate: Candidate, subject: Digest, expected: Judged): Promise<Verdict> {
  return judge(expected, async (trust) => {
    const verification = await createSignatureVerifier({ trust }).verifyAttestation(CALL, candidate, subject);
    return verification.kind === 'refused' ? verification : verification.facts;
  });
}

/** True if the gate takes the candidate for a signature of the image. */
export async function isImageSignature(candidate: Candidate, subject: Digest, trustedRoot: string): Promise<boolean> {
  const verifier = createSignatureVerifier({ trust: trustOf(trustedRoot) });
  return (await verifier.verify(CALL, candidate, subject)).kind === 'verified';
}

async function judge(
  { trustedRoot, signer }: Judged,
  prove: (trust: RootChooser) => Promise<Refusal | (ProvenFacts & Partial<AttestationFacts>)>,
): Promise<Verdict> {
  let proven: Awaited<ReturnType<typeof prove>>;
  try {
    proven = await prove(trustOf(trustedRoot));
  } catch (error) {
    // A trusted root that is malformed decides nothing: in the gate it is an error, and never a pass.
    if (!(error instanceof BrokenRoot)) throw error;
    return { accepted: false, reason: 'TRUST_ROOT_INVALID', message: error.message };
  }
  if ('kind' in proven) return { accepted: false, reason: proven.reason, message: proven.message };
  const evaluation = evaluateSigner({ ...proven, annotations: {} }, requirementOf(signer), new Date());
  if (evaluation.kind === 'accepted') return { accepted: true, facts: proven };
  return { accepted: false, reason: evaluation.reason, message: JSON.stringify(evaluation.findings) };
}

class BrokenRoot extends Error {}

function trustOf(text: string): RootChooser {
  return {
    async rootFor() {
      try {
        return { label: 'conformance', root: parseTrustedRoot(text) };
      } catch (error) {
        throw new BrokenRoot(error instanceof Error ? error.message : String(error));
      }
    },
  };
}

/** The gate's rules for the inputs certificate-identity and certificate-oidc-issuer. */
function requirementOf({ identity, issuer, source }: Signer): Parameters<typeof evaluateSigner>[1] {
  const inputs: IdentityInputs = {
    certificateIdentity: [identity],
    certificateIdentityRegexp: [],
    certificateOidcIssuer: [issuer],
    certificateOidcIssuerRegexp: [],
    sourceRepository: source === undefined ? [] : [source],
    workflow: [],
    sourceRef: [],
    signerWorkflow: [],
    claims: [],
    annotations: [],
    maxAgeMs: undefined,
    allowAnyIdentity: false,
  };
  const context = {
    defaultIssuer: GITHUB_ISSUER,
    serverUrl: 'https://github.com',
    randomWord: 'conformance',
    parseRegexp: undefined,
  };
  const parsed = parseIdentityRequirement(inputs, context);
  if (parsed.kind !== 'requirement') throw new Error(`no identity requirement: ${JSON.stringify(parsed)}`);
  return parsed.requirement;
}
