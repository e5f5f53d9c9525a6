import type { Digest } from '../../../domain/image/digest.ts';
import { isJsonObject } from '../../../domain/text/json-object.ts';
import { quoted } from '../../../domain/text/quoted.ts';
import { ValueError } from '../../../domain/text/value-error.ts';
import { type BuildEntry, readDigestField, refuseTooMany } from './build-entry.ts';

/**
 * The types of images in GoReleaser's list, in all its versions (internal/artifact/artifact.go, `Type.String`). `dockers`,
 * `docker_manifests`, `dockers_v2` and `kos` write them.
 */
const IMAGE_TYPE = /^(?:(?:Published|Publishable) )?Docker (?:Image|Manifest)(?: V2)?$/;

/**
 * The images in GoReleaser's `dist/artifacts.json`, which is also the `artifacts` output of its action: a list of
 * `{name, path, type, extra: {Digest}}`, in which all other types are files. GoReleaser lists an image once more, without a
 * digest, before it pushes it; such an entry is left out if another one has the digest. Undefined if the list is something
 * else. Throws ValueError for a wrong digest and for two digests of one name.
 */
export function parseGoreleaserArtifacts(list: readonly unknown[]): BuildEntry[] | undefined {
  if (!list.every(isArtifact)) return undefined;
  const images = list.filter(({ type }) => IMAGE_TYPE.test(type));
  refuseTooMany('images', images.length);
  const pushed = new Map<string, Digest>();
  const entries = images.map((image): BuildEntry & { readonly name: string } => {
    const name = image.name.trim();
    const shown = `artifact ${quoted(name)}`;
    const extra = isJsonObject(image.extra) ? image.extra['Digest'] : undefined;
    const digest = readDigestField(typeof extra === 'string' ? extra.trim() : extra, `${shown}: extra.Digest`);
    const before = pushed.get(name);
    if (before !== undefined && digest !== undefined && before !== digest) {
      throw new ValueError(`${shown} has two different digests`);
    }
    if (digest !== undefined) pushed.set(name, digest);
    return { object: `artifact ${name}`, name, names: name === '' ? [] : [name], digest };
  });
  const seen = new Set<string>();
  return entries.filter(({ name, digest }) => {
    const isRepeated = digest === undefined ? pushed.has(name) : seen.has(name);
    if (digest !== undefined) seen.add(name);
    return !isRepeated;
  });
}

interface Artifact {
  readonly name: string;
  readonly type: string;
  readonly extra?: unknown;
}

function isArtifact(value: unknown): value is Artifact {
  return isJsonObject(value) && typeof value['name'] === 'string' && typeof value['type'] === 'string';
}
