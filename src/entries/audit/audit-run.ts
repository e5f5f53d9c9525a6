import { type AuditedLine, coversImage } from '../../domain/audit/audited-line.ts';
import { factsOf } from '../../domain/audit/baseline.ts';
import { type ImageFacts, keyOf, MISSING } from '../../domain/audit/image-facts.ts';
import { compareAudits, type News } from '../../domain/audit/news.ts';
import { isIndexType } from '../../domain/image/platform-images.ts';
import { formatRepository } from '../../domain/image/reference.ts';
import type { ImageResult } from '../../domain/results.ts';
import type { Wrapped } from '../../report/audit-changes.ts';
import { concealedResults } from '../../report/concealed-results.ts';
import { findOnlyImages, type NewIndex, type OnlyImage } from '../../usecases/auditing/find-only-images.ts';
import { type FailedLine, findTags } from '../../usecases/auditing/find-tags.ts';
import type { CallContext } from '../../usecases/call-context.ts';
import type { Registry } from '../../usecases/ports.ts';
import type { VerifiedImage } from '../../usecases/verifying/verify-images.ts';
import type { VerifyRequest } from '../../usecases/verifying/verify-request.ts';
import type { RunEnvironment } from '../action/run-environment.ts';
import type { OwnRun } from '../gate/gate.ts';
import type { BaselineFile, Comparison } from './audited.ts';

/** The part of the run that is the audit's own: finding the tags, and comparing with the last run. */
export function createAudit(request: VerifyRequest, lines: readonly AuditedLine[], file: BaselineFile): OwnRun {
  let failed: readonly FailedLine[] = [];
  let tagsListed: ReadonlySet<string> = new Set();
  const before = file.baseline && new Map([...file.baseline.images].map(([key, { facts }]) => [key, facts]));
  return {
    async findImages(call, registry) {
      const isKnown = (line: AuditedLine): boolean =>
        [...(before?.values() ?? [])].some((image) => !image.isMissing && coversImage(line, image));
      const found = await findTags(call, lines, { registry, concurrency: request.network.concurrency, isKnown });
      failed = found.failed;
      tagsListed = found.listed;
      return found.images;
    },
    async conclude(run, call, { images, registry }) {
      const { findingsOf } = await import('../gate/publish.ts');
      const { publishAudit } = await import('./publish-audit.ts');
      const listed = [...images.flatMap(byReference), ...failed.map(unlistedImage)];
      const findings = await findingsOf(run, request, listed);
      if (findings.noIdentity !== undefined) {
        return () => publishAudit(run, request, { images: listed, findings, file, comparison: undefined });
      }
      const isGone = (image: ImageFacts): boolean =>
        lines.some((line) => coversImage(line, image)) && !failed.some(({ line }) => coversImage(line, image));
      const read = await readNow(run, call, { listed, results: findings.results.images, before, tagsListed, registry });
      const { now, results, undecided } = read;
      const news = compareAudits(before, now, (image) => !undecided.has(image.key) && isGone(image));
      const wrappers = await findWrappers(call, news, { listed, registry, concurrency: request.network.concurrency });
      const reported = news.map((one) => ({ news: one, wrapped: wrappedBy(one, wrappers.found, before) }));
      const comparison: Comparison = {
        reported,
        now,
        results,
        undecided: new Set([...undecided, ...wrappers.unread.map(({ key }) => key)]),
        failed,
        unread: wrappers.unread,
      };
      return () => publishAudit(run, request, { images: listed, findings, file, comparison });
    },
  };
}

/** One entry for each reference, because each tag has its own history. */
function byReference(image: VerifiedImage): VerifiedImage[] {
  return image.references.map((reference) => ({ ...image, first: reference, references: [reference] }));
}

/** A line whose tags could not be listed, in place of the images that it names. */
function unlistedImage({ line, error }: FailedLine): VerifiedImage {
  const { original, repository } = line;
  const first = { original, repository, tag: undefined, digest: undefined, sources: [{ file: 'images' }] };
  return { first, references: [first], image: undefined, judgement: undefined, error, platforms: [] };
}

