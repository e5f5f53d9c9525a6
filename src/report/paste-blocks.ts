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

/** Where trust came from, as a verifier elsewhere has to repeat it. */
export type TrustUsed = 'public-good' | 'github' | 'custom';

export interface PasteOptions {
  /** From a certificate that verified. */
  readonly identity: CertificateIdentity;
  /** `https://github.com`, without a final slash: the server whose names verify takes for granted. */
  readonly serverUrl: string;
  /** Pinned references. */
  readonly images: readonly string[];
  /** `acme/countersign`. */
  readonly actionRepository: string;
  /** `v1`, a tag or a commit. */
  readonly actionRef: string;
  readonly trust: TrustUsed;
  readonly signatureRepository: string | undefined;
}

/** Images named in one block; whoever pastes has the list of all in the output. */
const IMAGES_SHOWN = 5;

/** Said where a value cannot be pasted safely. */
const NOT_PASTABLE =
  'The identity holds characters that cannot be seen, so no command is offered for pasting. The results file has it in full.';

/** Markdown: the verify step that accepts exactly this signer, ready for a workflow file. */
export function verifyStepBlock(options: PasteOptions): string {
  const inputs = identityInputs(options.identity, options.serverUrl);
  const uses = yamlScalar(`${options.actionRepository}/verify@${options.actionRef}`);
  const images = options.images.slice(0, IMAGES_SHOWN).map(yamlScalar);
  if (inputs.withheld.length > 0) return withheld(inputs.withheld);
  if (uses === undefined || images.includes(undefined)) return NOT_PASTABLE;
  const lines = [`- uses: ${uses}`, '  with:'];
  if (images.length === 1) lines.push(`    images: ${images[0]}`);
  // Pinned references are made of harmless characters only, so the block scalar takes them as they are.
  else lines.push('    images: |', ...options.images.slice(0, IMAGES_SHOWN).map((image) => `      ${image}`));
  lines.push(...inputs.lines.map((line) => `    ${line}`));
  if (options.trust === 'custom') lines.push('    trusted-root: trusted_root.json # the one used for signing');
  if (options.signatureRepository !== undefined) {
    lines.push(`    signature-repository: ${yamlScalar(options.signatureRepository)}`);
  }
  return markdownBlock('yaml', lines.join('\n'));
}

/** Markdown: the inputs alone, for a refusal; only of an identity that verified. */
export function identityInputsBlock(identity: CertificateIdentity, serverUrl: string): string {
  const inputs = identityInputs(identity, serverUrl);
  return inputs.withheld.length > 0 ? withheld(inputs.withheld) : markdownBlock('yaml', inputs.lines.join('\n'));
}

/** The inputs for a verified identity, as lines for a workflow file of this server. */
export function identityInputs(identity: CertificateIdentity, serverUrl: string): PasteableInputs {
  return pasteableInputs({ identity }, { serverUrl, defaultIssuer: githubIssuerOf(serverUrl) });
}

/** What subject and issuer leave open of this signer (domain/identity/pasteable-inputs.ts). */
export function gapsOf({ identity, serverUrl }: PasteOptions): readonly SignerGap[] | undefined {
  return openWithSubject(identity, { serverUrl, defaultIssuer: githubIssuerOf(serverUrl) });
}

/** Incomplete inputs would accept more than this signer, so none are offered. */
function withheld(reasons: readonly string[]): string {
  return ['Nothing is offered for pasting:', '', ...reasons.map((reason) => `- ${markdownText(reason)}`)].join('\n');
}

/** cosign's flags for what the subject does not say, and the claims that they compare. */
const COSIGN_FLAGS = {
  repository: ['--certificate-github-workflow-repository', 'github-workflow-repository'],
  trigger: ['--certificate-github-workflow-trigger', 'github-workflow-trigger'],
} as const satisfies Record<SignerGap, readonly [flag: string, claim: ClaimName]>;

/** Markdown: the `cosign verify` command, which takes several images. */
export function cosignCommandBlock(options: PasteOptions): string {
  const gaps = gapsOf(options)?.map((gap) => COSIGN_FLAGS[gap]);
  const values = gaps?.map(([, claim]) => options.identity.claims[claim]);
  if (gaps === undefined || values === undefined || values.includes(undefined)) {
    return withheld(['cosign has no flag for what tells this signer from others who call the same workflow']);
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
  const repository = options.signatureRepository === undefined ? undefined : shellWord(options.signatureRepository);
  const lines = [
    `${repository === undefined ? '' : `COSIGN_REPOSITORY=${repository} `}cosign verify`,
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
