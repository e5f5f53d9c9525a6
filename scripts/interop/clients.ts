import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type RunResult, runAction } from '../../sandbox/runner/runner.ts';
import { ROOT } from '../../sandbox/world.ts';
import { shownRun } from '../common/sandbox-identity.ts';
import { type Cosign, expectationFlags, formatFlags, runCosign } from '../peers/cosign.ts';
import { SIGSTORE_GO_NAME, verifyBundle } from '../peers/sigstore-go.ts';
import type { Services, Stack } from '../peers/stack.ts';

export type Format = 'bundle' | 'legacy';

/** What one client is asked to sign. */
export interface Signing {
  /** Pinned. */
  readonly reference: string;
  readonly format: Format | 'both';
  readonly services: Services;
  readonly annotations: Readonly<Record<string, string>>;
  readonly recursive: boolean;
  /** How to be let into the registry. */
  readonly env: Readonly<Record<string, string>>;
}

/** What one client is asked to verify. */
export interface Verifying {
  readonly reference: string;
  readonly format: Format;
  readonly services: Services;
  readonly identity: string;
  readonly annotations: Readonly<Record<string, string>>;
  /** Every platform image as well. */
  readonly recursive: boolean;
  readonly env: Readonly<Record<string, string>>;
  /** For a client that reads no registry: the bundle, or the bytes it has to do with instead. */
  readonly bundle: Buffer;
}

export interface Outcome {
  readonly ok: boolean;
  /** The gate's reason code, if it gave one. */
  readonly reason?: string;
  readonly out: string;
}

export interface SigningClient {
  readonly name: string;
  sign(signing: Signing): Promise<Outcome>;
}

export interface VerifyingClient {
  readonly name: string;
  verify(verifying: Verifying): Promise<Outcome>;
}

const toOutcome = (run: RunResult): Outcome => {
  const results = JSON.parse(run.outputs['results'] || '{}') as { images?: { reason: string | null }[] };
  const reason = results.images?.find((image) => image.reason !== null)?.reason;
  return {
    ok: run.exitCode === 0,
    ...(reason == null ? {} : { reason }),
    out: shownRun(run),
  };
};

const trustedRootFor = (stack: Stack, services: Services): string =>
  services === 'tsa' ? stack.trustedRoots.tsa : stack.trustedRoots.logs;

/** `dist/sign`, run as GitHub's runner would. */
export function ourSigner(stack: Stack): SigningClient {
  return {
    name: 'ours',
    async sign({ reference, format, services, annotations, recursive, env }) {
      const run = await runAction({
        actionDir: ROOT,
        inputs: {
          images: reference,
          format,
          recursive: String(recursive),
          annotations: lines(annotations),
          'trusted-root': trustedRootFor(stack, services),
          'signing-config': stack.signingConfigs[services],
        },
        env: { ...stack.idTokenEnvironment, ...env },
        tempRoot: stack.directory,
      });
      return toOutcome(run);
    },
  };
}

/** `dist/verify`, run as GitHub's runner would. */
export function ourGate(stack: Stack): VerifyingClient {
  return {
    name: 'our gate',
    async verify({ reference, format, services, identity, annotations, recursive, env }) {
      const run = await runAction({
        actionDir: join(ROOT, 'verify'),
        inputs: {
          images: reference,
          format,
          'certificate-identity': identity,
          'certificate-oidc-issuer': stack.issuer,
          'trusted-root': trustedRootFor(stack, services),
          annotations: lines(annotations),
          recursive: String(recursive),
          offline: 'true',
          'wait-for': '0s',
        },
        env: { ...env },
        tempRoot: stack.directory,
      });
      const outcome = toOutcome(run);
      return { ...outcome, ok: outcome.ok && run.outputs['verified'] === 'true' };
    },
  };
}

const lines = (annotations: Readonly<Record<string, string>>): string =>
  Object.entries(annotations)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');

const annotationFlags = (annotations: Readonly<Record<string, string>>): string[] =>
  Object.entries(annotations).flatMap(([name, value]) => ['-a', `${name}=${value}`]);

/** cosign, its trust and services from files or flags, its identity from the job's id-token. */
export function cosign(
  stack: Stack,
  program: Cosign,
): SigningClient & VerifyingClient & { run(args: readonly string[], env: Signing['env']): Promise<Outcome> } {
  const { name, major } = program;
  const run = async (args: readonly string[], env: Signing['env']): Promise<Outcome> => {
    const { code, out } = await runCosign(program, args, {
      home: stack.directory,
      env: { ...stack.idTokenEnvironment, ...env },
    });
    return { ok: code === 0, out: `${name} ${args.join(' ')}\nexit ${code}\n${out}` };
  };
  const signAs = (format: Format, signing: Signing): Promise<Outcome> => {
    const { services } = signing;
    const trustedRoot = trustedRootFor(stack, services);
    const how =
      format === 'bundle'
        ? [
            ...(major === 2 ? ['--new-bundle-format'] : []),
            ...['--signing-config', stack.signingConfigs[services], '--trusted-root', trustedRoot],
          ]
        : [
            ...(major === 3 ? ['--new-bundle-format=false', '--use-signing-config=false'] : []),
            ...['--fulcio-url', stack.urls.fulcio, '--trusted-root', trustedRoot],
            ...['--timestamp-server-url', stack.urls.tsa],
            // In this format cosign knows no signing config: what it names is said by flags.
            ...(services === 'tsa'
              ? ['--tlog-upload=false']
              : ['--rekor-url', services === 'v1' ? stack.urls.rekor1 : stack.urls.rekor2]),
          ];
    const flags = [
      '--allow-http-registry',
      ...['--oidc-provider', 'github-actions'],
      ...annotationFlags(signing.annotations),
      ...(signing.recursive ? ['--recursive'] : []),
    ];
    return run(['sign', ...how, ...flags, signing.reference], signing.env);
  };
  return {
    name,
    run,
    async sign(signing) {
      if (signing.format !== 'both') return signAs(signing.format, signing);
      // cosign writes one format a run.
      const bundle = await signAs('bundle', signing);
      return bundle.ok ? signAs('legacy', signing) : bundle;
    },
    async verify({ reference, format, services, identity, annotations, env }) {
      return run(
        [
          'verify',
          ...expectationFlags({ trustedRoot: trustedRootFor(stack, services), identity, issuer: stack.issuer }),
          ...formatFlags(program, format),
          ...(services === 'tsa' ? ['--insecure-ignore-tlog', '--use-signed-timestamps'] : []),
          ...(services === 'v2' && major === 2 ? ['--use-signed-timestamps'] : []),
          ...annotationFlags(annotations),
          reference,
        ],
        env,
      );
    },
  };
}

/** sigstore-go's client: reads bundle files, knows no registry and no annotations. */
export function sigstoreGo(stack: Stack, path: string): VerifyingClient {
  let count = 0;
  return {
    name: SIGSTORE_GO_NAME,
    async verify({ reference, services, identity, bundle }) {
      count += 1;
      const file = join(stack.directory, `bundle-${count}.json`);
      await writeFile(file, bundle);
      const { code, out } = await verifyBundle(path, {
        ...{ bundle: file, trustedRoot: trustedRootFor(stack, services), identity, issuer: stack.issuer },
        digest: reference.slice(reference.indexOf('@') + 1),
      });
      return { ok: code === 0, out: `sigstore-go\nexit ${code}\n${out}` };
    },
  };
}
