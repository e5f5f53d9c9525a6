import type { CallContext } from '../call-context.ts';
import { createLooks, type LookOptions } from '../examining/looks.ts';
import type { OtherRoots } from '../examining/other-roots.ts';
import { createPlatformReader } from '../examining/platform-reader.ts';
import { createAttestationReader, type ReaderOptions } from '../examining/read-attestations.ts';
import type { Clock, ReadStatement, Registry, SignatureVerifier } from '../ports.ts';
import { type FindingWords, prepareAuthorities } from './authority-judge.ts';
import { createStatementReader } from './buildkit-statements.ts';
import type { Judge } from './create-judge.ts';
import { createPolicyJudge, type SelectedRules } from './policy-judge.ts';

interface PolicyGateOptions extends Omit<LookOptions, 'attestations' | 'otherRoots'> {
  readonly rules: SelectedRules;
  readonly words?: FindingWords | undefined;
  /** One for each trusted root that an authority names. */
  readonly otherRoots: OtherRoots;
  readonly concurrency: number;
  readonly notFoundHint: string;
  /** Undefined if no policy asks for attestations. */
  readonly statements:
    | (Pick<ReaderOptions, 'keepStatement' | 'stored'> & { readonly readStatement: ReadStatement })
    | undefined;
}

interface GatePorts {
  readonly call: CallContext;
  readonly registry: Registry;
  readonly verifier: SignatureVerifier;
  readonly clock: Clock;
}

/** Creates the judge of a run that has policies. */
export function createPolicyGate(options: PolicyGateOptions, ports: GatePorts): Judge {
  const { rules, otherRoots, statements } = options;
  const { authorities, requirements } = prepareAuthorities(rules.set.policies, ports.clock);
  if (requirements.length > 0 && statements === undefined) throw new TypeError('there is no place for statements');
  const reader =
    requirements.length === 0 || statements === undefined
      ? undefined
      : createAttestationReader({ ...ports, ...statements, otherRoots, requirements });
  return createPolicyJudge({
    rules,
    authorities,
    firstLook: createLooks({ ...options, attestations: reader }, ports),
    readPlatforms: createPlatformReader({ ...options, ...ports }),
    readStatementsFor: ({ evaluate, view }) => {
      if (reader === undefined || statements === undefined) throw new TypeError('no attestation is required');
      const read = createStatementReader({ ...ports, ...statements, reader, evaluate });
      return (about) => read({ ...about, index: view(about.index) });
    },
    signal: ports.call.signal,
    words: options.words,
  });
}
