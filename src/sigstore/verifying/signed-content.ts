import { INTOTO_PAYLOAD, SIMPLE_SIGNING_TYPE, STATEMENT_V1, STATEMENT_V01 } from '../../domain/image/media-types.ts';
import { ANNOTATIONS_MAX_LENGTH, annotationsLength } from '../../domain/signature/annotations.ts';
import type {
  SignedContent,
  SimpleSigning,
  Statement,
  StatementSubject,
} from '../../domain/signature/signed-content.ts';
import { isJsonObject, type JsonObject } from '../../domain/text/json-object.ts';
import { type JsonLimits, parseStrictJson } from '../../domain/text/strict-json.ts';
import { MAX_BUNDLE_BYTES } from './bundle-json.ts';
import { field, readList, readObject, readOpenObject, readString } from './json-fields.ts';
import { refusing } from './refused.ts';
import type { SignatureMaterial } from './signature-material.ts';

/** For image signatures. All objects except maps are closed, so a differently spelled key is an unknown field. */
export const IMAGE_SIGNATURE_LIMITS: JsonLimits = { maxBytes: 1024 * 1024, maxDepth: 100, maxMembers: 20_000 };
/** For attestations: an SBOM of 16 MiB has a million members, which take a second. */
export const ATTESTATION_LIMITS: JsonLimits = { maxBytes: MAX_BUNDLE_BYTES, maxDepth: 100, maxMembers: 1_500_000 };
/** The limits of sigstore-go (CVE-2024-45395). */
const MAX_SUBJECTS = 1024;
const MAX_DIGESTS = 32;

/**
 * Reads the signed content, which is meaningful only after the signature over it is verified. src/domain/signature
 * decides what it counts as. Refused SIGNATURE_INVALID if it is malformed.
 */
export function readSignedContent(material: SignatureMaterial, limits: JsonLimits): SignedContent {
  switch (material.content) {
    case 'statement':
      return refusing('SIGNATURE_INVALID', 'malformed statement', () => readStatement(material, limits));
    case 'simple-signing':
      return refusing('SIGNATURE_INVALID', 'malformed simple-signing payload', () =>
        readSimpleSigning(material, limits),
      );
    case 'message':
      return { kind: 'message' };
  }
}

/**
 * in-toto attestation framework v1, Statement, and its predecessor v0.1. As in protojson, unknown fields are refused.
 */
function readStatement(
  { payload, payloadType }: Pick<SignatureMaterial, 'payload' | 'payloadType'>,
  limits: JsonLimits,
): Statement {
  if (payloadType !== INTOTO_PAYLOAD) throw new TypeError('payloadType is not in-toto');
  const statement = readObject(parseStrictJson(payload, limits), 'statement', [
    '_type',
    'subject',
    'predicateType',
    'predicate',
  ]);
  const type = field(statement, '_type');
  if (type !== STATEMENT_V1 && type !== STATEMENT_V01) throw new TypeError(`_type is not ${STATEMENT_V1}`);
  const predicateType = readString(field(statement, 'predicateType'), 'predicateType');
  const predicate = field(statement, 'predicate');
  const subjects = readList(field(statement, 'subject'), 'subject', MAX_SUBJECTS).map(readSubject);
  if (subjects.length === 0) throw new TypeError('statement has no subject');
  return {
    kind: 'statement',
    type,
    predicateType,
    predicate:
      predicate === undefined || typeof predicate === 'string' ? predicate : readOpenObject(predicate, 'predicate'),
    subjects,
    payload,
  };
}

/** Reads the bytes of a statement that nobody signed as such. Refused SIGNATURE_INVALID if it is malformed. */
export function readPlainStatement(bytes: Uint8Array): Statement {
  const payload = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return refusing('SIGNATURE_INVALID', 'malformed statement', () =>
    readStatement({ payload, payloadType: INTOTO_PAYLOAD }, ATTESTATION_LIMITS),
  );
}

/** The string fields of an in-toto ResourceDescriptor. */
const SUBJECT_TEXTS: readonly string[] = ['name', 'uri', 'content', 'downloadLocation', 'mediaType'];

function readSubject(value: unknown): StatementSubject {
  const subject = readObject(value, 'subject', [...SUBJECT_TEXTS, 'digest', 'annotations']);
  for (const name of SUBJECT_TEXTS) {
    if (!['string', 'undefined'].includes(typeof field(subject, name)))
      throw new TypeError(`subject.${name} is not a string`);
  }
  const digests = readOpenObject(field(subject, 'digest') ?? {}, 'subject.digest');
  if (Object.keys(digests).length > MAX_DIGESTS) throw new TypeError(`subject has more than ${MAX_DIGESTS} digests`);
  if (!isTexts(digests)) throw new TypeError('a digest of the subject is not a string');
  const name = field(subject, 'name');
  const annotations = field(subject, 'annotations');
  return {
    name: typeof name === 'string' ? name : undefined,
    digests,
    annotations: annotations === undefined ? {} : readAnnotations(readOpenObject(annotations, 'subject.annotations')),
  };
}

function isTexts(object: JsonObject): object is Readonly<Record<string, string>> {
  return Object.values(object).every((value) => typeof value === 'string');
}

/** Only strings count as annotations, as in cosign's `-a`; other values are ignored. */
function readAnnotations(object: JsonObject): Readonly<Record<string, string>> {
  // fromEntries defines own properties, so a key like __proto__ stays data.
  const annotations = Object.fromEntries(
    Object.entries(object).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
  if (annotationsLength(annotations) > ANNOTATIONS_MAX_LENGTH)
    throw new TypeError(`the annotations have more than ${ANNOTATIONS_MAX_LENGTH} characters`);
  return annotations;
}

/**
 * cosign specs/SIGNATURE_SPEC.md, simple signing. Keys must match exactly: Go's encoding/json also accepts `Critical`,
 * so Go and this reader could otherwise read different content from one payload.
 */
function readSimpleSigning({ payload: bytes }: SignatureMaterial, limits: JsonLimits): SimpleSigning {
  const payload = readObject(parseStrictJson(bytes, limits), 'payload', ['critical', 'optional']);
  const critical = readObject(field(payload, 'critical'), 'critical', ['identity', 'image', 'type']);
  const identity = readObject(field(critical, 'identity'), 'critical.identity', ['docker-reference']);
  const image = readObject(field(critical, 'image'), 'critical.image', ['docker-manifest-digest']);
  if (field(critical, 'type') !== SIMPLE_SIGNING_TYPE)
    throw new TypeError(`critical.type is not "${SIMPLE_SIGNING_TYPE}"`);
  const dockerReference = readString(field(identity, 'docker-reference'), 'docker-reference');
  if (!isDockerReference(dockerReference)) throw new TypeError('docker-reference is not a well-formed reference');
  const digest = readString(field(image, 'docker-manifest-digest'), 'docker-manifest-digest');
  const optional = field(payload, 'optional');
  if (optional !== undefined && !isJsonObject(optional)) throw new TypeError('optional is neither null nor an object');
  const annotations = optional === undefined ? {} : readAnnotations(optional);
  return { kind: 'simple-signing', digest, dockerReference, annotations };
}

const HOST = '(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9a-fA-F:]+\\])(?::[0-9]{1,5})?';
const PATH = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const DOCKER_REFERENCE = new RegExp(
  `^(?:${HOST}/)?${PATH}(?:/${PATH})*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$`,
);

/** The grammar of distribution/reference. The reference is a claim of the signer, displayed but never resolved. */
function isDockerReference(text: string): boolean {
  return text.length <= 512 && DOCKER_REFERENCE.test(text);
}
