import { visibleText } from '../domain/text/visible-text.ts';
import type { LocatedMap } from '../domain/yaml/located.ts';
import { formatField } from './field-path.ts';
import { renderCure } from './image-value.ts';
import { type BuiltThing, buildArgsOf, readContexts, readInlineDockerfile } from './inline-dockerfile.ts';
import type { FileProblem, NamedImage } from './named-image.ts';

interface BakeReading {
  readonly document: number | undefined;
  readonly text: string;
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly images: NamedImage[];
  readonly problems: FileProblem[];
}

const RENDER = renderCure('bake');

/**
 * Reads a bake file in JSON, also as `docker buildx bake --print` writes it: the images that its targets have as build
 * contexts, and inline Dockerfiles (Bake file reference, "target.contexts", "target.dockerfile-inline"). The Dockerfiles
 * that it names are files of their own; its tags are what it makes.
 */
export function readBake(root: LocatedMap, reading: BakeReading): void {
  const { document, images, problems } = reading;
  const refuse = (line: number, field: string, what: string, object?: string): void => {
    problems.push({ line, document, object, field, what, cure: RENDER });
  };
  const targets = root.entries.get('target')?.value;
  if (targets?.kind !== 'map') {
    refuse((targets ?? root).line, 'target', '`target` is not a map');
    return;
  }
  for (const [name, { value }] of targets.entries) {
    const object = `target ${visibleText(name)}`;
    const path = ['target', name];
    // A list of maps is HCL's JSON form of repeated blocks.
    if (value.kind !== 'map') {
      refuse(value.line, formatField(path), 'the target is not a map', object);
      continue;
    }
    const thing = (key: string): BuiltThing => {
      return { document, object, field: formatField([...path, key]), renderer: 'bake', images, problems };
    };
    const inline = value.entries.get('dockerfile-inline')?.value;
    if (inline !== undefined) {
      const buildArgs = buildArgsOf(value, 'args', reading.buildArgs);
      readInlineDockerfile(inline, thing('dockerfile-inline'), buildArgs);
    }
    const contexts = value.entries.get('contexts')?.value;
    if (contexts?.kind === 'map') readContexts(contexts, thing('contexts'), reading.text);
    else if (contexts !== undefined) {
      refuse(contexts.line, formatField([...path, 'contexts']), '`contexts` is not a map', object);
    }
  }
}
