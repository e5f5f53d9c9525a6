import { isJsonObject } from '../../../domain/text/json-object.ts';
import { quoted } from '../../../domain/text/quoted.ts';
import { ValueError } from '../../../domain/text/value-error.ts';
import type { BuildEntry } from './build-entry.ts';
import { parseBuildMetadata } from './build-metadata.ts';
import { parseGoreleaserArtifacts } from './goreleaser-artifacts.ts';
import { parseJibImage } from './jib-image.ts';

/**
 * The builds in the JSON of a build tool: Docker's metadata, GoReleaser's list of artifacts or Jib's image. Throws
 * ValueError, which for any other shape names the known ones.
 */
export function parseBuildDocument(text: string): BuildEntry[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new ValueError('it is not valid JSON');
  }
  const builds = Array.isArray(document)
    ? parseGoreleaserArtifacts(document)
    : isJsonObject(document)
      ? (parseJibImage(document) ?? parseBuildMetadata(document))
      : undefined;
  if (builds === undefined) throw new ValueError(unknownShape(document));
  return builds;
}

const KNOWN_SHAPES =
  "known are the metadata of docker buildx (build, bake, imagetools create), GoReleaser's artifacts.json and Jib's jib-image.json";
const KEYS_SHOWN = 5;

function unknownShape(document: unknown): string {
  if (isJsonObject(document) && 'project_name' in document) {
    return "it is GoReleaser's metadata.json, which has no digests; give its artifacts.json, or the `artifacts` output of its action";
  }
  const keys = Object.keys(isJsonObject(document) ? document : {});
  const shown = keys.slice(0, KEYS_SHOWN).map((key) => quoted(key, 40));
  const which = keys.length === 0 ? '' : ` (its keys are ${shown.join(', ')}${keys.length > KEYS_SHOWN ? ', …' : ''})`;
  return `its JSON has an unknown shape${which}; ${KNOWN_SHAPES}`;
}
