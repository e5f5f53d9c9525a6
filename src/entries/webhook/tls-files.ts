import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { CodedError } from '../../coded-error.ts';
import { privateKeyLines } from '../../domain/text/private-keys.ts';
import { quoted } from '../../domain/text/quoted.ts';
import type { Clock } from '../../usecases/ports.ts';
import type { FileSource } from '../inputs/read-value.ts';
import { whyUnreadable } from '../inputs/regular-file.ts';
import { variableOf } from './settings-table.ts';

/** A certificate chain with its key, checked: a server can use both. */
export interface ServingPair {
  /** PEM, the server's own certificate first. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
  readonly ends: Date;
  /** For logs: the SHA-256 of the certificate in hex. */
  readonly fingerprint: string;
}

export interface TlsFiles {
  /** The last usable pair. */
  current(): ServingPair;
  /**
   * Looks at the files until the signal ends. Files that changed and are usable are given to `onPair`; others leave the
   * current pair in force, and `onProblem` gets the reason each time that it changes.
   */
  watch(signal: AbortSignal, listener: PairListener): void;
}

export interface PairListener {
  readonly onPair: (pair: ServingPair) => void;
  readonly onProblem: (problem: string) => void;
}

export interface TlsFilesOptions {
  readonly paths: { readonly certificate: string; readonly key: string };
  readonly readFile: FileSource['files']['read'];
  readonly clock: Clock;
  /** Gets each key before it is used. */
  readonly mask: (secret: string) => void;
  /** Between two looks, in ms. Kubernetes writes a volume again about a minute after its Secret. */
  readonly everyMs?: number;
}

const EVERY_MS = 2_000;
/** A certificate and a key that do not fit may be from before and after a change: they are read again once. In ms. */
const SETTLE_MS = 100;
const FILE_MAX_BYTES = 1024 * 1024;

/**
 * Reads the pair of the server. Throws INPUT_INVALID if it cannot be used. A volume of Kubernetes changes by a symbolic link
 * that leads to another folder, which no watch on a file shows, so both files are read at intervals and compared.
 */
export async function openTlsFiles(options: TlsFilesOptions): Promise<TlsFiles> {
  const { clock, everyMs = EVERY_MS } = options;
  const first = await readSettled(options);
  if ('problem' in first) {
    throw new CodedError('INPUT_INVALID', `the certificate of this server cannot be used: ${first.problem}`, {
      hint: `Mount a Secret of the type kubernetes.io/tls, and name its files in ${variableOf('tls-certificate')} and ${variableOf('tls-key')}.`,
    });
  }
  let inUse = first;
  return {
    current: () => inUse.pair,
    watch(signal, { onPair, onProblem }) {
      let told: string | undefined;
      const look = async (): Promise<string | undefined> => {
        const read = await readSettled(options, inUse);
        if ('problem' in read) return read.problem;
        if (read.hash !== inUse.hash) {
          onPair(read.pair);
          inUse = read;
        }
        return undefined;
      };
      const run = async (): Promise<void> => {
        for (;;) {
          await clock.sleep(everyMs, signal);
          // A pair that the server cannot take must not end this: the next one may be good.
          const problem = await look().catch((error: unknown) => `they could not be taken into use (${String(error)})`);
          if (problem !== undefined && problem !== told) onProblem(problem);
          told = problem;
        }
      };
      // Only the end of the signal ends it.
      run().catch(() => undefined);
    },
  };
}

interface ReadPair {
  /** Of both texts. */
  readonly hash: string;
  readonly pair: ServingPair;
}

type Reading = ReadPair | { readonly problem: string };

/** `inUse`: the pair that was checked before; if the files hold the same, only its end is looked at. */
async function readSettled(options: TlsFilesOptions, inUse?: ReadPair): Promise<Reading> {
  const read = await readOnce(options, inUse);
  if (!('problem' in read)) return read;
  await options.clock.sleep(SETTLE_MS);
  return readOnce(options, inUse);
}

async function readOnce({ paths, readFile, clock, mask }: TlsFilesOptions, inUse?: ReadPair): Promise<Reading> {
  const texts: string[] = [];
  for (const path of [paths.certificate, paths.key]) {
    const read = await readText(path, readFile);
    if (read.problem !== undefined) return { problem: read.problem };
    texts.push(read.text);
  }
  const [cert = '', key = ''] = texts;
  for (const line of privateKeyLines(key)) mask(line);
  const hash = createHash('sha256').update(cert).update('\0').update(key).digest('hex');
  const now = clock.now();
  if (hash === inUse?.hash) {
    const ended = describeEnd(inUse.pair.ends, paths, now);
    return ended === undefined ? inUse : { problem: ended };
  }
  const problem = describeProblem({ cert, key }, paths, now);
  if (problem !== undefined) return { problem };
  const leaf = new X509Certificate(cert);
  const pair = { cert, key, ends: endOf(leaf), fingerprint: leaf.fingerprint256.replaceAll(':', '').toLowerCase() };
  return { hash, pair };
}

async function readText(
  path: string,
  readFile: TlsFilesOptions['readFile'],
): Promise<{ readonly text: string; readonly problem?: undefined } | { readonly problem: string }> {
  try {
    const bytes = await readFile(path, FILE_MAX_BYTES);
    return bytes === undefined
      ? { problem: `there is no file ${quoted(path)}` }
      : { text: Buffer.from(bytes).toString('latin1') };
  } catch (error) {
    return { problem: `${quoted(path)} ${whyUnreadable(error)}` };
  }
}

/** Why a server cannot use both; never quotes the key. */
function describeProblem(
  { cert, key }: { readonly cert: string; readonly key: string },
  paths: TlsFilesOptions['paths'],
  now: Date,
): string | undefined {
  let leaf: X509Certificate;
  try {
    leaf = new X509Certificate(cert);
  } catch {
    return `${quoted(paths.certificate)} is not a PEM certificate`;
  }
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(key);
  } catch {
    return `${quoted(paths.key)} is not a PEM private key without a password`;
  }
  if (!leaf.checkPrivateKey(privateKey)) {
    return `the key ${quoted(paths.key)} does not belong to the certificate ${quoted(paths.certificate)}`;
  }
  const ended = describeEnd(endOf(leaf), paths, now);
  if (ended !== undefined) return ended;
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    const reason: unknown = error instanceof Error ? Reflect.get(error, 'reason') : undefined;
    return `TLS cannot use ${quoted(paths.certificate)} (${typeof reason === 'string' ? reason : 'OpenSSL refuses it'})`;
  }
  return undefined;
}

function describeEnd(ends: Date, paths: TlsFilesOptions['paths'], now: Date): string | undefined {
  if (ends > now) return undefined;
  return `the certificate ${quoted(paths.certificate)} ended at ${ends.toISOString()}`;
}

function endOf(certificate: X509Certificate): Date {
  return new Date(certificate.validTo);
}
