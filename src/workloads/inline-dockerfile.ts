import { quoted } from '../domain/text/quoted.ts';
import type { LocatedMap, LocatedValue } from '../domain/yaml/located.ts';
import { readDockerfile } from './dockerfile.ts';
import { readImageText, renderCure } from './image-value.ts';
import type { FileProblem, NamedImage } from './named-image.ts';

/** A service or target that is built. */
export interface BuiltThing {
  readonly document: number | undefined;
  /** `service web`. */
  readonly object: string;
  /** The path of `value`. */
  readonly field: string;
  readonly renderer: 'compose' | 'bake';
  readonly images: NamedImage[];
  readonly problems: FileProblem[];
}

/** The images of a Dockerfile that is written in a field. Its lines are those of the field where that is a block. */
export function readInlineDockerfile(
  value: LocatedValue,
  thing: BuiltThing,
  buildArgs: ReadonlyMap<string, string>,
): void {
  const { document, object, field } = thing;
  if (value.kind !== 'scalar' || typeof value.value !== 'string') {
    thing.problems.push({
      ...{ line: value.line, document, object, field },
      ...{ what: 'the Dockerfile is not text', cure: 'write it as a block of text' },
    });
    return;
  }
  const lineOf = (line: number): number => (value.style === 'block' ? value.line + line : value.line);
  const read = readDockerfile(value.value, { buildArgs });
  const within = (inner: string | undefined): string => (inner === undefined ? field : `${field}: ${inner}`);
  for (const image of read.images) {
    thing.images.push({
      ...image,
      ...{ text: undefined, line: lineOf(image.line), document, object, field: within(image.field) },
    });
  }
  for (const problem of read.problems) {
    const line = problem.line === undefined ? value.line : lineOf(problem.line);
    thing.problems.push({ ...problem, line, document, object, field: within(problem.field) });
  }
}

const DOCKER_IMAGE = 'docker-image://';

/** The images of additional build contexts, a map or (in Compose) a list of `name=value`. */
export function readContexts(value: LocatedValue, thing: BuiltThing, fileText: string): void {
  const entries: [string, LocatedValue][] =
    value.kind === 'map'
      ? [...value.entries].map(([key, entry]) => [`${thing.field}.${key}`, entry.value])
      : value.kind === 'list'
        ? value.items.map((item, index) => [`${thing.field}[${index}]`, item])
        : [];
  const { document, object } = thing;
  for (const [field, item] of entries) {
    const text = item.kind === 'scalar' && typeof item.value === 'string' ? item.value : undefined;
    if (text === undefined) continue;
    const context = value.kind === 'list' ? text.slice(text.indexOf('=') + 1) : text;
    if (!context.toLowerCase().startsWith(DOCKER_IMAGE)) {
      // What it stands for may be an image.
      if (context.includes('$')) {
        thing.problems.push({
          ...{ line: item.line, document, object, field },
          ...{
            what: `the build context ${quoted(context)} contains a variable ($…)`,
            cure: renderCure(thing.renderer),
          },
        });
      }
      continue;
    }
    const read = readImageText(context.slice(DOCKER_IMAGE.length), thing.renderer);
    if (read.kind === 'wrong') {
      thing.problems.push({ line: item.line, document, object, field, what: read.what, cure: read.cure });
      continue;
    }
    const written = fileText.slice(item.start, item.end);
    const start = item.start + written.lastIndexOf(read.image);
    // Escapes may write it differently.
    const place = written.includes(read.image) ? { line: item.line, start, end: start + read.image.length } : undefined;
    thing.images.push({
      ...{ image: read.image, text: place, style: 'word', line: item.line, document, object, field },
      ...{ owner: undefined, annotated: undefined },
    });
  }
}

/** Build arguments in a field, over those of the input: what the file says applies to its own build. */
export function buildArgsOf(
  field: LocatedMap | undefined,
  key: string,
  given: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const args = new Map(given);
  const value = field?.entries.get(key)?.value;
  if (value?.kind === 'map') {
    for (const [name, entry] of value.entries) {
      const { value: one } = entry;
      if (one.kind === 'scalar' && one.value !== null) args.set(name, String(one.value));
    }
  } else if (value?.kind === 'list') {
    for (const item of value.items) {
      if (item.kind !== 'scalar' || typeof item.value !== 'string') continue;
      const equals = item.value.indexOf('=');
      if (equals > 0) args.set(item.value.slice(0, equals), item.value.slice(equals + 1));
    }
  }
  return args;
}
