import { isAllowedUrl } from '../../domain/image/network-host.ts';
import { parseRegistryHost } from '../../domain/image/reference.ts';
import { splitKeyValue } from '../../domain/text/key-value.ts';
import { isBareKeyText, privateKeyLines } from '../../domain/text/private-keys.ts';
import { quoted } from '../../domain/text/quoted.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import type { RegistryCertificate } from '../../usecases/connections.ts';
import { CERTIFICATE_INPUT, joinIdentity, KEY_INPUT } from './client-identity.ts';
import { splitLines } from './list-rule.ts';
import { readNamedFile } from './named-file.ts';
import { type FileSource, type Reading, readText } from './read-value.ts';

interface CertificateRules {
  /** The registry that a bare value belongs to; a problem is collected if there is none. */
  readonly owner: (input: string) => string | undefined;
  readonly insecureRegistries: readonly string[];
}

/** PEM texts by registry, as one of the two inputs gives them. Undefined stands for a text that cannot be read. */
type Texts = ReadonlyMap<string, string | undefined>;

interface Given {
  readonly form: 'lines' | 'bare';
  readonly texts: Texts;
}

const FORMS = 'Write one line `HOST=PATH` for each registry, or for a single registry a path or the PEM text itself.';

/**
 * Reads `client-certificate` and `client-key` (contract §2.3): certificates that identify this client to registries. Both
 * are read as they lie there: they do not decide what is trusted. Keys are masked before anything else. Problems are
 * collected.
 */
export async function readClientCertificates(
  reading: Reading<FileSource>,
  rules: CertificateRules,
): Promise<readonly RegistryCertificate[]> {
  const { problems } = reading;
  const before = problems.list.length;
  const certificates = await readGiven(reading, CERTIFICATE_INPUT, rules);
  const keys = await readGiven(reading, KEY_INPUT, rules);
  // What cannot be read is a problem already, and would only seem to be missing.
  if (problems.list.length > before) return [];
  if (certificates === undefined) {
    if (keys !== undefined) {
      const cure = `Give its certificate in \`${CERTIFICATE_INPUT}\`. A file with both belongs there alone.`;
      problems.add(KEY_INPUT, `it is given without ${CERTIFICATE_INPUT}.`, cure);
    }
    return [];
  }
  if (keys !== undefined && keys.form !== certificates.form) {
    const what = `one of ${CERTIFICATE_INPUT} and ${KEY_INPUT} has lines \`HOST=PATH\`, and the other one value.`;
    problems.add(KEY_INPUT, what, 'Write both in the same way.');
    return [];
  }
  for (const registry of keys?.texts.keys() ?? []) {
    if (certificates.texts.has(registry)) continue;
    const cure = `Add the line \`${registry}=PATH\` to \`${CERTIFICATE_INPUT}\`.`;
    problems.add(KEY_INPUT, `it has a key for ${quoted(registry)}, but ${CERTIFICATE_INPUT} has no certificate.`, cure);
  }
  const found: RegistryCertificate[] = [];
  for (const [registry, text = ''] of certificates.texts) {
    const identity = await joinIdentity(reading, { registry, certificate: text, key: keys?.texts.get(registry) });
    if (identity !== undefined) found.push({ registry, ...identity });
  }
  return problems.list.length > before ? [] : found;
}

async function readGiven(
  reading: Reading<FileSource>,
  name: string,
  rules: CertificateRules,
): Promise<Given | undefined> {
  const { source, problems } = reading;
  const value = readText(reading, name);
  if (value === undefined) return undefined;
  for (const line of privateKeyLines(value)) source.mask(line);
  if (isBareKeyText(value)) {
    source.mask(value);
    const what = 'it is base64 without the lines `-----BEGIN …-----` and `-----END …-----` of PEM.';
    problems.add(
      name,
      what,
      'Give PEM text with its line breaks, or a path. Decode a value that is base64 of PEM first.',
    );
    return undefined;
  }
  const lines = linesOf(value);
  if (lines !== undefined) return { form: 'lines', texts: await readLines(reading, name, { lines, rules }) };
  const registry = rules.owner(name);
  const usable = registry !== undefined && requireHttps(reading, name, { registry, rules });
  const text = isPem(value) ? value : await readPemFile(reading, name, value);
  return { form: 'bare', texts: usable ? new Map([[registry, text]]) : new Map() };
}

