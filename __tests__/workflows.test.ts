import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';

const FOLDER = join(import.meta.dirname, '../.github/workflows');

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly needs?: readonly string[];
  readonly outputs?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix?: { readonly os?: readonly string[] } };
  /** Absent where the job is another workflow. */
  readonly steps?: readonly Step[];
  readonly uses?: string;
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const WORKFLOWS = readdirSync(FOLDER).map(
  (name) => [name, parseYaml(readFileSync(join(FOLDER, name), 'utf8')) as Workflow] as const,
);
const stepsOf = (workflow: Workflow): readonly Step[] =>
  Object.values(workflow.jobs).flatMap(({ steps = [] }) => steps);

test('there are workflows to look at', () => {
  expect(WORKFLOWS.map(([name]) => name)).toContain('ci.yml');
});

/** Every job that may write, and what. */
const WRITES: Readonly<Record<string, readonly string[]>> = {
  'codeql.yml analyze': ['security-events'],
  'dist.yml commit': ['contents'],
  'release.yml bundles': ['packages', 'id-token'],
  'release.yml publish': ['contents'],
  'release.yml webhook': ['packages', 'id-token'],
  'runner.yml sign-and-verify': ['packages', 'id-token'],
  'scorecard.yml scorecard': ['security-events', 'id-token'],
};

test('no workflow grants anything at the top, and the jobs that may write are known', () => {
  expect(WORKFLOWS.filter(([, { permissions }]) => JSON.stringify(permissions) !== '{}')).toEqual([]);
  const writes = WORKFLOWS.flatMap(([name, { jobs }]) =>
    Object.entries(jobs).map(([job, { permissions = {} }]) => {
      const rights = Object.entries(permissions).filter(([, level]) => level !== 'read');
      expect(rights.filter(([, level]) => level !== 'write')).toEqual([]);
      return [`${name} ${job}`, rights.map(([right]) => right)] as const;
    }),
  );
  expect(Object.fromEntries(writes.filter(([, rights]) => rights.length > 0))).toEqual(WRITES);
});

test('a job that may write to the repository runs no code of packages', () => {
  const writers = WORKFLOWS.flatMap(([, { jobs }]) => Object.values(jobs)).filter(
    ({ permissions }) => permissions?.['contents'] === 'write',
  );
  expect(writers.length).toBe(2);
  for (const { steps = [] } of writers) {
    expect(steps.filter(({ run }) => /\b(?:npm|npx|node|yarn|pnpm)\b/.test(run ?? ''))).toEqual([]);
  }
});

/** This repository's actions, from the checked-out commit or, with `$/`, from the commit of the workflow. */
const OWN: readonly string[] = ['./', './verify', './verify-files', '$/verify'];

test.each(WORKFLOWS)('%s pins every action by commit and leaves no token in a checkout', (_name, workflow) => {
  for (const { uses, with: inputs } of stepsOf(workflow)) {
    if (uses === undefined) continue;
    if (OWN.includes(uses)) continue;
    expect(uses).toMatch(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/);
    if (uses.startsWith('actions/checkout@')) expect(inputs?.['persist-credentials']).toBe(false);
  }
});

test('zizmor lets `./` be where it is used, and nowhere else', () => {
  const { rules } = parseYaml(readFileSync(join(FOLDER, '../zizmor.yml'), 'utf8')) as {
    readonly rules: Readonly<Record<string, { readonly ignore: readonly string[] }>>;
  };
  const local = WORKFLOWS.filter(([, workflow]) => stepsOf(workflow).some(({ uses = '' }) => uses.startsWith('./')));
  expect(rules).toEqual({ 'self-repository': { ignore: local.map(([name]) => name).sort() } });
});

test.each(WORKFLOWS)('%s puts no expression into a script', (_name, workflow) => {
  expect(stepsOf(workflow).filter(({ run }) => run?.includes('${{'))).toEqual([]);
});

test.each(WORKFLOWS)('%s runs pull requests without the rights of the base repository', (_name, workflow) => {
  expect(Object.keys(workflow.on)).not.toContain('pull_request_target');
});

test('ci.yml runs on the three systems, and its last job waits for every other', () => {
  const jobs = WORKFLOWS.find(([name]) => name === 'ci.yml')?.[1].jobs ?? {};
  expect(jobs['test']?.strategy?.matrix?.os).toEqual(['ubuntu-latest', 'macos-latest', 'windows-latest']);
  const { passed, ...others } = jobs;
  expect([...(passed?.needs ?? [])].sort()).toEqual(Object.keys(others).sort());
});

/** The expression of a workflow that reads it. */
const output = (path: string): string => `$\{{ ${path} }}`;

