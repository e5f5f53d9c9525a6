import { digestOf, hexOf } from '../image/digest.ts';
import { nearName } from '../text/near-name.ts';
import { quoted } from '../text/quoted.ts';
import type { LocatedValue } from '../yaml/located.ts';
import { readYaml } from '../yaml/read-yaml.ts';
import { NO_ENGINE, NO_ENGINE_CURE, readAuthority } from './authorities.ts';
import { createFieldReader, type Field, type FieldReader, type Fields, join, plainValue } from './fields.ts';
import { readImageGlob } from './image-glob.ts';
import { readMatch } from './match-entries.ts';
import type { Authority, ImageGlob, Policy, PolicyProblem, PolicySet } from './policy.ts';
import { NARROWING, type PolicyAnnotations, PREFIX, readAnnotations } from './policy-annotations.ts';
import type { PolicyIdentityContext } from './policy-identity.ts';
import { readTrustRoot, type TrustRootParts } from './trust-roots.ts';

/** A policy file, or a literal in an input. */
export interface PolicyFile {
  /** See PolicyPlace. */
  readonly file: string;
  readonly text: string;
}

/** Where policies are read. */
export interface PolicyContext {
  /** True where files or requests name the images, so that `match` has an object to look at. */
  readonly namesObjects: boolean;
  readonly identity: PolicyIdentityContext;
}

export type ReadPolicies =
  | { readonly kind: 'policies'; readonly set: PolicySet }
  | { readonly kind: 'invalid'; readonly problems: readonly [PolicyProblem, ...PolicyProblem[]] };

const GROUP = 'policy.sigstore.dev';
const POLICY_VERSIONS = [`${GROUP}/v1beta1`, `${GROUP}/v1alpha1`];
const ROOT_VERSIONS = [`${GROUP}/v1alpha1`];

/** The most characters of one file. */
const FILE_MAX_CHARS = 1024 * 1024;
/** The most policies and TrustRoots, globs and identities of all files: every image is compared with all of them. */
const DOCUMENTS_MAX = 1000;
const GLOBS_MAX = 2000;
const IDENTITIES_MAX = 2000;
/** The most authorities of one policy. */
const AUTHORITIES_MAX = 100;
/** The most problems that are reported; the first ones say enough. */
const PROBLEMS_MAX = 200;

/**
 * Reads ClusterImagePolicies and the TrustRoots that they name (policy-controller, pkg/apis/policy): all of them, or
 * none and every problem. Stricter than policy-controller: nothing that it would ignore is accepted (docs/decisions/0026).
 * Pure.
 */
export function readPolicies(files: readonly PolicyFile[], context: PolicyContext): ReadPolicies {
  const problems: PolicyProblem[] = [];
  const documents = files.flatMap((file) => readDocuments(file, problems));
  const over = tooMany(documents);
  if (over !== undefined) return { kind: 'invalid', problems: [over] };
  const roots = documents.filter(({ kind }) => kind === 'TrustRoot');
  const written = documents.filter(({ kind }) => kind === 'ClusterImagePolicy');
  const trustRoots = readRoots(roots, problems);
  const read = written.map((document) => readPolicy(document, { ...context, trustRoots }));
  for (const { reader } of read) problems.push(...reader.problems);
  const policies = read.flatMap(({ policy }) => policy ?? []);
  problems.push(...repeated(read.flatMap(({ named }) => named ?? [])));
  if (problems.length === 0 && written.length === 0) problems.push(noPolicy(files));
  const [problem, ...others] = distinct(problems);
  if (problem !== undefined) return { kind: 'invalid', problems: [problem, ...others.slice(0, PROBLEMS_MAX - 1)] };
  const [policy, ...rest] = policies;
  if (policy === undefined || policies.length < written.length) throw new TypeError('a policy was lost');
  const notices = read.flatMap((one) => one.notices);
  return { kind: 'policies', set: { policies: [policy, ...rest], notices } };
}

interface PolicyDocument {
  readonly file: string;
  readonly number: number;
  readonly kind: 'ClusterImagePolicy' | 'TrustRoot';
  readonly root: Field;
}

