import { parseReference } from '../../../domain/image/reference.ts';
import { findTextFault } from '../../../domain/text/text-fault.ts';
import { ValueError } from '../../../domain/text/value-error.ts';

/** Hosts of source code, whose addresses are not images. */
const FORGES = /^(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)\//;
const LENGTH_MAX = 1024;

/**
 * What to write instead of a text that is not an image reference: without scheme, quotation marks or a final slash, in
 * lower case, with a complete digest. Undefined if that is not a reference either.
 */
export function rightReference(text: string): string | undefined {
  if (text.length > LENGTH_MAX) return undefined;
  const bare = (findTextFault(text)?.right ?? text)
    .replace(/^(?:docker|oci|https?):\/\/(?![^/]*@)/i, '')
    .replaceAll('\\', '/')
    .replace(/\/+$/, '')
    .replace(/^hub\.docker\.com\/(?:r\/|_\/)/, 'docker.io/');
  if (FORGES.test(bare)) return undefined;
  const [, name = bare, digest] = /^([^@]+?)[@:](?:sha256[:-])?([0-9a-fA-F]{64})$/.exec(bare) ?? [];
  const [, , tag] = /^([^@]+)@([A-Za-z0-9_][A-Za-z0-9_.-]{0,127})$/.exec(bare) ?? [];
  const right =
    digest !== undefined
      ? `${lowerName(name)}@sha256:${digest.toLowerCase()}`
      : lowerName(tag === undefined ? bare : bare.replace('@', ':'));
  return right !== text && isReference(right) ? right : undefined;
}

/** The name in lower case, and its tag as it is. */
function lowerName(text: string): string {
  const colon = text.indexOf(':', text.lastIndexOf('/') + 1);
  return colon < 0 ? text.toLowerCase() : `${text.slice(0, colon).toLowerCase()}${text.slice(colon)}`;
}

function isReference(text: string): boolean {
  try {
    parseReference(text);
    return true;
  } catch (error) {
    if (error instanceof ValueError) return false;
    throw error;
  }
}
