/**
 * The committed dist/ against things we did not write: a Debian registry with token auth, images built
 * by umoci and pushed by skopeo, and two outside judges, sigstore-go and cosign. What cannot be
 * installed here is said and counted as skipped.
 */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildImage, pushImage } from '../../sandbox/image-builder.ts';
import type { RunResult } from '../../sandbox/runner.ts';
import { startWorld, type World } from '../../sandbox/world.ts';
import { buildAndPush } from './build-image.ts';
import { startDockerRegistry } from './docker-registry.ts';
import { aptInstall, COSIGN, type GoProgram, goInstall, runProgram, SIGSTORE_GO } from './programs.ts';
import { createReport, expectThat } from './report.ts';
import { sigstoreGoSigns } from './sigstore-go-signs.ts';
import { tamperBundle } from './tamper.ts';

/** Subject of the sandbox's id-tokens. */
const SUBJECT = 'https://github.com/octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main';
const report = createReport();
const directory = await mkdtemp(join(tmpdir(), 'countersign-real-'));
const shown = (run: RunResult): string => [`exit ${run.exitCode}`, ...run.log].join('\n');

/** The program, or a skip line for everything it would have judged. */
async function judge(program: GoProgram): Promise<string | undefined> {
  const got = await goInstall(program);
  if ('path' in got) return got.path;
  report.skip(program.name, got.missing);
  return undefined;
}

const missing = await aptInstall({
  'docker-registry': 'docker-registry',
  skopeo: 'skopeo',
  umoci: 'umoci',
  htpasswd: 'apache2-utils',
});
const conformance = await judge(SIGSTORE_GO);
const cosign = await judge(COSIGN);

// ── a real image on a real registry ─────────────────────────────────────────────────────────────

if (missing !== undefined) {
  report.skip('docker-registry 2.8.2', missing);
} else {
  for (const auth of ['none', 'htpasswd', 'token'] as const) {
    await realRegistry(auth);
  }
}

async function realRegistry(auth: 'none' | 'htpasswd' | 'token'): Promise<void> {
  await using world = await startWorld();
  await using registry = await startDockerRegistry(join(directory, `registry-${auth}`), auth);
  const name = `docker-registry 2.8.2 (${auth})`;
  const image = `${registry.host}/team/app`;
  const env = { DOCKER_CONFIG: registry.dockerConfig };
  const authFile = join(registry.dockerConfig, 'config.json');
  const digest = await buildAndPush(join(directory, `build-${auth}`), `${image}:1`, authFile, `for ${auth}\n`);
  const pinned = `${image}@${digest}`;
  const tag = digest.replace(':', '-');

  await report.check(`${name}: an image of umoci and skopeo is signed in both formats, recursively`, async () => {
    const run = await world.sign({ images: `${image}:1`, digest, format: 'both', recursive: 'true' }, { env });
    expectThat(run.exitCode === 0 && run.outputs['images'] === pinned, `exit 0 and ${pinned}`, shown(run));
  });
  await report.check(`${name}: skopeo reads the referrers tag and the .sig tag`, async () => {
    const inspect = async (reference: string): Promise<Record<string, unknown>> => {
      const args = ['inspect', '--raw', '--tls-verify=false', '--authfile', authFile, `docker://${reference}`];
      const { code, out } = await runProgram('skopeo', args);
      expectThat(code === 0, `${reference} to be readable`, out);
      return JSON.parse(out) as Record<string, unknown>;
    };
    const referrers = await inspect(`${image}:${tag}`);
    expectThat((referrers['manifests'] as unknown[]).length === 1, 'one referrer', JSON.stringify(referrers));
    const legacy = await inspect(`${image}:${tag}.sig`);
    expectThat((legacy['layers'] as unknown[]).length === 1, 'one layer', JSON.stringify(legacy));
  });
  await report.check(`${name}: signing again adds nothing`, async () => {
    const run = await world.sign({ images: pinned, format: 'both' }, { env });
    const written = run.outputs['results']?.includes('"written":true') ?? true;
    expectThat(run.exitCode === 0 && !written, 'exit 0 and nothing written', shown(run));
  });
  await report.check(`${name}: the gate accepts it, recursively`, async () => {
    const run = await world.verify({ images: pinned, recursive: 'true', ...identityInputs(world) }, { env });
    expectThat(run.exitCode === 0 && run.outputs['verified'] === 'true', 'verified', shown(run));
  });
  await report.check(`${name}: the gate refuses another repository's workflow`, async () => {
    const inputs = { ...identityInputs(world), 'source-repository': 'evil/app' };
    const run = await world.verify({ images: pinned, ...inputs }, { env });
    const refused = run.exitCode === 1 && run.outputs['verified'] === 'false' && run.outputs['verdict'] === 'fail';
    expectThat(refused, 'a refusal', shown(run));
  });
  if (cosign !== undefined) await cosignJudges(name, world, registry.dockerConfig, pinned, cosign);
}

