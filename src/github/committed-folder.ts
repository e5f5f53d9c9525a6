import { CodedError } from '../coded-error.ts';
import { isJsonObject } from '../domain/text/json-object.ts';
import { absent, askContents, type CommittedFileOptions, type ListCommittedFolder } from './committed-file.ts';

/** The API lists no more entries of a folder, and does not say that it left some out. */
const ENTRIES_MAX = 1000;

/**
 * Lists committed folders through the contents API (docs.github.com/rest/repos/contents; needs `contents: read`). Undefined
 * if the API returns 404. Throws GITHUB_API_UNAVAILABLE for an outage, and INPUT_INVALID for a path that is not a folder, a
 * list that may be incomplete, and an error that another run would meet again.
 */
export function createCommittedFolderLister(options: CommittedFileOptions): ListCommittedFolder {
  return async ({ repository, ref }, path) => {
    const shown = `GET folder ${path === '' ? '/' : path} at ${ref} of ${repository}`;
    const response = await askContents(
      options,
      { repository, ref },
      {
        path,
        shown,
        accept: 'application/vnd.github+json',
      },
    );
    if (response.status !== 200) return absent(response, shown);
    const entries = readEntries(response.body);
    if (entries === undefined) throw new CodedError('INPUT_INVALID', `${shown} is not a list of files`);
    if (entries.length >= ENTRIES_MAX) {
      throw new CodedError(
        'INPUT_INVALID',
        `${shown} lists ${entries.length} entries, and the API leaves out what is beyond ${ENTRIES_MAX}`,
      );
    }
    const names = (isFolder: boolean): string[] =>
      entries.filter(({ type }) => (type === 'dir') === isFolder).map(({ name }) => name);
    return { files: names(false), folders: names(true) };
  };
}

interface Entry {
  readonly name: string;
  readonly type: string;
}

/** Undefined unless every entry has a type and a plain name. */
function readEntries(body: Uint8Array): readonly Entry[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
  if (!Array.isArray(value)) return undefined;
  const entries = value.flatMap((one: unknown): Entry[] => {
    if (!isJsonObject(one)) return [];
    const { name, type } = one;
    if (typeof name !== 'string' || typeof type !== 'string') return [];
    return name === '' || name === '.' || name === '..' || name.includes('/') ? [] : [{ name, type }];
  });
  return entries.length === value.length ? entries : undefined;
}
