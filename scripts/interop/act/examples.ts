import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { WorkflowRun } from '../../../sandbox/github/claims.ts';
import { buildImage } from '../../../sandbox/registry/image-builder.ts';
import { ROOT } from '../../../sandbox/world.ts';
import { MAJOR_TAG, REPOSITORY } from '../../../src/entries/compose/product.ts';
import { expectThat } from '../../common/report.ts';
import { localized, type Place } from '../../examples/localized.ts';
import { ownAction, parseWorkflowFile, stepsOf, textOf } from '../../examples/workflow.ts';
import { ACT, labelOf } from '../../peers/catalogue.ts';
import { expectationFlags } from '../../peers/cosign.ts';
import type { cosign, SigningClient } from '../clients.ts';
import { adapted, replaced } from './adapted.ts';
import {
  APPEARED,
  AUDITED,
  CASES,
  type Case,
  DISPATCHED,
  GOOD,
  NIGHTLY,
  OLD_FILES,
  PULL_REQUESTS,
  RELEASE,
  WRONG,
  WRONG_CALL,
} from './cases.ts';
import { API_HOST, type Github, startGithub } from './github.ts';
import { deployedBy, writePrograms } from './programs.ts';
import { type ActOptions, type ActRan, commitAll, gitIn, runAct, textIfThere, writeStandIns } from './run-act.ts';

export interface ExampleOptions extends ActOptions {
  readonly ours: SigningClient;
  readonly cosign: ReturnType<typeof cosign>;
}

