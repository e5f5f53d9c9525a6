import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { writeConfined } from '../action/confined-files.ts';
import { stepDirectory } from '../action/inputs/run-files.ts';
import type { RunEnvironment } from '../action/run-environment.ts';
import type { Gate } from './gate.ts';

/** The folder for the statements of accepted attestations. */
export interface StatementFiles {
  /** Writes a statement, exactly as it was signed, and returns the path of the file. Equal statements share one file. */
  readonly keep: (statement: Uint8Array) => Promise<string>;
  /** The folder; undefined as long as it is empty. */
  readonly directory: () => string | undefined;
}

/**
 * Creates a new folder for each run, under a name that nobody can predict: whoever reads the folder takes each file in it
 * for an accepted statement. A file is named after the hash of its content, so no text of others becomes part of a path.
 */
export function createStatementFiles(run: RunEnvironment, action: Gate['action']): StatementFiles {
  const directory = join(stepDirectory(run, action), `attestations-${randomBytes(8).toString('hex')}`);
  let isEmpty = true;
  return {
    async keep(statement) {
      const path = join(directory, `sha256-${createHash('sha256').update(statement).digest('hex')}.json`);
      await writeConfined(run, path, statement);
      isEmpty = false;
      return path;
    },
    directory: () => (isEmpty ? undefined : directory),
  };
}
