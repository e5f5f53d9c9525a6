import { CodedError } from '../../coded-error.ts';
import {
  cosignPredicate,
  PREDICATE_MAX_BYTES,
  type Predicate,
  parsePredicateJson,
} from '../../domain/attestation/predicate.ts';
import {
  COSIGN_ALIAS_NAMES,
  isImageSignatureType,
  parsePredicateType,
} from '../../domain/attestation/predicate-types.ts';
import { namesParts, sbomTypeOf } from '../../domain/attestation/sbom.ts';
import { assignSboms, parseSbomLine, type SbomImage, type SbomLine } from '../../domain/attestation/sbom-lines.ts';
import { formatPinned, formatRepository } from '../../domain/image/reference.ts';
import { compactJson } from '../../domain/text/compact-json.ts';
import { quoted } from '../../domain/text/quoted.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import type { RequestedImage } from '../../usecases/examining/resolve-images.ts';
import type { AttestationsRequest, SbomFile } from '../../usecases/signing/attestations-request.ts';
import { readGithubToken } from '../action/inputs/github-token.ts';
import type { InputSource, Reading } from '../action/inputs/input-source.ts';
import { readConfinedFile } from '../action/inputs/read-confined-file.ts';
import { createInputProblems } from '../inputs/input-problems.ts';
import { splitLines } from '../inputs/list-rule.ts';
import { readBoolean, readText } from '../inputs/read-value.ts';

/** What the attestation inputs are compared with. */
interface Beside {
  readonly images: readonly RequestedImage[];
  readonly upload: boolean;
  readonly now: Date;
}

/**
 * Reads the inputs for attestations (contract §2.6). Problems are collected. Files that do not depend on the platforms of
 * an image are read at once, so that a bad one is reported with all other bad inputs.
 */
export async function readAttestations(reading: Reading, beside: Beside): Promise<AttestationsRequest | undefined> {
  const { problems } = reading;
  const provenance = readBoolean(reading, 'provenance', false);
  const only = readBoolean(reading, 'attest-only', false);
  const sbomLines = readSbomLines(reading);
  const predicate = await readPredicate(reading, beside.now);
  const hasAny = provenance || readText(reading, 'sbom-path') !== undefined || hasPredicateInput(reading);
  if (only && !hasAny) {
    const cure = 'Add `provenance: true`, `sbom-path` or `predicate-type`, or remove `attest-only`.';
    problems.add('attest-only', 'nothing is to be attested.', cure);
  }
  if (only && readText(reading, 'annotations') !== undefined) {
    const what = 'annotations are part of an image signature, and none is made.';
    problems.add('annotations', what, 'Remove `annotations` or `attest-only`.');
  }
  const github = readBoolean(reading, STORE, false);
  if (github) checkStore(reading, { hasAny, upload: beside.upload });
  if (!hasAny) return undefined;
  const readSbom = createSbomReader(reading.source);
  await checkSboms(reading, { sbomLines, readSbom, images: beside.images });
  return { provenance, sbomLines, readSbom, predicate, only, github };
}

const STORE = 'github-attestations';

function checkStore(
  { source, problems }: Reading,
  { hasAny, upload }: { readonly hasAny: boolean; readonly upload: boolean },
): void {
  if (!hasAny) {
    // actions/attest would write provenance; here nothing is attested that no input names.
    const cure = `Add \`provenance: true\`, \`sbom-path\` or \`predicate-type\`, or remove \`${STORE}\`.`;
    problems.add(STORE, 'nothing is to be attested, and the store never gets image signatures.', cure);
  }
  if (!upload) {
    problems.add(
      STORE,
      'the store gets only what is in the registry, and `upload` is false.',
      'Remove one of the two.',
    );
  }
  if (readGithubToken({ source }) === undefined) {
    const cure = 'Remove the empty `github-token`, and grant `attestations: write` to this job.';
    problems.add(STORE, 'the store cannot be written without a `github-token`.', cure);
  }
  if (!REPOSITORY.test(source.context.repository ?? '')) {
    const what = 'the store belongs to a repository, and `GITHUB_REPOSITORY` names none.';
    problems.add(STORE, what, `Remove \`${STORE}\` outside GitHub Actions.`);
  }
}

const REPOSITORY = /^[A-Za-z0-9][A-Za-z0-9_-]*\/[A-Za-z0-9._-]+$/;

// ── SBOMs ───────────────────────────────────────────────────────────────────────────────────────

function readSbomLines({ source, problems }: Reading): readonly SbomLine[] {
  return splitLines(source.input('sbom-path') ?? '').flatMap((line) => {
    if (line === '') return [];
    try {
      return [parseSbomLine(line)];
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      problems.add('sbom-path', `${error.message}.`, LINE_CURE);
      return [];
    }
  });
}

const LINE_CURE = 'Write PATH, IMAGE=PATH or IMAGE@OS/ARCH=PATH, one per line; IMAGE is a repository without a tag.';

