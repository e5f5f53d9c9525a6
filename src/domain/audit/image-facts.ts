import { type Digest, isDigest } from '../image/digest.ts';
import { isTag } from '../image/reference.ts';
import { canonicalOrder } from '../text/canonical-json.ts';
import { isJsonObject } from '../text/json-object.ts';
import { ValueError } from '../text/value-error.ts';

/**
 * What an audit compares, read from the results JSON (contract §4). Not compared: words (`reference`, `message`,
 * `sources`), paths of this machine, and which line or policy asked, since those change with the inputs.
 */
export interface ImageFacts {
  /** `registry/path:tag`, or `registry/path@sha256:…` for an image that was named by its digest. */
  readonly key: string;
  /** `registry/path`. */
  readonly repository: string;
  /** Null for an image that was named by its digest alone. */
  readonly tag: string | null;
  /** Of a missing image: the last one seen. */
  readonly digest: Digest;
  /** True if the registry said that the image is not there. */
  readonly isMissing: boolean;
  readonly verdict: string;
  readonly reason: string | null;
  readonly signatures: readonly SignatureFacts[];
  /** Undefined if no attestation was asked for. */
  readonly attestations: readonly SignatureFacts[] | undefined;
  readonly platforms: readonly PlatformFacts[];
}

export interface PlatformFacts {
  readonly platform: string;
  readonly digest: string;
  readonly verdict: string;
  readonly reason: string | null;
}

/** A signature, or an attestation if it has a predicate type. */
export interface SignatureFacts {
  readonly format: string;
  readonly digest: string;
  readonly verdict: string;
  readonly reason: string | null;
  readonly issuer: string | null;
  readonly subject: string | null;
  /** True if issuer and subject come from a certificate that did not verify. */
  readonly isUnverified: boolean;
  readonly claims: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly signedAt: string | null;
  readonly log: { readonly url: string; readonly index: number } | null;
  readonly predicateType: string | undefined;
  readonly platform: string | undefined;
}

const VERDICTS: readonly string[] = ['pass', 'allowed', 'fail', 'error'];
const SIGNATURE_VERDICTS: readonly string[] = ['accepted', 'rejected'];
const FORMATS: readonly string[] = ['bundle', 'legacy', 'buildkit'];
/** The reason of an image that is not there. Of all errors, it is the only one that says something about the image. */
export const MISSING = 'IMAGE_NOT_FOUND';

/**
 * Reads one image of the results JSON. Undefined for an image that was not decided. Throws ValueError for a field that is
 * missing or malformed, with its name; `where` names the image.
 */
export function readImageFacts(value: unknown, where: string): ImageFacts | undefined {
  const image = objectOf(value, where);
  const verdict = oneOf(image['verdict'], VERDICTS, `${where}.verdict`);
  const reason = reasonOf(image['reason'], `${where}.reason`);
  const reference = textOf(image['reference'], `${where}.reference`);
  const repository = nullableText(image['repository'], `${where}.repository`);
  const tag = nullableText(image['tag'], `${where}.tag`);
  const digest = nullableText(image['digest'], `${where}.digest`);
  const signatures = readList(image['signatures'], `${where}.signatures`, readSignature);
  const attestations =
    image['attestations'] === undefined
      ? undefined
      : readList(image['attestations'], `${where}.attestations`, readAttestation);
  const platforms =
    image['platforms'] === undefined ? [] : readList(image['platforms'], `${where}.platforms`, readPlatform);
  if (digest !== null && !isDigest(digest)) throw new ValueError(`${where}.digest is not a sha256 digest`);
  if (tag !== null && !isTag(tag)) throw new ValueError(`${where}.tag is not a tag`);
  const isMissing = verdict === 'error' && reason === MISSING;
  if (verdict === 'error' && !(isMissing && digest !== null)) return undefined;
  if (digest === null) throw new ValueError(`${where}.digest is null although the image was decided`);
  if (repository === null) throw new ValueError(`${where}.repository is null although the image was decided`);
  const key = keyOf({ reference, repository, tag, digest });
  return { key, repository, tag, digest, isMissing, verdict, reason, signatures, attestations, platforms };
}

