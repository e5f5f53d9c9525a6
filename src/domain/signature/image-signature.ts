import { type Digest, hexOf } from '../image/digest.ts';
import { COSIGN_SIGN_PREDICATE, STATEMENT_V1 } from '../image/media-types.ts';
import { quoted } from '../text/quoted.ts';
import {
  type ContentRefusal,
  refuseContent,
  type SignedContent,
  type SimpleSigning,
  type Statement,
} from './signed-content.ts';

/** The content of an image signature in addition to the digest. */
interface ImageSignature {
  readonly kind: 'image-signature';
  /** Those of the subject with this digest, or of the payload. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Only legacy. */
  readonly dockerReference: string | undefined;
}

/**
 * Decides whether signed content is a signature of the image with this digest (contract §3.4): a statement v1 of
 * cosign's predicate type with exactly one subject with this digest, or a simple-signing payload for it.
 */
export function imageSignature(content: SignedContent, digest: Digest): ImageSignature | ContentRefusal {
  switch (content.kind) {
    case 'statement':
      return fromStatement(content, digest);
    case 'simple-signing':
      return fromSimpleSigning(content, digest);
    case 'message':
      return refuseContent('SIGNATURE_INVALID', 'a signature of a file, not of an image');
  }
}

function fromStatement(statement: Statement, digest: Digest): ImageSignature | ContentRefusal {
  if (statement.type !== STATEMENT_V1) return malformed(`_type is not ${STATEMENT_V1}`);
  if (statement.predicateType !== COSIGN_SIGN_PREDICATE)
    return malformed(`predicateType is not ${COSIGN_SIGN_PREDICATE}`);
  const about = subjectsOf(statement, digest);
  // Two subjects for one image could have different annotations, and nothing says which one is meant.
  if (about.length > 1) return malformed('the statement names this digest more than once');
  const [subject] = about;
  if (subject === undefined) return anotherSubject(statement, digest, 'the signature');
  return { kind: 'image-signature', annotations: subject.annotations, dockerReference: undefined };
}

function malformed(problem: string): ContentRefusal {
  return refuseContent('SIGNATURE_INVALID', `malformed statement: ${problem}`);
}

function fromSimpleSigning(payload: SimpleSigning, digest: Digest): ImageSignature | ContentRefusal {
  if (payload.digest !== digest) {
    return refuseContent(
      'SUBJECT_DIGEST_MISMATCH',
      `the signature is about ${quoted(payload.digest)}, not about ${digest}`,
    );
  }
  const { annotations, dockerReference } = payload;
  return { kind: 'image-signature', annotations, dockerReference };
}

/** The subjects with exactly this digest: 64 lower-case hex digits under `sha256`. */
export function subjectsOf(statement: Statement, digest: Digest): Statement['subjects'] {
  return statement.subjects.filter((subject) => sha256Of(subject) === hexOf(digest));
}

/** The refusal of a statement about something else. Its message starts with `what`. */
export function anotherSubject({ subjects }: Statement, digest: Digest, what: string): ContentRefusal {
  const found = subjects.slice(0, 3).map((subject) => sha256Of(subject) ?? 'no sha256');
  return refuseContent('SUBJECT_DIGEST_MISMATCH', `${what} is about ${quoted(found.join(', '))}, not about ${digest}`);
}

function sha256Of({ digests }: Statement['subjects'][number]): string | undefined {
  return Object.hasOwn(digests, 'sha256') ? digests['sha256'] : undefined;
}
