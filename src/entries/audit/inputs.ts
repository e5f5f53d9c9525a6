import { resolve } from 'node:path';
import { type AuditedLine, parseAuditedLine } from '../../domain/audit/audited-line.ts';
import { BASELINE_MAX_BYTES, parseBaseline } from '../../domain/audit/baseline.ts';
import { formatRepository, parseReference } from '../../domain/image/reference.ts';
import { quoted } from '../../domain/text/quoted.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import type { RequestedImage } from '../../usecases/examining/resolve-images.ts';
import { CONFINED_CURE, confine } from '../action/confined-files.ts';
import type { InputSource, Reading } from '../action/inputs/input-source.ts';
import { LIKELY_CAUSES } from '../action/inputs/requested-image.ts';
import { workspacePath } from '../action/inputs/run-files.ts';
import { SHARED_INPUTS } from '../action/inputs/shared-inputs.ts';
import { refuseUnknownInputs } from '../action/inputs/unknown-inputs.ts';
import type { GateRequest } from '../gate/gate.ts';
import { GATE_INPUTS, readGateInputs } from '../gate/inputs.ts';
import { createInputProblems } from '../inputs/input-problems.ts';
import { splitList } from '../inputs/list-rule.ts';
import { readText } from '../inputs/read-value.ts';
import { whyUnreadable } from '../inputs/regular-file.ts';
import { createAudit } from './audit-run.ts';
import type { BaselineFile } from './audited.ts';

/** Inputs of the gates that decide about the step. An audit only looks. */
const OF_GATES_ONLY: readonly string[] = ['mode', 'check-name', 'status-name'];

/** The inputs of audit/action.yml that this folder reads. A test compares the two. */
export const AUDIT_INPUTS: readonly string[] = [
  'images',
  'baseline',
  ...SHARED_INPUTS,
  ...GATE_INPUTS.filter((name) => !OF_GATES_ONLY.includes(name)),
];

/** The lines of `images` of one run. Each repository of a pattern is listed. */
const LINES_MAX = 1_000;

/**
 * Reads every input of the audit once. Throws one CodedError INPUT_INVALID that names every bad input with its cure.
 */
export async function readAuditInputs(source: InputSource): Promise<GateRequest> {
  const problems = createInputProblems();
  const reading: Reading = { source, problems };
  const warnings = refuseUnknownInputs(reading, { action: 'audit', own: AUDIT_INPUTS });
  const lines = readLines(reading);
  const lowercased = lines.filter((line) => line.lowercased);
  const images = {
    images: lines.map(requestedImage),
    skipped: [],
    notices: lowercased.map(
      ({ original, repository }) => `${original} was changed to lower case: ${formatRepository(repository)}`,
    ),
    writtenAsReferences: true,
  };
  const request = await readGateInputs(reading, { action: 'audit', images, warnings });
  const file = await readBaseline(reading, request.reportPath);
  problems.throwIfAny();
  if (file === undefined) throw new TypeError('the baseline was neither read nor refused');
  // An image without a signature is a finding here, and not worth waiting for, unless the workflow says so.
  const waitForMs = readText(reading, 'wait-for') === undefined ? 0 : request.waitForMs;
  const own = { ...request, waitForMs };
  return { ...own, ownRun: createAudit(own, lines, file) };
}

/** What a line names, as far as that is known before any request. */
function requestedImage(line: AuditedLine): RequestedImage {
  const { original, repository } = line;
  const [tag, digest] = line.kind === 'image' ? [line.tag, line.digest] : [undefined, undefined];
  return { original, repository, tag, digest, sources: [{ file: 'images' }] };
}

function readLines(reading: Reading): AuditedLine[] {
  const { problems } = reading;
  let items: string[];
  try {
    items = splitList(reading.source.input('images') ?? '');
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    problems.add('images', `${error.message}.`, 'Write one image per line, without quotation marks.');
    return [];
  }
  const given = items.filter((item) => item !== '');
  if (given.length === 0) {
    problems.add('images', 'no image is given.', LIKELY_CAUSES);
    return [];
  }
  if (given.length < items.length) {
    problems.add('images', `item ${items.indexOf('') + 1} of ${items.length} is empty.`, LIKELY_CAUSES);
  }
  if (given.length > LINES_MAX) {
    const what = `${given.length} lines are more than the limit of ${LINES_MAX}.`;
    problems.add('images', what, 'Split them across several steps, each with its own `baseline`.');
    return [];
  }
  return given.flatMap((item) => {
    try {
      return [parseAuditedLine(item)];
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      problems.add('images', `${error.message}.`, cureOf(item));
      return [];
    }
  });
}

/** A repository alone most likely means all its tags. */
function cureOf(item: string): string {
  const general = 'Write registry/repository:tag, registry/repository@sha256:…, or a tag with `*`, such as `:v1.*`.';
  try {
    const { repository, tag, digest } = parseReference(item);
    if (tag === undefined && digest === undefined) return `For every tag, write \`${formatRepository(repository)}:*\`.`;
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
  }
  return general;
}

async function readBaseline(reading: Reading, reportPath: string): Promise<BaselineFile | undefined> {
  const { source, problems } = reading;
  const name = readText(reading, 'baseline');
  const refuse = (what: string, cure: string): undefined => {
    problems.add('baseline', what, cure);
  };
  if (name === undefined) {
    return refuse(
      'it is missing, so there would be nothing to compare with.',
      `Name the file that each run reads and writes, such as \`$\{{ runner.temp }}/audit/baseline.json\`, and keep it between runs as examples/audit-nightly.yml does.`,
    );
  }
  const confined = await confine(source, workspacePath(source, name));
  if (confined.kind === 'outside') return refuse(`${quoted(name)} ${confined.problem}.`, CONFINED_CURE);
  const { path } = confined;
  if (path === (await source.files.leadsTo(resolve(reportPath)).catch(() => resolve(reportPath)))) {
    return refuse('it is the file of `report`, and one of the two would be lost.', 'Name two different files.');
  }
  let bytes: Uint8Array | undefined;
  try {
    bytes = await source.files.read(path, BASELINE_MAX_BYTES);
  } catch (error) {
    return refuse(`${quoted(name)} ${whyUnreadable(error)}.`, 'Name a file that this step can read and write.');
  }
  if (bytes === undefined) return { name, path, baseline: undefined };
  try {
    return { name, path, baseline: parseBaseline(bytes) };
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    return refuse(
      `${quoted(name)} cannot be used: ${error.message}.`,
      'Restore the file that the last audit wrote. If it is lost, delete it: the next run then records what it sees, and finds nothing that has changed until then.',
    );
  }
}