function identityInputs(world: World): Record<string, string> {
  return { 'source-repository': 'octo-org/octo-repo', 'certificate-oidc-issuer': world.sigstore.issuer };
}

async function cosignJudges(
  name: string,
  world: World,
  dockerConfig: string,
  pinned: string,
  path: string,
): Promise<void> {
  const verify = (identity: string, ...more: string[]): ReturnType<typeof runProgram> =>
    runProgram(
      path,
      [
        'verify',
        '--trusted-root',
        world.files.trustedRoot,
        '--certificate-identity',
        identity,
        '--certificate-oidc-issuer',
        world.sigstore.issuer,
        '--allow-http-registry',
        ...more,
        pinned,
      ],
      { env: { DOCKER_CONFIG: dockerConfig, HOME: directory } },
    );
  for (const [format, flags] of [
    ['bundle', []],
    ['legacy', ['--new-bundle-format=false']],
  ] as const) {
    await report.check(`cosign 3.1.2 verifies the ${format} signature on ${name}`, async () => {
      const { code, out } = await verify(SUBJECT, ...flags);
      expectThat(code === 0, 'exit 0', out);
    });
    await report.check(`cosign 3.1.2 refuses a wrong identity, ${format}, on ${name}`, async () => {
      const { code, out } = await verify(SUBJECT.replace('octo-repo', 'octo-other'), ...flags);
      expectThat(code !== 0 && code !== null && code !== 127, 'a refusal', out);
    });
  }
}

// ── the sandbox's registry (referrers API), judged from outside ─────────────────────────────────

for (const variant of ['v1', 'v2', 'tsa'] as const) {
  await using world = await startWorld({ variant });
  const image = buildImage({ content: `judged, ${variant}` });
  await pushImage(world.registryUrl, 'judged/app', image, {
    tag: '1',
    ...(await world.pushLogin('judged/app')),
  });
  const pinned = `${world.host}/judged/app@${image.digest}`;
  const bundles = join(directory, `bundles-${variant}`);
  const format = variant === 'v1' ? 'both' : 'bundle';
  await report.check(`dist/sign signs with ${variant}`, async () => {
    const run = await world.sign({ images: pinned, format, 'bundle-directory': bundles });
    expectThat(run.exitCode === 0, 'exit 0', shown(run));
  });
  if (conformance !== undefined) await sigstoreGoJudges(world, variant, bundles, image.digest, conformance);
  if (cosign !== undefined && variant === 'v1') {
    const dockerConfig = join(directory, `docker-${variant}`);
    await writeLogin(world, dockerConfig);
    await cosignJudges('the sandbox registry', world, dockerConfig, pinned, cosign);
  }
  // sigstore-go's client signs only with a log and a timestamp authority.
  if (conformance !== undefined && variant !== 'tsa')
    await sigstoreGoSigns({ report, world, variant, conformance, directory });
}

async function writeLogin(world: World, dockerConfig: string): Promise<void> {
  const { mkdir } = await import('node:fs/promises');
  await mkdir(dockerConfig, { recursive: true });
  const auth = Buffer.from('alice:sandbox-password').toString('base64');
  await writeFile(join(dockerConfig, 'config.json'), JSON.stringify({ auths: { [world.host]: { auth } } }));
}

async function sigstoreGoJudges(
  world: World,
  variant: string,
  bundles: string,
  digest: string,
  path: string,
): Promise<void> {
  const verify = (bundle: string, subject: string): ReturnType<typeof runProgram> =>
    runProgram(path, [
      'verify-bundle',
      '--bundle',
      bundle,
      '--certificate-identity',
      SUBJECT,
      '--certificate-oidc-issuer',
      world.sigstore.issuer,
      '--trusted-root',
      world.files.trustedRoot,
      subject,
    ]);
  const files = (await readdir(bundles)).filter((name) => name.includes('bundle'));
  const file = join(bundles, files[0] ?? 'missing');
  await report.check(`sigstore-go 1.2.1 accepts our bundle, ${variant}`, async () => {
    const { code, out } = await verify(file, digest);
    expectThat(code === 0, 'exit 0', out);
  });
  await report.check(`sigstore-go 1.2.1 refuses our bundle for another digest, ${variant}`, async () => {
    const { code, out } = await verify(file, `sha256:${'0'.repeat(64)}`);
    expectThat(code !== 0, 'a refusal', out);
  });
  const original: unknown = JSON.parse(await readFile(file, 'utf8'));
  for (const [what, twin] of tamperBundle(original)) {
    await report.check(`sigstore-go 1.2.1 refuses our bundle with ${what}, ${variant}`, async () => {
      const tampered = join(bundles, 'tampered.json');
      await writeFile(tampered, JSON.stringify(twin));
      const { code, out } = await verify(tampered, digest);
      expectThat(code !== 0, 'a refusal', out);
      await rm(tampered);
    });
  }
}

await rm(directory, { recursive: true, force: true });
if (!report.finish()) process.exitCode = 1;
