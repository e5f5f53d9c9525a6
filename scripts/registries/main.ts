/**
 * The committed dist/ on every registry that can be had here: those that others wrote, with and without a
 * login, and those that the sandbox emulates. What cannot be installed is said and counted as skipped. With
 * --write, docs/registries.md is written from what happened. --only=NAME runs the real registries of that name.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, startWorld } from '../../sandbox/world.ts';
import { mapLimited } from '../../src/usecases/map-limited.ts';
import type { RealRegistry } from '../real/docker-registry.ts';
import { runProgram } from '../real/programs.ts';
import { createReport, expectThat, type Report } from '../real/report.ts';
import { dockerLogin } from './docker-login.ts';
import { registriesDocument } from './document.ts';
import { IMMUTABLE, judgeImmutable, judgeProfile, PROFILE_NAMES } from './emulated.ts';
import { judgeFormat, pushTo } from './judge-registry.ts';
import { REAL_KINDS, type RealKind } from './real-registries.ts';

/** Registries and profiles judged side by side; each is mostly waiting. */
const LIMIT = 2;
const outcomes = new Map<string, 'pass' | 'fail' | string>();
const printed = createReport('registries');
const report: Report = {
  ...printed,
  async check(name, run) {
    let outcome = 'pass';
    await printed.check(name, async () => {
      try {
        await run();
      } catch (error) {
        outcome = 'fail';
        throw error;
      }
    });
    outcomes.set(name, outcome);
  },
  skip(name, why) {
    outcomes.set(name, why);
    printed.skip(name, why);
  },
};
const directory = await mkdtemp(join(tmpdir(), 'countersign-registries-'));
const started = performance.now();
const hasDocker = (await runProgram('docker', ['--version'])).code === 0;

const onlyKind = process.argv.find((argument) => argument.startsWith('--only='))?.slice('--only='.length);
for (const kind of REAL_KINDS.filter(({ name }) => onlyKind === undefined || name.includes(onlyKind))) {
  const found = await kind.find();
  if ('missing' in found) {
    report.skip(kind.name, found.missing);
    continue;
  }
  await mapLimited(kind.auths, { limit: LIMIT }, async (auth) => {
    const at = join(directory, `${kind.name}-${auth}`.replace(/\W/g, '-'));
    await using registry = await found.start(at, auth);
    await judgeReal(kind, auth, registry, at);
  });
}
const real = performance.now();
const profiles = onlyKind === undefined ? PROFILE_NAMES : [];
await mapLimited(profiles, { limit: LIMIT }, (profile) => judgeProfile(report, profile));
await mapLimited(onlyKind === undefined ? IMMUTABLE : [], { limit: LIMIT }, (profile) =>
  judgeImmutable(report, profile),
);
const ended = performance.now();
console.log(
  `     real registries ${Math.round((real - started) / 1000)} s, emulated ones ${Math.round((ended - real) / 1000)} s`,
);
if (onlyKind === undefined && process.argv.includes('--write'))
  await writeFile(join(ROOT, 'docs', 'registries.md'), registriesDocument(outcomes));
await rm(directory, { recursive: true, force: true });
process.exitCode = report.finish() ? 0 : 1;

async function judgeReal(kind: RealKind, auth: string, registry: RealRegistry, at: string): Promise<void> {
  await using world = await startWorld({ auth: 'none' });
  const repository = `${registry.host}/team/app`;
  const name = `${kind.name} (${auth})`;
  const judged = { report, world, name, repository, env: { DOCKER_CONFIG: registry.dockerConfig } };
  for (const format of ['bundle', 'legacy'] as const) {
    await judgeFormat(judged, format, await pushTo(registry, 'team/app', `for ${format}`));
  }
  if (auth === 'none') return;
  await report.check(`${name}: without a login the signer is denied`, async () => {
    const digest = await pushTo(registry, 'team/app', 'denied');
    const env = { DOCKER_CONFIG: join(at, 'nowhere') };
    const run = await world.sign({ images: `${repository}@${digest}`, 'retry-for': '5s' }, { env });
    const isDenied = run.outputs['results']?.includes('REGISTRY_DENIED') ?? false;
    expectThat(run.exitCode === 1 && isDenied, 'REGISTRY_DENIED', run.log.join('\n'));
  });
  if (!hasDocker) {
    report.skip(`${name}: a login by the Docker CLI`, 'docker is not installed');
    return;
  }
  for (const helper of ['file', 'helper'] as const) {
    const how = helper === 'file' ? 'docker login' : 'docker login through a credential helper';
    await report.check(`${name}: signs and verifies with what ${how} left`, async () => {
      const login = await dockerLogin(registry, join(at, `login-${helper}`), helper);
      if (kind.givesIdentityToken === true && auth === 'token' && helper === 'file') {
        expectThat(login.config.includes('identitytoken'), 'an identity token', login.config);
      }
      const digest = await pushTo(registry, 'team/app', `login ${helper}`);
      const images = `${repository}@${digest}`;
      const env = { DOCKER_CONFIG: login.directory, PATH: login.path };
      const signing = await world.sign({ images }, { env });
      expectThat(signing.exitCode === 0, 'exit 0', `${signing.log.join('\n')}\n${login.config}`);
      const identity = { 'source-repository': 'octo-org/octo-repo', 'certificate-oidc-issuer': world.sigstore.issuer };
      const gate = await world.verify({ images, ...identity }, { env });
      expectThat(gate.outputs['verified'] === 'true', 'verified', gate.log.join('\n'));
      const secret = registry.login?.password ?? '';
      const everything = [signing, gate].map((run) => `${run.log.join('\n')}${run.summary}`).join('\n');
      expectThat(!everything.includes(secret), 'no password in log or summary', 'the password');
    });
  }
}
