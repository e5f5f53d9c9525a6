import { isForbiddenAddress } from '../../domain/image/private-registry.ts';
import { quoted } from '../../domain/text/quoted.ts';
import type { ImagesInput } from '../action/inputs/images.ts';
import type { InputSource, Reading } from '../action/inputs/input-source.ts';
import { LIKELY_CAUSES } from '../action/inputs/requested-image.ts';
import { SHARED_INPUTS } from '../action/inputs/shared-inputs.ts';
import { refuseUnknownInputs } from '../action/inputs/unknown-inputs.ts';
import type { GateRequest } from '../gate/gate.ts';
import { GATE_INPUTS, readGateInputs } from '../gate/inputs.ts';
import { readImagePaths } from '../inputs/image-paths.ts';
import { addProblem, createInputProblems } from '../inputs/input-problems.ts';
import { splitLines } from '../inputs/list-rule.ts';
import { readBoolean, readText } from '../inputs/read-value.ts';
import { type Comparison, keepChanged } from './changed-images.ts';
import { type FileOptions, imagesOf } from './file-images.ts';
import { inputProblemOf } from './file-problems.ts';
import type { CommitReader } from './git-objects.ts';
import { type NamedFile, readNamedFiles } from './named-files.ts';
import { pinFiles, refuseUnpinnable } from './pin-files.ts';
import { type AttributedImage, type RequestedPlace, requestImages } from './requested-images.ts';

/** The inputs of verify-files/action.yml that this folder reads. A test compares the two. */
export const VERIFY_FILES_INPUTS = [
  'files',
  'changed-only',
  'base-files',
  'image-paths',
  'build-args',
  'allow-empty',
  'pin',
  ...SHARED_INPUTS,
  ...GATE_INPUTS,
] as const;

/** The most problems with files that one run tells, each with its line. */
const PROBLEMS_MAX = 50;

/**
 * Reads every input of the verify-files action once, and the files that they name. Throws one CodedError INPUT_INVALID
 * that names every bad input and every file that cannot be judged, with its cure.
 */
export async function readVerifyFilesInputs(source: InputSource, commits: CommitReader): Promise<GateRequest> {
  const problems = createInputProblems();
  const reading: Reading = { source, problems };
  const warnings = refuseUnknownInputs(reading, { action: 'verify-files', own: VERIFY_FILES_INPUTS });
  const changedOnly = readBoolean(reading, 'changed-only', false);
  const allowEmpty = readBoolean(reading, 'allow-empty', false);
  const pin = readBoolean(reading, 'pin', false);
  const offline = readBoolean({ source, problems: createInputProblems() }, 'offline', false);
  if (pin && changedOnly) {
    problems.add(
      'pin',
      'only what changed is checked, so the files cannot be pinned.',
      'Remove `changed-only` or `pin`.',
    );
  }
  const options = readFileOptions(reading, allowEmpty);
  const files = await readFiles(reading);
  const named = nameImages(reading, files, options);
  const compared: Comparison | undefined = changedOnly
    ? await keepChanged(reading, { files, named, options, offline, commits })
    : refuseUnusedBase(reading);
  const { requested, notices } = requestImages(reading, compared?.images ?? named);
  const nothingToCheck = emptyReason({ named, requested, files, allowEmpty, compared });
  if (requested.length === 0 && nothingToCheck === undefined && problems.list.length === 0) {
    const what = `the files name no image (${files.length} ${files.length === 1 ? 'file' : 'files'} read).`;
    problems.add('files', what, `If that is right, write \`allow-empty: true\`. ${LIKELY_CAUSES}`);
  }
  if (pin && problems.list.length === 0) refuseUnpinnable(reading, { files, requested, options });
  const images: ImagesInput = {
    images: requested.map(({ request }) => request),
    skipped: [],
    notices: [...(compared?.notices ?? []), ...notices],
    writtenAsReferences: false,
  };
  const request = await readGateInputs(reading, { action: 'verify-files', images, warnings });
  refuseForbiddenHosts(reading, requested, request.network.insecureRegistries);
  problems.throwIfAny();
  const isAnonymous = source.context.mayHoldForeignFiles;
  return {
    ...request,
    network: { ...request.network, isAnonymous },
    notices: isAnonymous ? [ANONYMOUS, ...request.notices] : request.notices,
    nothingToCheck,
    onOpen: pin ? (verified) => pinFiles(source, { files, requested, options, verified }) : undefined,
  };
}

