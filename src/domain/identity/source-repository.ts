import { ValueError } from '../text/value-error.ts';

const OWNER_AND_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*\/[A-Za-z0-9._-]+$/;
/** Has a dot before the first slash. */
const HOST_LIKE = /^[^/.]*\.[^/]*\//;
const REPOSITORY_URL = /^https?:\/\/[A-Za-z0-9.:[\]-]+(?:\/[A-Za-z0-9._-]+){2,}$/;

/**
 * Parses a source repository given as `owner/name` (on this server) or as a URL. Returns its URI as in the claim
 * `source-repository-uri`. Throws ValueError, with its own message for a registry reference.
 */
export function parseSourceRepository(text: string, serverUrl: string): string {
  const name = text.replace(/\/$/, '').replace(/\.git$/, '');
  if (OWNER_AND_NAME.test(name)) return `${serverUrl}/${name}`;
  if (REPOSITORY_URL.test(name)) return name;
  const shown = JSON.stringify(text);
  if (!/^https?:/.test(text) && (/[:@]/.test(text) || HOST_LIKE.test(text) || text.split('/').length > 2)) {
    throw new ValueError(
      `${shown} is a registry reference; give the repository that contains the source code and the workflow: owner/name`,
    );
  }
  throw new ValueError(`${shown} is not owner/name or the URL of a repository`);
}