/** The documents of a file, with their kinds. */
function readDocuments({ file, text }: PolicyFile, problems: PolicyProblem[]): PolicyDocument[] {
  const add = (at: { readonly line: number; readonly document: number }, what: string, cure: string): void => {
    problems.push({ file, line: at.line, document: at.document, path: '', what, cure });
  };
  if (text.length > FILE_MAX_CHARS) {
    add({ line: 1, document: 1 }, `the file has more than ${FILE_MAX_CHARS} characters`, 'Split it.');
    return [];
  }
  const read = readYaml(text);
  if (read.kind === 'unreadable') {
    for (const problem of read.problems) add(problem, problem.message, 'Correct the YAML.');
    return [];
  }
  const filled = read.documents.filter(({ root }) => root !== undefined);
  if (filled.length === 0)
    add({ line: 1, document: 1 }, 'the file has no documents', 'Remove the file, or write a policy in it.');
  return filled.flatMap(({ number, root }) => {
    if (root === undefined) return [];
    const field = { value: root, path: '', line: root.line };
    const reader = createFieldReader({ file, document: number });
    const kind = readKind(reader, field);
    problems.push(...reader.problems);
    return kind === undefined ? [] : [{ file, number, kind, root: field }];
  });
}

const KINDS = ['ClusterImagePolicy', 'TrustRoot'] as const;

