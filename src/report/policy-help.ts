import { type AnnotatedSigner, annotatedIdentity } from '../domain/identity/annotated-signer.ts';
import type { ImageResult } from '../domain/results.ts';
import type { CertificateIdentity, SignatureFormat } from '../domain/signature/facts.ts';
import { type OfferedPolicies, offeredPolicies, policyBlocks } from './admission-policies.ts';
import { folded } from './cells.ts';
import type { TrustUsed } from './paste-blocks.ts';
import type { ImageReport } from './verify-details.ts';

/** A policy that is offered after a refusal. */
export interface PolicyHelp {
  /** Markdown for the summary. */
  readonly markdown: readonly string[];
  /** The ClusterImagePolicies for the log, as lines; untrusted text. */
  readonly lines: readonly string[];
}

interface HelpOptions {
  readonly serverUrl: string;
  /** The trust that proved the signatures of a certificate with this identity. */
  readonly trustOf: (identity: CertificateIdentity) => TrustUsed;
  /** What annotations of the objects that name an image ask for. */
  readonly annotatedOf: (image: ImageResult) => readonly AnnotatedSigner[];
}

/** The number of signers that policies are offered for. */
const SIGNERS_MAX = 3;

interface Signer {
  readonly identity: CertificateIdentity;
  readonly formats: ReadonlySet<SignatureFormat>;
  readonly images: readonly ImageReport[];
}

/**
 * The policies that would accept the verified signers of images that were refused because nothing says who may sign them: one
 * for each signer. Nothing is offered for a signature that did not verify, nor what an identity rule would refuse.
 */
export function policyHelp(images: readonly ImageReport[], options: HelpOptions): PolicyHelp {
  const asking = images.filter(
    ({ result }) => result.reason === 'INPUT_INVALID' || result.reason === 'POLICY_NO_MATCH',
  );
  const offers = [...foundSigners(asking), ...annotatedSigners(asking, options)].slice(0, SIGNERS_MAX).map((signer) => {
    const pasted = signer.images.flatMap(({ result, details }) =>
      result.repository === null
        ? []
        : [{ pinned: `${result.repository}@`, store: details.search.isRedirected ? '' : undefined, storeRules: [] }],
    );
    const { serverUrl, trustOf } = options;
    const offered = offeredPolicies({
      identity: signer.identity,
      images: pasted,
      serverUrl,
      trust: trustOf(signer.identity),
    });
    return { offered, formats: signer.formats };
  });
  const policies = offers.flatMap(({ offered }) => (isPolicies(offered) ? [offered] : []));
  const blocks = offers.flatMap(({ offered, formats }) => {
    if (offered === undefined) return [];
    return isPolicies(offered) ? policyBlocks(offered, formatOf(formats)) : [offered];
  });
  if (blocks.length === 0) return { markdown: [], lines: [] };
  const warning = policies.length === 0 ? [] : ['Pasting one means trusting the signer. Do so only if you know it.'];
  return {
    markdown: [folded('Policies that would accept the signers', ...warning, ...new Set(blocks))],
    lines: policies.flatMap(({ clusterImagePolicy }) => clusterImagePolicy.split('\n')),
  };
}

function isPolicies(offered: OfferedPolicies | string | undefined): offered is OfferedPolicies {
  return typeof offered === 'object';
}

function formatOf(formats: ReadonlySet<SignatureFormat>): 'bundle' | 'legacy' | 'both' {
  const [only] = formats;
  return formats.size === 1 && only !== undefined ? only : 'both';
}

/** The verified signers of these images, each once. */
function foundSigners(images: readonly ImageReport[]): Signer[] {
  const signers = new Map<
    string,
    { identity: CertificateIdentity; formats: Set<SignatureFormat>; images: ImageReport[] }
  >();
  for (const image of images) {
    for (const { verified, format } of image.details.signatures) {
      if (verified === undefined) continue;
      const key = JSON.stringify([verified.issuer, verified.subject, verified.claims['source-repository-uri'] ?? null]);
      const known = signers.get(key) ?? { identity: verified, formats: new Set(), images: [] };
      known.formats.add(format);
      if (!known.images.includes(image)) known.images.push(image);
      signers.set(key, known);
    }
  }
  return [...signers.values()];
}

/**
 * The signers that annotations ask for, as far as they name one completely. Nothing proves that such a signer exists; the
 * policy means what the annotations mean.
 */
function annotatedSigners(images: readonly ImageReport[], { annotatedOf }: HelpOptions): Signer[] {
  return images.flatMap((image) =>
    annotatedOf(image.result).flatMap((annotated): Signer[] => {
      const identity = annotatedIdentity(annotated);
      return identity === undefined
        ? []
        : [{ identity, formats: new Set(['bundle', 'legacy'] as const), images: [image] }];
    }),
  );
}
