import { parseRegistryHost } from '../../../domain/image/reference.ts';
import type { SignatureRepositories } from '../../../domain/image/signature-repositories.ts';
import { quoted } from '../../../domain/text/quoted.ts';
import { ValueError } from '../../../domain/text/value-error.ts';
import type { NetworkSettings, RegistryCertificate, RegistryLogin } from '../../../usecases/connections.ts';
import { readCaCertificates, readHosts, writeHost } from '../../inputs/hosts-and-roots.ts';
import { readInteger, readText } from '../../inputs/read-value.ts';
import { readRetryFor, readTimeout } from '../../inputs/run-limits.ts';
import { readGithubToken } from './github-token.ts';
import type { ImagesInput } from './images.ts';
import type { Reading } from './input-source.ts';
import { judgedReader } from './judged-file.ts';

interface NetworkRules {
  readonly timeoutMs: number;
  readonly retryForMs: number;
  readonly offline: boolean;
}

const LOGIN_INPUTS = 'the inputs `registry-username` and `registry-password`';

/** Reads the network inputs (contract §2.3). Problems are collected. */
export async function readNetwork(
  reading: Reading,
  images: ImagesInput,
  rules: NetworkRules,
): Promise<NetworkSettings> {
  const caCertificates = await readCaCertificates(reading, judgedReader(reading, rules));
  // Both limits apply from the start of the run. Here, only a bad value matters.
  readTimeout(reading, rules.timeoutMs);
  const retryForMs = readRetryFor(reading, rules.retryForMs);
  const insecureRegistries = readHosts(reading, 'insecure-registries');
  const client = await readClient(reading, images, insecureRegistries);
  return {
    registryLogin: readRegistryLogin(reading, images, client.needsRegistry),
    fallbackLogin: readGithubLogin(reading),
    tokenHosts: readHosts(reading, 'token-hosts'),
    insecureRegistries,
    caCertificates,
    clientCertificates: client.certificates,
    retryForMs,
    concurrency: readInteger(reading, 'concurrency', { min: 1, max: 100, absent: 16 }),
    signatureRepositories: await readSignatureRepositories(reading, images),
  };
}

/**
 * Reads the certificates that identify this client. `needsRegistry`: one of them belongs to the registry of the step. The
 * code is loaded only if there are any.
 */
async function readClient(
  reading: Reading,
  images: ImagesInput,
  insecureRegistries: readonly string[],
): Promise<{ readonly certificates: readonly RegistryCertificate[]; readonly needsRegistry: boolean }> {
  const isGiven = ['client-certificate', 'client-key'].some((name) => readText(reading, name) !== undefined);
  if (!isGiven) return { certificates: [], needsRegistry: false };
  const { readClientCertificates } = await import('../../inputs/client-certificates.ts');
  const named = readText(reading, 'registry');
  let owned: { readonly registry: string | undefined } | undefined;
  const owner = (input: string): string | undefined => {
    // Both inputs ask, and a problem is told once.
    owned ??= {
      registry: named === undefined ? registryOfImages(reading, images, input) : parseRegistry(reading, named),
    };
    return owned.registry;
  };
  const certificates = await readClientCertificates(reading, { owner, insecureRegistries });
  return { certificates, needsRegistry: owned !== undefined };
}

function readRegistryLogin(
  reading: Reading,
  images: ImagesInput,
  isRegistryNeeded: boolean,
): RegistryLogin | undefined {
  const { source, problems } = reading;
  const username = readText(reading, 'registry-username');
  // A password is used as it is, including spaces. Only a final line break cannot belong to it.
  const password = source.input('registry-password')?.replace(/\r?\n$/, '') || undefined;
  if (password !== undefined) source.mask(password);
  const named = readText(reading, 'registry');
  if (username === undefined && password === undefined) {
    if (named !== undefined && !isRegistryNeeded) {
      const cure = 'Give `registry-username` and `registry-password` too, or remove `registry`.';
      problems.add('registry', 'it is given without a login.', cure);
    }
    return undefined;
  }
  if (username === undefined || password === undefined) {
    const [missing, given] =
      username === undefined ? ['registry-username', 'registry-password'] : ['registry-password', 'registry-username'];
    const cure = 'Give both. If it comes from a secret, note that runs of forks and Dependabot get no secrets.';
    problems.add(missing, `it is missing although ${given} is given.`, cure);
    return undefined;
  }
  const registry =
    named === undefined ? registryOfImages(reading, images, 'registry-username') : parseRegistry(reading, named);
  return registry === undefined ? undefined : { registry, username, password, source: LOGIN_INPUTS };
}

/** The single registry of all images, if they were written as references. */
function registryOfImages(reading: Reading, images: ImagesInput, needing: string): string | undefined {
  const registries = [...new Set(images.images.map((image) => image.repository.registry))];
  const [only] = registries;
  if (images.writtenAsReferences && registries.length === 1 && only !== undefined) return only;
  // Naming no image is reported as its own problem.
  if (images.images.length === 0) return undefined;
  const why = images.writtenAsReferences
    ? `the images name ${registries.length} registries (${registries.map((name) => quoted(name)).join(', ')})`
    : 'the images are not written as references in `images`';
  const cure = `Write the host that ${needing} belongs to, such as \`registry: ghcr.io\`.`;
  reading.problems.add('registry', `it is required with ${needing}: ${why}.`, cure);
  return undefined;
}

function parseRegistry(reading: Reading, value: string): string | undefined {
  try {
    if (!/[.:]/.test(value) && value.toLowerCase() !== 'localhost') {
      throw new ValueError(`${quoted(value)} is not a registry: it has neither a dot nor a port`);
    }
    return parseRegistryHost(value);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const cure = 'Write a host with an optional port, such as `ghcr.io` or `registry.example:5000`.';
    reading.problems.add('registry', `${error.message}.`, writeHost('registry', value) ?? cure);
    return undefined;
  }
}

/** The job's own token for ghcr.io, which accepts only github.com's token (contract §2.3). */
function readGithubLogin(reading: Reading): RegistryLogin | undefined {
  const token = readGithubToken(reading);
  if (token === undefined) return undefined;
  reading.source.mask(token);
  const { serverUrl, actor } = reading.source.context;
  if (serverUrl !== 'https://github.com' || actor === '') return undefined;
  const source = '`github-token` (no login for ghcr.io was found)';
  return { registry: 'ghcr.io', username: actor, password: token, source };
}

/** Its reader is loaded only if it is given, which is rare. */
async function readSignatureRepositories(reading: Reading, { images }: ImagesInput): Promise<SignatureRepositories> {
  if (readText(reading, 'signature-repository') === undefined) return [];
  // Bad image inputs are reported on their own, and their images are missing here.
  const isKnown = images.length > 0 && !reading.problems.list.some(({ input }) => IMAGE_INPUTS.includes(input));
  return (await import('../../inputs/signature-repositories.ts')).readSignatureRepositories(
    reading,
    isKnown ? images.map(({ repository }) => repository) : undefined,
  );
}

const IMAGE_INPUTS: readonly string[] = ['images', 'digest', 'metadata'];
