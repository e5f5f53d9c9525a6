import type { Descriptor } from '../../domain/image/descriptor.ts';
import type { Digest } from '../../domain/image/digest.ts';
import { formatPinned, type Repository } from '../../domain/image/reference.ts';
import { signatureRepositoryOf } from '../../domain/image/signature-repositories.ts';
import type { CallContext } from '../call-context.ts';
import { mapLimited } from '../map-limited.ts';
import type { AttestationTagListing, ExpectedIdentity, Registry } from '../ports.ts';
import type { Slots } from '../slots.ts';
import type { AttestationsRequest } from './attestations-request.ts';
import { type FindAttestationsOptions, findAmongLayers, findAmongReferrers } from './find-attestations.ts';
import { type AttestationTarget, type AttestedImage, planAttestations } from './plan-attestations.ts';
import {
  type FoundBefore,
  formatsOf,
  type OpenTask,
  type SignCall,
  type SignOptions,
  type SignTask,
  type TaskOutcome,
} from './sign-task.ts';

interface Ports extends SignCall {
  readonly slots: Slots;
  readonly identity: Promise<ExpectedIdentity>;
}

interface Known {
  readonly attested: readonly AttestedImage[];
  /** The referrers of a digest if they were listed before; undefined if not. */
  readonly listed: (store: Repository, digest: Digest) => Promise<readonly Descriptor[] | undefined>;
}

type Checked = OpenTask | Extract<TaskOutcome, { kind: 'present' }>;

/**
 * Plans the attestations of a run and looks for those that are there already (`if-signed: skip`), place by place. Throws
 * CodedError INPUT_INVALID if the inputs do not match the images.
 */
export async function checkPlanned(
  options: SignOptions & { readonly attestations: AttestationsRequest },
  ports: Ports,
  { attested, listed }: Known,
): Promise<{ readonly checked: readonly Checked[]; readonly warnings: readonly string[] }> {
  const identity = await ports.identity;
  const { targets, warnings } = await planAttestations(options.attestations, attested, identity);
  const places = byPlace(targets.flatMap((target) => attestationTasks(options, target)));
  const checked = await mapLimited(places, { limit: options.concurrency }, async (tasks) => {
    const [{ store, digest }] = tasks;
    const tag = await ports.registry.listAttestationTag(ports.call, store, digest);
    const hidden = hiddenWarning(options, tag, { store, digest });
    if (options.ifSigned === 'sign') {
      return { tasks: tasks.map((task): Checked => ({ kind: 'open', task, before: [] })), hidden };
    }
    const bundles = tasks.filter(({ format }) => format === 'bundle');
    const legacy = tasks.filter(({ format }) => format === 'legacy');
    const before =
      bundles.length === 0 ? [] : ((await listed(store, digest)) ?? (await listReferrers(ports, store, digest)));
    const keepBundles = options.attestations.github;
    const slots = ports.slots;
    const find: Omit<FindAttestationsOptions, 'tasks'> = { ports, slots, store, digest, identity, keepBundles };
    const [inBundles, inLayers] = await Promise.all([
      findAmongReferrers({ ...find, tasks: bundles }, before),
      findAmongLayers({ ...find, tasks: legacy }, legacy.length === 0 ? [] : tag.layers),
    ]);
    const found = new Map<SignTask, FoundBefore>([...inBundles, ...inLayers]);
    return { tasks: tasks.map((task) => judged(task, found.get(task), before)), hidden };
  });
  return {
    checked: checked.flatMap(({ tasks }) => tasks),
    warnings: [...warnings, ...checked.flatMap(({ hidden }) => hidden)],
  };
}

function judged(task: SignTask, own: FoundBefore | undefined, before: readonly Descriptor[]): Checked {
  if (own !== undefined) return { kind: 'present', task, own };
  return { kind: 'open', task, before: task.format === 'bundle' ? before : [] };
}

/** One task per format; both formats of one attestation are signed once. */
function attestationTasks(
  options: Pick<SignOptions, 'format' | 'signatureRepositories'>,
  { image, subject, platform, attestation }: AttestationTarget,
): SignTask[] {
  const store = signatureRepositoryOf(options.signatureRepositories, image.repository);
  const { digest } = subject;
  return formatsOf(options.format).map((format) => ({ image, digest, subject, platform, format, store, attestation }));
}

/** The referrers of a digest. An unreadable place counts as empty here; whether it can be written is checked later. */
async function listReferrers(
  { registry, call }: { readonly registry: Registry; readonly call: CallContext },
  store: Repository,
  digest: Digest,
): Promise<readonly Descriptor[]> {
  const api = await registry.listReferrers(call, store, digest);
  if (api.place.outcome === 'listed') return api.descriptors;
  return (await registry.listReferrersTag(call, store, digest)).descriptors;
}

/**
 * cosign 2.6 and 3 read no `.att` tag of a digest that has any bundle, an image signature included (cosign
 * cmd/cosign/cli/verify/verify_attestation.go).
 */
function hiddenWarning(
  { format }: Pick<SignOptions, 'format'>,
  { layers, place }: AttestationTagListing,
  where: { readonly store: Repository; readonly digest: Digest },
): readonly string[] {
  if (format === 'legacy' || layers.length === 0) return [];
  const count = layers.length === 1 ? 'an attestation' : `${layers.length} attestations`;
  return [
    `${formatPinned(where.store, where.digest)} has ${count} under cosign's tag (${place.request}). ` +
      'Once there is a bundle, `cosign verify-attestation` reads only bundles and does not find them any more.',
  ];
}

function byPlace(tasks: readonly SignTask[]): (readonly [SignTask, ...SignTask[]])[] {
  const places = new Map<string, [SignTask, ...SignTask[]]>();
  for (const task of tasks) {
    const key = formatPinned(task.store, task.digest);
    const place = places.get(key);
    if (place === undefined) places.set(key, [task]);
    else place.push(task);
  }
  return [...places.values()];
}
