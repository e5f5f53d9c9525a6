import { quoted } from '../domain/text/quoted.ts';
import { foldKey } from '../domain/text/strict-json.ts';
import { visibleText } from '../domain/text/visible-text.ts';
import type { LocatedMap, LocatedValue, TextPlace } from '../domain/yaml/located.ts';
import { type FieldPath, formatField } from './field-path.ts';
import { readImageValue, renderCure } from './image-value.ts';
import { type BuiltThing, buildArgsOf, readContexts, readInlineDockerfile } from './inline-dockerfile.ts';
import type { FileProblem, NamedImage } from './named-image.ts';

/** What a Compose file is read with, and where its images and problems go. */
export interface ComposeReading {
  readonly document: number;
  /** The text of the file. */
  readonly text: string;
  readonly buildArgs: ReadonlyMap<string, string>;
  /** True: a service that is only built names no image, and that is accepted. */
  readonly allowEmpty: boolean;
  readonly images: NamedImage[];
  readonly problems: FileProblem[];
}

const RENDER = renderCure('compose');
/** Keys that decide which image runs. Compose reads them in exactly this spelling. */
const KEYS = new Map(['image', 'build', 'volumes', 'extends', 'provider'].map((key) => [foldKey(key), key]));
const TOP_KEYS = new Map(['services', 'include', 'models'].map((key) => [foldKey(key), key]));

/** Reads one document of a Compose file (compose-spec, "services", "models", "include"). */
export function readCompose(root: LocatedMap, reading: ComposeReading): void {
  checkSpellings(root, [], reading, { known: TOP_KEYS, object: undefined });
  const include = root.entries.get('include');
  if (include !== undefined && !isEmpty(include.value)) {
    refuse(reading, include.key, { field: 'include', what: 'it includes other files', cure: RENDER });
  }
  for (const [name, value] of mapOf(reading, root, 'services')) readService(reading, name, value);
  for (const [name, value] of mapOf(reading, root, 'models')) {
    const object = `model ${visibleText(name)}`;
    const path = ['models', name, 'model'];
    const model = value.kind === 'map' ? value.entries.get('model')?.value : undefined;
    if (model === undefined) {
      refuse(reading, value, { object, field: formatField(path), what: 'the model names nothing', cure: RENDER });
    } else addImage(reading, model, path, object);
  }
}

function readService(reading: ComposeReading, name: string, service: LocatedValue): void {
  const object = `service ${visibleText(name)}`;
  const path = ['services', name];
  const fail = (place: TextPlace, at: FieldPath, what: string, cure: string): void => {
    refuse(reading, place, { object, field: formatField(at), what, cure });
  };
  if (service.kind !== 'map') {
    fail(service, path, 'the service is not a map', RENDER);
    return;
  }
  checkSpellings(service, path, reading, { known: KEYS, object });
  const { entries } = service;
  const inherited = entries.get('extends');
  if (inherited !== undefined && !isEmpty(inherited.value)) {
    fail(inherited.key, [...path, 'extends'], 'the service extends another one', RENDER);
  }
  const image = entries.get('image')?.value;
  const build = entries.get('build')?.value;
  const provider = entries.get('provider')?.value;
  if (image !== undefined && !isEmpty(image)) addImage(reading, image, [...path, 'image'], object);
  else if (build !== undefined && !isEmpty(build)) {
    if (!reading.allowEmpty) {
      const what = 'the service is built and its image has no name, so nothing says which image is deployed';
      const cure =
        'write the name under which it is pushed as `image`, and list its Dockerfile in `files`. `allow-empty: true` accepts the service as it is';
      fail(build, [...path, 'build'], what, cure);
    }
  } else if (provider !== undefined && !isEmpty(provider))
    readProvider(reading, provider, [...path, 'provider'], object);
  else if (inherited === undefined) fail(service, path, 'the service has neither an image nor a build', RENDER);
  if (build?.kind === 'map') readBuild(reading, build, [...path, 'build'], object);
  const volumes = entries.get('volumes')?.value;
  for (const [index, volume] of (volumes?.kind === 'list' ? volumes.items : []).entries()) {
    if (volume.kind !== 'map') continue;
    const at = [...path, 'volumes', index];
    checkSpellings(volume, at, reading, { known: VOLUME_KEYS, object });
    const type = volume.entries.get('type')?.value;
    const typeText = type?.kind === 'scalar' ? String(type.value) : '';
    if (typeText.includes('$'))
      fail(type ?? volume, [...at, 'type'], `the type ${quoted(typeText)} contains a variable`, RENDER);
    if (typeText !== 'image') continue;
    const source = volume.entries.get('source')?.value ?? volume.entries.get('src')?.value;
    if (source === undefined) fail(volume, at, 'the image volume has no source', RENDER);
    else addImage(reading, source, [...at, 'source'], object);
  }
}

