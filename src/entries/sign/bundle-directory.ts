import { mkdtemp, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '../../coded-error.ts';
import { hexOf } from '../../domain/image/digest.ts';
import { formatRepository } from '../../domain/image/reference.ts';
import type { SignOutcome } from '../../usecases/signing/sign-images.ts';
import type { SignRequest } from '../../usecases/signing/sign-request.ts';
import { makeConfinedDirectory, writeConfined } from '../action/confined-files.ts';
import type { RunEnvironment } from '../action/run-environment.ts';

/** Creates the directory for the bundle files and checks that it is writable, before any signature is logged. */
export async function makeBundleDirectory(run: RunEnvironment, { bundleDirectory }: SignRequest): Promise<void> {
  try {
    const directory = await makeConfinedDirectory(run, bundleDirectory);
    await rmdir(await mkdtemp(join(directory, '.countersign-')));
  } catch (cause) {
    throw notWritable('the directory is not writable', cause);
  }
}

function notWritable(what: string, cause: unknown): CodedError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new CodedError('INPUT_INVALID', `input bundle-directory: ${what}: ${why}`, {
    cause,
    hint: 'Set `bundle-directory` to a directory that this job can write to, or remove the input.',
  });
}

/** The end of a repository's name that a file name has: with host and path it may have 511 characters, a file name 255. */
const READABLE_MAX = 120;

interface WrittenBundles {
  readonly paths: readonly string[];
  readonly failure: CodedError | undefined;
}

/** Writes every new signature to a file, uploaded or not. Never throws, because the signatures already exist. */
export async function writeBundles(
  run: RunEnvironment,
  request: SignRequest,
  outcome: SignOutcome,
): Promise<WrittenBundles> {
  const names = new Set<string>();
  const written = await Promise.allSettled(
    outcome.made.map(async ({ task, made }) => {
      const readable = formatRepository(task.image.repository)
        .replace(/[^A-Za-z0-9._-]/g, '_')
        .slice(-READABLE_MAX);
      const kind =
        task.attestation === undefined ? task.format : `attestation-${shortType(task.attestation.predicateType)}`;
      const name = `${readable}-${hexOf(task.digest).slice(0, 16)}.${kind}`;
      // The repositories a/b and a_b would get the same file name, and so would long ones with the same end.
      let distinct = name;
      for (let count = 2; names.has(distinct); count += 1) distinct = `${name}-${count}`;
      names.add(distinct);
      const path = join(request.bundleDirectory, `${distinct}.sigstore.json`);
      await writeConfined(run, path, made.bundle);
      return path;
    }),
  );
  const failed = written.find((one) => one.status === 'rejected');
  return {
    paths: written.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    failure: failed && notWritable('a bundle could not be written', failed.reason),
  };
}

/** The last words of a predicate type, for a file name: `provenance_v1`, `Document_v2.3`, `bom`. */
function shortType(predicateType: string): string {
  const words = predicateType.split(/[^A-Za-z0-9.]+/).filter((word) => word !== '');
  const isVersioned = /^v[0-9.]+$/.test(words.at(-1) ?? '');
  return words
    .slice(isVersioned ? -2 : -1)
    .join('_')
    .slice(0, 40);
}
