import type { CallContext } from '../call-context.ts';
import { createLooks, type FirstLook, type LookOptions } from '../examining/looks.ts';
import { createPlatformReader } from '../examining/platform-reader.ts';
import { createAttestationReader, type ReaderOptions } from '../examining/read-attestations.ts';
import type { Clock, ReadStatement, Registry, SignatureVerifier } from '../ports.ts';
import { type AttestationRules, createAttestedJudge } from './attested-judge.ts';
import { createStatementReader } from './buildkit-statements.ts';
import type { Judge } from './create-judge.ts';
import type { Evaluate } from './judge-image.ts';

interface GateOptions extends Omit<LookOptions, 'attestations'>, Pick<ReaderOptions, 'keepStatement' | 'stored'> {
  readonly readStatement: ReadStatement;
  readonly evaluate: Evaluate;
  readonly rules: AttestationRules;
  readonly concurrency: number;
  readonly notFoundHint: string;
}

interface GatePorts {
  readonly call: CallContext;
  readonly registry: Registry;
  readonly verifier: SignatureVerifier;
  readonly clock: Clock;
}

/**
 * Creates the judge of a run that requires attestations. Its examinations judge attestations by these requirements, so it
 * shares them with no other rule.
 */
export function createAttestationGate(
  options: GateOptions,
  ports: GatePorts,
): { readonly judge: Judge; readonly firstLook: FirstLook } {
  const { evaluate, rules, keepStatement, readStatement, stored } = options;
  const { requirements } = rules;
  const reader = createAttestationReader({ ...ports, requirements, keepStatement, stored });
  const firstLook = createLooks({ ...options, attestations: reader }, ports);
  const judge = createAttestedJudge({
    evaluate,
    rules,
    firstLook,
    readPlatforms: createPlatformReader({ ...options, ...ports }),
    readStatements: createStatementReader({ ...ports, reader, evaluate, keepStatement, readStatement }),
    signal: ports.call.signal,
  });
  return { judge, firstLook };
}
