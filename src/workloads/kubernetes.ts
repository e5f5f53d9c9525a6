import { quoted } from '../domain/text/quoted.ts';
import { foldKey } from '../domain/text/strict-json.ts';
import { visibleText } from '../domain/text/visible-text.ts';
import type { LocatedMap, LocatedValue, TextPlace } from '../domain/yaml/located.ts';
import { readYaml } from '../domain/yaml/read-yaml.ts';
import { type FieldPath, formatField, jsonPointer } from './field-path.ts';
import { type ImagePath, imagePathLine, valuesAt } from './image-paths.ts';
import { placeholderIn, readImageValue } from './image-value.ts';
import { groupOf, type KindRule, ruleOf } from './kinds.ts';
import type { AnnotatedSigner, FileProblem, NamedImage, ObjectIdentity } from './named-image.ts';
import { isSeedAnnotation, readSeedAnnotations } from './seed-annotations.ts';

/** Where the images and problems of a file are collected. */
export interface Found {
  readonly images: NamedImage[];
  readonly problems: FileProblem[];
}

/** What objects are read from. */
export interface Source {
  readonly document: number | undefined;
  /** The line for messages, and the text for pinning; no text if the values are not written in the file as they are. */
  readonly locate: (place: TextPlace) => { readonly line: number; readonly text: TextPlace | undefined };
  readonly imagePaths: readonly ImagePath[];
  /** `request`: an object on its way into a cluster, so that advice about files would be wrong. */
  readonly from: 'file' | 'request';
  /** True if paths lead to values of the object itself, so that a JSON Pointer can be made of them. */
  readonly hasPointers: boolean;
  readonly budget: Budget;
}

/** What may still be spent on a file or a request. Limits hostile ones. */
export interface Budget {
  /** Characters of YAML inside of values, counted as often as aliases use them. */
  embedded: number;
  /** Values in that YAML. */
  readonly values: { left: number };
  /** Characters of the paths to images and problems: one key may be as long as a file, and lead to thousands. */
  paths: number;
}

/** While the object of a request is read, no other one is served: each of its amounts takes 0.3 s at the most. */
const LIMITS = {
  file: { embedded: 4_000_000, values: 500_000, paths: 32_000_000 },
  request: { embedded: 100_000, values: 50_000, paths: 1_000_000 },
} as const;

/** The budget of one file or request. */
export function budgetFor(from: Source['from']): Budget {
  const { embedded, values, paths } = LIMITS[from];
  return { embedded, values: { left: values }, paths };
}

/** More problems of one file than anybody reads. */
const PROBLEMS_MAX = 1_000;

const CONTAINER_LISTS: readonly string[] = ['containers', 'initContainers', 'ephemeralContainers'];
/** Other keys that hold a container, or a list of them. */
const OTHER_CONTAINERS: Readonly<Record<string, readonly string[]>> = {
  argo: ['container', 'script', 'sidecars'],
  tekton: ['steps', 'sidecars', 'stepTemplate'],
};
/** Maps whose keys are data. */
const FREE_KEYS: readonly string[] = ['annotations', 'labels', 'managedFields', 'matchLabels', 'nodeSelector'];
/** What a container is told; never what it runs. */
const CONTAINER_DATA: readonly string[] = ['args', 'command', 'env', 'envFrom'];
/** Keys that Kubernetes reads in exactly this spelling, by their folded form. */
const EXACT_LISTS = new Map(CONTAINER_LISTS.map((key) => [foldKey(key), key]));
const EXACT_TOP = new Map(['apiVersion', 'items', 'kind', 'metadata'].map((key) => [foldKey(key), key]));
/** `image`, `images`, `sidecarImage`, `image_name`, `imageRef`; not `imagePullPolicy`. */
const IMAGE_KEY = /image(?:s|[-_]?(?:names?|refs?|references?|ur[il]s?|repo(?:sitory)?))?$/i;
/** Keys of a map that together name an image. */
const IMAGE_PARTS: readonly string[] = [
  ...['digest', 'newName', 'newTag', 'reference', 'registry', 'repo', 'repository', 'tag'],
];
/** The same, unless the map has an image of its own beside them. */
const VAGUE_PARTS: readonly string[] = ['name', 'ref', 'url', 'version'];
const DIGEST_REFERENCE = /@sha(?:256|512):[0-9a-f]{64}/i;

