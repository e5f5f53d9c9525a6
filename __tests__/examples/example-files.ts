import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../source-files.ts';

/** The workflow files of a folder: paths in this repository. */
export const inFolder = (folder: string): string[] =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.yml'))
    .map((name) => `${folder}/${name}`);

/** Every workflow that people are told to copy. */
export const EXAMPLES: readonly string[] = [...inFolder('examples'), ...inFolder('examples/migration')];