/** The lines of a value that is a list of `HOST=PATH`; undefined for a path and for PEM text. */
function linesOf(value: string): readonly string[] | undefined {
  const lines = splitLines(value).filter((line) => line !== '');
  if (isPem(value) && !/^[^\s=]+\s*=\s*-----BEGIN /m.test(value)) return undefined;
  if (lines.length > 1) return lines;
  const [host = '', ...rest] = value.split('=');
  // A path may contain `=` too. What looks like a URL is meant as a host.
  const isLine = rest.length > 0 && (!/[\\/]/.test(host) || host.includes('://'));
  return isLine ? lines : undefined;
}

function isPem(value: string): boolean {
  return value.includes('-----BEGIN ');
}

async function readLines(
  reading: Reading<FileSource>,
  name: string,
  { lines, rules }: { readonly lines: readonly string[]; readonly rules: CertificateRules },
): Promise<Texts> {
  const { problems } = reading;
  const texts = new Map<string, string | undefined>();
  for (const [index, line] of lines.entries()) {
    // A line that is not understood may be a part of a key, so only its number is shown.
    const where = `line ${index + 1}`;
    const { key: host, value: path } = splitKeyValue(line) ?? { key: '', value: '' };
    if (host === '' || path === '') {
      problems.add(name, `${where} does not have the form HOST=PATH.`, FORMS);
      continue;
    }
    if (isPem(path)) {
      problems.add(name, `${where} has PEM text after the host, where only a path can stand.`, FORMS);
      return texts;
    }
    const registry = parseHost(host);
    if (registry === undefined) {
      const cure =
        'Write a host with an optional port as in image references, such as `registry.example:5000=client.pem`.';
      problems.add(name, `the host in ${where} is not a registry host.`, cure);
      continue;
    }
    if (!requireHttps(reading, name, { registry, rules })) continue;
    if ([...texts.keys()].some((other) => originOf(other) === originOf(registry))) {
      problems.add(name, `${quoted(registry)} is given twice.`, 'Keep one line for each host.');
      continue;
    }
    texts.set(registry, await readPemFile(reading, name, path));
  }
  return texts;
}

/** The host as references name it; undefined for anything else. */
function parseHost(text: string): string | undefined {
  try {
    const registry = parseRegistryHost(text);
    return /[.:]/.test(registry) || registry === 'localhost' ? registry : undefined;
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}

function originOf(registry: string): string {
  return new URL(`https://${registry}`).origin;
}

function requireHttps(
  { problems }: Reading,
  name: string,
  { registry, rules }: { readonly registry: string; readonly rules: CertificateRules },
): boolean {
  if (!isAllowedUrl(new URL(`http://${registry}`), rules.insecureRegistries)) return true;
  const what = `${quoted(registry)} is called over plain http, where no certificate can be presented.`;
  const cure = `Remove the host from \`insecure-registries\`, or remove its \`${CERTIFICATE_INPUT}\`. Loopback hosts are always called over plain http.`;
  problems.add(name, what, cure);
  return false;
}

async function readPemFile(reading: Reading<FileSource>, name: string, path: string): Promise<string | undefined> {
  const { source, problems } = reading;
  const bytes = await readNamedFile(reading, {
    name,
    path,
    cure: 'Give an absolute path, or one relative to the working directory. Paths with `~` are not expanded.',
  });
  if (bytes === undefined) return undefined;
  const text = Buffer.from(bytes).toString('latin1');
  for (const line of privateKeyLines(text)) source.mask(line);
  if (isPem(text)) return text;
  const what = `${quoted(path)} is not PEM text.`;
  const cure =
    'Convert DER or PKCS#12 files to PEM, such as with `openssl pkcs12 -in client.p12 -nodes -out client.pem`.';
  problems.add(name, what, cure);
  return undefined;
}