/** An object that is being read. */
interface Reading {
  readonly source: Source;
  readonly found: Found;
  readonly rule: KindRule;
  /** True: nothing is known about the kind of the object, so that a digest reference is a problem wherever it stands. */
  readonly isUnknown: boolean;
  readonly group: string;
  readonly identity: ObjectIdentity;
  readonly object: string;
  /** The number of steps that lead to the object. */
  readonly depth: number;
  /** Fields that `image-paths` named. */
  readonly claimed: Set<LocatedValue>;
  /** Fields that were read as images, rightly or not. */
  readonly taken: Set<LocatedValue>;
}

/** Kind and version of an object. */
interface ObjectType {
  readonly apiVersion: string;
  readonly kind: string;
}

/** What a map of an object is, besides its own content. */
interface Surroundings {
  /** The map whose `spec` it is. */
  readonly pod?: LocatedMap;
  /** Keys that are read elsewhere. */
  readonly skip?: readonly string[];
}

const NOT_AN_OBJECT =
  'give rendered Kubernetes objects, Compose files, Dockerfiles, bake files or build metadata, and leave other files out with `!` in `files`';

/**
 * Reads a Kubernetes object, or a list of them. `prefix` is the path that leads to it; `inherited` is what an item of a
 * list has from the list.
 */
export function readObject(root: LocatedValue, { source, found, prefix = [], inherited }: ObjectPlace): void {
  const refuse = (what: string, cure: string, object?: string): void => {
    const field = prefix.length === 0 ? undefined : fieldOf(source, prefix);
    const { line } = source.locate(root);
    found.problems.push({ line, document: source.document, object, field, what, cure });
  };
  if (prefix.length > DEPTH_MAX) {
    refuse('objects are nested too deeply', 'write one object per document');
    return;
  }
  if (root.kind !== 'map') {
    refuse(`a ${root.kind === 'list' ? 'list' : 'value'} where a Kubernetes object is expected`, NOT_AN_OBJECT);
    return;
  }
  const type = typeOf(root) ?? inherited;
  if (type === undefined) {
    refuse('a document without `apiVersion` and `kind`', NOT_AN_OBJECT);
    return;
  }
  const { apiVersion, kind } = type;
  if (apiVersion === '' || kind === '') {
    refuse('`apiVersion` and `kind` must both be there, as text', 'write both');
    return;
  }
  const object = objectName(root, kind);
  const items = root.entries.get('items')?.value;
  const isList = items?.kind === 'list';
  // kubectl takes whatever has `items` for a list, whatever its kind.
  if (isList) {
    const below = { apiVersion, kind: kind.endsWith('List') ? kind.slice(0, -'List'.length) : kind };
    for (const [index, item] of items.items.entries()) {
      readObject(item, { source, found, prefix: [...prefix, 'items', index], inherited: below });
    }
  }
  const group = groupOf(apiVersion);
  const rule = ruleOf(kind, group);
  if (rule === 'kustomize' || (kind === 'Kustomization' && group === '')) {
    refuse(
      'it names what kustomize renders, not what runs',
      'give the output of `kubectl kustomize DIRECTORY` instead',
      object,
    );
    return;
  }
  const reading: Reading = {
    ...{ source, found, rule, isUnknown: rule === 'unknown', group, object },
    ...{ identity: identityOf(root, type), depth: prefix.length, claimed: new Set(), taken: new Set() },
  };
  checkSpellings(reading, root, prefix, EXACT_TOP);
  const claims = findClaims(reading, root, prefix);
  for (const value of claims.keys()) reading.claimed.add(value);
  if (rule !== 'no-images') {
    // What the cluster reports, and what is read above.
    walkMap(reading, root, prefix, { skip: ['status', ...(isList ? ['items'] : [])] });
  }
  if (kind === 'DeploymentConfig') refuseTriggers(reading, root, prefix);
  for (const [value, path] of claims) {
    // Nothing is asked for where there is no value.
    if (!reading.taken.has(value) && !isNull(value)) addImage(reading, value, path);
  }
}

