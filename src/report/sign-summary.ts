import type { CodedError } from '../coded-error.ts';
import type { CertificateIdentity } from '../domain/facts.ts';
import type { ImageResult, Results, SignatureResult } from '../domain/results.ts';
import { logCell, shortName, timeCell } from './cells.ts';
import { errorSection } from './error-text.ts';
import { markdownCode, markdownLink, markdownProse, markdownText } from './escape.ts';
import { cosignCommandBlock, type TrustUsed, verifyStepBlock } from './paste-blocks.ts';

export interface SignReport {
  readonly results: Results;
  /** Who signed, as this run's certificate says; undefined if it did not come to that. */
  readonly identity: Pick<CertificateIdentity, 'issuer' | 'subject' | 'claims'> | undefined;
  readonly serverUrl: string;
  readonly format: 'bundle' | 'legacy' | 'both';
  readonly upload: boolean;
  readonly trust: TrustUsed;
  readonly signatureRepository: string | undefined;
  /** Entries of `metadata` that name no pushed image. */
  readonly skipped: readonly string[];
  /** What stopped the run as a whole. */
  readonly error: CodedError | undefined;
  readonly action: ActionNames;
}

/** How the action that reports is called. */
export interface ActionNames {
  /** `acme/countersign`. */
  readonly repository: string;
  readonly ref: string;
  /** docs/troubleshooting.md of this version, if known. */
  readonly troubleshootingUrl: string | undefined;
}

/** Rows of a table; more go to the results file. */
const ROWS_MAX = 300;

/** The job summary of a sign run, GitHub-flavoured Markdown. */
export function signSummary(report: SignReport): string {
  const parts = [heading(report)];
  if (report.error !== undefined) parts.push(errorSection(report.error, report.action.troubleshootingUrl));
  if (report.results.images.length > 0) parts.push(imageTable(report.results.images));
  parts.push(...skippedList(report.skipped));
  if (report.identity !== undefined && report.error === undefined) {
    parts.push(identityList(report.identity), readableBy(report), ...pasteSection(report, report.identity));
  }
  return `${parts.join('\n\n')}\n`;
}

function heading({ results, error, upload }: SignReport): string {
  const total = results.images.length;
  const done = results.images.filter((image) => image.verdict === 'pass').length;
  const images = total === 1 ? '1 image' : `${total} images`;
  if (done < total) return `## ❌ Not signed: ${total - done} of ${images}`;
  if (error !== undefined || total === 0) return '## ❌ Nothing was signed';
  const fresh = results.images.filter((image) => image.signatures.some(isNew)).length;
  if (!upload) return `## ✅ Signed ${images}, not uploaded`;
  if (fresh === 0) return `## ✅ ${total === 1 ? '1 image was' : `${total} images were`} signed already`;
  return `## ✅ Signed ${images}${fresh < total ? ` (${total - fresh} already)` : ''}`;
}

/** `written` is false for what was found; without an upload it is absent or false, and there is no found one. */
function isNew(signature: SignatureResult): boolean {
  return signature.written === true;
}

function imageTable(images: readonly ImageResult[]): string {
  const rows = images.slice(0, ROWS_MAX).flatMap((image) => {
    const name = `${markdownCode(shortName(image))}`;
    const digest = image.digest === null ? '–' : markdownCode(image.digest);
    if (image.signatures.length === 0 || image.verdict !== 'pass') {
      const state =
        image.verdict === 'pass' ? 'done' : `❌ ${image.reason ?? image.verdict}: ${markdownProse(image.message)}`;
      return [`| ${name} | ${digest} | ${state} | – | – |`];
    }
    return image.signatures.map((signature) => {
      const state = `${isNew(signature) ? 'new' : 'as it was'} (${signature.format})`;
      return `| ${name} | ${digest} | ${state} | ${logCell(signature.log)} | ${timeCell(signature.signedAt)} |`;
    });
  });
  const more = images.length > ROWS_MAX ? [`\n…and ${images.length - ROWS_MAX} more images in the results file.`] : [];
  return [
    '| Image | Digest | Signature | Log entry | Signed |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    ...more,
  ].join('\n');
}

function skippedList(skipped: readonly string[]): string[] {
  if (skipped.length === 0) return [];
  return [
    skipped
      .slice(0, ROWS_MAX)
      .map((line) => `- ${markdownText(line)}`)
      .join('\n'),
  ];
}

function identityList(identity: NonNullable<SignReport['identity']>): string {
  const { claims } = identity;
  const repository = claims['source-repository-uri'];
  const commit = claims['source-repository-digest'];
  const run = claims['run-invocation-uri'];
  const rows: (readonly [string, string | undefined])[] = [
    ['Subject', markdownCode(identity.subject)],
    ['Issuer', markdownCode(identity.issuer)],
    ['Repository', repository && markdownLink(markdownCode(repository), repository)],
    ['Workflow', claims['build-config-uri'] && markdownCode(claims['build-config-uri'])],
    ['Ref', claims['source-repository-ref'] && markdownCode(claims['source-repository-ref'])],
    ['Commit', commit && markdownLink(markdownCode(commit), repository ? `${repository}/commit/${commit}` : '')],
    ['Run', run && markdownLink(markdownCode(run), run)],
    ['Runner', claims['runner-environment'] && markdownCode(claims['runner-environment'])],
  ];
  const lines = rows.flatMap(([name, value]) => (value ? [`| ${name} | ${value} |`] : []));
  return ['**Signed by**', '', '| | |', '| --- | --- |', ...lines].join('\n');
}

/** cosign-formats §8; what is not known to read a format is left out. */
const READERS = {
  bundle: 'cosign 3 (2.6 with `--new-bundle-format`), Flux 2.8, Kyverno 1.17 (ImageValidatingPolicy), Countersign',
  legacy: 'cosign 2 and 3, Flux, Kyverno, policy-controller, podman, Harbor, Countersign',
} as const;

function readableBy({ format, trust }: SignReport): string {
  const formats = format === 'both' ? (['bundle', 'legacy'] as const) : [format];
  const lines = formats.map(
    (one) => `- as ${one === 'bundle' ? 'Sigstore bundle' : 'legacy `.sig` tag'}: ${READERS[one]}`,
  );
  const limits = {
    'public-good': [],
    github: ["\nOther verifiers than Countersign need GitHub's trusted root, and must not ask for a log entry."],
    custom: ['\nEvery verifier needs the trusted root that was used for signing.'],
  }[trust];
  return ['**Readable by**', '', ...lines, ...limits].join('\n');
}

function pasteSection(report: SignReport, identity: NonNullable<SignReport['identity']>): string[] {
  const images = report.results.images.flatMap((image) => (image.resolved === null ? [] : [image.resolved]));
  if (images.length === 0 || !report.upload) return [];
  const subjectKind = identity.subject.startsWith('https://')
    ? 'uri'
    : identity.subject.includes('@')
      ? 'email'
      : 'other';
  const options = {
    identity: { ...identity, subjectKind } as const,
    serverUrl: report.serverUrl,
    images,
    actionRepository: report.action.repository,
    actionRef: report.action.ref,
    trust: report.trust,
    signatureRepository: report.signatureRepository,
  };
  return [
    '<details><summary>Check it elsewhere</summary>',
    'In a workflow:',
    verifyStepBlock(options),
    'On a command line:',
    cosignCommandBlock(options),
    '</details>',
  ];
}
