import type { AttestationRequirement } from '../../domain/attestation/evaluate-attestation.ts';
import { namesSigner, parseLineSigners } from '../../domain/attestation/line-signers.ts';
import {
  type NumberedLine,
  parseRequirementLine,
  splitRequirements,
} from '../../domain/attestation/requirement-line.ts';
import { EmptyValueError, ValueError } from '../../domain/text/value-error.ts';
import type { Reading } from '../action/inputs/input-source.ts';
import { LIKELY_CAUSES } from '../action/inputs/requested-image.ts';
import type { StepIdentity } from './identity-inputs.ts';
import { inputProblem } from './identity-words.ts';

/** The input `attestations`, parsed. */
export interface ReadRequirements {
  /** Those whose signers are known. */
  readonly requirements: readonly AttestationRequirement[];
  /** True if every line names its own signer, so that the identity of the step applies to none. */
  readonly nameTheirSigners: boolean;
}

const CURE = 'See "Attestations" in verify/README.md for the types and conditions.';

/** Reads the lines of the input `attestations`. Every bad line is a problem with its number. */
export function readRequirements(reading: Reading, value: string, step: StepIdentity): ReadRequirements {
  const read = <Result>(where: string, work: () => Result): Result | undefined => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      reading.problems.add(
        'attestations',
        `${where}${error.message}.`,
        error instanceof EmptyValueError ? LIKELY_CAUSES : CURE,
      );
      return undefined;
    }
  };
  const lines = read('', () => splitRequirements(value)) ?? [];
  let nameTheirSigners = lines.length > 0;
  const requirements = lines.flatMap((line) => {
    const where = `line ${line.number}: `;
    const parsed = read(where, () => parseLine(line, step));
    if (parsed === undefined) return [];
    if (!parsed.requirement.hasOwnSigner) nameTheirSigners = false;
    const { signers } = parsed;
    if (signers.kind === 'invalid') {
      for (const problem of signers.problems.map(inputProblem)) {
        reading.problems.add('attestations', `${where}${problem.input}: ${problem.what}`, problem.cure);
      }
    }
    if (signers.kind === 'no-identity' && step.identity !== 'invalid' && step.identity.kind === 'requirement') {
      throw new TypeError('a line lost the identity of the step');
    }
    return signers.kind === 'signers' ? [{ ...parsed.requirement, signers: signers.signers }] : [];
  });
  return { requirements, nameTheirSigners };
}

function parseLine({ text }: NumberedLine, { identity, inputs, context }: StepIdentity) {
  const line = parseRequirementLine(text);
  const { type, conditions, flags } = line;
  const hasOwnSigner = namesSigner(line);
  // Problems of the step's identity are reported once, with its inputs.
  const signers =
    identity === 'invalid' && !hasOwnSigner
      ? ({ kind: 'invalid', problems: [] } as const)
      : parseLineSigners(line, inputs, context);
  const requirement = {
    line: text,
    type,
    builderId: conditions.get('builder-id'),
    buildType: conditions.get('build-type'),
    perPlatform: flags.has('per-platform'),
    hasOwnSigner,
    buildkit: flags.has('buildkit'),
  };
  return { signers, requirement };
}