function readKind(reader: FieldReader, field: Field): PolicyDocument['kind'] | undefined {
  if (field.value.kind !== 'map') {
    reader.add(field, 'the document is not a Kubernetes resource', 'Write a ClusterImagePolicy.');
    return undefined;
  }
  const of = (name: string): { readonly text: string | undefined; readonly at: Field } => {
    const entry = field.value.kind === 'map' ? field.value.entries.get(name) : undefined;
    const at = { value: entry?.value ?? field.value, path: name, line: entry?.key.line ?? field.line };
    return { text: textOf(entry?.value), at };
  };
  const kind = of('kind');
  const version = of('apiVersion');
  const known = KINDS.find((one) => one === kind.text);
  if (known === undefined) {
    const near = kind.text === undefined ? undefined : nearName(kind.text, KINDS);
    reader.add(
      kind.at,
      kind.text === undefined ? 'the document has no kind' : `a ${quoted(kind.text)} is not a policy`,
      `${near === undefined ? 'Write kind ClusterImagePolicy or TrustRoot' : `Write \`${near}\``}, or move the document to another file.`,
    );
    return undefined;
  }
  const versions = known === 'TrustRoot' ? ROOT_VERSIONS : POLICY_VERSIONS;
  if (version.text !== undefined && versions.includes(version.text)) return known;
  reader.add(
    version.at,
    version.text === undefined ? 'the document has no apiVersion' : `unknown apiVersion ${quoted(version.text)}`,
    `Write ${versions.map((one) => `\`apiVersion: ${one}\``).join(' or ')}.`,
  );
  return undefined;
}

function textOf(value: LocatedValue | undefined): string | undefined {
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

/** Fields of `metadata` that a server fills in, as `kubectl get -o yaml` prints them. They decide nothing. */
const SERVER_METADATA = [
  'creationTimestamp',
  'generation',
  'resourceVersion',
  'uid',
  'managedFields',
  'ownerReferences',
  'finalizers',
  'selfLink',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
];

interface Metadata {
  readonly name: string;
  readonly at: Field;
  readonly annotations: Fields;
}

function readMetadata(reader: FieldReader, fields: Fields, root: Field): Metadata | undefined {
  const field = fields.get('metadata');
  if (field === undefined) {
    reader.add({ path: 'metadata.name', line: root.line }, 'the document has no name', 'Add `metadata` with `name`.');
    return undefined;
  }
  const own = reader.map(field, ['name', 'labels', 'annotations', ...SERVER_METADATA], {
    namespace: 'Remove it: the resource belongs to the whole cluster.',
    generateName: 'Write `name`.',
  });
  if (own === undefined) return undefined;
  const labels = own.get('labels');
  if (labels !== undefined) reader.texts(labels);
  const annotationsField = own.get('annotations');
  const annotations = (annotationsField === undefined ? undefined : reader.texts(annotationsField)) ?? new Map();
  const name = reader.requiredText(own, 'name', field);
  const at = own.get('name');
  if (name === undefined || at === undefined) return undefined;
  // RFC 1123, as the API server demands.
  if (!/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/.test(name)) {
    reader.add(
      at,
      `${quoted(name)} is not a name of a resource`,
      'Use a-z, 0-9, - and . only, at most 253 characters.',
    );
  }
  return { name, at, annotations };
}

type TrustRoots = ReadonlyMap<string, TrustRootParts | undefined>;

function readRoots(documents: readonly PolicyDocument[], problems: PolicyProblem[]): TrustRoots {
  const roots = new Map<string, TrustRootParts | undefined>();
  const named: NamedPlace[] = [];
  for (const { file, number, root } of documents) {
    const reader = createFieldReader({ file, document: number });
    const fields = reader.map(root, ['apiVersion', 'kind', 'metadata', 'spec', 'status']);
    const metadata = fields === undefined ? undefined : readMetadata(reader, fields, root);
    const spec = requireSpec(reader, fields, root);
    const parts = spec === undefined ? undefined : readTrustRoot(reader, spec);
    problems.push(...reader.problems);
    if (metadata === undefined) continue;
    named.push({ kind: 'TrustRoot', name: metadata.name, file, document: number, line: metadata.at.line });
    roots.set(metadata.name, parts);
  }
  problems.push(...repeated(named));
  return roots;
}

function requireSpec(reader: FieldReader, fields: Fields | undefined, root: Field): Field | undefined {
  if (fields === undefined) return undefined;
  const spec = fields.get('spec');
  if (spec === undefined) reader.add({ path: 'spec', line: root.line }, 'the field is missing', 'Add `spec`.');
  return spec;
}

interface NamedPlace {
  readonly kind: string;
  readonly name: string;
  readonly file: string;
  readonly document: number;
  readonly line: number;
}

/** policy-controller's command keeps the first of two policies with one name, the cluster the last. */
function repeated(named: readonly NamedPlace[]): PolicyProblem[] {
  const first = new Map<string, NamedPlace>();
  return named.flatMap((one): PolicyProblem[] => {
    const earlier = first.get(one.name);
    if (earlier === undefined) {
      first.set(one.name, one);
      return [];
    }
    const { file, line, document } = one;
    const where = earlier.file === file ? `line ${earlier.line}` : `${earlier.file}, line ${earlier.line}`;
    const what = `another ${one.kind} is called ${quoted(one.name)} (${where})`;
    return [{ file, line, document, path: 'metadata.name', what, cure: 'Rename one of them.' }];
  });
}

const SPEC = ['images', 'match', 'mode', 'authorities', 'policy'];
const IN_AUTHORITY = 'It belongs into an entry of `spec.authorities`.';
const SPEC_ELSEWHERE = Object.fromEntries(
  [
    'key',
    'keyless',
    'static',
    'source',
    'ctlog',
    'attestations',
    'rfc3161timestamp',
    'signatureFormat',
    'identities',
  ].map((name) => [name, IN_AUTHORITY]),
);

interface ReadPolicy {
  readonly reader: FieldReader;
  /** Undefined if there are problems. */
  readonly policy: Policy | undefined;
  readonly named: NamedPlace | undefined;
  readonly notices: readonly string[];
}

function readPolicy(
  { file, number, root }: PolicyDocument,
  context: PolicyContext & { readonly trustRoots: TrustRoots },
): ReadPolicy {
  const reader = createFieldReader({ file, document: number });
  const fields = reader.map(root, ['apiVersion', 'kind', 'metadata', 'spec', 'status']);
  const metadata = fields === undefined ? undefined : readMetadata(reader, fields, root);
  const specField = requireSpec(reader, fields, root);
  const spec = specField === undefined ? undefined : reader.map(specField, SPEC, SPEC_ELSEWHERE);
  const named =
    metadata === undefined
      ? undefined
      : { kind: 'ClusterImagePolicy', name: metadata.name, file, document: number, line: metadata.at.line };
  if (spec === undefined || specField === undefined) return { reader, policy: undefined, named, notices: [] };
  const annotations = readAnnotations(reader, metadata?.annotations ?? new Map());
  const globs = readGlobs(reader, spec, specField);
  const match = spec.get('match');
  const entries = match === undefined ? undefined : readMatch(reader, match, context.namesObjects);
  const mode = reader.oneOf(spec.get('mode'), ['enforce', 'warn']) ?? 'enforce';
  const engine = spec.get('policy');
  if (engine !== undefined) reader.add(engine, NO_ENGINE, NO_ENGINE_CURE);
  const { identity, trustRoots } = context;
  const authorities = readAuthorities(reader, { spec, specField }, { identity, annotations, trustRoots });
  checkAnnotations(reader, annotations, authorities);
  const [glob, ...otherGlobs] = globs.globs;
  const [authority, ...others] = authorities;
  if (reader.problems.length > 0 || metadata === undefined || glob === undefined || authority === undefined) {
    return { reader, policy: undefined, named, notices: [] };
  }
  const policy: Policy = {
    name: metadata.name,
    place: { file, line: metadata.at.line, document: number },
    globs: [glob, ...otherGlobs],
    match: entries,
    mode,
    authorities: [authority, ...others],
    require: annotations.require,
    namespaces: annotations.namespaces,
    contentHash: hashOf({ specField, annotations, authorities, identity }),
  };
  return {
    reader,
    policy,
    named,
    notices: [...globs.notices, ...noticesAbout(policy, annotations)].map(
      (notice) => `policy ${quoted(policy.name)} (${file}): ${notice}`,
    ),
  };
}

function readGlobs(
  reader: FieldReader,
  spec: Fields,
  parent: Field,
): { readonly globs: readonly ImageGlob[]; readonly notices: readonly string[] } {
  const field = spec.get('images');
  if (field === undefined) {
    const at = { path: join(parent.path, 'images'), line: parent.line };
    reader.add(at, 'the policy matches no image', 'Add `images` with a `glob`.');
    return { globs: [], notices: [] };
  }
  const items = reader.list(field) ?? [];
  const read = items.flatMap((item) => {
    const fields = reader.map(item, ['glob']);
    const source = fields === undefined ? undefined : reader.requiredText(fields, 'glob', item);
    const at = fields?.get('glob');
    if (source === undefined || at === undefined) return [];
    const glob = readImageGlob(source);
    if (glob.kind === 'glob') return [glob];
    const cure = glob.instead.map((one) => `\`${one}\``).join(' or ');
    reader.add(at, glob.what, cure === '' ? 'Write a glob such as `ghcr.io/acme/app@*`.' : `Write ${cure}.`);
    return [];
  });
  return { globs: read.map(({ glob }) => glob), notices: read.flatMap(({ notices }) => notices) };
}