interface Read {
  readonly now: ReadonlyMap<string, ImageFacts>;
  readonly results: ReadonlyMap<string, ImageResult>;
  readonly undecided: ReadonlySet<string>;
}

async function readNow(
  run: RunEnvironment,
  call: CallContext,
  {
    listed,
    results: all,
    before,
    tagsListed,
    registry,
  }: {
    readonly listed: readonly VerifiedImage[];
    readonly results: readonly ImageResult[];
    readonly before: ReadonlyMap<string, ImageFacts> | undefined;
    readonly tagsListed: ReadonlySet<string>;
    readonly registry: Registry;
  },
): Promise<Read> {
  const shown = concealedResults({ schemaVersion: 2, verified: false, images: all }, run.conceal).images;
  const now = new Map<string, ImageFacts>();
  const results = new Map<string, ImageResult>();
  const undecided = new Set<string>();
  for (const [index, result] of shown.entries()) {
    const { reference, repository, tag, digest } = result;
    const key = keyOf({ reference, repository: repository ?? '', tag, digest });
    const facts = factsOf(result, index);
    const image = listed[index];
    const old = before?.get(key);
    // A registry that lists a tag and says that it is not there contradicts itself.
    const mayBeGone = result.reason === MISSING && !tagsListed.has(key);
    if (facts !== undefined) {
      now.set(facts.key, facts);
      results.set(facts.key, result);
    } else if (old !== undefined && image !== undefined && mayBeGone && (await isAbsent(call, registry, image))) {
      now.set(key, { ...old, isMissing: true });
    } else {
      undecided.add(key);
    }
  }
  return { now, results, undecided };
}

/** True if the registry says once more that the tag or digest itself is not there, and hides nothing from strangers. */
async function isAbsent(call: CallContext, registry: Registry, { first }: VerifiedImage): Promise<boolean> {
  const wanted = first.digest ?? first.tag;
  if (wanted === undefined) return false;
  try {
    return (await registry.head(call, first.repository, wanted)) === undefined;
  } catch {
    // Whatever it is, it does not say that the image is gone; the first error is reported.
    return false;
  }
}

interface Wrappers {
  /** By the key of the image that is new. */
  readonly found: ReadonlyMap<string, OnlyImage>;
  readonly unread: Comparison['unread'];
}

async function findWrappers(
  call: CallContext,
  news: readonly News[],
  {
    listed,
    ...ports
  }: { readonly listed: readonly VerifiedImage[]; readonly registry: Registry; readonly concurrency: number },
): Promise<Wrappers> {
  const indexes = new Map<string, NewIndex>(
    listed.flatMap(({ image }) =>
      image !== undefined && isIndexType(image.mediaType)
        ? [[`${formatRepository(image.repository)}@${image.digest}`, image] as const]
        : [],
    ),
  );
  const named = news.flatMap((one) => (one.kind === 'moved' || one.kind === 'appeared' ? [one.image] : []));
  const wanted = named.flatMap((image) => {
    const name = `${image.repository}@${image.digest}`;
    const index = indexes.get(name);
    return index === undefined ? [] : [{ key: image.key, name, index }];
  });
  const only = await findOnlyImages(
    call,
    wanted.map(({ index }) => index),
    ports,
  );
  const found = new Map(wanted.map(({ key, name }) => [key, only.get(name)]));
  const unread = [...found].flatMap(([key, one]) => (one instanceof Error ? [{ key, error: one }] : []));
  return { found, unread };
}

/** What the new index holds, if the last run knew it in this repository. */
function wrappedBy(
  news: News,
  found: Wrappers['found'],
  before: ReadonlyMap<string, ImageFacts> | undefined,
): Wrapped | undefined {
  if (news.kind !== 'moved' && news.kind !== 'appeared') return undefined;
  const { image } = news;
  const only = found.get(image.key);
  if (only === undefined || only instanceof Error) return undefined;
  if (news.before === only) return { digest: only, tags: [] };
  const known = [...(before?.values() ?? [])].filter(
    ({ repository, digest }) => repository === image.repository && digest === only,
  );
  return known.length === 0 ? undefined : { digest: only, tags: known.map(({ key }) => key).sort() };
}