interface ObjectPlace {
  readonly source: Source;
  readonly found: Found;
  readonly prefix?: FieldPath;
  readonly inherited?: ObjectType | undefined;
}

/** Far deeper than the reader of YAML allows within one file. */
const DEPTH_MAX = 1_000;

/** Undefined if neither is there; empty texts for what is missing or not text. */
function typeOf(root: LocatedMap): ObjectType | undefined {
  // As kubectl: an item of a list inherits them only if it has neither.
  if (!root.entries.has('apiVersion') && !root.entries.has('kind')) return undefined;
  return { apiVersion: textAt(root, 'apiVersion') ?? '', kind: textAt(root, 'kind') ?? '' };
}

function identityOf(root: LocatedMap, { apiVersion, kind }: ObjectType): ObjectIdentity {
  const metadata = mapAt(root, 'metadata');
  const labels = new Map<string, string>();
  for (const [key, { value }] of mapAt(metadata, 'labels')?.entries ?? []) {
    if (value.kind === 'scalar' && typeof value.value === 'string') labels.set(key, value.value);
  }
  return { apiVersion, kind, namespace: textAt(metadata, 'namespace'), name: textAt(metadata, 'name'), labels };
}

/** The maximum length of names in Kubernetes. */
const NAME_MAX = 253;

/** `Deployment/app`, safe to show. */
function objectName(root: LocatedMap, kind: string): string {
  const metadata = mapAt(root, 'metadata');
  const generated = textAt(metadata, 'generateName');
  const name = textAt(metadata, 'name') ?? (generated === undefined ? undefined : `${generated}*`);
  const shown = (text: string): string => visibleText(text.slice(0, NAME_MAX));
  return name === undefined ? shown(kind) : `${shown(kind)}/${shown(name)}`;
}

/** The fields that `image-paths` names. */
function findClaims(reading: Reading, root: LocatedMap, prefix: FieldPath): ReadonlyMap<LocatedValue, FieldPath> {
  const claims = new Map<LocatedValue, FieldPath>();
  for (const one of reading.source.imagePaths) {
    if (one.kind !== reading.identity.kind || one.group !== reading.group) continue;
    for (const { value, path } of valuesAt(root, one.steps)) {
      const at = [...prefix, ...path];
      if (value.kind !== 'list') claims.set(value, at);
      else for (const [index, item] of value.items.entries()) claims.set(item, [...at, index]);
    }
  }
  return claims;
}

function walk(reading: Reading, value: LocatedValue, path: FieldPath, pod?: LocatedMap): void {
  if (isRead(reading, value)) return;
  if (value.kind === 'map') {
    walkMap(embeddedReading(reading, value), value, path, pod === undefined ? {} : { pod });
  } else if (value.kind === 'list') {
    for (const [index, item] of value.items.entries()) walk(reading, item, [...path, index]);
  } else if (reading.isUnknown && typeof value.value === 'string' && DIGEST_REFERENCE.test(value.value)) {
    refuseField(reading, value, path, `it has a reference with a digest, ${quoted(value.value)}`);
  }
}

/**
 * An object inside of an object is read as its kind is. It may name more images than the outer kind would, never fewer:
 * whoever wrote it may have chosen the inner kind to hide an image of the outer one.
 */
