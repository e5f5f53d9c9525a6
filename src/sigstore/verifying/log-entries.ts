import type { LogEntryFacts } from '../../domain/signature/facts.ts';
import { checkCheckpoint } from './checkpoint.ts';
import { checkEntryBody } from './entry-body.ts';
import { type JudgeEach, type ProofContext, proveByKey } from './library-proof.ts';
import { Refused, refusing } from './refused.ts';
import type { ParsedEntry, SignatureMaterial } from './signature-material.ts';
import { isKnownAt, type KnownLog } from './trust.ts';

/** A proven log entry. */
export interface ProvenEntry {
  readonly parsed: ParsedEntry;
  readonly log: KnownLog;
  /** Set only with a signed entry timestamp: without one, nothing proves integratedTime. */
  readonly time: Date | undefined;
}

/**
 * Proves the entries that name a log of the trusted root. Ignores entries of other logs, and all entries if the root
 * has no logs. Refused NOT_LOGGED if an entry of a log of the root fails, or if the root lists logs but no entry is
 * proven (contract §3.4). `judge` gets each entry that counts.
 */
export function proveEntries(context: ProofContext, judge: JudgeEach = proveByKey): readonly ProvenEntry[] {
  const { material, trust } = context;
  if (trust.logs.length === 0) return [];
  const named = material.entries.flatMap((parsed) => {
    const log = trust.logs.find(({ logId }) => logId.equals(parsed.entry.logId.keyId));
    return log === undefined ? [] : [{ parsed, log }];
  });
  checkNoDuplicates(named.map(({ parsed }) => parsed));
  const proven = named.map(({ parsed, log }) =>
    refusing('NOT_LOGGED', 'the transparency log entry is not valid', () =>
      proveEntry({ parsed, log }, context, judge),
    ),
  );
  if (proven.length === 0) {
    throw new Refused(
      'NOT_LOGGED',
      `there is no entry from a transparency log of the trusted root in use (${trust.label})`,
    );
  }
  return proven;
}

function proveEntry({ parsed, log }: Omit<ProvenEntry, 'time'>, context: ProofContext, judge: JudgeEach): ProvenEntry {
  const { entry } = parsed;
  const { material } = context;
  checkHasProof(parsed, material);
  checkLogIndex(parsed);
  if (entry.inclusionProof !== undefined) checkCheckpoint(entry.inclusionProof, log);
  checkEntryBody(entry.canonicalizedBody, entry.kindVersion, material);
  const time = entry.inclusionPromise === undefined ? undefined : new Date(parsed.integratedTime * 1000);
  if (time !== undefined && !isKnownAt(log, time)) throw new TypeError('the log was not trusted at that time');
  judge({ entries: [entry], timestamps: [] }, context);
  return { parsed, log, time };
}

/** Bundle v0.1 and legacy layers promise inclusion; later bundles prove it. A time needs the promise. */
function checkHasProof({ entry, integratedTime }: ParsedEntry, material: SignatureMaterial): void {
  if (entry.inclusionProof === undefined && !material.mayLackInclusionProof)
    throw new TypeError('it has no inclusion proof');
  if (entry.inclusionPromise === undefined && material.mayLackInclusionProof) {
    throw new TypeError('it has no signed entry timestamp');
  }
  if (entry.inclusionPromise === undefined && integratedTime !== 0) {
    throw new TypeError('its integratedTime has no signed entry timestamp');
  }
}

/**
 * The signed entry timestamp covers the global index. Without one, the index must equal that of the inclusion proof.
 */
function checkLogIndex({ entry, logIndex }: ParsedEntry): void {
  if (entry.inclusionPromise === undefined && Number(entry.inclusionProof?.logIndex) !== logIndex) {
    throw new TypeError('its logIndex differs from the inclusion proof');
  }
}

/** The same entry twice is not two proofs (GHSA-9vcr-p3rj-q5q6), and honest bundles never repeat an entry. */
function checkNoDuplicates(entries: readonly ParsedEntry[]): void {
  const seen = new Set<string>();
  for (const { entry, logIndex } of entries) {
    const log = entry.logId.keyId.toString('hex');
    for (const key of [`${log} ${logIndex}`, `${log} ${entry.canonicalizedBody.toString('base64')}`]) {
      if (seen.has(key)) throw new Refused('NOT_LOGGED', 'the same transparency log entry appears twice');
    }
    seen.add(`${log} ${logIndex}`).add(`${log} ${entry.canonicalizedBody.toString('base64')}`);
  }
}

/**
 * Refused NOT_LOGGED if an entry without its own time is from a log that was not trusted at the time that the
 * timestamps prove (GHSA-wqqc-jjcq-vfxm).
 */
export function checkLogWindows(entries: readonly ProvenEntry[], times: readonly Date[]): void {
  for (const { log, time } of entries) {
    if (time === undefined && !times.every((proven) => isKnownAt(log, proven))) {
      throw new Refused('NOT_LOGGED', 'the transparency log was not trusted at the time of the signature');
    }
  }
}

/** The facts to report about an entry. */
export function toLogEntryFacts({ parsed, log, time }: ProvenEntry): LogEntryFacts {
  return { url: log.baseUrl, index: parsed.logIndex, integratedTime: time };
}
