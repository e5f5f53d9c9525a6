import { CodedError } from '../../coded-error.ts';
import { evaluateAttestation } from '../../domain/attestation/evaluate-attestation.ts';
import type { Evaluation } from '../../domain/identity/evaluation.ts';
import { evaluateSigner } from '../../domain/identity/signer-evaluation.ts';
import { type Descriptor, parseLayers } from '../../domain/image/descriptor.ts';
import type { Digest } from '../../domain/image/digest.ts';
import { INTOTO_PAYLOAD } from '../../domain/image/media-types.ts';
import type { IndexEntry } from '../../domain/image/platform-images.ts';
import { formatPinned, type Repository } from '../../domain/image/reference.ts';
import { divideFlaws, flawError, readDocument } from '../../domain/image/registry-document.ts';
import type { Facts } from '../../domain/signature/facts.ts';
import { subjectsOf } from '../../domain/signature/image-signature.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import type { CallContext } from '../call-context.ts';
import type { Examination } from '../examining/examine-image.ts';
import { orInvalid } from '../examining/image-tree.ts';
import type { UndecidedSignature } from '../examining/other-roots.ts';
import type { AttestationReader, ExaminedAttestation } from '../examining/read-attestations.ts';
import type { Clock, ReadStatement, Registry } from '../ports.ts';
import { createSlots } from '../slots.ts';
import type { Evaluate } from './judge-image.ts';
import type { NumberedRequirement } from './judge-line.ts';

export interface BuildKitOptions {
  readonly call: CallContext;
  readonly registry: Registry;
  readonly readStatement: ReadStatement;
  readonly clock: Pick<Clock, 'now'>;
  readonly reader: AttestationReader;
  readonly evaluate: Evaluate;
  readonly keepStatement: (statement: Uint8Array) => Promise<string>;
}

/** The statements about one platform image, and errors that prevented reading some. */
export interface FoundStatements {
  readonly attestations: readonly ExaminedAttestation[];
  readonly undecided: readonly UndecidedSignature[];
}

/** Reads the statements of an index about one of its platform images, judged by the requirements that accept them. */
export type ReadStatements = (about: {
  readonly repository: Repository;
  /** What is known of the index itself. */
  readonly index: Examination;
  readonly entries: readonly IndexEntry[];
  readonly platform: Digest;
  readonly requirements: readonly NumberedRequirement[];
}) => Promise<FoundStatements>;

/** The limits of an attestation manifest: BuildKit writes one layer for each kind of statement. */
const MANIFEST_LIMITS = { maxBytes: 1024 * 1024, maxMembers: 20_000 };
const LAYERS_MAX = 32;
/** In bytes, as for bundles. */
const STATEMENT_MAX_BYTES = 24 * 1024 * 1024;

/**
 * BuildKit puts unsigned statements about each platform image into the index (BuildKit documentation, "Image attestation
 * storage"). A signature of the index covers their digests: its signer published them with the image, and their content
 * is the word of the build. They count for a requirement that says so, if it accepts a signature of the index.
 */
export function createStatementReader(options: BuildKitOptions): ReadStatements {
  // Statements may have 24 MiB and are parsed one at a time.
  const oneAtATime = createSlots(1);
  return async ({ repository, index, entries, platform, requirements }) => {
    const signed = requirements.flatMap((one) => {
      const signatures = acceptedSignatures(options, index, one);
      return signatures.length === 0 ? [] : [{ ...one, signatures }];
    });
    if (signed.length === 0) return { attestations: [], undecided: [] };
    const about = entries.filter(({ describes }) => describes === platform);
    const attestations: ExaminedAttestation[] = [];
    const undecided: UndecidedSignature[] = [];
    for (const entry of about) {
      await oneAtATime(async () => {
        try {
          attestations.push(...(await readManifest(options, { repository, entry, platform, signed })));
        } catch (error) {
          undecided.push({ error });
        }
      });
    }
    return { attestations, undecided };
  };
}

/** A requirement, and the signatures of the index that it accepts. */
interface SignedRequirement extends NumberedRequirement {
  readonly signatures: readonly Facts[];
}

