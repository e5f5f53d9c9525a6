import type { Repository } from '../../domain/image/reference.ts';
import type { Access } from './send-call.ts';

/** What a login lacks that was refused; for GHCR in the words of a workflow's permissions. One sentence. */
export function neededRight(repository: Repository, access: Access): string {
  if (repository.registry !== 'ghcr.io')
    return `It must have the right to ${access} ${preposition(access)} ${repository.path}.`;
  const permission = access === 'push' ? 'packages: write' : 'packages: read';
  return `Add \`${permission}\` to the job's permissions, and see that the package lets this repository in ("Manage Actions access" in its settings).`;
}

function preposition(access: Access): string {
  return access === 'push' ? 'to' : 'from';
}
