import { type Digest, hexOf } from '../../domain/image/digest.ts';
import {
  COSIGN_SIGN_PREDICATE,
  INTOTO_PAYLOAD,
  SIMPLE_SIGNING_TYPE,
  STATEMENT_V1,
} from '../../domain/image/media-types.ts';
import { ANNOTATIONS_MAX_LENGTH, annotationsLength } from '../../domain/signature/annotations.ts';
import { parseStrictJson } from '../../domain/text/strict-json.ts';
import {
  field,
  isJsonObject,
  type JsonObject,
  readList,
  readObject,
  readOpenObject,
  readString,
} from './json-fields.ts';
import { quoted, Refused, refusing } from './refused.ts';
import type { SignatureMaterial } from './signature-material.ts';

/** All objects but the maps are closed, so another spelling of a key is an unknown field. */
const LIMITS = { maxBytes: 1024 * 1024, maxDepth: 100, maxMembers: 20_000 };
/** As sigstore-go caps them (CVE-2024-45395). */
const MAX_SUBJECTS = 1024;
const MAX_DIGESTS = 32;

/** What the signed bytes say about the image; only meaningful once the signature over them has verified. */
export interface SignedStatement {
  readonly annotations: Readonly<Record<string, string>>;
  /** Legacy only. */
  readonly dockerReference: string | undefined;
  /** Refused SUBJECT_DIGEST_MISMATCH unless the statement is about this digest. */
  readonly checkAbout: (subject: Digest) => void;
}

/** Parses what was signed, by its format; Refused SIGNATURE_INVALID if it is not the statement of an image signature. */
export function readSignedStatement(material: SignatureMaterial, subject: Digest): SignedStatement {
  return material.format === 'bundle'
    ? refusing('SIGNATURE_INVALID', 'malformed statement', () => readStatement(material, subject))
    : refusing('SIGNATURE_INVALID', 'malformed simple-signing payload', () => readSimpleSigning(material));
}

/** in-toto attestation framework v1, Statement; protojson: no unknown field. */
function readStatement(material: SignatureMaterial, digest: Digest): SignedStatement {
  if (material.payloadType !== INTOTO_PAYLOAD) throw new TypeError('payloadType is not in-toto');
  const statement = readObject(parseStrictJson(material.payload, LIMITS), 'statement', [
    '_type',
    'subject',
    'predicateType',
    'predicate',
  ]);
  if (field(statement, '_type') !== STATEMENT_V1) throw new TypeError(`_type is not ${STATEMENT_V1}`);
  if (field(statement, 'predicateType') !== COSIGN_SIGN_PREDICATE) {
    throw new TypeError(`predicateType is not ${COSIGN_SIGN_PREDICATE}`);
  }
  const predicate = field(statement, 'predicate');
  if (predicate !== undefined) readOpenObject(predicate, 'predicate');
  const subjects = readList(field(statement, 'subject'), 'subject', MAX_SUBJECTS).map(readSubject);
  if (subjects.length === 0) throw new TypeError('statement has no subject');
  const about = subjects.filter((subject) => subject.sha256 === hexOf(digest));
  // Two descriptions of one image could carry different annotations: which one was meant is not ours to choose.
  if (about.length > 1) throw new TypeError('statement names this digest more than once');
  return {
    annotations: about[0]?.annotations ?? {},
    dockerReference: undefined,
    checkAbout: () => {
      if (about.length === 1) return;
      const found = subjects.map((subject) => subject.sha256 ?? 'no sha256');
      throw new Refused(
        'SUBJECT_DIGEST_MISMATCH',
        `the signature is about ${quoted(found.slice(0, 3).join(', '))}, not about ${digest}`,
      );
    },
  };
}

/** Fields of an in-toto ResourceDescriptor that are text. */
const SUBJECT_TEXTS: readonly string[] = ['name', 'uri', 'content', 'downloadLocation', 'mediaType'];

function readSubject(value: unknown): { sha256: string | undefined; annotations: Readonly<Record<string, string>> } {
  const subject = readObject(value, 'subject', [...SUBJECT_TEXTS, 'digest', 'annotations']);
  for (const name of SUBJECT_TEXTS) {
    if (!['string', 'undefined'].includes(typeof field(subject, name)))
      throw new TypeError(`subject.${name} is no text`);
  }
  const digests = readOpenObject(field(subject, 'digest') ?? {}, 'subject.digest');
  if (Object.keys(digests).length > MAX_DIGESTS) throw new TypeError(`subject has more than ${MAX_DIGESTS} digests`);
  if (!Object.values(digests).every((digest) => typeof digest === 'string'))
    throw new TypeError('a digest of the subject is not a string');
  const sha256 = field(digests, 'sha256');
  const annotations = field(subject, 'annotations');
  return {
    sha256: typeof sha256 === 'string' ? sha256 : undefined,
    annotations: annotations === undefined ? {} : readAnnotations(readOpenObject(annotations, 'subject.annotations')),
  };
}

/** Only strings are annotations here and in cosign's `-a`; other values stay unread. */
function readAnnotations(object: JsonObject): Readonly<Record<string, string>> {
  // fromEntries defines own properties, so a key like __proto__ stays data.
  const annotations = Object.fromEntries(
    Object.entries(object).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
  if (annotationsLength(annotations) > ANNOTATIONS_MAX_LENGTH)
    throw new TypeError(`annotations of more than ${ANNOTATIONS_MAX_LENGTH} characters`);
  return annotations;
}

/**
 * cosign specs/SIGNATURE_SPEC.md, simple signing. Keys are compared exactly: Go's encoding/json also takes
 * `Critical`, so a payload could say one thing to Go and another to us.
 */
function readSimpleSigning(material: SignatureMaterial): SignedStatement {
  const payload = readObject(parseStrictJson(material.payload, LIMITS), 'payload', ['critical', 'optional']);
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
  return {
    annotations: optional === undefined ? {} : readAnnotations(optional),
    dockerReference,
    checkAbout: (subject) => {
      if (digest === subject) return;
      throw new Refused('SUBJECT_DIGEST_MISMATCH', `the signature is about ${quoted(digest)}, not about ${subject}`);
    },
  };
}

const HOST = '(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9a-fA-F:]+\\])(?::[0-9]{1,5})?';
const PATH = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const DOCKER_REFERENCE = new RegExp(
  `^(?:${HOST}/)?${PATH}(?:/${PATH})*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$`,
);

/** distribution/reference grammar; a claim of the signer, shown but never resolved. */
function isDockerReference(text: string): boolean {
  return text.length <= 512 && DOCKER_REFERENCE.test(text);
}