function readAuthorities(
  reader: FieldReader,
  { spec, specField }: { readonly spec: Fields; readonly specField: Field },
  context: Omit<Parameters<typeof readAuthority>[2], 'index'>,
): Authority[] {
  const field = spec.get('authorities');
  if (field === undefined) {
    const at = { path: join(specField.path, 'authorities'), line: specField.line };
    reader.add(at, 'the policy has no authorities', 'Add `authorities` with `keyless` or `static`.');
    return [];
  }
  const items = reader.list(field) ?? [];
  if (items.length > AUTHORITIES_MAX) {
    reader.add(
      field,
      `it has ${items.length} authorities, more than ${AUTHORITIES_MAX}`,
      'Write fewer, with several identities each.',
    );
    return [];
  }
  return items.flatMap((item, index) => readAuthority(reader, item, { ...context, index }) ?? []);
}

/** What annotations and authorities must not say together. */
function checkAnnotations(
  reader: FieldReader,
  { given, require: wanted }: PolicyAnnotations,
  authorities: readonly Authority[],
): void {
  const keyless = authorities.filter(({ kind }) => kind === 'keyless').length;
  const letsThrough = authorities.some((one) => one.kind === 'static' && one.action === 'pass');
  const bypassed = [...NARROWING, 'attestations'] as const;
  for (const name of bypassed) {
    const field = given.get(name);
    if (field === undefined || reader.problems.length > 0) continue;
    if (letsThrough) {
      reader.add(
        field,
        `${PREFIX}${name} beside \`static: pass\`, which lets the image through without it`,
        'Remove one of them, or write two policies.',
      );
    } else if (keyless === 0) {
      reader.add(field, `${PREFIX}${name} applies to keyless authorities, and there is none`, 'Remove it.');
    }
  }
  const field = given.get('require');
  if (field === undefined || wanted === undefined || reader.problems.length > 0) return;
  if (wanted > keyless) {
    reader.add(
      field,
      `${wanted} authorities are required, but ${keyless} can have a signer (\`static\` does not count)`,
      'Lower the number, or add keyless authorities.',
    );
  }
}