function embeddedReading(reading: Reading, map: LocatedMap): Reading {
  if (reading.rule !== 'unknown') return reading;
  const { apiVersion, kind } = typeOf(map) ?? { apiVersion: '', kind: '' };
  const rule = ruleOf(kind, groupOf(apiVersion));
  return rule === 'pods' || rule === 'argo' || rule === 'tekton' ? { ...reading, rule } : reading;
}

function walkMap(reading: Reading, map: LocatedMap, path: FieldPath, { pod, skip = [] }: Surroundings): void {
  const done = new Set(skip);
  checkSpellings(reading, map, path, EXACT_LISTS);
  refuseMisplaced(reading, map, path);
  readPodSpec(reading, { map, path, pod, done });
  if (reading.rule === 'argo') readArgo(reading, map, path, done);
  if (reading.rule === 'tekton') readTekton(reading, map, path, done);
  for (const [key, { value }] of map.entries) {
    if (done.has(key)) continue;
    const at = [...path, key];
    if (key === 'metadata' && value.kind === 'map') {
      readMetadata(reading, value, at, isPodSpec(map.entries.get('spec')?.value));
    } else if (isFree(reading, key)) {
      refuseMisplaced(reading, value, at);
    } else if (IMAGE_KEY.test(key)) {
      walkImageLike(reading, value, at);
    } else {
      walk(reading, value, at, key === 'spec' ? map : undefined);
    }
  }
}

/** Whether the keys below are data. A selector may be a map of labels, or of fields in a kind that is not known. */
function isFree({ rule, isUnknown }: Reading, key: string): boolean {
  return FREE_KEYS.includes(key) || (key === 'selector' && rule === 'pods' && !isUnknown);
}

/** The tutorial's annotations where nothing reads them. */
function refuseMisplaced(reading: Reading, value: LocatedValue, path: FieldPath): void {
  if (value.kind !== 'map') return;
  for (const [name, { key }] of value.entries) {
    if (!isSeedAnnotation(name)) continue;
    addProblem(reading, key, [...path, name], {
      what: 'the annotation asks for a signer, and no container belongs to it',
      cure: 'move it to the annotations of the Pod, or of the Pod template (`spec.template.metadata.annotations`)',
    });
  }
}

/** True for a map with a list of containers. */
function isPodSpec(value: LocatedValue | undefined): value is LocatedMap {
  return (
    value?.kind === 'map' &&
    CONTAINER_LISTS.some((key) => {
      const list = value.entries.get(key)?.value;
      return list?.kind === 'list' && list.items.some((item) => item.kind === 'map');
    })
  );
}

function readMetadata(reading: Reading, metadata: LocatedMap, path: FieldPath, isOfPod: boolean): void {
  for (const [key, { value }] of metadata.entries) {
    const at = [...path, key];
    // Read with the containers.
    if (key === 'annotations' && isOfPod) continue;
    if (FREE_KEYS.includes(key)) refuseMisplaced(reading, value, at);
    else walk(reading, value, at);
  }
}

// ── containers ──────────────────────────────────────────────────────────────────────────────────

interface PodPlace {
  readonly map: LocatedMap;
  readonly path: FieldPath;
  readonly pod: LocatedMap | undefined;
  /** Keys that have been read. */
  readonly done: Set<string>;
}

/** The most names of containers that a message lists. */
const NAMES_SHOWN = 20;