/** Checks what is known before the images are resolved: which line is for which image, and files without platforms. */
async function checkSboms(
  { problems }: Reading,
  { sbomLines, readSbom, images }: Pick<AttestationsRequest, 'sbomLines' | 'readSbom'> & Pick<Beside, 'images'>,
): Promise<void> {
  if (sbomLines.length === 0 || images.length === 0) return;
  const wanted = new Map(
    images.map(({ repository, digest, tag, original }): [string, SbomImage] => [
      digest === undefined ? `${formatRepository(repository)}:${tag}` : formatPinned(repository, digest),
      { repository, digest: digest ?? tag ?? original, platforms: undefined },
    ]),
  );
  const assigned = assignSboms(sbomLines, [...wanted.values()]);
  for (const problem of assigned.problems) problems.add('sbom-path', `${problem}.`, LINE_CURE);
  for (const path of new Set(assigned.assignments.map((one) => one.path))) {
    try {
      await readSbom(path);
    } catch (error) {
      if (!(error instanceof CodedError) || error.code !== 'INPUT_INVALID') throw error;
      problems.add('sbom-path', error.message.replace(/^input sbom-path: /, ''), error.hint ?? LINE_CURE);
    }
  }
}

/** Reads each file once, however many images it is for. */
function createSbomReader(source: InputSource): AttestationsRequest['readSbom'] {
  const files = new Map<string, Promise<SbomFile>>();
  return (path) => {
    const known = files.get(path) ?? readSbomFile(source, path);
    files.set(path, known);
    return known;
  };
}

async function readSbomFile(source: InputSource, path: string): Promise<SbomFile> {
  const problems = createInputProblems();
  const cure = 'Check the path, and that the step that writes the SBOM ran before this one.';
  const bytes = await readConfinedFile({ source, problems }, { name: 'sbom-path', path, cure });
  problems.throwIfAny();
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  try {
    const document = parsePredicateJson(bytes ?? '');
    const predicate = { type: sbomTypeOf(document), json: compactJson(text) };
    const empty = `${quoted(path)} names no package or component; the gate refuses such an SBOM.`;
    return { predicate, warnings: namesParts(document) ? [] : [empty] };
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new CodedError('INPUT_INVALID', `input sbom-path: ${quoted(path)}: ${error.message}.`, {
      cause: error,
      hint:
        'Give SPDX 2.x JSON (spdxVersion, SPDXID) or CycloneDX JSON (bomFormat, specVersion, serialNumber). Any other ' +
        'document needs `predicate-type` and `predicate-path`.',
    });
  }
}

// ── a predicate of one's own ────────────────────────────────────────────────────────────────────

function hasPredicateInput(reading: Reading): boolean {
  return ['predicate-type', 'predicate', 'predicate-path'].some((name) => readText(reading, name) !== undefined);
}

async function readPredicate(reading: Reading, now: Date): Promise<Predicate | undefined> {
  const { problems } = reading;
  if (!hasPredicateInput(reading)) return undefined;
  const named = readPredicateType(reading);
  const literal = readText(reading, 'predicate');
  const path = readText(reading, 'predicate-path');
  if (literal !== undefined && path !== undefined) {
    problems.add('predicate', 'it is given together with predicate-path.', 'Keep one of the two.');
    return undefined;
  }
  if (literal === undefined && path === undefined) {
    problems.add('predicate-type', 'there is no predicate.', 'Add `predicate` or `predicate-path`.');
    return undefined;
  }
  const name = literal === undefined ? 'predicate-path' : 'predicate';
  const text = literal ?? (await readPredicateFile(reading, path ?? ''));
  if (named === undefined || text === undefined) return undefined;
  try {
    if (Buffer.byteLength(text) > PREDICATE_MAX_BYTES) {
      throw new ValueError(`it has more than ${PREDICATE_MAX_BYTES} bytes`);
    }
    return cosignPredicate(named, text, now);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    problems.add(name, `${error.message}.`, 'Give a JSON object, as the predicate type defines it.');
    return undefined;
  }
}

/** An alias of cosign's or a URI, as written. */
function readPredicateType(reading: Reading): string | undefined {
  const written = readText(reading, 'predicate-type');
  const cure = `Write a URI, or one of cosign's names: ${COSIGN_ALIAS_NAMES.join(', ')}.`;
  if (written === undefined) {
    reading.problems.add('predicate-type', 'a predicate is given without its type.', cure);
    return undefined;
  }
  const type = parsePredicateType(written);
  if (type === undefined) {
    reading.problems.add('predicate-type', `${quoted(written)} is neither a URI nor a name that cosign knows.`, cure);
    return undefined;
  }
  if (isImageSignatureType(type)) {
    const what = `${quoted(written)} is the type of an image signature, which is never an attestation.`;
    reading.problems.add('predicate-type', what, 'Remove the input to sign the image, or use a type of your own.');
    return undefined;
  }
  return written;
}

async function readPredicateFile(reading: Reading, path: string): Promise<string | undefined> {
  const cure = 'Check the path, and that the step that writes the file ran before this one.';
  const bytes = await readConfinedFile(reading, { name: 'predicate-path', path, cure });
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    reading.problems.add('predicate-path', `${quoted(path)} is not UTF-8 text.`, 'Give a text file.');
    return undefined;
  }
}