const VOLUME_KEYS = new Map(['type', 'source'].map((key) => [foldKey(key), key]));

/** A provider other than for models runs a program of its own, and no image. */
function readProvider(reading: ComposeReading, provider: LocatedValue, path: FieldPath, object: string): void {
  const map = provider.kind === 'map' ? provider.entries : undefined;
  const type = map?.get('type')?.value;
  const options = map?.get('options')?.value;
  const model = options?.kind === 'map' ? options.entries.get('model')?.value : undefined;
  if (type?.kind === 'scalar' && type.value === 'model' && model !== undefined) {
    addImage(reading, model, [...path, 'options', 'model'], object);
    return;
  }
  const what = 'the service is run by a provider, and nothing says which images it uses';
  const cure = 'check it otherwise, and leave the file out with `!` in `files`';
  refuse(reading, provider, { object, field: formatField(path), what, cure });
}

function readBuild(reading: ComposeReading, build: LocatedMap, path: FieldPath, object: string): void {
  const { document, images, problems } = reading;
  const thing = (key: string): BuiltThing => {
    return { document, object, field: formatField([...path, key]), renderer: 'compose', images, problems };
  };
  const inline = build.entries.get('dockerfile_inline')?.value;
  if (inline !== undefined && !isEmpty(inline)) {
    const buildArgs = buildArgsOf(build, 'args', reading.buildArgs);
    readInlineDockerfile(inline, thing('dockerfile_inline'), buildArgs);
  }
  const contexts = build.entries.get('additional_contexts')?.value;
  if (contexts !== undefined) readContexts(contexts, thing('additional_contexts'), reading.text);
}

interface Refusal {
  readonly object?: string | undefined;
  readonly field: string;
  readonly what: string;
  readonly cure: string;
}

function refuse(
  { document, problems }: ComposeReading,
  { line }: TextPlace,
  { object, field, what, cure }: Refusal,
): void {
  problems.push({ line, document, object, field, what, cure });
}

function addImage(reading: ComposeReading, value: LocatedValue, path: FieldPath, object: string): void {
  const read = readImageValue(value, 'compose');
  const field = formatField(path);
  if (read.kind === 'wrong') {
    refuse(reading, value, { object, field, what: read.what, cure: read.cure });
    return;
  }
  const { line, start, end } = value;
  reading.images.push({
    ...{ image: read.image, text: { line, start, end }, style: value.kind === 'scalar' ? value.style : 'plain', line },
    ...{ document: reading.document, object, field, owner: undefined, annotated: undefined },
  });
}

/** The entries of a map at the top; anything but a map or nothing is a problem. */
function mapOf(reading: ComposeReading, root: LocatedMap, key: string): [string, LocatedValue][] {
  const value = root.entries.get(key)?.value;
  if (value === undefined || isEmpty(value)) return [];
  if (value.kind === 'map') return [...value.entries].map(([name, entry]) => [name, entry.value]);
  refuse(reading, value, { field: key, what: `\`${key}\` is not a map`, cure: RENDER });
  return [];
}

function checkSpellings(
  map: LocatedMap,
  path: FieldPath,
  reading: ComposeReading,
  { known, object }: { readonly known: ReadonlyMap<string, string>; readonly object: string | undefined },
): void {
  for (const [key, { key: place }] of map.entries) {
    const right = known.get(foldKey(key));
    if (right === undefined || right === key) continue;
    const what = `Compose does not read ${quoted(key)}`;
    refuse(reading, place, { object, field: formatField([...path, key]), what, cure: `write ${quoted(right)}` });
  }
}

function isEmpty(value: LocatedValue): boolean {
  if (value.kind === 'list') return value.items.length === 0;
  return value.kind === 'scalar' && value.value === null;
}
