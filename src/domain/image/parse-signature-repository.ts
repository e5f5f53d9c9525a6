import { quoted } from '../text/quoted.ts';
import { ValueError } from '../text/value-error.ts';
import { parseReference, parseRegistryHost, parseRepository, type Repository } from './reference.ts';
import { HUB, type ImagePrefix } from './signature-repositories.ts';

/**
 * Parses the left half of a line: a registry, or the beginning of a repository up to the end of a segment, normalised
 * as references are. Throws ValueError.
 */
export function parseImagePrefix(text: string): ImagePrefix {
  const written = text.trim();
  const refuse = (rule: string): never => {
    throw new ValueError(`${quoted(written)} is not the beginning of an image name: ${rule}`);
  };
  if (written === '') return refuse('it is empty');
  if (written.includes('@')) return refuse('remove the digest');
  if (written.includes('*')) return refuse('write no `*`; a line covers everything below its prefix');
  if (written.endsWith('/')) return refuse('remove the slash at the end');
  if (!written.includes('/') && (/[.[:]/.test(written) || written === 'localhost')) {
    // Without a slash a colon stands before a port; a registry has no tags.
    if (/^[^[\]:]+:(?!\d+$)/.test(written)) return refuse('remove the tag');
    return { registry: parseRegistryHost(written), path: '' };
  }
  const { repository, tag } = parseReference(written);
  if (tag !== undefined) return refuse('remove the tag');
  const { registry, path } = repository;
  // Docker adds `library/` to a repository of one segment. In a prefix, that segment may also be a namespace.
  const isShort = registry === HUB && !/(?:^|\/)library\//.test(written);
  return { registry, path: isShort ? path.replace(/^library\/(?=[^/]+$)/, '') : path };
}

/** Parses the repository of a rule. Throws ValueError, also for a registry without a repository. */
export function parseSignatureRepository(text: string): Repository {
  const written = text.trim();
  if (/^(?:[^/]*[.:[][^/]*|localhost)$/.test(written) && !/[@:][^\d]/.test(written)) {
    throw new ValueError(`${quoted(written)} names a registry but no repository in it`);
  }
  return parseRepository(written);
}
