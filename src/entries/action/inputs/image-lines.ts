import { type Digest, parseDigest } from '../../../domain/image/digest.ts';
import { type ImageReference, parseReference } from '../../../domain/image/reference.ts';
import { quoted } from '../../../domain/text/quoted.ts';
import { ValueError } from '../../../domain/text/value-error.ts';
import { splitLines } from '../../inputs/list-rule.ts';

/** A line of a text file that a build tool wrote. */
export type ImageLine =
  | { readonly kind: 'pinned'; readonly reference: ImageReference; readonly digest: Digest }
  /** Without the name of its repository. */
  | { readonly kind: 'digest'; readonly digest: Digest };

/**
 * Parses a file with one image per line: a pinned reference (ko's `--image-refs`, kaniko, the output `images`), a digest
 * alone (`--digestfile` of podman, buildah and skopeo, kaniko, `jib-image.digest`, the output `digests`), or a digest and
 * a name (GoReleaser's `digests.txt`). An empty file is an image if its name is a digest without `sha256:`, as in
 * Docker's recipe for builds that are distributed across runners. Throws ValueError.
 */
export function parseImageLines(text: string, path: string): ImageLine[] {
  const file = path.split(/[/\\]/).at(-1) ?? '';
  const named = parseDigest(`sha256:${file}`);
  const lines = splitLines(text).filter((line) => line !== '');
  if (lines.length === 0) {
    if (named !== undefined) return [{ kind: 'digest', digest: named }];
    throw new ValueError('it is empty, and its name is not the 64 hex digits of a digest');
  }
  const images = lines.map(parseLine);
  for (const image of images) {
    if (image.kind !== 'digest') continue;
    if (file === 'jib-image.id')
      throw new ValueError('it contains an image ID; give jib-image.digest or jib-image.json');
    if (named !== undefined && image.digest !== named) {
      throw new ValueError(`it contains ${image.digest}, but its name is another digest`);
    }
  }
  return images;
}

function parseLine(line: string): ImageLine {
  const alone = parseDigest(line);
  if (alone !== undefined) return { kind: 'digest', digest: alone };
  const [, first = '', name] = /^(\S+)\s+(\S+)$/.exec(line) ?? [];
  const leading = parseDigest(first.startsWith('sha256:') ? first : `sha256:${first}`);
  const reference = parseReference(leading === undefined ? line : (name ?? ''));
  const digest = leading ?? reference.digest;
  if (digest === undefined) throw new ValueError(`it contains ${quoted(line)}, which has no digest`);
  if (reference.digest !== undefined && reference.digest !== digest) {
    throw new ValueError(`it contains ${quoted(line)}, which has two different digests`);
  }
  return { kind: 'pinned', reference, digest };
}
