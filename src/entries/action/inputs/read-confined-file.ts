import { quoted } from '../../../domain/text/quoted.ts';
import { type NamedFile, readFileAt } from '../../inputs/named-file.ts';
import { CONFINED_CURE, confine } from '../confined-files.ts';
import type { Reading } from './input-source.ts';
import { workspacePath } from './run-files.ts';

/** Reads a file that decides what is signed, as readNamedFile does. Its real path must be in the workspace or RUNNER_TEMP. */
export async function readConfinedFile(reading: Reading, file: NamedFile): Promise<Uint8Array | undefined> {
  const confined = await confine(reading.source, workspacePath(reading.source, file.path));
  // Read the path that was checked, not the one that was given.
  if (confined.kind === 'inside') return readFileAt(reading, file, confined.path);
  reading.problems.add(file.name, `${quoted(file.path)} ${confined.problem}.`, CONFINED_CURE);
  return undefined;
}
