import { type Descriptor, parseDescriptor, readTypes } from '../domain/image/descriptor.ts';
import { type Digest, isDigest } from '../domain/image/digest.ts';
import { OCI_MANIFEST } from '../domain/image/media-types.ts';
import { claimOf, isLikelier } from '../domain/image/referrer-rank.ts';
import { divideFlaws, documentKind, flawError, type RegistryDocument } from '../domain/image/registry-document.ts';
import { isJsonObject } from '../domain/text/json-object.ts';
import type { JsonFlaw } from '../domain/text/strict-json.ts';
import { ValueError } from '../domain/text/value-error.ts';
import type { Place, ReferrersListing, UnreadableCandidate } from '../usecases/ports.ts';
import { UNREADABLE_MAX } from './transport/limits.ts';

/** The entries of an index of referrers as written, with the flaws inside each. */
export interface EntryList {
  readonly entries: readonly unknown[];
  readonly flaws: ReadonlyMap<number, JsonFlaw>;
}

/** Throws a ValueError that names `what`, unless it is an index whose list every JSON parser reads the same way. */
export function readEntryList({ json, flaws }: RegistryDocument, what: string): EntryList {
  const { outside, ofEntry } = divideFlaws(flaws, 'manifests');
  const [flaw] = outside;
  if (flaw !== undefined) throw flawError(flaw, what);
  // Go writes a list that was never filled as null.
  const entries = json['manifests'] ?? [];
  if (json['schemaVersion'] !== 2 || documentKind(json) !== 'index' || !Array.isArray(entries)) {
    throw new ValueError(`${what} is not an image index`);
  }
  return { entries, flaws: ofEntry };
}

/** The entries of one place, collected over its pages. */
export interface ListedEntries {
  add(list: EntryList): void;
  /** One descriptor per digest, and the entries that cannot be read. */
  listing(): Pick<ReferrersListing, 'descriptors' | 'unreadable'>;
  /** The number of both. */
  count(): number;
}

/**
 * Merges entries by digest. The other fields of an entry are not trusted (old clients and registries write wrong types
 * and sizes), so a malformed one is dropped. An entry without a usable digest, or one in which other parsers would find
 * a different digest, is listed as unreadable and does not affect the others. It is malformed, unless its type says that
 * it is not a signature.
 */
export function createListedEntries(place: Place['kind']): ListedEntries {
  const found = new Map<Digest, Descriptor>();
  const unreadable: UnreadableCandidate[] = [];
  let seen = 0;
  /** The unreadable entries that are not in the list, by outcome. */
  const more = { malformed: 0, 'not-a-signature': 0 };
  return {
    add({ entries, flaws }) {
      for (const [index, entry] of entries.entries()) {
        seen += 1;
        const flaw = flaws.get(index);
        const what = `entry ${seen}`;
        const descriptor = flaw === undefined ? toDescriptor(entry, what) : flawError(flaw, what);
        if (descriptor instanceof ValueError) {
          const one = toUnreadable(entry, { what, place, flaw, message: descriptor.message });
          if (unreadable.length < UNREADABLE_MAX) unreadable.push(one);
          else more[one.outcome] += 1;
        } else {
          const known = found.get(descriptor.digest);
          // Of several descriptors of one digest, keep the one that most likely belongs to a signature: none may hide another.
          if (known === undefined || isLikelier(descriptor, known)) found.set(descriptor.digest, descriptor);
        }
      }
    },
    listing() {
      const rest = (['malformed', 'not-a-signature'] as const)
        .filter((outcome) => more[outcome] > 0)
        .map((outcome): UnreadableCandidate => {
          const digest = `${more[outcome]} more entries`;
          return { digest, place, outcome, artifactType: undefined, message: 'they cannot be read either' };
        });
      return { descriptors: [...found.values()], unreadable: [...unreadable, ...rest] };
    },
    count: () => found.size + unreadable.length + more.malformed + more['not-a-signature'],
  };
}

/** The types of a flawed entry are not used: other parsers may read different ones. */
function toUnreadable(
  entry: unknown,
  {
    what,
    place,
    flaw,
    message,
  }: {
    readonly what: string;
    readonly place: Place['kind'];
    readonly flaw: JsonFlaw | undefined;
    readonly message: string;
  },
): UnreadableCandidate & { readonly outcome: 'malformed' | 'not-a-signature' } {
  const types = flaw === undefined ? readTypes(entry) : {};
  const claim = claimOf({ mediaType: OCI_MANIFEST, ...types });
  const listed = { digest: what, place, artifactType: types.artifactType } as const;
  return claim.kind === 'other'
    ? { ...listed, outcome: 'not-a-signature', message: `${message}; ${claim.why}` }
    : { ...listed, outcome: 'malformed', message };
}

function toDescriptor(entry: unknown, what: string): Descriptor | ValueError {
  const digest = isJsonObject(entry) ? entry['digest'] : undefined;
  // Returned, not thrown: a hostile listing may have a hundred thousand entries without one.
  if (!isDigest(digest)) return new ValueError(`${what}: digest is not a sha256 digest`);
  try {
    return parseDescriptor(entry, what);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    return { mediaType: OCI_MANIFEST, digest, size: 0 };
  }
}
