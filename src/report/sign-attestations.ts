import { isCycloneDx, isSlsaProvenance, isSpdx, SLSA_PROVENANCE_V1 } from '../domain/attestation/predicate-types.ts';
import type { AttestationResult, ImageResult } from '../domain/results.ts';
import { codeCell, folded, logCell, type NamedTag, shortName, tableOf, timeCell } from './cells.ts';
import { markdownBlock, markdownCode, markdownLink, shellWord } from './escape.ts';
import { cosignCommandBlock, NOT_PASTABLE, type PastedImage, type PasteOptions } from './paste-blocks.ts';

/** Limits: rows before the table is folded, rows in total, predicate types with commands, images in one command. */
const ROWS_OPEN = 25;
const ROWS_MAX = 300;
const TYPES_MAX = 5;
const IMAGES_SHOWN = 5;

const COLUMNS = ['Image', 'Attestation', '', 'Log entry', 'Signed at'];

/** The part of a sign report that is about attestations. */
interface AttestedReport {
  readonly images: readonly NamedResult[];
  readonly upload: boolean;
}

interface NamedResult {
  readonly result: ImageResult;
  readonly tags: readonly NamedTag[];
}

/** The attestations that a sign run wrote or found. Empty if there are none. */
export function attestedTable({ images, upload }: AttestedReport): string[] {
  const rows = images.flatMap((image) =>
    (image.result.attestations ?? []).map((one) => attestedRow(image, one, upload)),
  );
  if (rows.length === 0) return [];
  const table = tableOf(COLUMNS, rows.slice(0, ROWS_MAX));
  const left = rows.length > ROWS_MAX ? [`…and ${rows.length - ROWS_MAX} more attestations in the results file.`] : [];
  return rows.length <= ROWS_OPEN ? [table] : [folded(`${rows.length} attestations`, table, ...left)];
}

function attestedRow({ result, tags }: NamedResult, one: AttestationResult, upload: boolean): string[] {
  const platform = one.platform === undefined ? '' : `<br><sub>${codeCell(one.platform)}</sub>`;
  const state = one.written === true ? '✅ new' : upload ? '☑️ already there' : 'not uploaded';
  return [
    `${codeCell(shortName(result, tags))}${platform}`,
    codeCell(one.predicateType),
    `${state}: ${one.format}${one.github === undefined ? '' : `<br>${markdownLink(`GitHub ${one.github.id}`, one.github.url)}`}`,
    logCell(one.log),
    timeCell(one.signedAt),
  ];
}

/**
 * The line of the gate's input `attestations` that accepts attestations of this type; undefined for other provenance,
 * which needs a build type that is not known here.
 */
function gateLine(predicateType: string): string | undefined {
  if (predicateType === SLSA_PROVENANCE_V1) return 'provenance';
  if (isSlsaProvenance(predicateType)) return undefined;
  return isSpdx(predicateType) || isCycloneDx(predicateType) ? 'sbom' : predicateType;
}

/** The lines for the gate that every one of these images meets. */
export function gateLines(images: readonly ImageResult[]): readonly string[] {
  const [first = [], ...others] = images.map(({ attestations = [] }) =>
    attestations.filter(({ platform }) => platform === undefined).map(({ predicateType }) => predicateType),
  );
  const shared = first.filter((type) => others.every((types) => types.includes(type)));
  return [...new Set(shared.map(gateLine))].filter((line) => line !== undefined);
}

/**
 * Markdown: for each predicate type, the commands of cosign and gh that accept what was written. Nothing is offered for
 * types beyond a limit.
 */
export function attestationCommands(options: PasteOptions, images: readonly ImageResult[]): string[] {
  const byType = new Map<string, string[]>();
  for (const image of images) {
    for (const { predicateType, platform } of image.attestations ?? []) {
      const reference = referenceOf(image, platform);
      if (reference === undefined) continue;
      const references = byType.get(predicateType) ?? [];
      if (!references.includes(reference)) references.push(reference);
      byType.set(predicateType, references);
    }
  }
  const isBundle = images.some(({ attestations = [] }) => attestations.some(({ format }) => format === 'bundle'));
  const blocks = [...byType].slice(0, TYPES_MAX).flatMap(([type, references]) => {
    const shown = { ...options, images: references.slice(0, IMAGES_SHOWN).map((one) => pastedAs(one, options)) };
    return [
      markdownCode(type),
      cosignCommandBlock(shown, type),
      // gh reads no .att tag, and looks for bundles beside the image only.
      ...(isBundle && shown.images[0]?.store === undefined ? [ghCommandBlock(shown, type)] : []),
    ];
  });
  if (blocks.length === 0) return [];
  const more = byType.size > TYPES_MAX ? [`…and ${byType.size - TYPES_MAX} more types.`] : [];
  return [folded('Verify the attestations on the command line', ...blocks, ...more)];
}

/** Signatures and attestations about one repository are in one place. */
function pastedAs(pinned: string, { images }: PasteOptions): PastedImage {
  const repositoryOf = (reference: string): string | undefined => reference.split('@')[0];
  const known = images.find((image) => repositoryOf(image.pinned) === repositoryOf(pinned));
  return { pinned, store: known?.store, storeRules: known?.storeRules ?? [] };
}

/** The image, or the image of its index for this platform, if the results know that. */
function referenceOf(image: ImageResult, platform: string | undefined): string | undefined {
  if (platform === undefined) return image.resolved ?? undefined;
  const child = image.platforms?.find((one) => one.platform === platform);
  return child === undefined || image.repository === null ? undefined : `${image.repository}@${child.digest}`;
}

/**
 * `gh attestation verify` with bundles from the registry: without a login at GitHub it needs GH_TOKEN. It compares the
 * whole subject, issuer and type, and takes one image.
 */
function ghCommandBlock(options: PasteOptions, predicateType: string): string {
  const repository = /^https:\/\/[^/]+\/([^/]+\/[^/]+)$/.exec(
    options.identity.claims['source-repository-uri'] ?? '',
  )?.[1];
  const [image] = options.images;
  if (repository === undefined || image === undefined) {
    return 'gh needs the repository of the workflow, which this certificate does not name.';
  }
  const words = [`oci://${image.pinned}`, repository, predicateType, options.identity.subject, options.identity.issuer];
  const [reference, repo, type, subject, issuer] = words.map(shellWord);
  if ([reference, repo, type, subject, issuer].includes(undefined)) return NOT_PASTABLE;
  const lines = [
    `gh attestation verify ${reference}`,
    `  --bundle-from-oci --repo ${repo}`,
    `  --predicate-type ${type}`,
    `  --cert-identity ${subject}`,
    `  --cert-oidc-issuer ${issuer}`,
  ];
  if (options.trust === 'custom') lines.push('  --custom-trusted-root trusted_root.jsonl');
  return markdownBlock('sh', lines.join(' \\\n'));
}