test('release.yml signs the webhook’s image with this action, and publishes only the digest that the gate passed', () => {
  const jobs = WORKFLOWS.find(([name]) => name === 'release.yml')?.[1].jobs ?? {};
  const steps = jobs['webhook']?.steps ?? [];
  const at = (id: string): number => steps.findIndex((step) => step.id === id);
  expect(['base', 'build', 'sign', 'gate'].map(at)).toEqual(
    [...['base', 'build', 'sign', 'gate'].map(at)].sort((a, b) => a - b),
  );
  expect(at('base')).toBeGreaterThanOrEqual(0);
  expect(steps[at('build')]?.with?.['build-args']).toBe(`BASE=${output('steps.base.outputs.images')}`);
  expect(steps[at('sign')]).toMatchObject({ uses: './', with: { digest: output('steps.build.outputs.digest') } });
  expect(steps[at('gate')]).toMatchObject({ uses: './verify-files', with: { 'source-ref': output('github.ref') } });
  expect(jobs['webhook']?.outputs).toEqual({ images: output('steps.gate.outputs.images') });
  expect(jobs['publish']?.needs).toContain('webhook');
  const [, publish] = jobs['publish']?.steps ?? [];
  expect(publish?.env?.['WEBHOOK']).toBe(output('needs.webhook.outputs.images'));
  expect(publish?.run).toContain('deploy/render.sh "$WEBHOOK" manifests\n');
});

test('what release.yml builds on is the default of Containerfile, verified by the identity of its makers', () => {
  const containerfile = readFileSync(join(FOLDER, '../../Containerfile'), 'utf8');
  const [, base] = /^ARG BASE=(\S+)$/m.exec(containerfile) ?? [];
  const steps = WORKFLOWS.find(([name]) => name === 'release.yml')?.[1].jobs['webhook']?.steps ?? [];
  expect(steps.find(({ id }) => id === 'base')).toMatchObject({
    uses: './verify',
    with: {
      images: base,
      'certificate-identity': 'keyless@distroless.iam.gserviceaccount.com',
      'certificate-oidc-issuer': 'https://accounts.google.com',
    },
  });
});

const PROGRAMS = ['sign', 'verify', 'verify-files', 'audit', 'webhook'];

/** What the last step of release.yml asks of `gh`, with programs that do as told; one line for each call. */
async function published(
  script: string,
  tag: string,
): Promise<{ readonly status: number | null; readonly calls: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'publish-'));
  try {
    const root = join(FOLDER, '../..');
    await cp(join(root, 'deploy'), join(folder, 'deploy'), { recursive: true });
    for (const program of PROGRAMS) {
      await mkdir(join(folder, 'dist', program), { recursive: true });
      await cp(join(root, 'dist', program, 'sbom.cdx.json'), join(folder, 'dist', program, 'sbom.cdx.json'));
    }
    const bin = join(folder, 'bin');
    await mkdir(bin);
    // Takes files that are there, each name once, as GitHub does.
    const gh = `#!/bin/sh
echo "$*" >> "$CALLS"
[ "$2" = create ] || exit 0
for one; do case "$one" in *.tar.gz* | *.yaml* | *.json*) [ -f "$one" ] && basename "$one" >> names || exit 1; esac; done
[ -z "$(sort names | uniq -d)" ]
`;
    await writeFile(join(bin, 'gh'), gh, { mode: 0o755 });
    const kubectl = '#!/bin/sh\necho "        image: $WEBHOOK"\n';
    await writeFile(join(bin, 'kubectl'), kubectl, { mode: 0o755 });
    const { status } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', script], {
      cwd: folder,
      env: {
        PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`,
        CALLS: join(folder, 'calls'),
        TAG: tag,
        GITHUB_REPOSITORY: 'acme/app',
        GITHUB_SHA: '0123456789abcdef0123456789abcdef01234567',
        BUNDLES: `ghcr.io/acme/app/bundles@sha256:${'4'.repeat(64)}`,
        WEBHOOK: `ghcr.io/acme/app/webhook@sha256:${'5'.repeat(64)}`,
      },
    });
    return { status, calls: await readFile(join(folder, 'calls'), 'utf8') };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const publishScript = (): string =>
  WORKFLOWS.find(([name]) => name === 'release.yml')?.[1].jobs['publish']?.steps?.[1]?.run ?? '';

// Its tar is GNU's.
test.skipIf(process.platform !== 'linux')(
  'release.yml publishes files that are there, each under a name of its own, and moves the major tag to no pre-release',
  async () => {
    const release = await published(publishScript(), 'v1.2.3');
    expect(release.status, release.calls).toBe(0);
    for (const program of PROGRAMS) {
      expect(release.calls).toContain(` sbom-${program}.cdx.json`);
    }
    expect(release.calls).toContain('release edit v1.2.3 --draft=false --latest\n');
    expect(release.calls).toContain('git/refs/tags/v1 ');
    const candidate = await published(publishScript(), 'v1.2.3-rc.1');
    expect(candidate.calls).toContain('release edit v1.2.3-rc.1 --draft=false --prerelease\n');
    expect(candidate.calls).not.toContain('git/refs');
    // Its twins: five files of one name, and a file that is not there.
    for (const assets of ['dist/*/sbom.cdx.json', 'dist/*/sbom.cdx.json#sbom']) {
      const twin = await published(publishScript().replace(/sbom-\*\.cdx\.json$/m, assets), 'v1.2.3');
      expect(twin.status, assets).not.toBe(0);
    }
  },
);