/** The containers and image volumes of a map, whatever else it is. */
function readPodSpec(reading: Reading, { map, path, pod, done }: PodPlace): void {
  const hasContainers = isPodSpec(map);
  const annotations = hasContainers ? mapAt(mapAt(pod, 'metadata'), 'annotations') : undefined;
  const { signers, faults } = readSeedAnnotations(annotations);
  const at = [...path.slice(0, -1), 'metadata', 'annotations'];
  for (const { key, place, what, cure } of faults) addProblem(reading, place, [...at, key], { what, cure });
  const named = new Set<string>();
  const signerOf = (item: LocatedMap): AnnotatedSigner | undefined => {
    const name = textAt(item, 'name');
    if (name === undefined) return undefined;
    named.add(name);
    return signers.get(name)?.signer;
  };
  for (const key of [...CONTAINER_LISTS, ...(OTHER_CONTAINERS[reading.rule] ?? [])]) {
    const value = map.entries.get(key)?.value;
    if (value === undefined || isNull(value)) continue;
    const isExpected = reading.rule === 'pods' && CONTAINER_LISTS.includes(key);
    if (value.kind === 'list') {
      done.add(key);
      for (const [index, item] of value.items.entries()) {
        const place = [...path, key, index];
        if (item.kind === 'map') readContainer(reading, item, place, { isExpected, signer: signerOf(item) });
        else if (isExpected) refuseShape(reading, item, place, 'a container is a map');
        else walk(reading, item, place);
      }
    } else if (value.kind === 'map' && OTHER_CONTAINERS[reading.rule]?.includes(key) === true) {
      done.add(key);
      readContainer(reading, value, [...path, key], { isExpected: false, signer: undefined });
    } else if (isExpected) {
      done.add(key);
      refuseShape(reading, value, [...path, key], `\`${key}\` is a list`);
    }
  }
  const volumes = map.entries.get('volumes')?.value;
  if (volumes?.kind === 'list') {
    done.add('volumes');
    for (const [index, item] of volumes.items.entries()) {
      const place = [...path, 'volumes', index];
      if (item.kind === 'map') readVolume(reading, item, place, signerOf);
      else walk(reading, item, place);
    }
  }
  // Computed once: a hostile object may have thousands of annotations and of containers.
  const names = [...named].slice(0, NAMES_SHOWN).map((one) => quoted(one, NAME_MAX));
  if (named.size > NAMES_SHOWN) names.push('…');
  for (const [name, { place, keys }] of signers) {
    if (named.has(name)) continue;
    for (const key of keys) {
      addProblem(reading, place, [...at, key], {
        what: `the annotation asks for a signer of ${quoted(name, NAME_MAX)}, and no container and no image volume has that name`,
        cure: `write one of ${names.join(', ') || 'the names of containers'} after the slash, or remove the annotation`,
      });
    }
  }
}

interface ContainerRole {
  /** True if it cannot run without an image of its own. */
  readonly isExpected: boolean;
  readonly signer: AnnotatedSigner | undefined;
}

function readContainer(
  reading: Reading,
  item: LocatedMap,
  path: FieldPath,
  { isExpected, signer }: ContainerRole,
): void {
  const image = item.entries.get('image')?.value;
  const at = [...path, 'image'];
  if (image !== undefined && !isNull(image)) {
    addImage(reading, image, at, signer);
  } else if (isExpected || signer !== undefined) {
    addProblem(reading, image ?? item, at, {
      what: 'the container names no image',
      cure: 'write its image; what is filled in later cannot be checked here',
    });
  }
  walkMap(reading, item, path, { skip: [...CONTAINER_DATA, 'image'] });
}

/** `image.reference` is an image that is mounted. `rbd.image` is a disk. */
function readVolume(
  reading: Reading,
  item: LocatedMap,
  path: FieldPath,
  signerOf: (item: LocatedMap) => AnnotatedSigner | undefined,
): void {
  const skip: string[] = [];
  const image = item.entries.get('image')?.value;
  if (image?.kind === 'map') {
    skip.push('image');
    const signer = signerOf(item);
    const reference = image.entries.get('reference')?.value;
    const isEmpty =
      reference === undefined || isNull(reference) || (reference.kind === 'scalar' && reference.value === '');
    const at = [...path, 'image', 'reference'];
    // Without a reference, nothing is mounted.
    if (!isEmpty) addImage(reading, reference, at, signer);
    // Other parts of it are an image of a kind that is not known.
    walkImageLike(reading, image, [...path, 'image']);
  }
  const rbd = item.entries.get('rbd')?.value;
  if (rbd?.kind === 'map') {
    skip.push('rbd');
    walkMap(reading, rbd, [...path, 'rbd'], { skip: ['image'] });
  }
  walkMap(reading, item, path, { skip });
}