function noticesAbout(policy: Policy, { given }: PolicyAnnotations): string[] {
  const { require: wanted, authorities } = policy;
  const names = [...given.keys()].map((name) => `${PREFIX}${name}`).join(', ');
  const hasStatic = authorities.some(({ kind }) => kind === 'static');
  return [
    ...openHosts(policy),
    ...(names === '' ? [] : [`policy-controller ignores ${names}, so a cluster accepts more than this gate`]),
    ...(policy.namespaces === undefined
      ? []
      : ['countersign/namespaces limits it in the admission webhook only; every other check applies it everywhere']),
    ...(wanted !== undefined && hasStatic
      ? ['its static authorities decide nothing, because countersign/require counts signers']
      : []),
  ];
}

/** Patterns whose host also matches others, because a dot is any character: `github.com` and `githubxcom`. */
function openHosts({ authorities }: Policy): string[] {
  const pairs = authorities.flatMap((one) => (one.kind === 'keyless' ? one.requirement.identities : []));
  const sources = pairs.flatMap(({ issuerPatterns, subjectPatterns }) => [...issuerPatterns, ...subjectPatterns]);
  return sources.flatMap(({ source }) => {
    const [, scheme = '', host = ''] = /^(\^https?:\/\/)((?:\\.|\[[^\]]*\]|[^/\\[(])+)/.exec(source) ?? [];
    const right = host.replace(/\\.|\[[^\]]*\]|\.(?![*+?{])/g, (part) => (part === '.' ? '\\.' : part));
    if (right === host) return [];
    const whole = scheme + right + source.slice(scheme.length + host.length);
    return [`in the pattern ${quoted(source)}, a dot of the host matches any character; write ${quoted(whole)}`];
  });
}

/** Everything that decides: `spec`, our annotations, the TrustRoots and what the identity inputs mean here. */
function hashOf({
  specField,
  annotations,
  authorities,
  identity,
}: {
  readonly specField: Field;
  readonly annotations: PolicyAnnotations;
  readonly authorities: readonly Authority[];
  readonly identity: PolicyIdentityContext;
}): string {
  const ours = [...annotations.given].map(([name, field]): [string, unknown] => [name, plainValue(field.value)]);
  const content = [
    plainValue(specField.value),
    ours.toSorted(([one], [other]) => (one < other ? -1 : 1)),
    authorities.map((one) => (one.kind === 'keyless' ? (one.trustedRoot ?? null) : null)),
    [identity.serverUrl, identity.defaultIssuer],
  ];
  return hexOf(digestOf(Buffer.from(JSON.stringify(content))));
}

/** What is wrong with the size of everything together. Counted before anything is read, because reading takes time. */
function tooMany(documents: readonly PolicyDocument[]): PolicyProblem | undefined {
  const cure = 'Join policies that say the same.';
  const counts = { globs: 0, identities: 0 };
  for (const [index, { file, number, root }] of documents.entries()) {
    const spec = memberOf(root.value, 'spec');
    const authorities = itemsOf(memberOf(spec, 'authorities'));
    counts.globs += itemsOf(memberOf(spec, 'images')).length;
    for (const one of authorities) {
      counts.identities += Math.max(1, itemsOf(memberOf(memberOf(one, 'keyless'), 'identities')).length);
    }
    const what =
      index >= DOCUMENTS_MAX
        ? `there are more than ${DOCUMENTS_MAX} policies and TrustRoots`
        : counts.globs > GLOBS_MAX
          ? `there are more than ${GLOBS_MAX} globs`
          : counts.identities > IDENTITIES_MAX
            ? `there are more than ${IDENTITIES_MAX} identities`
            : undefined;
    if (what !== undefined) return { file, line: root.line, document: number, path: '', what, cure };
  }
  return undefined;
}

function memberOf(value: LocatedValue | undefined, name: string): LocatedValue | undefined {
  return value?.kind === 'map' ? value.entries.get(name)?.value : undefined;
}

function itemsOf(value: LocatedValue | undefined): readonly LocatedValue[] {
  return value?.kind === 'list' ? value.items : [];
}

function noPolicy(files: readonly PolicyFile[]): PolicyProblem {
  const file = files[0]?.file ?? 'policy';
  const what = 'no file has a ClusterImagePolicy';
  return { file, line: 1, document: 1, path: '', what, cure: 'Give a file with one.' };
}

/** An annotation is read once for each identity, and would repeat its problem. */
function distinct(problems: readonly PolicyProblem[]): PolicyProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
