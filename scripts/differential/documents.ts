import { readFileSync } from 'node:fs';
import { createRandom, type Random } from '../common/random.ts';
import { copyTree, type Member, objectsOf, raw, type Tree, toTree, writeTree } from './json-tree.ts';

/** Which readers a document is for. */
export type DocumentKind = 'image' | 'bundle' | 'statement' | 'trusted root';

export interface TestDocument {
  readonly kind: DocumentKind;
  readonly bytes: Buffer;
}

const GOLDEN = new URL('../../__tests__/fixtures/golden/', import.meta.url);
const readGolden = (path: string): unknown => JSON.parse(readFileSync(new URL(path, GOLDEN), 'utf8'));
const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;

const INDEX = {
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.index.v1+json',
  manifests: [
    {
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      digest: digest('1'),
      size: 400,
      platform: { architecture: 'amd64', os: 'linux' },
    },
    {
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      digest: digest('2'),
      size: 401,
      platform: { architecture: 'arm64', os: 'linux', variant: 'v8', 'os.version': '1', 'os.features': ['a'] },
    },
    {
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      digest: digest('3'),
      size: 402,
      annotations: { 'vnd.docker.reference.type': 'attestation-manifest', 'vnd.docker.reference.digest': digest('1') },
      platform: { architecture: 'unknown', os: 'unknown' },
    },
  ],
  annotations: { key: 'sky' },
};

const MANIFEST = {
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  artifactType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
  config: { mediaType: 'application/vnd.oci.empty.v1+json', digest: digest('4'), size: 2 },
  layers: [
    {
      mediaType: 'application/vnd.dev.cosign.simplesigning.v1+json',
      digest: digest('5'),
      size: 3,
      annotations: { 'dev.cosignproject.cosign/signature': 'c2lnbmF0dXJl', task: 'k' },
    },
    { mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', digest: digest('6'), size: 4 },
  ],
  subject: { mediaType: 'application/vnd.oci.image.index.v1+json', digest: digest('7'), size: 5 },
  annotations: { 'org.opencontainers.image.created': '2026-11-22T22:33:05Z' },
};

const STATEMENT = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ digest: { sha256: '1'.repeat(64) }, annotations: { a: 'b' } }],
  predicateType: 'https://slsa.dev/provenance/v1',
  predicate: { k: [1, 's'] },
};

const BASES: readonly (readonly [DocumentKind, Tree])[] = [
  ['image', toTree(INDEX)],
  ['image', toTree(MANIFEST)],
  ['image', toTree(INDEX)],
  ['image', toTree(MANIFEST)],
  ['bundle', toTree(readGolden('cosign3-bundle-v1/bundle.json'))],
  ['bundle', toTree(readGolden('cosign3-attestation-slsa/bundle.json'))],
  ['statement', toTree(STATEMENT)],
  ['trusted root', toTree(readGolden('trust/trusted_root.json'))],
];

/** The document with this number, always the same. */
export function makeDocument(number: number): TestDocument {
  const random = createRandom(number);
  const [kind, base] = BASES[number % BASES.length] ?? ['image', raw('{}')];
  const tree = copyTree(base);
  // Some with none, so that what everybody writes is seen to be read.
  for (let changes = random.pick([0, 1, 1, 1, 2, 3]); changes > 0; changes -= 1) changeTree(tree, random);
  const text = writeTree(tree);
  return { kind, bytes: random.below(8) === 0 ? spoilText(text, random) : Buffer.from(text) };
}

/** Changes one place of a document. */
function changeTree(tree: Tree, random: Random): void {
  const [first, ...others] = objectsOf(tree);
  if (first === undefined) return;
  // The outermost one says what a document is.
  const object = random.below(3) === 0 ? first : random.pick([first, ...others]);
  const { members } = object;
  const at = random.below(members.length);
  const member = members[at];
  if (member === undefined) return;
  const beside = { key: member.key, value: otherValue(member.value, random) };
  const where = random.pick([at, at + 1, members.length]);
  switch (random.below(7)) {
    case 0:
      member.key = respell(member.key, random);
      break;
    case 1:
      members.splice(where, 0, beside);
      break;
    case 2:
      members.splice(where, 0, { ...beside, key: respell(member.key, random) });
      break;
    case 3:
      member.value = otherValue(member.value, random);
      break;
    case 4:
      members.splice(at, 1);
      break;
    case 5:
      members.splice(where, 0, foreignMember(random));
      break;
    default:
      members.splice(where, 0, { ...foreignMember(random), value: otherValue(member.value, random) });
  }
}

/** Keys of the other kind of document, of older ones, and such as only some readers take for known ones. */
function foreignMember(random: Random): Member {
  const key = random.pick([
    'manifests',
    'layers',
    'config',
    'fsLayers',
    'subject',
    'mediaType',
    'artifactType',
    'platform',
    'data',
    'urls',
    'os.features',
    'messageSignature',
    'dsseEnvelope',
    'publicKey',
    '__proto__',
    'constructor',
    '',
    'unknown',
  ]);
  const value = random.pick(['null', '[]', '{}', '""', '"x"', '7', `[{"digest":"${digest('9')}"}]`]);
  const spelled = random.below(3) === 0 ? respell(JSON.stringify(key), random) : JSON.stringify(key);
  return { key: spelled, value: raw(value) };
}