/** OpenShift replaces the image of a container when an image stream changes. */
function refuseTriggers(reading: Reading, root: LocatedMap, prefix: FieldPath): void {
  const triggers = mapAt(root, 'spec')?.entries.get('triggers')?.value;
  for (const [index, trigger] of (triggers?.kind === 'list' ? triggers.items : []).entries()) {
    if (trigger.kind !== 'map' || !trigger.entries.has('imageChangeParams')) continue;
    addProblem(reading, trigger, [...prefix, 'spec', 'triggers', index], {
      what: 'an image stream decides which image runs',
      cure: 'name the image in the container, and remove the trigger',
    });
  }
}

// ── Argo Workflows and Tekton ───────────────────────────────────────────────────────────────────

function readArgo(reading: Reading, map: LocatedMap, path: FieldPath, done: Set<string>): void {
  const patch = map.entries.get('podSpecPatch')?.value;
  if (patch !== undefined && textOf(patch) !== undefined) {
    done.add('podSpecPatch');
    for (const { root, source } of readEmbedded(reading, patch, [...path, 'podSpecPatch'])) {
      walk({ ...reading, source }, root, [...path, 'podSpecPatch']);
    }
  }
  const resource = mapAt(map, 'resource');
  const manifest = resource?.entries.get('manifest')?.value;
  if (resource === undefined) return;
  const at = [...path, 'resource'];
  if (resource.entries.has('manifestFrom')) {
    addProblem(reading, resource, [...at, 'manifestFrom'], {
      what: 'the manifest comes from an artifact that only the run has',
      cure: `write it under \`manifest\`, or ${leaveOut(reading)}`,
    });
  }
  if (manifest === undefined || textOf(manifest) === undefined) return;
  done.add('resource');
  for (const { root, source } of readEmbedded(reading, manifest, [...at, 'manifest'])) {
    readObject(root, { source, found: reading.found, prefix: [...at, 'manifest'] });
  }
  walkMap(reading, resource, at, { skip: ['manifest'] });
}

/** Reads YAML in a text. What is wrong with it becomes problems. */
function readEmbedded(
  reading: Reading,
  value: LocatedValue,
  path: FieldPath,
): { readonly root: LocatedValue; readonly source: Source }[] {
  const { source } = reading;
  const text = textOf(value) ?? '';
  source.budget.embedded -= text.length;
  if (source.budget.embedded < 0) {
    addProblem(reading, value, path, {
      what: `the ${source.from === 'file' ? 'file' : 'object'} has more than ${LIMITS[source.from].embedded} characters of manifests inside of manifests`,
      cure: 'split it',
    });
    return [];
  }
  const own = source.locate(value).line;
  // The text of a block starts on the line after its header.
  const lineOf = (line: number): number => (value.kind === 'scalar' && value.style === 'block' ? own + line : own);
  const read = readYaml(text, source.budget.values);
  if (read.kind === 'unreadable') {
    const cure =
      placeholderIn(text) === undefined
        ? 'correct the manifest'
        : `write the manifest without variables: what a run fills in later cannot be checked here. Or ${leaveOut(reading)}`;
    const field = fieldOf(source, path);
    for (const { line, message } of read.problems) {
      reading.found.problems.push({
        ...{ line: lineOf(line), document: source.document, object: reading.object, field },
        ...{ what: `the YAML in it cannot be read: ${visibleText(message)}`, cure },
      });
    }
    return [];
  }
  const locate: Source['locate'] = ({ line }) => ({ line: lineOf(line), text: undefined });
  return read.documents.flatMap(({ root }) =>
    root === undefined ? [] : [{ root, source: { ...source, locate, hasPointers: false } }],
  );
}

