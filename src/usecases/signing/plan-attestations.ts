import { CodedError } from '../../coded-error.ts';
import type { Predicate } from '../../domain/attestation/predicate.ts';
import { SLSA_PROVENANCE_V1 } from '../../domain/attestation/predicate-types.ts';
import { isDescribedEvent, workflowProvenance } from '../../domain/attestation/provenance.ts';
import { assignSboms } from '../../domain/attestation/sbom-lines.ts';
import { attestationStatement } from '../../domain/attestation/statement.ts';
import type { Descriptor } from '../../domain/image/descriptor.ts';
import { digestOf } from '../../domain/image/digest.ts';
import { formatRepository } from '../../domain/image/reference.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import type { ResolvedImage } from '../examining/resolve-images.ts';
import type { ExpectedIdentity } from '../ports.ts';
import type { AttestationsRequest } from './attestations-request.ts';
import type { PlannedAttestation } from './sign-task.ts';

/** One image with everything below its index, whether or not the run is recursive. */
export interface AttestedImage {
  /** As the run reports it: without platforms unless it is recursive. */
  readonly image: ResolvedImage;
  readonly platforms: ResolvedImage['platforms'];
}

/** One attestation of an image or of one of its platform images. */
export interface AttestationTarget {
  readonly image: ResolvedImage;
  readonly subject: Descriptor;
  readonly platform: string | undefined;
  readonly attestation: PlannedAttestation;
}

export interface AttestationsPlan {
  readonly targets: readonly AttestationTarget[];
  readonly warnings: readonly string[];
}

/**
 * The most bytes of all predicates of a run. The signed bundles stay in memory until all are signed, and each is a third
 * larger.
 */
const RUN_MAX_BYTES = 512 * 1024 * 1024;
/** Larger layers are an error for Kyverno's ClusterPolicy, in bytes; a bundle is a third larger than its predicate. */
const KYVERNO_MAX_BYTES = 10_000_000;

/**
 * Decides which attestations are written for which digests. Throws CodedError INPUT_INVALID if files and images do not
 * match, or if the id-token lacks a claim that provenance needs.
 */
export async function planAttestations(
  request: AttestationsRequest,
  images: readonly AttestedImage[],
  identity: ExpectedIdentity,
): Promise<AttestationsPlan> {
  const warnings: string[] = [];
  const targets: AttestationTarget[] = [];
  if (request.provenance) {
    const provenance = plan(provenanceOf(identity));
    for (const { image } of images) {
      targets.push(targetOf(image, provenance));
      // A child that is listed for two platforms is attested once.
      const children = new Map(image.platforms.map((child) => [child.digest, child]));
      for (const child of children.values()) targets.push({ ...targetOf(image, provenance), ...ofPlatform(child) });
    }
    warnings.push(...eventWarning(identity));
  }
  if (request.sbomLines.length > 0) {
    const sboms = await planSboms(request, images);
    targets.push(...sboms.targets);
    warnings.push(...sboms.warnings);
  }
  if (request.predicate !== undefined) {
    const own = plan(request.predicate);
    targets.push(...images.map(({ image }) => targetOf(image, own)));
  }
  const distinct = withoutRepeated(targets);
  const total = distinct.reduce((sum, { attestation }) => sum + attestation.size, 0);
  if (total > RUN_MAX_BYTES) {
    throw new CodedError(
      'INPUT_INVALID',
      `the attestations of this step have ${total} bytes, more than ${RUN_MAX_BYTES}`,
      {
        hint: 'Sign fewer images in one step.',
      },
    );
  }
  return { targets: distinct, warnings: [...warnings, ...sizeWarnings(distinct)] };
}

async function planSboms(request: AttestationsRequest, images: readonly AttestedImage[]): Promise<AttestationsPlan> {
  const wanted = images.map(({ image, platforms }) => ({
    image,
    children: platforms,
    repository: image.repository,
    digest: image.digest,
    platforms: platforms.map(({ platform, digest }) => ({ platform, digest })),
  }));
  const { assignments, problems, warnings } = assignSboms(request.sbomLines, wanted);
  if (problems.length > 0) {
    throw new CodedError('INPUT_INVALID', `input sbom-path: ${problems.join('; ')}`, {
      hint: 'Write one line per image: IMAGE=PATH, or IMAGE@OS/ARCH=PATH for an image of an index.',
    });
  }
  const files = new Map<string, { readonly planned: PlannedAttestation; readonly warnings: readonly string[] }>();
  for (const path of new Set(assignments.map((one) => one.path))) {
    const { predicate, warnings } = await request.readSbom(path);
    files.set(path, { planned: plan(predicate), warnings });
  }
  const targets = assignments.flatMap(({ image: { image, children }, child, path }) => {
    const planned = files.get(path)?.planned;
    if (planned === undefined) return [];
    const target = targetOf(image, planned);
    if (child === undefined) return [target];
    return children
      .filter(({ digest, platform }) => digest === child.digest && platform === child.platform)
      .map((found) => ({ ...target, ...ofPlatform(found) }));
  });
  return { targets, warnings: [...warnings, ...[...files.values()].flatMap((file) => file.warnings)] };
}

function provenanceOf(identity: ExpectedIdentity): Predicate {
  try {
    return { type: SLSA_PROVENANCE_V1, json: JSON.stringify(workflowProvenance(identity.claims)) };
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const what = `input provenance: the id-token of ${identity.issuer} does not describe a workflow run: ${error.message}`;
    throw new CodedError('INPUT_INVALID', what, {
      cause: error,
      hint: 'Provenance describes runs of GitHub Actions. Remove the input for tokens of other issuers.',
    });
  }
}

function eventWarning({ claims }: ExpectedIdentity): readonly string[] {
  const event = claims['build-trigger'] ?? '';
  if (isDescribedEvent(event)) return [];
  return [
    `The provenance says that the event ${JSON.stringify(event)} started this run. Its build type describes only create, release, push and workflow_dispatch, so a strict reader may refuse it.`,
  ];
}

/** The parts that all attestations of one predicate share. */
function plan(predicate: Predicate): PlannedAttestation {
  const { type, json } = predicate;
  return {
    predicateType: type,
    key: `${type} ${digestOf(Buffer.from(json))}`,
    size: Buffer.byteLength(json),
    predicate: () => JSON.parse(json),
    statement: (image) => attestationStatement(image, predicate),
  };
}

function targetOf(image: ResolvedImage, attestation: PlannedAttestation): AttestationTarget {
  const { digest, mediaType, size } = image;
  return { image, subject: { digest, mediaType, size }, platform: undefined, attestation };
}

function ofPlatform({ platform, ...subject }: ResolvedImage['platforms'][number]) {
  return { subject, platform };
}

/** An image may be listed twice, alone and below an index. */
function withoutRepeated(targets: readonly AttestationTarget[]): AttestationTarget[] {
  const keyOf = ({ image, subject, attestation }: AttestationTarget): string =>
    `${formatRepository(image.repository)}@${image.digest} ${subject.digest} ${attestation.key}`;
  return [...new Map(targets.map((target) => [keyOf(target), target])).values()];
}

function sizeWarnings(targets: readonly AttestationTarget[]): readonly string[] {
  const largest = Math.max(0, ...targets.map(({ attestation }) => attestation.size));
  const bundle = Math.ceil((largest * 4) / 3);
  if (bundle <= KYVERNO_MAX_BYTES) return [];
  return [
    `The largest attestation has about ${Math.ceil(bundle / 1_000_000)} MB. Kyverno's ClusterPolicy refuses every image with one above 10 MB.`,
  ];
}