/** The key in another spelling; to some readers it is the same. */
function respell(key: string, random: Random): string {
  const text = key.slice(1, -1);
  const one = (from: RegExp, to: (char: string) => string): string => {
    const places = [...text.matchAll(from)].map(({ index }) => index);
    const place = places[random.below(Math.max(1, places.length))];
    return place === undefined ? text : text.slice(0, place) + to(text[place] ?? '') + text.slice(place + 1);
  };
  const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const spellings: readonly [() => string, ...(() => string)[]] = [
    () => text.toUpperCase(),
    () => text.toLowerCase(),
    () => one(/^[a-z]/g, (char) => char.toUpperCase()),
    () => one(/[a-z]/g, (char) => char.toUpperCase()),
    () => one(/s/g, () => 'ſ'),
    () => one(/s/g, () => '\\u017f'),
    () => one(/k/gi, () => '\u212a'),
    () => one(/k/gi, () => '\\u212A'),
    () => one(/[a-z]/gi, escaped),
    () => text.replace(/[A-Z]/g, (char) => `_${char.toLowerCase()}`),
    () => `${text} `,
    () => `${text}\\u0000`,
    () => one(/i/g, () => 'ı'),
    () => one(/i/g, () => 'İ'),
    () => `${text}\\ud800`,
  ];
  return `"${random.pick(spellings)()}"`;
}

function otherValue(value: Tree, random: Random): Tree {
  const choices: readonly [() => Tree, ...(() => Tree)[]] = [
    () => raw('null'),
    () =>
      raw(random.pick(['""', '"x"', '"\\ud800"', '"\\ud83d\\ude00"', '"\\u0000"', '"a\\u0062c"', `"${digest('8')}"`])),
    () =>
      raw(random.pick(['0', '-0', '1', '1e3', '1.0', '-1', '9007199254740993', '1e400', '01', '0x1', 'NaN', '2.5'])),
    () => raw(random.pick(['true', 'false', '"2"', '"1000"'])),
    () => raw(random.pick(['{}', '[]', '[null]', '[{}]', '[[]]', '{"":null}'])),
    () => copyTree(value),
    () => ({ kind: 'list', items: [copyTree(value), copyTree(value)] }),
    () => respellValue(value, random),
  ];
  return random.pick(choices)();
}

/** The same object with one key in another spelling, or the same text with one character escaped. */
function respellValue(value: Tree, random: Random): Tree {
  const copy = copyTree(value);
  if (copy.kind === 'raw')
    return copy.text.length > 3
      ? raw(copy.text.replace(/[a-z]/, (char) => `\\u00${char.charCodeAt(0).toString(16)}`))
      : copy;
  const [first, ...others] = objectsOf(copy);
  if (first === undefined) return copy;
  const { members } = random.pick([first, ...others]);
  const member = members[random.below(members.length)];
  if (member !== undefined) member.key = respell(member.key, random);
  return copy;
}

/** Damage that no tree can hold. */
function spoilText(text: string, random: Random): Buffer {
  const at = random.below(text.length);
  const insert = (bytes: Buffer): Buffer =>
    Buffer.concat([Buffer.from(text.slice(0, at)), bytes, Buffer.from(text.slice(at))]);
  const spoils: readonly [() => Buffer, ...(() => Buffer)[]] = [
    () => Buffer.from(`${text}{}`),
    () => Buffer.from(`${text} \n\t`),
    () => Buffer.from(`${text},`),
    () => Buffer.from(`${text}\u0000`),
    () => Buffer.from(`\ufeff${text}`),
    () => Buffer.from(` ${text}`),
    () => Buffer.from(`[${text}]`),
    () => Buffer.from(`{"a":${'['.repeat(9999)}${']'.repeat(9999)},${text.slice(1)}`),
    () => Buffer.from(text.replace(/\}$/, ',}')),
    () => Buffer.from(text.replaceAll('"', "'")),
    () => Buffer.from(text.slice(0, at)),
    () => Buffer.from(text.replace(/([,:])/g, '$1 \r\n')),
    () => Buffer.from(`/* */${text}`),
    () => Buffer.from(text, 'utf16le'),
    () => insert(Buffer.from([0xff])),
    () => insert(Buffer.from([0xed, 0xa0, 0x80])),
    () => insert(Buffer.from([0xc0, 0xaf])),
    () => insert(Buffer.from('\\')),
    () => insert(Buffer.from('"')),
    () => insert(Buffer.from('\u2028')),
    () => insert(Buffer.from('\u0001')),
  ];
  return random.pick(spoils)();
}
