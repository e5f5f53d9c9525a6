import { formatRepository, parseReference } from '../../../domain/image/reference.ts';
import { quoted } from '../../../domain/text/quoted.ts';
import { ValueError } from '../../../domain/text/value-error.ts';
import { type BuildEntry, readDigestField } from './build-entry.ts';

/**
 * The image in Jib's `jib-image.json` (jib-plugins-common, ImageMetadataOutput): `image`, `imageId` (of the configuration,
 * no manifest), `imageDigest`, `tags`, and in newer versions `imagePushed`. Undefined if the document is something else.
 * Throws ValueError if one of its fields is wrong.
 */
export function parseJibImage(document: Readonly<Record<string, unknown>>): BuildEntry[] | undefined {
  const { image, imageDigest, imagePushed, tags } = document;
  if (typeof image !== 'string' || imageDigest === undefined) return undefined;
  const written = readDigestField(imageDigest, 'imageDigest');
  const digest = imagePushed === false ? undefined : written;
  const reference = parseReference(image);
  if (reference.digest !== undefined && reference.digest !== written) {
    throw new ValueError('image and imageDigest name different digests');
  }
  const others = (Array.isArray(tags) ? tags : []).map((tag) => {
    if (typeof tag !== 'string')
      throw new ValueError(`tags contains ${quoted(JSON.stringify(tag))}, which is not a tag`);
    return tag;
  });
  const names = others
    .filter((tag) => tag !== reference.tag)
    .map((tag) => `${formatRepository(reference.repository)}:${tag}`);
  return [{ object: undefined, names: [image, ...names], digest }];
}