/** What tells the images of an audit apart. A tag beside a digest is a label, so the digest counts. */
export function keyOf(image: {
  readonly reference: string;
  readonly repository: string;
  readonly tag: string | null;
  readonly digest: string | null;
}): string {
  const isPinned = image.tag === null || image.reference.includes('@');
  return isPinned ? `${image.repository}@${image.digest ?? ''}` : `${image.repository}:${image.tag}`;
}

function readSignature(value: unknown, where: string): SignatureFacts {
  const one = objectOf(value, where);
  const log = one['log'] === null ? null : objectOf(one['log'], `${where}.log`);
  const unverified = one['unverified'] ?? false;
  if (typeof unverified !== 'boolean') throw new ValueError(`${where}.unverified is not true or false`);
  return {
    format: oneOf(one['format'], FORMATS, `${where}.format`),
    digest: textOf(one['digest'], `${where}.digest`),
    verdict: oneOf(one['verdict'], SIGNATURE_VERDICTS, `${where}.verdict`),
    reason: reasonOf(one['reason'], `${where}.reason`),
    issuer: nullableText(one['issuer'], `${where}.issuer`),
    subject: nullableText(one['subject'], `${where}.subject`),
    isUnverified: unverified,
    claims: mapOf(one['claims'], `${where}.claims`),
    annotations: mapOf(one['annotations'], `${where}.annotations`),
    signedAt: nullableText(one['signedAt'], `${where}.signedAt`),
    log:
      log === null
        ? null
        : { url: textOf(log['url'], `${where}.log.url`), index: numberOf(log['index'], `${where}.log.index`) },
    predicateType: undefined,
    platform: undefined,
  };
}

function readAttestation(value: unknown, where: string): SignatureFacts {
  const one = objectOf(value, where);
  return {
    ...readSignature(value, where),
    predicateType: textOf(one['predicateType'], `${where}.predicateType`),
    platform: one['platform'] === undefined ? undefined : textOf(one['platform'], `${where}.platform`),
  };
}

function readPlatform(value: unknown, where: string): PlatformFacts {
  const one = objectOf(value, where);
  return {
    platform: textOf(one['platform'], `${where}.platform`),
    digest: textOf(one['digest'], `${where}.digest`),
    verdict: oneOf(one['verdict'], VERDICTS, `${where}.verdict`),
    reason: reasonOf(one['reason'], `${where}.reason`),
  };
}

function objectOf(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (!isJsonObject(value)) throw new ValueError(`${where} is not an object`);
  return value;
}

/** A list in canonical order. */
function readList<Item>(value: unknown, where: string, read: (item: unknown, where: string) => Item): Item[] {
  if (!Array.isArray(value)) throw new ValueError(`${where} is not a list`);
  return canonicalOrder(value.map((item: unknown, index) => read(item, `${where}[${index}]`)));
}

function textOf(value: unknown, where: string): string {
  if (typeof value !== 'string') throw new ValueError(`${where} is not text`);
  return value;
}

function nullableText(value: unknown, where: string): string | null {
  return value === null ? null : textOf(value, where);
}

function numberOf(value: unknown, where: string): number {
  if (typeof value !== 'number') throw new ValueError(`${where} is not a number`);
  return value;
}

function oneOf(value: unknown, choices: readonly string[], where: string): string {
  const text = textOf(value, where);
  if (!choices.includes(text)) throw new ValueError(`${where} is not one of ${choices.join(', ')}`);
  return text;
}

function reasonOf(value: unknown, where: string): string | null {
  const text = nullableText(value, where);
  if (text !== null && !/^[A-Z][A-Z0-9_]{0,59}$/.test(text)) throw new ValueError(`${where} is not a reason code`);
  return text;
}

function mapOf(value: unknown, where: string): Readonly<Record<string, string>> {
  const pairs = Object.entries(objectOf(value, where));
  return Object.fromEntries(pairs.map(([key, text]) => [key, textOf(text, `${where}: a value`)]));
}
