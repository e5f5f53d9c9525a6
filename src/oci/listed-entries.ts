import { type Descriptor, parseDescriptor } from '../domain/image/descriptor.ts';
import type { Digest } from '../domain/image/digest.ts';
import { isLikelier } from '../domain/image/referrer-rank.ts';
import { divideFlaws, documentKind, flawError, type RegistryDocument } from '../domain/image/registry-document.ts';
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
 * a different digest, is listed as unreadable and does not affect the others.
 */
export function createListedEntries(place: Place['kind']): ListedEntries {
  const found = new Map<Digest, Descriptor>();
  const unreadable: UnreadableCandidate[] = [];
  let seen = 0;
  let broken = 0;
  return {
    add({ entries, flaws }) {
      for (const [index, entry] of entries.entries()) {
        seen += 1;
        const flaw = flaws.get(index);
        const what = `entry ${seen}`;
        const descriptor = flaw === undefined ? toDescriptor(entry, what) : flawError(flaw, what);
        if (descriptor instanceof ValueError) {
          broken += 1;
          if (unreadable.length < UNREADABLE_MAX) unreadable.push(malformed(what, place, descriptor.message));
        } else {
          const known = found.get(descriptor.digest);
          // Of several descriptors of one digest, keep the one that most likely belongs to a signature: none may hide another.
          if (known === undefined || isLikelier(descriptor, known)) found.set(descriptor.digest, descriptor);
        }
      }
    },
    listing() {
      const more = broken - unreadable.length;
      const rest = more === 0 ? [] : [malformed(`${more} more entries`, place, 'they cannot be read either')];
      return { descriptors: [...found.values()], unreadable: [...unreadable, ...rest] };
    },
    count: () => found.size + broken,
  };
}

function malformed(digest: string, place: Place['kind'], message: string): UnreadableCandidate {
  return { digest, place, outcome: 'malformed', artifactType: undefined, message };
}

function toDescriptor(entry: unknown, what: string): Descriptor | ValueError {
  try {
    return parseDescriptor(entry, what);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
  }
  const digest = typeof entry === 'object' && entry !== null && 'digest' in entry ? entry.digest : undefined;
  try {
    return parseDescriptor({ mediaType: 'application/octet-stream', size: 0, digest }, what);
  } catch (error) {
    if (error instanceof ValueError) return error;
    throw error;
  }
}
