import { ValueError } from '../text/value-error.ts';

const OWNER_AND_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]*\/[A-Za-z0-9._-]+$/;
/** A dot before the first slash. */
const HOST_LIKE = /^[^/.]*\.[^/]*\//;
const REPOSITORY_URL = /^https?:\/\/[A-Za-z0-9.:[\]-]+(?:\/[A-Za-z0-9._-]+){2,}$/;

/**
 * The URI of a source repository given as `owner/name` (on this server) or URL, as the claim
 * `source-repository-uri` spells it. Throws ValueError; a registry reference is named as one.
 */
export function parseSourceRepository(text: string, serverUrl: string): string {
  const name = text.replace(/\/$/, '').replace(/\.git$/, '');
  if (OWNER_AND_NAME.test(name)) return `${serverUrl}/${name}`;
  if (REPOSITORY_URL.test(name)) return name;
  const shown = JSON.stringify(text);
  if (!/^https?:/.test(text) && (/[:@]/.test(text) || HOST_LIKE.test(text) || text.split('/').length > 2)) {
    throw new ValueError(
      `${shown} is a registry reference; this input takes the repository with the source code and workflow: owner/name`,
    );
  }
  throw new ValueError(`${shown} is not owner/name or the URL of a repository`);
}
