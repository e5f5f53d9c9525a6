import { ValueError } from '../domain/text/value-error.ts';
import { visibleText } from '../domain/text/visible-text.ts';
import type { LocatedMap, LocatedValue, TextPlace } from '../domain/yaml/located.ts';
import { readYaml } from '../domain/yaml/read-yaml.ts';
import { readBake } from './bake.ts';
import { readCompose } from './compose.ts';
import { isDockerfileName, readDockerfile } from './dockerfile.ts';
import type { ImagePath } from './image-paths.ts';
import { placeholderIn, readImageText, renderCure } from './image-value.ts';
import { budgetFor, readObject, type Source } from './kubernetes.ts';
import type { FileImages, FileProblem, NamedImage } from './named-image.ts';

/** One build in the metadata of a build tool. */
export interface Build {
  readonly object: string | undefined;
  readonly names: readonly string[];
  /** Undefined if it was not pushed. */
  readonly digest: string | undefined;
}

export interface ReadFileOptions {
  readonly imagePaths: readonly ImagePath[];
  /** For the ARGs of Dockerfiles, also of those inside of other files. */
  readonly buildArgs: ReadonlyMap<string, string>;
  /** True accepts services of Compose that are built and name no image. */
  readonly allowEmpty: boolean;
  /** Reads the JSON of a build tool. Throws ValueError for any other. */
  readonly readBuilds: (text: string) => readonly Build[];
}

interface TextFile {
  /** The path; its last part decides how the file is read. */
  readonly name: string;
  /** Decoded, with a byte order mark if it has one. */
  readonly text: string;
}

const LEAVE_OUT = 'leave it out with `!` in `files`';
const READ_FILES =
  'files are read that are called *.yaml, *.yml, *.json, Dockerfile, Containerfile, Dockerfile.* or *.Dockerfile';

/**
 * Every image that a file names: what it would run or build on. The file's name says whether it is a Dockerfile; of a YAML
 * or JSON file, each document says what it is: a Kubernetes object, Compose, bake or build metadata. Whatever is none of
 * them, or has to be rendered first, is a problem.
 */
export function readFileImages({ name, text }: TextFile, options: ReadFileOptions): FileImages {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  if (isDockerfileName(base)) return readDockerfile(text, { buildArgs: options.buildArgs });
  const refused = refusedByName(base);
  if (refused !== undefined) return problemOf(refused);
  return readDocuments(base, text, options);
}

interface Refusal {
  readonly what: string;
  readonly cure: string;
}

/** Files that only become manifests. */
function refusedByName(base: string): Refusal | undefined {
  if (/\.hcl$/i.test(base)) {
    return {
      what: 'a bake file in HCL has variables and functions',
      cure: 'give the output of `docker buildx bake --print` in a .json file instead',
    };
  }
  if (/^kustomization(?:\.ya?ml)?$/i.test(base)) {
    return {
      what: 'it names what kustomize renders, not what runs',
      cure: 'give the output of `kubectl kustomize DIRECTORY` instead',
    };
  }
  if (/^Chart\.(?:ya?ml|lock)$/i.test(base)) {
    return { what: 'it describes a Helm chart, not what runs', cure: 'give the output of `helm template` instead' };
  }
  if (/^values(?:[.-].*)?\.ya?ml$/i.test(base) || /\.values\.ya?ml$/i.test(base)) {
    return { what: 'it holds values for a Helm chart', cure: 'give the output of `helm template -f FILE` instead' };
  }
  if (/^helmfile(?:\..*)?\.ya?ml$/i.test(base)) {
    return { what: 'it names Helm releases', cure: 'give the output of `helmfile template` instead' };
  }
  return /\.(?:ya?ml|json)$/i.test(base)
    ? undefined
    : { what: 'its name says nothing about its kind', cure: `${READ_FILES}; ${LEAVE_OUT}` };
}

function problemOf({ what, cure }: Refusal): FileImages {
  return {
    images: [],
    problems: [{ line: undefined, document: undefined, object: undefined, field: undefined, what, cure }],
  };
}

