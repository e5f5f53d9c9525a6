import { isJsonObject, type JsonObject } from '../../../domain/text/json-object.ts';
import { quoted } from '../../../domain/text/quoted.ts';
import { ValueError } from '../../../domain/text/value-error.ts';
import { type BuildEntry, readDigestField, refuseTooMany } from './build-entry.ts';

/**
 * The builds in the metadata of Docker's build tools: the `metadata` output of docker/build-push-action and
 * docker/bake-action, or the file that `buildx build`, `bake` and `imagetools create` write with `--metadata-file`. Skips
 * values that do not describe an image (bake's `buildx.build.warnings`). Undefined if the document is something else.
 * Throws ValueError if one of its fields is wrong.
 */
export function parseBuildMetadata(document: JsonObject): BuildEntry[] | undefined {
  if (describesImage(document)) return [parseEntry(document, undefined)];
  const targets = Object.entries(document).filter(
    (entry): entry is [string, JsonObject] => isJsonObject(entry[1]) && !isAboutBuild(entry[0]),
  );
  refuseTooMany('targets', targets.length);
  const known = Object.keys(document).every(isAboutBuild) || targets.some(([, value]) => describesBuild(value));
  return known ? targets.map(([target, value]) => parseEntry(value, target)) : undefined;
}

function describesImage(value: JsonObject): boolean {
  return Object.keys(value).some((key) => key === 'image.name' || key.startsWith('containerimage.'));
}

/** Also true for a target that was built and not pushed. */
function describesBuild(value: JsonObject): boolean {
  return describesImage(value) || Object.keys(value).some(isAboutBuild);
}

/** Keys about the build, such as `buildx.build.ref`, stand beside those about the image. */
function isAboutBuild(key: string): boolean {
  return key.includes('buildx.build.');
}

function parseEntry(value: JsonObject, target: string | undefined): BuildEntry {
  const where = target === undefined ? '' : `target ${quoted(target)}: `;
  const name = value['image.name'];
  if (name !== undefined && typeof name !== 'string') throw new ValueError(`${where}image.name is not a string`);
  const direct = readDigestField(value['containerimage.digest'], `${where}containerimage.digest`);
  const descriptor = value['containerimage.descriptor'];
  const described = isJsonObject(descriptor)
    ? readDigestField(descriptor['digest'], `${where}containerimage.descriptor.digest`)
    : undefined;
  if (direct !== undefined && described !== undefined && direct !== described) {
    throw new ValueError(`${where}containerimage.digest and containerimage.descriptor name different digests`);
  }
  const names = (name ?? '').split(',').map((one) => one.trim());
  return {
    object: target === undefined ? undefined : `target ${target}`,
    names: names.filter((one) => one !== ''),
    digest: direct ?? described,
  };
}
