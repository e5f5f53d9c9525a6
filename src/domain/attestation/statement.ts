import { type Digest, hexOf } from '../image/digest.ts';
import { STATEMENT_V1 } from '../image/media-types.ts';
import { formatRepository, type Repository } from '../image/reference.ts';
import type { Predicate } from './predicate.ts';

/** What an attestation is about: one digest in one repository. */
export interface AttestedImage {
  readonly repository: Repository;
  readonly digest: Digest;
}

/**
 * The in-toto statement v1 of an attestation, with the fields and the order of actions/attest: one subject, named by
 * its repository in lower case without a tag, with one digest. Compact JSON. Keep these bytes; do not serialise the
 * statement again.
 */
export function attestationStatement({ repository, digest }: AttestedImage, predicate: Predicate): Uint8Array {
  const subject = [{ name: statementName(repository), digest: { sha256: hexOf(digest) } }];
  const head = JSON.stringify({ _type: STATEMENT_V1, subject, predicateType: predicate.type });
  return new TextEncoder().encode(`${head.slice(0, -1)},"predicate":${predicate.json}}`);
}

/** The name of an image in a statement: its repository in lower case, without a tag. */
export function statementName(repository: Repository): string {
  return formatRepository(repository).toLowerCase();
}
