import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildImage } from '../../sandbox/registry/image-builder.ts';
import { expectThat, type Report } from '../common/report.ts';
import { runProgram } from '../common/run-program.ts';
import { SUBJECT } from '../common/sandbox-identity.ts';
import { expectationFlags } from '../peers/cosign.ts';
import type { Registry } from '../peers/registry.ts';
import type { Stack } from '../peers/stack.ts';
import type { cosign as cosignClient, Signing, SigningClient, VerifyingClient } from './clients.ts';
import { createRegistryClient } from './registry-client.ts';
import { BUNDLE_TYPE } from './signatures.ts';

export interface CoexistenceOptions {
  readonly report: Report;
  readonly stack: Stack;
  readonly ours: SigningClient;
  readonly gate: VerifyingClient;
  readonly cosign: ReturnType<typeof cosignClient>;
  /** Paths, where they are installed. */
  readonly crane: string | undefined;
  readonly oras: string | undefined;
}

const PREDICATE = {
  buildDefinition: { buildType: 'https://example.com/build', externalParameters: {} },
  runDetails: {},
};
const SLSA = 'https://slsa.dev/provenance/v1';

/**
 * Signatures and attestations of both clients on one image: each writes after the other and nothing is
 * lost or mistaken. An attestation alone is not a signature to our gate, though it is one to cosign.
 */
export async function runCoexistence(registry: Registry, options: CoexistenceOptions): Promise<void> {
  const { report, stack, ours, gate, cosign } = options;
  const { env } = registry;
  const on = (text: string): string => `${text}, ${registry.name}`;
  const predicate = join(stack.directory, 'predicate.json');
  await writeFile(predicate, JSON.stringify(PREDICATE));
  const trust = ['--trusted-root', stack.trustedRoots.logs];
  const expected = expectationFlags({
    ...{ trustedRoot: stack.trustedRoots.logs, identity: SUBJECT, issuer: stack.issuer },
  });
  const attest = (reference: string, legacy: boolean): ReturnType<typeof cosign.run> =>
    cosign.run(
      [
        ...['attest', '--predicate', predicate, '--type', 'slsaprovenance1', '--allow-http-registry'],
        ...['--oidc-provider', 'github-actions', ...trust],
        ...(legacy
          ? ['--new-bundle-format=false', '--use-signing-config=false', '--fulcio-url', stack.urls.fulcio]
          : ['--signing-config', stack.signingConfigs.v1]),
        ...(legacy ? ['--rekor-url', stack.urls.rekor1] : []),
        reference,
      ],
      env,
    );
  const sign = (client: SigningClient, reference: string, more: Partial<Signing> = {}) =>
    client.sign({ reference, format: 'both', services: 'v1', annotations: {}, recursive: false, env, ...more });
  const gateSays = (reference: string, format: 'bundle' | 'legacy') =>
    gate.verify({
      ...{ reference, format, services: 'v1', identity: SUBJECT, annotations: {}, recursive: false, env },
      bundle: Buffer.alloc(0),
    } as const);
  const cosignSays = (command: string, reference: string, ...flags: string[]) =>
    cosign.run([command, ...expected, ...flags, reference], env);

  await report.check(on('an image nobody signed is refused by both'), async () => {
    const reference = await registry.push('coexist/unsigned', buildImage({ content: 'unsigned' }));
    const ourAnswer = await gateSays(reference, 'bundle');
    expectThat(!ourAnswer.ok && ourAnswer.reason === 'NO_SIGNATURE', 'NO_SIGNATURE', ourAnswer.out);
    const theirs = await cosignSays('verify', reference);
    expectThat(!theirs.ok && /no signatures found/.test(theirs.out), 'no signatures found', theirs.out);
  });

  await report.check(on('an attestation alone: cosign calls it signed, our gate does not'), async () => {
    const reference = await registry.push('coexist/attested', buildImage({ content: 'attested' }));
    const attested = await attest(reference, false);
    expectThat(attested.ok, 'an attestation', attested.out);
    const theirs = await cosignSays('verify', reference);
    expectThat(theirs.ok, 'cosign to accept it (it counts any statement)', theirs.out);
    const ourAnswer = await gateSays(reference, 'bundle');
    expectThat(!ourAnswer.ok && ourAnswer.reason === 'NO_SIGNATURE', 'NO_SIGNATURE', ourAnswer.out);
    expectThat(ourAnswer.out.includes(SLSA), 'the attestation listed', ourAnswer.out);
  });

  const image = buildImage({ content: 'shared' });
  const reference = await registry.push('coexist/shared', image);
  const listed = async (): Promise<number> =>
    (await (await createRegistryClient(registry, 'coexist/shared')).referrers(image.digest)).length;
  const layers = async (tag: string): Promise<number> => {
    const manifest = await (await createRegistryClient(registry, 'coexist/shared')).manifest(
      `${image.digest.replace(':', '-')}.${tag}`,
    );
    if (manifest === undefined) return 0;
    return (JSON.parse(manifest.bytes.toString('utf8')) as { layers: unknown[] }).layers.length;
  };
  await report.check(on('signatures and attestations of both clients, in turns, stand beside each other'), async () => {
    const steps: readonly [what: string, run: () => Promise<{ ok: boolean; out: string }>, counts: string][] = [
      ['cosign attests', () => attest(reference, false), '1 0 0'],
      ['we sign', () => sign(ours, reference), '2 1 0'],
      ['cosign attests in the old format', () => attest(reference, true), '2 1 1'],
      ['cosign signs', () => sign(cosign, reference), '3 2 1'],
      ['cosign attests again', () => attest(reference, false), '4 2 1'],
      ['we sign with another annotation', () => sign(ours, reference, { annotations: { build: '7' } }), '5 3 1'],
    ];
    for (const [what, run, counts] of steps) {
      const { ok, out } = await run();
      expectThat(ok, what, out);
      const found = `${await listed()} ${await layers('sig')} ${await layers('att')}`;
      expectThat(found === counts, `after "${what}": referrers, .sig and .att layers ${counts}`, found);
    }
  });
  await report.check(on('a signature of cosign by the same workflow counts as ours: nothing is added'), async () => {
    const before = await listed();
    const { ok, out } = await sign(ours, reference);
    expectThat(ok && (await listed()) === before, 'success and nothing written', out);
  });
  for (const format of ['bundle', 'legacy'] as const) {
    await report.check(on(`the gate and cosign accept what stands there, ${format}`), async () => {
      const ourAnswer = await gateSays(reference, format);
      expectThat(ourAnswer.ok, 'verified', ourAnswer.out);
      const flags = format === 'legacy' ? ['--new-bundle-format=false'] : [];
      const theirs = await cosignSays('verify', reference, ...flags);
      expectThat(theirs.ok, 'exit 0', theirs.out);
      const attestation = await cosignSays('verify-attestation', reference, '--type', 'slsaprovenance1', ...flags);
      expectThat(attestation.ok, 'exit 0', attestation.out);
    });
  }
  await otherTools(registry, options, { reference, digest: image.digest });
}