/** What all runs share. */
interface Scene extends ExampleOptions {
  readonly directory: string;
  readonly store: string;
  readonly programs: string;
  readonly repositories: Readonly<Record<string, string>>;
  readonly github: Github;
  readonly vars: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The workflows of examples/ as they are written, adapted by machine (adapted.ts) and run by act; each that lets
 * something through has a twin in which one thing is wrong. One run of act for all cases that an event starts.
 */
export async function runExamples(options: ExampleOptions): Promise<void> {
  const { report, stack, registry } = options;
  const directory = join(stack.directory, 'examples');
  const { username, password } = registry.login ?? { username: 'nobody', password: 'no password' };
  await mkdir(directory, { recursive: true });
  await using github = await startGithub(password, join(directory, 'github.pem'));
  const scene: Scene = {
    ...options,
    ...{ directory, github, env: github.env },
    vars: { DOCKERHUB_USERNAME: username },
    secrets: { DOCKERHUB_TOKEN: password },
    store: join(directory, 'store'),
    programs: await writePrograms(join(directory, 'programs')),
    repositories: {
      ...(await writeStandIns(join(directory, 'stand-ins'), usedActions())),
      [`${REPOSITORY}@${MAJOR_TAG}`]: await writeProduct(join(directory, 'product')),
    },
  };
  await fillRegistry(scene, CASES);
  const signed: Signed[] = [];
  const judge = async (cases: readonly Case[], ran: ActRan): Promise<void> => {
    for (const one of cases) {
      await report.check(labelFor(one), async () => {
        const images = await judgeCase(scene, one, ran);
        if (one.expected.outcome === 'passes' && images.length > 0) signed.push({ case: one, images });
      });
    }
  };
  const good = await prepareRun(scene, 'good', GOOD);
  await judge(GOOD, await runAct({ ...good, event: 'push' }));
  await report.check(`${labelOf(ACT)}: the attestations of two examples are in GitHub's store too`, async () => {
    const { entries } = github.api.attestations;
    expectThat(entries.length === 4, 'provenance and SBOM of two images', JSON.stringify(entries).slice(0, 2000));
  });
  await judge(WRONG, await runAct({ ...(await prepareRun(scene, 'wrong', WRONG)), event: 'push' }));
  await judge(WRONG_CALL, await runAct({ ...(await prepareRun(scene, 'wrong-call', WRONG_CALL)), event: 'push' }));
  for (const one of PULL_REQUESTS) {
    const prepared = await preparePullRequest(scene, one);
    await judge([one], await runAct({ ...prepared, event: 'pull_request' }));
  }
  const byHand = await prepareRun(scene, 'by-hand', [...DISPATCHED, AUDITED]);
  const payload = { repository: { default_branch: 'main' } };
  const night = (number: number) => ({
    ...byHand,
    payload,
    env: { ...byHand.env, GITHUB_RUN_ID: String(9000 + number) },
  });
  const first = await runAct({ ...night(1), event: 'workflow_dispatch', inputs: { tag: 'latest' } });
  await judge(DISPATCHED, first);
  await report.check(
    `${labelOf(ACT)}: examples/${AUDITED.example} opens an issue about what appeared since the night before`,
    async () => {
      await judgeCase(scene, AUDITED, first);
      await registry.push(...pathAndImage(scene, AUDITED, APPEARED));
      const second = await runAct({ ...night(2), event: 'schedule' });
      const issue = (await textIfThere(deployedBy(scene.store, AUDITED.name))) ?? '';
      expectThat(issue.includes(':of-a-stranger'), 'an issue that names the tag', `${issue}\n${second.out}`);
      const third = await runAct({ ...night(3), event: 'schedule' });
      const after = (await textIfThere(deployedBy(scene.store, AUDITED.name))) ?? '';
      expectThat(after === issue, 'no second issue about the same', `${after}\n${third.out}`);
      const changed = third.messages.find(({ output }) => output?.name === 'changed')?.output?.value;
      expectThat(changed === 'false', 'an audit that found nothing new', third.out);
    },
  );
  await judgeSignatures(scene, signed);
  await judgeAttestations(scene, signed);
  await report.check(`${labelOf(ACT)}: steps asked for no host but GitHub's API`, async () => {
    const others = github.asked.filter((target) => target !== `${API_HOST}:443`);
    expectThat(github.asked.length > 0 && others.length === 0, 'no other host', others.join(' '));
  });
}

const labelFor = ({ name, example, expected }: Case): string => {
  const plain = example.replace(/\.yml$/, '').replaceAll('/', '-');
  const what = name === plain ? '' : ` (${name.slice(plain.length + 1).replaceAll('-', ' ')})`;
  const end = expected.outcome === 'passes' ? 'passes' : `is refused with ${expected.code}`;
  return `${labelOf(ACT)}: examples/${example}${what} ${end}`;
};

/** Actions of others in all examples that run, with the version that stands behind each. */
function usedActions(): ReadonlyMap<string, string> {
  const texts = CASES.flatMap(({ example, calls }) => [example, ...(calls === undefined ? [] : [calls[1]])]).map(
    (path) => textOf(`examples/${path}`),
  );
  const used = new Map<string, string>();
  for (const text of texts) {
    for (const { uses = '' } of stepsOf(parseWorkflowFile(text))) {
      if (uses === '' || ownAction(uses) !== undefined) continue;
      const [, version = ''] = text.split(uses)[1]?.match(/^ # (v\S+)\n/) ?? [];
      used.set(uses, version);
    }
  }
  return used;
}

/** The repository of the product, as `uses: owner/name@v1` finds it. */
async function writeProduct(folder: string): Promise<string> {
  for (const name of ['action.yml', 'verify', 'verify-files', 'audit', ...DIST.map((one) => `dist/${one}`)]) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await cp(join(ROOT, name), join(folder, name), { recursive: true });
  }
  const gate = join('.github', 'workflows', 'verify.yml');
  await mkdir(dirname(join(folder, gate)), { recursive: true });
  // act does not know `$/`, the repository of the workflow itself.
  const text = replaced(textOf(gate), 'uses: $/verify\n', `uses: ${REPOSITORY}/verify@${MAJOR_TAG}\n`);
  await writeFile(join(folder, gate), text);
  return folder;
}

const DIST = ['sign', 'verify', 'verify-files', 'audit'];

const placeOf = ({ registry, stack }: ActOptions, { name }: Case): Required<Place> => ({
  ...{ host: registry.host, prefix: `/${name}`, issuer: stack.issuer },
});

/** The repository and a new image for a reference of an example, with its tag. */
function pathAndImage(
  options: ActOptions,
  one: Case,
  reference: string,
): [path: string, image: ReturnType<typeof buildImage>, tag: string] {
  const here = localized(reference, placeOf(options, one));
  const [, path = '', tag = ''] = /^[^/]+\/(.+):([^:]+)$/.exec(here) ?? [];
  return [path, buildImage({ content: here }), tag];
}

/** Pushes what is there before the workflows start; signs all that the release workflow has signed at once. */
async function fillRegistry(scene: Scene, cases: readonly Case[]): Promise<void> {
  const { registry, stack, ours } = scene;
  const push = async (kind: 'released' | 'foreign' | 'unsigned'): Promise<string[]> => {
    const pushed = cases.flatMap((one) => (one[kind] ?? []).map((reference) => pathAndImage(scene, one, reference)));
    return Promise.all(pushed.map((one) => registry.push(...one)));
  };
  const sign = async (references: readonly string[], run: WorkflowRun): Promise<void> => {
    stack.setJob(run);
    const { ok, out } = await ours.sign({
      ...{ reference: references.join('\n'), format: 'bundle', services: 'v1' },
      ...{ annotations: {}, recursive: false, env: registry.env },
    });
    stack.setJob({});
    expectThat(ok, 'the images signed that are there before', out);
  };
  await push('unsigned');
  await sign(await push('released'), RELEASE);
  await sign(await push('foreign'), NIGHTLY);
}

/** A repository with the files of the cases, and their workflows beside it. */
async function prepareRun(scene: Scene, name: string, cases: readonly Case[]) {
  const repository = join(scene.directory, name, 'repository');
  await writeCaseFiles(scene, repository, cases);
  await commitAll(repository, 'acme/app');
  return { ...scene, repository, ...(await writeWorkflows(scene, name, cases)) };
}

async function writeWorkflows(scene: Scene, name: string, cases: readonly Case[]) {
  const { stack } = scene;
  const workflows = join(scene.directory, name, 'workflows');
  await mkdir(workflows, { recursive: true });
  const repositories: Record<string, string> = { ...scene.repositories };
  for (const one of cases) {
    const adaptation = {
      ...placeOf(scene, one),
      idTokens: stack.addJob(one.as ?? RELEASE),
      trustedRoot: stack.trustedRoots.logs,
      signingConfig: stack.signingConfigs.v1,
    };
    const text = adapted(textOf(`examples/${one.example}`), { ...adaptation, name: one.name, ...editOf(one) });
    await writeFile(join(workflows, `${one.name}.yml`), text);
    if (one.calls === undefined) continue;
    const [uses, example] = one.calls;
    const [, repository = '', path = '', ref = ''] = /^([^/]+\/[^/]+)\/(.+)@(.+)$/.exec(uses) ?? [];
    const folder = join(scene.directory, name, `${one.name}-called`);
    await mkdir(dirname(join(folder, path)), { recursive: true });
    const called = adapted(textOf(`examples/${example}`), { ...adaptation, name: `${one.name}-called` });
    await writeFile(join(folder, path), called);
    repositories[`${repository}@${ref}`] = folder;
  }
  return { workflows, repositories };
}

const editOf = ({ edit }: Case) => (edit === undefined ? {} : { edit });

const DOCKERFILE = 'FROM scratch\nCOPY Dockerfile /\n';
/** Folders that the examples build an image of. */
const FOLDERS = ['.', 'api', 'billing', 'mail', 'search', 'web', 'worker'];

async function writeCaseFiles(scene: Scene, repository: string, cases: readonly Case[]): Promise<void> {
  const { stack } = scene;
  const files: Record<string, string> = {
    ...Object.fromEntries(FOLDERS.map((folder) => [join(folder, 'Dockerfile'), DOCKERFILE])),
    'policy/ours.yaml': policyOf(scene),
    'sigstore/trusted-root.json': await readFile(stack.trustedRoots.logs, 'utf8'),
    'sigstore/signing-config.json': await readFile(stack.signingConfigs.v1, 'utf8'),
  };
  for (const one of cases) {
    for (const [path, text] of Object.entries(one.files ?? {})) files[path] = localized(text, placeOf(scene, one));
  }
  await writeTree(repository, files);
}

async function writeTree(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

/** All images of this registry are signed by the release workflow. */
function policyOf({ registry, stack }: Scene): string {
  const subject = `https://github.com/${RELEASE.repository}/${RELEASE.workflowPath}@refs/heads/main`;
  return stringify({
    apiVersion: 'policy.sigstore.dev/v1beta1',
    kind: 'ClusterImagePolicy',
    metadata: { name: 'ours' },
    spec: {
      images: [{ glob: `${registry.host}/**` }],
      authorities: [{ name: 'release', keyless: { identities: [{ issuer: stack.issuer, subject }] } }],
    },
  });
}

/** A checkout of a pull request: the merge of a branch, which brings the files of the case, into main. */
async function preparePullRequest(scene: Scene, one: Case) {
  const repository = join(scene.directory, one.name, 'repository');
  const place = placeOf(scene, one);
  const old = Object.entries(OLD_FILES).map(([path, text]) => [path, localized(text, place)]);
  const files = { 'policy/ours.yaml': policyOf(scene), ...Object.fromEntries(old) };
  await writeTree(repository, files);
  await commitAll(repository, 'acme/app');
  const git = gitIn(repository);
  const commit = async (): Promise<string> => (await git('rev-parse', 'HEAD')).trim();
  const base = await commit();
  // The policy is read from where the pull request cannot change it.
  scene.github.refs[base] = files;
  await git('checkout', '--quiet', '-b', 'feature');
  await writeCaseFiles(scene, repository, [one]);
  await git('add', '--all');
  await git('commit', '--quiet', '--message', 'Change');
  const head = await commit();
  await git('checkout', '--quiet', '--detach', base);
  await git('merge', '--quiet', '--no-ff', '--message', 'Merge', head);
  const payload = {
    number: 7,
    pull_request: {
      number: 7,
      base: { ref: 'main', sha: base, repo: { full_name: 'acme/app' } },
      head: { ref: 'feature', sha: head, repo: { full_name: 'acme/app' } },
    },
    repository: { full_name: 'acme/app', default_branch: 'main' },
  };
  return { ...scene, repository, payload, ...(await writeWorkflows(scene, one.name, [one])) };
}

interface Signed {
  readonly case: Case;
  /** Pinned. */
  readonly images: readonly string[];
}

/** Throws unless the case ended as it should. Returns the images that it signed. */
async function judgeCase(scene: Scene, one: Case, { out, messages }: ActRan): Promise<readonly string[]> {
  const { expected, name } = one;
  // A called workflow is named after the case that calls it. Ours has a name of its own; one case of a run calls it.
  const isOwn = (job: string): boolean => {
    const [first, second] = job.split('/');
    return first === name || second === `${name}-called` || (one.callsOurs === true && job === 'images/verify/verify');
  };
  const lines = messages.filter(({ job }) => isOwn(job));
  const log = lines.map(({ job, text }) => `[${job}] ${text.trimEnd()}`).join('\n') || out;
  const { password } = scene.registry.login ?? {};
  expectThat(password === undefined || !log.includes(password), 'the password masked', 'the log of act');
  const results = lines.flatMap(({ result }) => (result === undefined ? [] : [result]));
  const deployed = await textIfThere(deployedBy(scene.store, name));
  const images = lines.find(({ output }) => output?.name === 'images' && output.value !== '')?.output?.value ?? '';
  if (expected.outcome === 'refuses') {
    expectThat(results.includes('failure'), 'a job that fails', log);
    expectThat(log.includes(expected.code), expected.code, log);
    expectThat(deployed === undefined, 'nothing deployed', `${deployed}\n${log}`);
    return [];
  }
  expectThat(results.length > 0 && !results.includes('failure'), 'every job succeeds', log);
  for (const [id, { uses }] of Object.entries(parseWorkflowFile(textOf(`examples/${one.example}`)).jobs)) {
    const ran = lines.some(({ job, result }) => job.startsWith(`${name}/${id}`) && result === 'success');
    expectThat(uses !== undefined || ran, `the job ${id} run`, log);
  }
  if (expected.says !== undefined) expectThat(log.includes(expected.says), expected.says, log);
  const wanted = expected.deploys ?? [];
  const place = placeOf(scene, one);
  for (const line of wanted) {
    const [before = '', after = ''] = localized(line, place).split('…');
    const pattern = new RegExp(`${escaped(before)}sha256:[0-9a-f]{64}${escaped(after)}`);
    expectThat(pattern.test(deployed ?? ''), `deployed: ${line}`, `${deployed}\n${log}`);
  }
  if (wanted.length === 0) expectThat(deployed === undefined, 'nothing deployed', `${deployed}\n${log}`);
  if (expected.signs === undefined) return [];
  const pinned = images.split('\n');
  expectThat(pinned.length === expected.signs, `${expected.signs} images signed`, log);
  return pinned;
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What the examples signed, cosign accepts from the workflow that signed it, and from no other. */
async function judgeSignatures(scene: Scene, signed: readonly Signed[]): Promise<void> {
  const { report, cosign: program, stack, registry } = scene;
  const verify = (images: readonly string[], identity: string) =>
    program.run(
      [
        'verify',
        ...expectationFlags({ trustedRoot: stack.trustedRoots.logs, identity, issuer: stack.issuer }),
        ...images,
      ],
      registry.env,
    );
  const groups = Map.groupBy(signed, ({ case: { as = RELEASE } }) => identityOf(as));
  const count = signed.flatMap(({ images }) => images).length;
  await report.check(`${program.name} verifies the ${count} images that the examples signed on act`, async () => {
    for (const [identity, group] of groups) {
      const images = group.flatMap((one) => one.images);
      const right = await verify(images, identity);
      expectThat(right.ok, `${images.length} images signed by ${identity}`, right.out);
      const wrong = await verify(images, identityOf(NIGHTLY));
      expectThat(!wrong.ok, 'none signed by another workflow', wrong.out);
    }
  });
}

/** The attestations of six images that one job made, each with the SBOM of its own image. */
async function judgeAttestations(scene: Scene, signed: readonly Signed[]): Promise<void> {
  const { report, cosign: program, stack, registry } = scene;
  const images = signed.find(({ case: { example } }) => example === 'attest-matrix-sboms.yml')?.images ?? [];
  const read = (type: string, identity: string, reference: string) =>
    program.run(
      [
        ...['verify-attestation', '--type', type],
        ...expectationFlags({ trustedRoot: stack.trustedRoots.logs, identity, issuer: stack.issuer }),
        reference,
      ],
      registry.env,
    );
  await report.check(
    `${program.name} verifies provenance and SBOM of six images that one job attested on act`,
    async () => {
      expectThat(images.length === 6, 'six images', images.join('\n'));
      for (const reference of images) {
        const provenance = await read(PROVENANCE, identityOf(RELEASE), reference);
        expectThat(provenance.ok, `provenance of ${reference}`, provenance.out);
        const sbom = await read(SBOM, identityOf(RELEASE), reference);
        expectThat(sbom.ok && sbomNames(sbom.out).includes(reference), `its own SBOM at ${reference}`, sbom.out);
      }
      const wrong = await read(SBOM, identityOf(NIGHTLY), images[0] ?? '');
      expectThat(!wrong.ok, 'no SBOM of another workflow', wrong.out);
    },
  );
}

const PROVENANCE = 'https://slsa.dev/provenance/v1';
const SBOM = 'https://spdx.dev/Document/v2.3';

/** The images that the SBOMs of cosign's answer describe. */
function sbomNames(out: string): readonly string[] {
  return [...out.matchAll(/"payload":\s*"([\w+/=]+)"/g)].flatMap(([, payload = '']) => {
    const { predicate } = JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as {
      readonly predicate: { readonly name?: string };
    };
    return predicate.name === undefined ? [] : [predicate.name];
  });
}

const identityOf = ({ repository, workflowPath, reusableWorkflow }: WorkflowRun): string =>
  `https://github.com/${reusableWorkflow ?? `${repository}/${workflowPath}@refs/heads/main`}`;
