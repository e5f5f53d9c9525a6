import { type Digest, parseDigest } from '../../../domain/image/digest.ts';
import { isJsonObject } from '../../../domain/text/json-object.ts';
import { ValueError } from '../../../domain/text/value-error.ts';

/** One build in a metadata document of Docker's build tools. */
export interface BuildEntry {
  /** The target of bake; undefined for a single build. */
  readonly target: string | undefined;
  /** The references in `image.name`; empty if it is missing. */
  readonly names: readonly string[];
  /** `containerimage.digest`, or else the digest of `containerimage.descriptor`. */
  readonly digest: Digest | undefined;
}

/** More targets than any bake file has. Limits hostile files. */
const ENTRIES_MAX = 1_000;

/**
 * Parses the `metadata` output of docker/build-push-action and docker/bake-action, or the file that `buildx build`,
 * `bake` and `imagetools create` write with `--metadata-file`. Skips values that do not describe an image (bake's
 * `buildx.build.warnings`). Throws ValueError if the text is not such a JSON object.
 */
export function parseBuildMetadata(text: string): BuildEntry[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new ValueError('it is not valid JSON');
  }
  if (!isJsonObject(document)) throw new ValueError('it is not a JSON object');
  if (describesImage(document)) return [parseEntry(document, undefined)];
  const targets = Object.entries(document).filter(
    ([name, value]) => isJsonObject(value) && !name.includes('buildx.build.'),
  );
  if (targets.length > ENTRIES_MAX) throw new ValueError(`it has more than ${ENTRIES_MAX} targets`);
  return targets.map(([target, value]) => parseEntry(isJsonObject(value) ? value : {}, target));
}

function describesImage(value: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(value).some((key) => key === 'image.name' || key.startsWith('containerimage.'));
}

function parseEntry(value: Readonly<Record<string, unknown>>, target: string | undefined): BuildEntry {
  const where = target === undefined ? '' : `target ${JSON.stringify(target)}: `;
  const name = value['image.name'];
  if (name !== undefined && typeof name !== 'string') throw new ValueError(`${where}image.name is not a string`);
  const direct = readDigest(value['containerimage.digest'], `${where}containerimage.digest`);
  const descriptor = value['containerimage.descriptor'];
  const described = isJsonObject(descriptor)
    ? readDigest(descriptor['digest'], `${where}containerimage.descriptor.digest`)
    : undefined;
  if (direct !== undefined && described !== undefined && direct !== described) {
    throw new ValueError(`${where}containerimage.digest and containerimage.descriptor name different digests`);
  }
  const names = (name ?? '').split(',').map((one) => one.trim());
  return { target, names: names.filter((one) => one !== ''), digest: direct ?? described };
}

function readDigest(value: unknown, where: string): Digest | undefined {
  if (value === undefined || value === '') return undefined;
  const digest = typeof value === 'string' ? parseDigest(value) : undefined;
  if (digest === undefined) throw new ValueError(`${where} is not a sha256 digest`);
  return digest;
}
