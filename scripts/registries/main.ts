/**
 * The committed dist/ on every registry that can be had here: those that others wrote, with and without a
 * login, and those that the sandbox emulates. What cannot be installed is said and counted as skipped. With
 * --write, docs/registries.md is written from what happened. --only=NAME runs the real registries of that name.
 * zot takes long to build: it takes part with --all, or if ZOT names a binary.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, startWorld } from '../../sandbox/world.ts';
import { mapLimited } from '../../src/usecases/map-limited.ts';
import { hasFlag, optionOf } from '../common/arguments.ts';
import { createReport, expectThat } from '../common/report.ts';
import { runProgram } from '../common/run-program.ts';
import { identityInputs, shownRun } from '../common/sandbox-identity.ts';
import { dockerRegistry } from '../peers/distribution.ts';
import { dockerLogin } from '../peers/docker-login.ts';
import { AUTHS, type Auth } from '../peers/login.ts';
import { type Registry, type RegistryKind, registryOrSkip } from '../peers/registry.ts';
import { REGISTRY_KINDS } from '../peers/registry-kinds.ts';
import { zot } from '../peers/zot.ts';
import { registriesDocument } from './document.ts';
import { IMMUTABLE, judgeImmutable, judgeProfile, PROFILE_NAMES } from './emulated.ts';
import { judgeFormat, pushTo } from './judge-registry.ts';

/** Registries and profiles judged side by side; each is mostly waiting. */
const LIMIT = 2;
const report = createReport('registries');
const directory = await mkdtemp(join(tmpdir(), 'countersign-registries-'));
const started = performance.now();
const hasDocker = (await runProgram('docker', ['--version'])).code === 0;

const onlyKind = optionOf('only');
const kinds = REGISTRY_KINDS.filter(({ name }) => onlyKind === undefined || name.includes(onlyKind));
if (kinds.length === 0) {
  throw new Error(`--only=${onlyKind}: the registries are ${REGISTRY_KINDS.map(({ name }) => name).join(', ')}`);
}
for (const kind of kinds) {
  if (kind === zot && !hasFlag('all') && process.env['ZOT'] === undefined) {
    report.skip(kind.name, 'ZOT names no binary, and it is built with --all only');
    continue;
  }
  const found = await registryOrSkip(report, kind);
  if (found === undefined) continue;
  await mapLimited(AUTHS, { limit: LIMIT }, async (auth) => {
    const at = join(directory, `${kind.name}-${auth}`.replace(/\W/g, '-'));
    // Of one registry the token server gives refresh tokens, which are what `docker login` then keeps.
    await using registry = await found.start({ directory: at, auth, offersRefreshToken: kind === dockerRegistry });
    await judgeReal({ kind, auth, registry, at });
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
if (onlyKind === undefined && hasFlag('write'))
  await writeFile(join(ROOT, 'docs', 'registries.md'), registriesDocument(report.outcomes));
await rm(directory, { recursive: true, force: true });
process.exitCode = report.finish() ? 0 : 1;

interface RealCase {
  readonly kind: RegistryKind;
  readonly auth: Auth;
  readonly registry: Registry;
  /** Scratch directory. */
  readonly at: string;
}

async function judgeReal({ kind, auth, registry, at }: RealCase): Promise<void> {
  await using world = await startWorld({ auth: 'none' });
  const repository = `${registry.host}/team/app`;
  const name = `${kind.name} (${auth})`;
  const judged = { report, world, name, repository, env: registry.env };
  for (const format of ['bundle', 'legacy'] as const) {
    await judgeFormat(judged, format, await pushTo(registry, 'team/app', `for ${format}`));
  }
  if (auth === 'none') return;
  await report.check(`${name}: without a login the signer is denied`, async () => {
    const digest = await pushTo(registry, 'team/app', 'denied');
    const env = { DOCKER_CONFIG: join(at, 'nowhere') };
    const run = await world.sign({ images: `${repository}@${digest}`, 'retry-for': '5s' }, { env });
    const isDenied = run.outputs['results']?.includes('REGISTRY_DENIED') ?? false;
    expectThat(run.exitCode === 1 && isDenied, 'REGISTRY_DENIED', shownRun(run));
  });
  if (!hasDocker) {
    report.skip(`${name}: a login by the Docker CLI`, 'docker is not installed');
    return;
  }
  for (const helper of ['file', 'helper'] as const) {
    const how = helper === 'file' ? 'docker login' : 'docker login through a credential helper';
    await report.check(`${name}: signs and verifies with what ${how} left`, async () => {
      const login = await dockerLogin(registry, join(at, `login-${helper}`), helper);
      if (kind === dockerRegistry && auth === 'token' && helper === 'file') {
        expectThat(login.config.includes('identitytoken'), 'an identity token', login.config);
      }
      const digest = await pushTo(registry, 'team/app', `login ${helper}`);
      const images = `${repository}@${digest}`;
      const env = { DOCKER_CONFIG: login.directory, PATH: login.path };
      const signing = await world.sign({ images }, { env });
      expectThat(signing.exitCode === 0, 'exit 0', `${shownRun(signing)}\n${login.config}`);
      const gate = await world.verify({ images, ...identityInputs(world) }, { env });
      expectThat(gate.outputs['verified'] === 'true', 'verified', shownRun(gate));
      const secret = registry.login?.password ?? '';
      const everything = [signing, gate].map((run) => `${run.log.join('\n')}${run.summary}`).join('\n');
      expectThat(!everything.includes(secret), 'no password in log or summary', 'the password');
    });
  }
}