function readTekton(reading: Reading, map: LocatedMap, path: FieldPath, done: Set<string>): void {
  // A StepAction is itself a step.
  if (reading.identity.kind === 'StepAction' && path.length === reading.depth + 1 && path.at(-1) === 'spec') {
    done.add('image');
    for (const key of CONTAINER_DATA) done.add(key);
    const image = map.entries.get('image')?.value;
    if (image !== undefined && !isNull(image)) {
      addImage(reading, image, [...path, 'image']);
    }
  }
  const key = path.at(-1);
  if (key !== 'taskRef' && key !== 'pipelineRef' && key !== 'ref') return;
  const bundle = map.entries.get('bundle')?.value;
  if (bundle !== undefined && !isNull(bundle)) addImage(reading, bundle, [...path, 'bundle']);
  if (textAt(map, 'resolver') !== 'bundles') return;
  const params = map.entries.get('params')?.value;
  for (const [index, item] of (params?.kind === 'list' ? params.items : []).entries()) {
    if (item.kind !== 'map' || textAt(item, 'name') !== 'bundle') continue;
    const value = item.entries.get('value')?.value;
    if (value !== undefined) addImage(reading, value, [...path, 'params', index, 'value']);
  }
}

// ── what looks like an image ────────────────────────────────────────────────────────────────────

/** A value under a key such as `image`, where no image is expected. */
function walkImageLike(reading: Reading, value: LocatedValue, path: FieldPath): void {
  if (isRead(reading, value)) return;
  if (value.kind === 'list') {
    for (const [index, item] of value.items.entries()) walkImageLike(reading, item, [...path, index]);
  } else if (value.kind === 'map') {
    const hasOwn = [...value.entries.keys()].some((key) => IMAGE_KEY.test(key));
    const parts = (hasOwn ? IMAGE_PARTS : [...IMAGE_PARTS, ...VAGUE_PARTS]).filter((key) => {
      const part = value.entries.get(key)?.value;
      return part !== undefined && !isRead(reading, part) && isFilled(part);
    });
    if (parts.length > 0) {
      refuseField(reading, value, path, `its ${parts.map((part) => `\`${part}\``).join(' and ')} may name an image`);
    }
    walkMap(reading, value, path, { skip: parts });
  } else if (isFilled(value)) {
    refuseField(reading, value, path, `its value ${quoted(String(value.value))} may be an image`);
  }
}

const isRead = ({ claimed, taken }: Reading, value: LocatedValue): boolean => claimed.has(value) || taken.has(value);

const isFilled = (value: LocatedValue): boolean =>
  value.kind === 'scalar' &&
  (typeof value.value === 'number' || (typeof value.value === 'string' && value.value !== ''));

/** The longest path that is offered as a line of `image-paths`, in characters. */
const LINE_MAX = 1_000;

function refuseField(reading: Reading, value: LocatedValue, path: FieldPath, why: string): void {
  const { rule, group, identity, found } = reading;
  if (found.problems.length >= PROBLEMS_MAX) return;
  const { kind } = identity;
  const type = group === '' ? kind : `${kind}.${group}`;
  const known = reading.isUnknown
    ? `objects of the kind ${quoted(type)} are not known`
    : `a ${quoted(kind)} has no image in this field`;
  addProblem(reading, value, path, { what: `${known}, and ${why}`, cure: cureOf() });

  function cureOf(): string {
    const isShort = lengthOf(path) <= LINE_MAX;
    const line = isShort ? imagePathLine({ kind, group }, path.slice(reading.depth)) : undefined;
    if (reading.source.from === 'request') {
      const out = `whoever runs the webhook can ${leaveOut(reading)}`;
      if (value.kind === 'map' || line === undefined) return out;
      return `if it names an image, ${out}, or add this line to COUNTERSIGN_IMAGE_PATHS: ${line}`;
    }
    const text = textOf(value);
    if (text !== undefined && placeholderIn(text) !== undefined) {
      return 'give the output of what fills in its variables (`helm template`, `kubectl kustomize`, `envsubst`)';
    }
    if (value.kind === 'map' || line === undefined) {
      return '`image-paths` can only name fields that hold a whole reference. Check what is made of it (such as the output of `helm template`), and leave this file out with `!` in `files`';
    }
    const add = `if it names an image, add this line to \`image-paths\`: ${line}`;
    return rule === 'unknown' ? add : `correct the name of the field. Or, ${add}`;
  }
}

