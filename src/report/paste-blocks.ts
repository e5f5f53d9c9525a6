import { githubIssuerOf } from '../domain/identity/github-issuer.ts';
import { laterTagsPattern } from '../domain/identity/later-tags.ts';
import {
  openWithSubject,
  type PasteableInputs,
  pasteableInputs,
  refusedByRule4,
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
  readonly images: readonly PastedImage[];
  /** `acme/countersign`. */
  readonly actionRepository: string;
  /** `v1`, a tag or a commit. */
  readonly actionRef: string;
  readonly trust: TrustUsed;
  /** Lines of the gate's input `attestations`; none if absent. */
  readonly attestations?: readonly string[];
  /** False if no image signature was made. */
  readonly isSigned?: boolean;
}

/** One image, and where its signatures are stored. */
export interface PastedImage extends SignatureStore {
  /** Pinned reference. */
  readonly pinned: string;
}

export interface SignatureStore {
  /** The repository with its signatures, unless it is the image's own. */
  readonly store: string | undefined;
  /** The values or lines of `signature-repository` that are about this image. */
  readonly storeRules: readonly string[];
}

/** The number of images in one block. The output has the complete list. */
const IMAGES_SHOWN = 5;

/** Replaces a block if a value cannot be pasted safely. */
export const NOT_PASTABLE =
  'The identity contains invisible characters, so no command is offered for pasting. See the results file for the full identity.';

/** Markdown: the verify step that accepts exactly this signer, ready for a workflow file. */
export function verifyStepBlock(options: PasteOptions): string {
  const { identity, serverUrl } = options;
  const inputs = pasteableInputs({ identity }, { serverUrl, defaultIssuer: githubIssuerOf(serverUrl) });
  const uses = yamlScalar(`${options.actionRepository}/verify@${options.actionRef}`);
  const shown = options.images.slice(0, IMAGES_SHOWN);
  const images = shown.map(({ pinned }) => yamlScalar(pinned));
  const stores = signatureRepositoryLines(shown);
  if (inputs.withheld.length > 0) return withheldText(inputs.withheld);
  if (uses === undefined || images.includes(undefined) || stores === undefined) return NOT_PASTABLE;
  const lines = [`- uses: ${uses}`, '  with:'];
  if (images.length === 1) lines.push(`    images: ${images[0]}`);
  // Pinned references contain only harmless characters, so the block scalar needs no quoting.
  else lines.push('    images: |', ...shown.map(({ pinned }) => `      ${pinned}`));
  lines.push(...inputs.lines.map((line) => `    ${line}`));
  const attestations = (options.attestations ?? []).map(yamlScalar);
  if (attestations.includes(undefined)) return NOT_PASTABLE;
  // Types are URIs or names, so no line of the block scalar can be misread.
  if (attestations.length > 0) {
    lines.push('    attestations: |', ...(options.attestations ?? []).map((line) => `      ${line}`));
  }
  if (options.isSigned === false) lines.push('    require-signature: false');
  if (options.trust === 'custom') lines.push('    trusted-root: trusted_root.json # the one used for signing');
  // Otherwise the gate trusts GitHub's Sigstore only for repositories that are not public (contract §2.2).
  const visibility = identity.claims['source-repository-visibility-at-signing'] ?? '';
  if (options.trust === 'github' && !['private', 'internal'].includes(visibility)) lines.push('    instance: github');
  lines.push(...stores.map((line) => `    ${line}`));
  return markdownBlock('yaml', lines.join('\n'));
}

/** Characters of image names and of the lines of `signature-repository`. None of them has a meaning in a block scalar. */
const NAME = /^[A-Za-z0-9._:/=[\]-]+$/;

/** The input `signature-repository` for these images, as lines of YAML; undefined if a value cannot be pasted safely. */
function signatureRepositoryLines(images: readonly SignatureStore[]): readonly string[] | undefined {
  const rules = [...new Set(images.flatMap(({ storeRules }) => storeRules))];
  const [only] = rules;
  if (only === undefined) return [];
  if (!rules.every((rule) => NAME.test(rule))) return undefined;
  if (rules.length === 1) return [`signature-repository: ${yamlScalar(only)}`];
  return ['signature-repository: |', ...rules.map((rule) => `  ${rule}`)];
}

