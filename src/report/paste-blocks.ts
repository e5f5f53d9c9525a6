import { githubIssuerOf } from '../domain/identity/github-issuer.ts';
import {
  openWithSubject,
  type PasteableInputs,
  pasteableInputs,
  type SignerGap,
} from '../domain/identity/pasteable-inputs.ts';
import type { ClaimName } from '../domain/signature/claims.ts';
import type { CertificateIdentity } from '../domain/signature/facts.ts';
import { markdownBlock, markdownText, shellWord, yamlScalar } from './escape.ts';

/** The source of trust, which a verifier elsewhere must use too. */
export type TrustUsed = 'public-good' | 'github' | 'custom';

export interface PasteOptions {
  /** From a verified certificate. */
  readonly identity: CertificateIdentity;
  /** `https://github.com`, without a final slash: the server that verify assumes in short names. */
  readonly serverUrl: string;
  /** Pinned references. */
  readonly images: readonly string[];
  /** `acme/countersign`. */
  readonly actionRepository: string;
  /** `v1`, a tag or a commit. */
  readonly actionRef: string;
  readonly trust: TrustUsed;
  readonly signatureRepository: string | undefined;
  /** Lines of the gate's input `attestations`; none if absent. */
  readonly attestations?: readonly string[];
  /** False if no image signature was made. */
  readonly isSigned?: boolean;
}

/** The number of images in one block. The output has the complete list. */
const IMAGES_SHOWN = 5;

/** Replaces a block if a value cannot be pasted safely. */
export const NOT_PASTABLE =
  'The identity contains invisible characters, so no command is offered for pasting. See the results file for the full identity.';

/** Markdown: the verify step that accepts exactly this signer, ready for a workflow file. */
export function verifyStepBlock(options: PasteOptions): string {
  const inputs = identityInputs(options.identity, options.serverUrl);
  const uses = yamlScalar(`${options.actionRepository}/verify@${options.actionRef}`);
  const images = options.images.slice(0, IMAGES_SHOWN).map(yamlScalar);
  if (inputs.withheld.length > 0) return withheld(inputs.withheld);
  if (uses === undefined || images.includes(undefined)) return NOT_PASTABLE;
  const lines = [`- uses: ${uses}`, '  with:'];
  if (images.length === 1) lines.push(`    images: ${images[0]}`);
  // Pinned references contain only harmless characters, so the block scalar needs no quoting.
  else lines.push('    images: |', ...options.images.slice(0, IMAGES_SHOWN).map((image) => `      ${image}`));
  lines.push(...inputs.lines.map((line) => `    ${line}`));
  const attestations = (options.attestations ?? []).map(yamlScalar);
  if (attestations.includes(undefined)) return NOT_PASTABLE;
  // Types are URIs or names, so no line of the block scalar can be misread.
  if (attestations.length > 0) {
    lines.push('    attestations: |', ...(options.attestations ?? []).map((line) => `      ${line}`));
  }
  if (options.isSigned === false) lines.push('    require-signature: false');
  if (options.trust === 'custom') lines.push('    trusted-root: trusted_root.json # the one used for signing');
  if (options.signatureRepository !== undefined) {
    lines.push(`    signature-repository: ${yamlScalar(options.signatureRepository)}`);
  }
  return markdownBlock('yaml', lines.join('\n'));
}

/** Markdown: the inputs alone, for a refusal. Only for a verified identity. */
export function identityInputsBlock(identity: CertificateIdentity, serverUrl: string): string {
  const inputs = identityInputs(identity, serverUrl);
  return inputs.withheld.length > 0 ? withheld(inputs.withheld) : markdownBlock('yaml', inputs.lines.join('\n'));
}

/** The inputs for a verified identity, as lines for a workflow file of this server. */
export function identityInputs(identity: CertificateIdentity, serverUrl: string): PasteableInputs {
  return pasteableInputs({ identity }, { serverUrl, defaultIssuer: githubIssuerOf(serverUrl) });
}

/** What subject and issuer do not pin down about this signer (domain/identity/pasteable-inputs.ts). */
export function gapsOf({ identity, serverUrl }: PasteOptions): readonly SignerGap[] | undefined {
  return openWithSubject(identity, { serverUrl, defaultIssuer: githubIssuerOf(serverUrl) });
}

/** Incomplete inputs would also accept other signers, so none are offered. */
function withheld(reasons: readonly string[]): string {
  return ['Nothing is offered for pasting:', '', ...reasons.map((reason) => `- ${markdownText(reason)}`)].join('\n');
}

/** cosign's flags for facts that the subject does not contain, and the claims that they compare. */
const COSIGN_FLAGS = {
  repository: ['--certificate-github-workflow-repository', 'github-workflow-repository'],
  trigger: ['--certificate-github-workflow-trigger', 'github-workflow-trigger'],
} as const satisfies Record<SignerGap, readonly [flag: string, claim: ClaimName]>;

/**
 * Markdown: the `cosign verify` command, which takes several images, or for a predicate type `cosign
 * verify-attestation`.
 */
export function cosignCommandBlock(options: PasteOptions, predicateType?: string): string {
  const gaps = gapsOf(options)?.map((gap) => COSIGN_FLAGS[gap]);
  const values = gaps?.map(([, claim]) => options.identity.claims[claim]);
  if (gaps === undefined || values === undefined || values.includes(undefined)) {
    return withheld(['cosign has no flag that distinguishes this signer from others who call the same workflow']);
  }
  const narrowing = gaps.flatMap(([flag, claim]) => {
    const value = shellWord(options.identity.claims[claim] ?? '');
    return value === undefined ? [] : [`  ${flag} ${value}`];
  });
  if (narrowing.length < gaps.length) return NOT_PASTABLE;
  const images = options.images.slice(0, IMAGES_SHOWN).map(shellWord);
  const subject = shellWord(options.identity.subject);
  const issuer = shellWord(options.identity.issuer);
  if (images.includes(undefined) || subject === undefined || issuer === undefined) return NOT_PASTABLE;
  const type = predicateType === undefined ? undefined : shellWord(predicateType);
  if (predicateType !== undefined && type === undefined) return NOT_PASTABLE;
  const repository = options.signatureRepository === undefined ? undefined : shellWord(options.signatureRepository);
  const lines = [
    `${repository === undefined ? '' : `COSIGN_REPOSITORY=${repository} `}cosign ${type === undefined ? 'verify' : `verify-attestation --type ${type}`}`,
    `  --certificate-identity ${subject}`,
    `  --certificate-oidc-issuer ${issuer}`,
    ...narrowing,
  ];
  if (options.trust !== 'public-good') lines.push('  --trusted-root trusted_root.json');
  // GitHub's Sigstore has timestamps instead of a log, and no CT log.
  if (options.trust === 'github') lines.push('  --insecure-ignore-tlog --insecure-ignore-sct --use-signed-timestamps');
  lines.push(...images.map((image) => `  ${image}`));
  return markdownBlock('sh', lines.join(' \\\n'));
}