function readDocuments(base: string, text: string, options: ReadFileOptions): FileImages {
  const read = readYaml(text);
  if (read.kind === 'unreadable') {
    const cure = unreadableCure(text);
    const problems = read.problems.map(({ line, document, message }) => {
      return { line, document, object: undefined, field: undefined, what: visibleText(message), cure };
    });
    return { images: [], problems };
  }
  const found: { readonly images: NamedImage[]; readonly problems: FileProblem[] } = { images: [], problems: [] };
  const budget = budgetFor('file');
  for (const { number, root } of read.documents) {
    if (root === undefined) continue;
    const source: Source = {
      ...{ document: number, imagePaths: options.imagePaths, budget, from: 'file', hasPointers: false },
      locate: ({ line, start, end }) => ({ line, text: { line, start, end } }),
    };
    const shape = shapeOf(root, base);
    const inputs = { ...options, ...found, document: number, text };
    if (shape === 'object') readObject(root, { source, found });
    else if (shape === 'compose' && root.kind === 'map') readCompose(root, inputs);
    else if (shape === 'bake' && root.kind === 'map') readBake(root, { ...inputs, document: undefined });
    else if (shape === 'builds') readBuildMetadata(root, { ...inputs, count: read.documents.length });
    else {
      found.problems.push({
        ...{ line: root.line, document: number, object: undefined, field: undefined },
        ...{
          what: 'tools read the document differently: its keys or its name fit several of a Kubernetes object, Compose and bake',
          cure: 'write one of them, under a name that fits it',
        },
      });
    }
  }
  return found;
}

type Shape = 'object' | 'compose' | 'bake' | 'builds' | 'ambiguous';

/** What a document is, by its keys. One that tools would read differently is ambiguous. */
function shapeOf(root: LocatedValue, base: string): Shape {
  const isJson = /\.json$/i.test(base);
  if (root.kind === 'list') return isJson ? 'builds' : 'object';
  if (root.kind !== 'map') return 'object';
  const has = (key: string): boolean => root.entries.has(key);
  const isMap = (key: string): boolean => root.entries.get(key)?.value.kind === 'map';
  const isObject = has('apiVersion') || has('kind');
  const isComposeName = /^(?:docker-)?compose(?:[.-].*)?\.(?:ya?ml|json)$/i.test(base);
  const isBakeName = /^docker-bake(?:\..*)?\.json$/i.test(base);
  const isCompose = isMap('services') || has('include') || isComposeName;
  const isBake = isMap('target') || isBakeName;
  if ([isObject, isCompose, isBake].filter(Boolean).length > 1) return 'ambiguous';
  if (isObject) return 'object';
  if (isCompose) return 'compose';
  if (isBake) return 'bake';
  return isJson ? 'builds' : 'object';
}

interface BuildsReading {
  readonly text: string;
  readonly document: number;
  /** Documents in the file. */
  readonly count: number;
  readonly readBuilds: ReadFileOptions['readBuilds'];
  readonly images: NamedImage[];
  readonly problems: FileProblem[];
}

function readBuildMetadata(root: LocatedValue, reading: BuildsReading): void {
  const { images, problems } = reading;
  const fail = (what: string, cure: string, object?: string, line: number = root.line): void => {
    problems.push({ line, document: undefined, object, field: undefined, what, cure });
  };
  if (reading.count > 1) {
    fail('the metadata of a build is one JSON document, and there are more', 'split it');
    return;
  }
  let builds: readonly Build[];
  try {
    builds = reading.readBuilds(reading.text.replace(/^\ufeff/, ''));
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    fail(
      `it has no \`apiVersion\` and \`kind\`, and as the metadata of a build: ${error.message}`,
      `give Kubernetes objects, Compose or bake files, or the metadata of a build, or ${LEAVE_OUT}`,
    );
    return;
  }
  for (const { object, names, digest } of builds) {
    const place = placeOfBuild(root, object);
    if (digest === undefined || names.length === 0) {
      const missing = digest === undefined ? 'digest (was it pushed?)' : 'name';
      fail(`the build has no ${missing}`, 'push the image, and give the metadata of that build', object, place.line);
      continue;
    }
    for (const name of names) {
      const image = name.includes('@') ? name : `${name}@${digest}`;
      const read = readImageText(image, 'bake');
      if (read.kind === 'wrong') fail(read.what, read.cure, object, place.line);
      else {
        images.push({
          ...{ image: read.image, text: undefined, style: 'word', line: place.line, document: undefined, object },
          ...{ field: 'image.name', owner: undefined, annotated: undefined },
        });
      }
    }
  }
}

/** Of the target that a build is about; otherwise of the document. */
function placeOfBuild(root: LocatedValue, object: string | undefined): TextPlace {
  const target = object?.startsWith('target ') === true ? object.slice('target '.length) : undefined;
  const map: LocatedMap | undefined = root.kind === 'map' ? root : undefined;
  return (
    (target === undefined ? undefined : map?.entries.get(target)?.key) ?? map?.entries.get('image.name')?.key ?? root
  );
}

function unreadableCure(text: string): string {
  if (/!(?:reset|override)\b/.test(text)) return renderCure('compose');
  const open = placeholderIn(text);
  if (open?.includes('{{') === true) return 'give the output of `helm template` (or of what else renders it) instead';
  return 'correct the YAML. If it is a template, give what it renders to';
}