/** What remains if nothing of the object can be changed. */
function leaveOut({ source }: Reading): string {
  return source.from === 'file'
    ? 'leave the file out with `!` in `files`'
    : 'take the resource out of the rules of the webhook';
}

/** Keys that equal a known one but for capitals: readers differ about them. */
function checkSpellings(reading: Reading, map: LocatedMap, path: FieldPath, known: ReadonlyMap<string, string>): void {
  for (const [key, { key: place }] of map.entries) {
    const right = known.get(foldKey(key));
    if (right === undefined || right === key) continue;
    addProblem(reading, place, [...path, key], {
      what: `${quoted(key)} is ${quoted(right)} for some readers and not for others`,
      cure: `write ${quoted(right)}`,
    });
  }
}

// ── small helpers ───────────────────────────────────────────────────────────────────────────────

function addImage(reading: Reading, value: LocatedValue, path: FieldPath, annotated?: AnnotatedSigner): void {
  const { source, found, object, identity } = reading;
  const isPipeline = reading.rule === 'argo' || reading.rule === 'tekton';
  reading.taken.add(value);
  const read = readImageValue(value, source.from === 'request' ? 'request' : isPipeline ? 'pipeline' : 'kubernetes');
  if (read.kind === 'wrong') {
    addProblem(reading, value, path, read);
    return;
  }
  const field = fieldOf(source, path);
  if (field === undefined) {
    addProblem(reading, value, path, {
      what: `the paths to the images of the ${source.from === 'file' ? 'file' : 'object'} have more than ${LIMITS[source.from].paths} characters`,
      cure: 'shorten the keys that lead to them',
    });
    return;
  }
  const { line, text } = source.locate(value);
  found.images.push({
    ...{ image: read.image, text, style: value.kind === 'scalar' ? value.style : 'plain', line },
    ...{ document: source.document, object, field, owner: identity, annotated },
    ...(source.hasPointers ? { pointer: jsonPointer(path) } : {}),
  });
}

function addProblem(
  reading: Reading,
  place: TextPlace,
  path: FieldPath,
  { what, cure }: { readonly what: string; readonly cure: string },
): void {
  const { source, found, object } = reading;
  // One is enough to refuse the file.
  if (found.problems.length >= PROBLEMS_MAX) return;
  const { line } = source.locate(place);
  found.problems.push({ line, document: source.document, object, field: fieldOf(source, path), what, cure });
}

/** The path for people; undefined if the budget for paths is spent. */
function fieldOf({ budget }: Source, path: FieldPath): string | undefined {
  budget.paths -= lengthOf(path);
  return budget.paths < 0 ? undefined : formatField(path);
}

function lengthOf(path: FieldPath): number {
  return path.reduce<number>((length, step) => length + String(step).length, 0);
}

function refuseShape(reading: Reading, place: TextPlace, path: FieldPath, what: string): void {
  addProblem(reading, place, path, { what: `${what}, and this is not one`, cure: 'correct its shape' });
}

function mapAt(map: LocatedMap | undefined, key: string): LocatedMap | undefined {
  const value = map?.entries.get(key)?.value;
  return value?.kind === 'map' ? value : undefined;
}

function textAt(map: LocatedMap | undefined, key: string): string | undefined {
  const value = map?.entries.get(key)?.value;
  return value === undefined ? undefined : textOf(value);
}

function textOf(value: LocatedValue): string | undefined {
  return value.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

const isNull = (value: LocatedValue): boolean => value.kind === 'scalar' && value.value === null;
