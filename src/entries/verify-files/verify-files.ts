import type { Gate } from '../gate/gate.ts';
import { createCommitReader } from './git-objects.ts';
import { readVerifyFilesInputs } from './inputs.ts';

/** The verify-files action: the gate for every image that deployment files name. */
export const VERIFY_FILES: Gate = {
  action: 'verify-files',
  outputs: ['pinned-files'],
  readInputs: (source) => readVerifyFilesInputs(source, createCommitReader(source.env, source.signal)),
};