function acceptedSignatures(
  { evaluate, clock }: BuildKitOptions,
  { examined }: Examination,
  { requirement }: NumberedRequirement,
): Facts[] {
  return examined.flatMap(({ verification }) => {
    if (verification.kind !== 'verified') return [];
    const { facts } = verification;
    // A line without its own signer asks for what the step asks of an image signature, annotations included.
    const isOfStep = requirement.hasOwnSigner || evaluate === undefined || evaluate(facts).kind === 'accepted';
    const now = clock.now();
    const isAccepted = requirement.signers.every((signer) => evaluateSigner(facts, signer, now).kind === 'accepted');
    const isTimed = requirement.requireTimestamp !== true || facts.isTimestamped === true;
    return isOfStep && isAccepted && isTimed ? [facts] : [];
  });
}

interface ManifestToRead {
  readonly repository: Repository;
  readonly entry: IndexEntry;
  readonly platform: Digest;
  readonly signed: readonly SignedRequirement[];
}

async function readManifest(options: BuildKitOptions, wanted: ManifestToRead): Promise<ExaminedAttestation[]> {
  const { call, registry } = options;
  const { repository, entry } = wanted;
  const name = formatPinned(repository, entry.digest);
  const fetched = await registry.document(call, repository, entry);
  if (fetched === undefined) throw new CodedError('IMAGE_NOT_FOUND', `${name} is listed by its index but is missing`);
  const layers = orInvalid(name, () => statementLayers(fetched.bytes));
  const found: ExaminedAttestation[] = [];
  for (const { digest } of layers) found.push(...(await readLayer(options, wanted, digest)));
  return found;
}

function statementLayers(bytes: Uint8Array): readonly Descriptor[] {
  const { json, flaws } = readDocument(bytes, MANIFEST_LIMITS, 'the attestation manifest');
  const { outside, ofEntry } = divideFlaws(flaws, 'layers');
  const [flaw] = outside;
  if (flaw !== undefined) throw flawError(flaw, 'the attestation manifest');
  const layers = parseLayers(json, ofEntry, 'the attestation manifest');
  const bad = layers.find((layer) => layer instanceof ValueError);
  if (bad instanceof ValueError) throw bad;
  if (layers.length > LAYERS_MAX) throw new ValueError(`it has ${layers.length} layers, more than ${LAYERS_MAX}`);
  return layers.filter((layer) => !(layer instanceof ValueError) && layer.mediaType === INTOTO_PAYLOAD) as Descriptor[];
}

async function readLayer(
  { call, registry, readStatement, reader, clock, keepStatement }: BuildKitOptions,
  { repository, platform, signed }: ManifestToRead,
  digest: Digest,
): Promise<ExaminedAttestation[]> {
  const what = formatPinned(repository, digest);
  if (!reader.admits()) throw new CodedError('REGISTRY_INVALID', 'the attestations of this run have too many bytes');
  const bytes = await registry.blob(call, repository, { digest, maxBytes: STATEMENT_MAX_BYTES });
  if (bytes === undefined) throw new CodedError('IMAGE_NOT_FOUND', `the statement ${what} is missing`);
  reader.spend(bytes.byteLength);
  const statement = await readStatement(bytes);
  if (statement.kind === 'refused') return [];
  if (subjectsOf(statement, platform).length === 0) return [];
  const now = clock.now();
  const { predicateType } = statement;
  // One entry for each signature that stands for the statement; usually there is one.
  const found = new Map<Facts, (Evaluation | undefined)[]>();
  let statementPath: string | undefined;
  for (const { requirement, index, signatures } of signed) {
    if (!requirement.type.accepts(predicateType)) continue;
    for (const facts of signatures) {
      const { identity, provenTimes } = facts;
      const evaluation = evaluateAttestation({ identity, provenTimes, statement }, requirement, now);
      if (evaluation.kind === 'accepted') statementPath ??= await keepStatement(bytes);
      const evaluations = found.get(facts) ?? [];
      evaluations[index] = evaluation;
      found.set(facts, evaluations);
    }
  }
  return [...found].map(([{ identity, provenTimes, log }, evaluations]): ExaminedAttestation => {
    const facts = { identity, provenTimes, log };
    return {
      format: 'buildkit',
      digest,
      predicateType,
      verification: { kind: 'verified', facts, evaluations, statementPath },
    };
  });
}