/** Markdown: inputs alone, for a refusal, or why none are offered. */
export function offerBlock({ lines, withheld }: PasteableInputs): string {
  return withheld.length > 0 ? withheldText(withheld) : markdownBlock('yaml', lines.join('\n'));
}

/** What subject and issuer do not pin down about this signer (domain/identity/pasteable-inputs.ts). */
function gapsOf({
  identity,
  serverUrl,
}: Pick<PasteOptions, 'identity' | 'serverUrl'>): readonly SignerGap[] | undefined {
  return openWithSubject(identity, { serverUrl, defaultIssuer: githubIssuerOf(serverUrl) });
}

/** Markdown: why nothing is offered. Incomplete inputs would also accept other signers. */
export function withheldText(reasons: readonly string[]): string {
  return ['Nothing is offered for pasting:', '', ...reasons.map((reason) => `- ${markdownText(reason)}`)].join('\n');
}

/** cosign's flags for facts that the subject does not contain, and the claims that they compare. */
const COSIGN_FLAGS = {
  repository: ['--certificate-github-workflow-repository', 'github-workflow-repository'],
} as const satisfies Record<SignerGap, readonly [flag: string, claim: ClaimName]>;

/**
 * Markdown: the `cosign verify` command, which takes several images with signatures in one repository, or for a predicate
 * type `cosign verify-attestation`.
 */
export function cosignCommandBlock(options: PasteOptions, predicateType?: string): string {
  const refused = refusedByRule4(options.identity);
  if (refused.length > 0) return withheldText(refused);
  const gaps = gapsOf(options)?.map((gap) => COSIGN_FLAGS[gap]);
  const values = gaps?.map(([, claim]) => options.identity.claims[claim]);
  if (gaps === undefined || values === undefined || values.includes(undefined)) {
    return withheldText(['cosign has no flag that distinguishes this signer from others with the same subject']);
  }
  const narrowing = gaps.flatMap(([flag, claim]) => {
    const value = shellWord(options.identity.claims[claim] ?? '');
    return value === undefined ? [] : [`  ${flag} ${value}`];
  });
  if (narrowing.length < gaps.length) return NOT_PASTABLE;
  const subject = shellWord(options.identity.subject);
  const issuer = shellWord(options.identity.issuer);
  const type = predicateType === undefined ? undefined : shellWord(predicateType);
  if (subject === undefined || issuer === undefined) return NOT_PASTABLE;
  if (predicateType !== undefined && type === undefined) return NOT_PASTABLE;
  const verb = type === undefined ? 'verify' : `verify-attestation --type ${type}`;
  const flags = [`  --certificate-identity ${subject}`, `  --certificate-oidc-issuer ${issuer}`, ...narrowing];
  if (options.trust !== 'public-good') flags.push('  --trusted-root trusted_root.json');
  // GitHub's Sigstore has timestamps instead of a log, and no CT log.
  if (options.trust === 'github') flags.push('  --insecure-ignore-tlog --insecure-ignore-sct --use-signed-timestamps');
  // cosign has one signature repository per command.
  const shown = options.images.slice(0, IMAGES_SHOWN);
  const commands = [...new Set(shown.map(({ store }) => store))].map((store) => {
    const repository = store === undefined ? undefined : shellWord(store);
    const images = shown.filter((image) => image.store === store).map(({ pinned }) => shellWord(pinned));
    if (images.includes(undefined) || (store !== undefined && repository === undefined)) return undefined;
    const command = `${repository === undefined ? '' : `COSIGN_REPOSITORY=${repository} `}cosign ${verb}`;
    return [command, ...flags, ...images.map((image) => `  ${image}`)].join(' \\\n');
  });
  if (commands.includes(undefined)) return NOT_PASTABLE;
  const later = laterTagsPattern(options.identity);
  const pattern = later === undefined ? undefined : shellWord(later);
  const comment =
    pattern === undefined
      ? []
      : [`# for later tags too, instead of --certificate-identity: --certificate-identity-regexp ${pattern}`];
  return markdownBlock('sh', [...commands, ...comment].join('\n'));
}
