import type { HttpResponse } from '../http/http-client.ts';
import type { Clock } from '../usecases/ports.ts';

/** The answers to a PUT after which its content may be stored. The specification knows 201 only. */
const WRITTEN_STATUSES: readonly number[] = [200, 201, 202, 204];
/** Readings after an answer that proves nothing; with a lag of 1 s they take 15 s. */
const READINGS = 6;

/** True if the registry says that it stored, or will store, what it was sent. */
export function isWritten({ status }: HttpResponse): boolean {
  return WRITTEN_STATUSES.includes(status);
}

/** True for the answer of the specification: 201, and no other digest. Any other one has to be read back. */
export function isConfirmed({ status, headers }: HttpResponse, digest: string): boolean {
  return status === 201 && (headers['docker-content-digest'] ?? digest) === digest;
}

/**
 * Reads until the content is there; false if it does not appear. `read` returns undefined while it is missing, and
 * throws if other content is there. `lagMs`: the first wait, in ms; each further one is longer by as much.
 */
export async function isReadBack(
  read: () => Promise<unknown>,
  { clock, lagMs }: { readonly clock: Clock; readonly lagMs: number },
): Promise<boolean> {
  for (let readings = 1; ; readings += 1) {
    if ((await read()) !== undefined) return true;
    if (readings >= READINGS) return false;
    await clock.sleep(lagMs * readings);
  }
}
