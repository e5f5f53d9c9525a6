import { join } from 'node:path';
import { askLines, buildGoProgram } from '../peers/go-program.ts';
import type { Found } from '../peers/install.ts';
import type { TestDocument } from './documents.ts';
import type { Views } from './views.ts';

/** Path of Go's readers; or why there are none. */
export function buildGoReader(): Promise<Found> {
  return buildGoProgram(join(import.meta.dirname, 'go'), 'differential');
}

/** What each of Go's readers sees of each document; null where it refuses. */
export function readInGo(path: string, documents: readonly TestDocument[]): Promise<readonly Views[]> {
  return askLines(
    path,
    documents.map(({ kind, bytes }) => `${kind}\t${bytes.toString('base64')}`),
  );
}