/** What tools that know OCI, and nothing of signatures, make of it. */
async function otherTools(
  registry: Registry,
  { report, stack, crane, oras }: CoexistenceOptions,
  { reference, digest }: { readonly reference: string; readonly digest: string },
): Promise<void> {
  const env = { ...registry.env, HOME: stack.directory };
  if (oras !== undefined) {
    await report.check(`oras discover lists five bundles, ${registry.name}`, async () => {
      const config = ['--registry-config', registry.authFile];
      const { code, out } = await runProgram(
        oras,
        ['discover', '--plain-http', ...config, '--format', 'json', reference],
        {
          env,
        },
      );
      const found = out.match(new RegExp(`"artifactType": ?"${BUNDLE_TYPE.replace(/[.+]/g, '\\$&')}"`, 'g')) ?? [];
      expectThat(code === 0 && found.length === 5, 'five bundles', out);
    });
  }
  if (crane !== undefined) {
    await report.check(`crane validates every referrer and the .sig tag, ${registry.name}`, async () => {
      const repository = reference.replace(/@.*/, '');
      const referrers = await (await createRegistryClient(registry, 'coexist/shared')).referrers(digest);
      const names = [
        `${repository}:${digest.replace(':', '-')}.sig`,
        ...referrers.map((one) => `${repository}@${one.digest}`),
      ];
      for (const name of names) {
        const { code, out } = await runProgram(crane, ['manifest', name], { env });
        expectThat(code === 0 && (JSON.parse(out) as { schemaVersion: number }).schemaVersion === 2, name, out);
      }
      const sig = names[0] ?? '';
      const { code, out } = await runProgram(crane, ['validate', '--remote', sig], { env });
      expectThat(code === 0, `${sig} to be valid`, out);
    });
  }
}