const ANONYMOUS =
  'The files may come from a fork, so every registry is read anonymously, without any login of this job.';

async function readFiles(reading: Reading): Promise<readonly NamedFile[]> {
  const files = await readNamedFiles(reading, { input: 'files', place: 'confined' });
  if (files === undefined) {
    reading.problems.add('files', 'no file is given.', `Write paths or patterns, one per line. ${LIKELY_CAUSES}`);
  }
  return files ?? [];
}

/** Every image of every file. What cannot be judged is a problem in every mode. */
function nameImages(reading: Reading, files: readonly NamedFile[], options: FileOptions): readonly AttributedImage[] {
  let problems = 0;
  const named = files.flatMap((file) => {
    const { images, problems: found } = imagesOf(file, options);
    for (const problem of found) {
      problems += 1;
      if (problems <= PROBLEMS_MAX) addProblem(reading.problems, inputProblemOf('files', file.name, problem));
    }
    return images.map((image) => ({ file, image }));
  });
  if (problems > PROBLEMS_MAX) {
    const what = `${problems - PROBLEMS_MAX} more places cannot be judged.`;
    reading.problems.add('files', what, 'Fix the ones above first.');
  }
  return named;
}

function refuseUnusedBase(reading: Reading): undefined {
  if (readText(reading, 'base-files') === undefined) return;
  reading.problems.add('base-files', 'it has no effect without `changed-only: true`.', 'Add it, or remove the input.');
}

interface Emptiness {
  readonly named: readonly AttributedImage[];
  readonly requested: readonly unknown[];
  readonly files: readonly NamedFile[];
  readonly allowEmpty: boolean;
  readonly compared: Comparison | undefined;
}

/** Why it is right that there is no image; undefined if there is one, or if it is not right. */
function emptyReason({ named, requested, files, allowEmpty, compared }: Emptiness): string | undefined {
  if (requested.length > 0 || files.length === 0) return undefined;
  if (compared?.kind === 'changes') {
    return named.length === 0
      ? `the files name no image (compared with ${compared.where})`
      : `no image is new: ${named.length} named, each also in ${compared.where}`;
  }
  return allowEmpty && named.length === 0 ? 'the files name no image' : undefined;
}

function refuseForbiddenHosts(
  { problems }: Reading,
  requested: readonly RequestedPlace[],
  insecureRegistries: readonly string[],
): void {
  for (const { file, image, request } of requested) {
    if (!isForbiddenAddress(request.repository, insecureRegistries)) continue;
    const { registry } = request.repository;
    problems.add(
      'files',
      `${quoted(file.name)} line ${image.line}: ${quoted(image.image)} is on ${registry}, which only this machine or its network has.`,
      'If the workflow may call it, list it in `insecure-registries`.',
      { file: file.name, line: image.line },
    );
  }
}

/** The inputs that say how files are read. */
function readFileOptions(reading: Reading, allowEmpty: boolean): FileOptions {
  const lines = (name: string): readonly string[] =>
    splitLines(reading.source.input(name) ?? '').filter((line) => line !== '');
  const buildArgs = new Map<string, string>();
  for (const line of lines('build-args')) {
    const [, name, value = ''] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line) ?? [];
    if (name === undefined) {
      reading.problems.add('build-args', `${quoted(line)} does not have the form NAME=value.`, 'Write one per line.');
    } else if (buildArgs.has(name)) {
      reading.problems.add('build-args', `${quoted(name)} is given twice.`, 'Keep one line per name.');
    } else {
      buildArgs.set(name, value);
    }
  }
  return { imagePaths: readImagePaths(reading), buildArgs, allowEmpty };
}
