import { githubIssuerOf } from '../identity/github-issuer.ts';
import { laterTagsPattern } from '../identity/later-tags.ts';
import { openWithSubject, refusedByRule4 } from '../identity/pasteable-inputs.ts';
import type { CertificateIdentity } from '../signature/facts.ts';

/** The number of repositories that one policy covers. */
const REPOSITORIES_MAX = 5;
/** Values that are safe between quotes in every policy: no meaning to YAML or to the matcher. */
const SAFE = /^[A-Za-z0-9._:/@+=%#!-]+$/;

/** A policy that is offered for pasting, or why none is. */
export type PolicyOffer =
  | {
      readonly kind: 'offered';
      /** For the gate's input `policy` and the Sigstore policy-controller: YAML. */
      readonly clusterImagePolicy: string;
      /** The YAML lines of the identity alone, for policies of other controllers. */
      readonly identityLines: readonly string[];
      /** The subject for later tags too, as an anchored pattern. */
      readonly later: string | undefined;
      /** The repositories that it covers: not more than fit one policy. */
      readonly repositories: readonly string[];
    }
  /** Rule 4 refuses what the signer signed. */
  | { readonly kind: 'refused'; readonly reasons: readonly string[] }
  /** A value could be misread. */
  | { readonly kind: 'unsafe' }
  /** Others can sign with the same subject, which is all that a policy of these controllers compares. */
  | { readonly kind: 'ambiguous' };

export interface PolicyOfferOptions {
  readonly identity: CertificateIdentity;
  /** `registry/path`, each once; at least one. */
  readonly repositories: readonly string[];
  /** `https://github.com`, without a final slash. */
  readonly serverUrl: string;
  /** True if Sigstore's public instance proved the signature, or would have to. */
  readonly isPublic: boolean;
}

/**
 * The ClusterImagePolicy that accepts this signer for these repositories. Nothing is offered that would accept others too, or
 * that identity rule 4 refuses. Patterns are anchored and escaped (rule 7).
 */
export function offerPolicy({ identity, repositories, serverUrl, isPublic }: PolicyOfferOptions): PolicyOffer {
  const { subject, issuer } = identity;
  const reasons = refusedByRule4(identity);
  if (reasons.length > 0) return { kind: 'refused', reasons };
  if (![subject, issuer, ...repositories].every((text) => SAFE.test(text))) return { kind: 'unsafe' };
  const gaps = openWithSubject(identity, { serverUrl, defaultIssuer: githubIssuerOf(serverUrl) });
  if (gaps?.length !== 0) return { kind: 'ambiguous' };
  const shown = repositories.slice(0, REPOSITORIES_MAX);
  const later = laterTagsPattern(identity);
  const identityLines = [
    `- issuer: '${issuer}'`,
    `  subject: '${subject}'`,
    ...(later === undefined ? [] : [`# for later tags too, instead of subject: subjectRegExp: '${later}'`]),
  ];
  const clusterImagePolicy = clusterImagePolicyOf(identityLines, shown, isPublic);
  return { kind: 'offered', clusterImagePolicy, identityLines, later, repositories: shown };
}

function clusterImagePolicyOf(identity: readonly string[], repositories: readonly string[], isPublic: boolean): string {
  // The controller compares pinned names, and knows Docker Hub only by its index host.
  const globs = repositories.map((name) => `${name.replace(/^docker\.io\//, 'index.docker.io/')}@*`);
  const lines = identity.map((line) => `${' '.repeat(10)}${line}`).join('\n');
  return `apiVersion: policy.sigstore.dev/v1beta1
kind: ClusterImagePolicy
metadata: { name: countersign }
spec:
  images:
${globs.map((glob) => `    - glob: '${glob}'`).join('\n')}
  authorities:
    - keyless:${isPublic ? '\n        url: https://fulcio.sigstore.dev' : ' # in a cluster, with trustRootRef'}
        identities:
${lines}${isPublic ? '\n      ctlog: { url: https://rekor.sigstore.dev }' : ''}`;
}
