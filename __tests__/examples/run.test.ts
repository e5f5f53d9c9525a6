import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { workflowClaims } from '../../sandbox/github/claims.ts';
import { buildImage, pushImage, storeImage } from '../../sandbox/registry/image-builder.ts';
import type { RunResult } from '../../sandbox/runner/runner.ts';
import type { CertifyOptions } from '../../sandbox/sigstore/certificate-authority.ts';
import { workflowPrincipal } from '../../sandbox/sigstore/fulcio-extensions.ts';
import { textOf } from '../../scripts/examples/workflow.ts';
import { parseDigest } from '../../src/domain/image/digest.ts';
import { deployment } from '../adversarial/file-gate.ts';
import { goodLayer, putSignatureTag } from '../adversarial/signature-seeds.ts';
import { shown } from '../e2e/sign-world.ts';
import { HAS_BASH } from './checks.ts';
import { type Lab, localized, type RunOptions, startLab, type WorkflowResult } from './run-workflow.ts';

/*
 * The workflows of examples/ as they are written, run in this process against the sandbox: only hosts, issuer and Sigstore
 * are others. Each one that lets something through has a twin in which something is wrong.
 */

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab[Symbol.asyncDispose]());

const example = (name: string, options?: RunOptions): Promise<WorkflowResult> =>
  lab.run(textOf(`examples/${name}`), options);

const log = (result: WorkflowResult): string =>
  `${result.printed}\n${result.actions.map(([, run]) => shown({ ...run, log: run.log.filter((line) => !line.startsWith('##[debug]')) })).join('\n')}`;

/** Pushes an image that nobody has signed, as somebody with a stolen login would. */
async function pushUnsigned(name: string, content = 'unsigned'): Promise<string> {
  const image = buildImage({ content });
  const path = localized(name, lab.world)
    .replace(/^[^/]+\//, '')
    .replace(/:.*$/, '');
  await pushImage(lab.world.registryUrl, path, image, {
    tag: name.split(':')[1] ?? 'latest',
    ...(await lab.world.pushLogin(path)),
  });
  return image.digest;
}

const jobWith = (lines: string): string =>
  `on: push\npermissions: {}\njobs:\n  job:\n    runs-on: ubuntu-latest\n${lines.replace(/^/gm, '    ')}\n`;

test.skipIf(!HAS_BASH)('the machine of a job knows a wrong password, an empty matrix and a missing input', async () => {
  const login = (password: string): string =>
    jobWith(`steps:
  - uses: docker/login-action@v4
    with: { registry: ghcr.io, username: '\${{ vars.REGISTRY_USERNAME }}', password: '${password}' }`);
  expect(workflow(await lab.run(login(lab.world.login.password)), 'job')).toBe('success');
  await expect(lab.run(login('wrong'))).rejects.toThrow('no token');

  const matrix = (values: string): string =>
    jobWith(`strategy: { matrix: { image: ${values} } }\nsteps:\n  - run: 'true'\n    if: matrix.image`);
  expect(workflow(await lab.run(matrix('[app]')), 'job')).toBe('success');
  await expect(lab.run(matrix('[]'))).rejects.toThrow('a matrix without values');

  const called = { 'acme/ci/.github/workflows/build.yml@v3': textOf('examples/reusable-build.yml') };
  const caller = textOf('examples/reusable-caller.yml').replace('    with:\n      image: app\n', '');
  await expect(lab.run(caller, { called })).rejects.toThrow('needs the input image');
});

/** A `kubectl` that prints what it is told, and the file that it applies. */
const KUBECTL = `#!/bin/sh
echo "kubectl $*"
for one; do case "$one" in --filename=*) cat "\${one#--filename=}";; esac; done
`;
const IMAGETOOLS = join(import.meta.dirname, '../../scripts/examples/imagetools.ts');
const programs = { kubectl: KUBECTL };

type SignerCertificate = Pick<CertifyOptions, 'names' | 'extensions' | 'onlyTheseExtensions'>;

const workflow = (result: WorkflowResult, job: string) => result.jobs[job]?.result;
const lastRun = ({ actions }: WorkflowResult) => actions.at(-1)?.[1];

interface Release {
  /** The file that signs; default release.yml of acme/app. */
  readonly file?: string;
}

/** Pushes an image as the release workflow of acme/app does, and signs it. */
async function release(name: string, { file = 'release.yml' }: Release = {}): Promise<string> {
  const text = textOf('examples/build-push-sign.yml').replaceAll('ghcr.io/acme/app:latest', name);
  const result = await lab.run(text.replaceAll('ghcr.io/acme/app', name.replace(/:.*$/, '')), { file });
  expect(lastRun(result)?.exitCode, log(result)).toBe(0);
  return lastRun(result)?.outputs['images'] ?? '';
}

const bakeFile = JSON.stringify({
  target: {
    api: { tags: ['ghcr.io/acme/bake-api:1', 'ghcr.io/acme/bake-api:2'] },
    web: { tags: ['ghcr.io/acme/bake-web:1'] },
  },
});

const imagetools = { programs: { docker: `#!/bin/sh\nexec node '${IMAGETOOLS}' "$@"\n` } };

/** What the gate says of the images that a run signed. */
const gateAfter = (signed: RunResult | undefined, inputs: Readonly<Record<string, string>>): Promise<RunResult> =>
  lab.world.verify({
    images: signed?.outputs['images'] ?? '',
    'source-repository': 'acme/app',
    'certificate-oidc-issuer': lab.world.sigstore.issuer,
    'wait-for': '0s',
    ...inputs,
  });

describe.skipIf(!HAS_BASH)('signing', () => {
  interface Expected {
    readonly images: number;
    readonly options?: RunOptions;
    /** Of each image, that are signed too. */
    readonly platforms?: number;
    /** Lines that each image meets. */
    readonly attestations?: string;
  }
  test.each<[string, Expected]>([
    ['build-push-sign.yml', { images: 1 }],
    ['multi-arch-several-registries.yml', { images: 2, platforms: 2 }],
    ['matrix-one-signing-job.yml', { images: 3 }],
    ['bake.yml', { images: 2, options: { files: { 'docker-bake.json': bakeFile } } }],
    ['imagetools-create.yml', { images: 1, options: imagetools, platforms: 2 }],
    ['attest-matrix-sboms.yml', { images: 6, attestations: 'provenance\nsbom' }],
  ])('%s signs what it pushes, and nothing without its permission', async (name, expected) => {
    const { images, options, platforms = 0, attestations = '' } = expected;
    const result = await example(name, options);
    const signed = lastRun(result);
    expect(signed?.exitCode, log(result)).toBe(0);
    expect(signed?.outputs['images']?.split('\n')).toHaveLength(images);
    const gate = await gateAfter(signed, { attestations, recursive: String(platforms > 0) });
    expect(gate.outputs, shown(gate)).toMatchObject({ verified: 'true' });
    const judged = JSON.parse(gate.outputs['results'] ?? '') as { images: { platforms?: object[] }[] };
    expect(judged.images.map((image) => image.platforms?.length ?? 0)).toEqual(Array(images).fill(platforms));

    const without = await lab.run(textOf(`examples/${name}`).replace(/^ +id-token: write\n/m, ''), options);
    expect(lastRun(without)?.exitCode).toBe(1);
    expect(lastRun(without)?.log.join('\n')).toContain('IDENTITY_TOKEN_UNAVAILABLE');
  });

  test('attest-matrix-sboms.yml signs nothing if an image has no SBOM of its name', async () => {
    const text = textOf('examples/attest-matrix-sboms.yml').replace('{name}.spdx.json', '{name}.sbom.json');
    const result = await lab.run(text);
    expect(lastRun(result)?.exitCode).toBe(1);
    expect(lastRun(result)?.log.join('\n')).toContain('INPUT_INVALID');
  });
});

describe.skipIf(!HAS_BASH)('gates', () => {
  const deployed = (pinned: string) => `kubectl set image deployment/app app=${pinned}`;

  test('deploy-gate.yml deploys the digest that was checked, and nothing that somebody else signed or nobody', async () => {
    const options = { programs, inputs: { tag: 'latest' }, file: 'deploy.yml' };
    const pinned = await release('ghcr.io/acme/app:latest');
    const passed = await example('deploy-gate.yml', options);
    expect(workflow(passed, 'deploy'), log(passed)).toBe('success');
    expect(passed.printed).toContain(deployed(pinned));

    const moved = await pushUnsigned('ghcr.io/acme/app:latest');
    expect(pinned).not.toContain(moved);
    const unsigned = await example('deploy-gate.yml', options);
    expect([workflow(unsigned, 'deploy'), unsigned.printed]).toEqual(['failure', '']);
    expect(lastRun(unsigned)?.outputs).toMatchObject({ reason: 'NO_SIGNATURE' });

    await release('ghcr.io/acme/app:nightly', { file: 'nightly.yml' });
    const foreign = await example('deploy-gate.yml', { ...options, inputs: { tag: 'nightly' } });
    expect([workflow(foreign, 'deploy'), foreign.printed]).toEqual(['failure', '']);
    expect(lastRun(foreign)?.outputs).toMatchObject({ reason: 'CLAIM_MISMATCH' });
  });

  test('deploy-gate-other-repository.yml deploys two images in their order, or neither', async () => {
    const pinned = [await release('ghcr.io/acme/app:latest'), await release('ghcr.io/acme/worker:latest')];
    const options = { programs, repository: 'acme/deployments', file: 'deploy.yml' };
    const passed = await example('deploy-gate-other-repository.yml', options);
    expect(passed.printed.trim().split('\n'), log(passed)).toEqual([
      deployed(pinned[0] ?? ''),
      `kubectl set image deployment/worker worker=${pinned[1]}`,
    ]);
    await pushUnsigned('ghcr.io/acme/worker:latest');
    const refused = await example('deploy-gate-other-repository.yml', options);
    expect([workflow(refused, 'deploy'), refused.printed]).toEqual(['failure', '']);
  });

  test('job-level-gate.yml waits for the gate of this repository, and deploys nothing if it refuses', async () => {
    const pinned = await release('ghcr.io/acme/app:latest');
    const passed = await example('job-level-gate.yml', { programs });
    expect(passed.printed, log(passed)).toContain(deployed(pinned));
    await pushUnsigned('ghcr.io/acme/app:latest');
    const refused = await example('job-level-gate.yml', { programs });
    expect([workflow(refused, 'images'), workflow(refused, 'deploy')]).toEqual(['failure', 'skipped']);
    expect(refused.printed).toBe('');
  });

  test('the workflow behind job-level-gate.yml reads a policy of the commit without a checkout', async () => {
    await release('ghcr.io/acme/app:latest');
    const text = textOf('examples/job-level-gate.yml').replace(
      /source-repository:[\s\S]*?source-ref: \S+\n/,
      'policy: policy/ours.yaml\n',
    );
    const files = { 'policy/ours.yaml': policyOf('release.yml') };
    const passed = await lab.run(text, { programs, files });
    expect(workflow(passed, 'deploy'), log(passed)).toBe('success');
    const refused = await lab.run(text, { programs, files: { 'policy/ours.yaml': policyOf('other.yml') } });
    expect([workflow(refused, 'images'), workflow(refused, 'deploy')]).toEqual(['failure', 'skipped']);
  });

  test('reusable-caller.yml accepts the shared workflow called by acme/app, and by nobody else', async () => {
    const called = { 'acme/ci/.github/workflows/build.yml@v3': textOf('examples/reusable-build.yml') };
    const passed = await example('reusable-caller.yml', { programs, called });
    expect(workflow(passed, 'deploy'), log(passed)).toBe('success');
    expect(lastRun(passed)?.outputs['subject']).toBe(
      'https://github.com/acme/ci/.github/workflows/build.yml@refs/tags/v3',
    );
    const stranger = await example('reusable-caller.yml', { programs, called, repository: 'mallory/app' });
    expect([workflow(stranger, 'build'), workflow(stranger, 'deploy')]).toEqual(['success', 'failure']);
    // The right caller, another workflow in between.
    const unpinned = textOf('examples/reusable-caller.yml').replace('build.yml@v3', 'build.yml@v2');
    const old = await lab.run(unpinned, {
      programs,
      called: { 'acme/ci/.github/workflows/build.yml@v2': textOf('examples/reusable-build.yml') },
    });
    expect([workflow(old, 'build'), workflow(old, 'deploy')]).toEqual(['success', 'failure']);
  });

  const sigstore = async (): Promise<RunOptions['files']> => ({
    'sigstore/signing-config.json': await readFile(lab.world.files.signingConfig, 'utf8'),
    'sigstore/trusted-root.json': await readFile(lab.world.files.trustedRoot, 'utf8'),
  });

  test.each([
    'private-free-and-team.yml',
    'private-enterprise-cloud.yml',
    'private-own-sigstore.yml',
    'ghes.yml',
    'attest-github-store.yml',
  ])('%s signs and deploys; the same in another workflow file signs and is refused', async (name) => {
    const files = (await sigstore()) ?? {};
    const passed = await example(name, { programs, files });
    expect([workflow(passed, 'image'), workflow(passed, 'deploy')], log(passed)).toEqual(['success', 'success']);
    expect(passed.printed).toContain(deployed(lastRun(passed)?.outputs['images'] ?? 'none'));
    const copied = await example(name, { programs, files, file: 'copied.yml', more: { 'if-signed': 'sign' } });
    expect([workflow(copied, 'image'), workflow(copied, 'deploy')], log(copied)).toEqual(['success', 'failure']);
    expect(copied.printed).toBe('');
  });

  test('attest-github-store.yml writes both attestations to the store too, and may not without its permission', async () => {
    const passed = await example('attest-github-store.yml', { programs });
    const [, signed] = passed.actions[0] ?? [];
    expect(signed?.outputs['attestation-ids']?.split('\n'), log(passed)).toHaveLength(2);
    const text = textOf('examples/attest-github-store.yml').replace(/^ +attestations: write\n/m, '');
    const without = await lab.run(text, { programs });
    expect([workflow(without, 'image'), workflow(without, 'deploy')]).toEqual(['failure', 'skipped']);
  });

  test('rollout-1-warn.yml deploys an unsigned image and says so; rollout-2-enforce.yml does not', async () => {
    const digest = await pushUnsigned('ghcr.io/acme/app:latest', 'never signed');
    const warned = await example('rollout-1-warn.yml', { programs });
    expect(workflow(warned, 'deploy'), log(warned)).toBe('success');
    expect(lastRun(warned)?.outputs).toMatchObject({ verdict: 'allowed', verified: 'false', reason: 'NO_SIGNATURE' });
    expect(warned.printed).toMatch(new RegExp(`app=\\S+@${digest}\n.*NO_SIGNATURE`));
    const enforced = await example('rollout-2-enforce.yml', { programs });
    expect([workflow(enforced, 'deploy'), enforced.printed]).toEqual(['failure', '']);

    await release('ghcr.io/acme/app:latest');
    expect((await example('rollout-1-warn.yml', { programs })).printed).not.toContain('::notice::');
    expect(workflow(await example('rollout-2-enforce.yml', { programs }), 'deploy')).toBe('success');
  });

  test.each([
    ['kustomize.yml', 'overlays/production/rendered.yaml'],
    ['helm.yml', 'chart/rendered.yaml'],
  ])('%s applies what was rendered and pinned, or nothing', async (name, path) => {
    const pinned = await release('ghcr.io/acme/rendered:1');
    const files = {
      'policy/ours.yaml': policyOf('release.yml'),
      [path]: deployment('app', { app: 'ghcr.io/acme/rendered:1' }),
    };
    const renderers = {
      kubectl: `#!/bin/sh\nif [ "$1" = kustomize ]; then exec cat "$2/rendered.yaml"; fi\n${KUBECTL.replace('#!/bin/sh\n', '')}`,
      helm: '#!/bin/sh\n[ "$1" = template ] && exec cat "$3/rendered.yaml"\n',
    };
    const passed = await example(name, { programs: renderers, files });
    expect(workflow(passed, 'deploy'), log(passed)).toBe('success');
    expect(passed.printed).toContain(`image: ${pinned.replace('@', ':1@')}`);
    await pushUnsigned('ghcr.io/acme/rendered:1');
    const refused = await example(name, { programs: renderers, files });
    expect([workflow(refused, 'deploy'), refused.printed]).toEqual(['failure', '']);
  });

  test('third-party-images.yml takes each image from its own signer, and from none of the others', async () => {
    const { sigstore: stack, registry, host } = lab.world;
    const workflowOf = (repository: string, ref: string): SignerCertificate => {
      const run = { repository, ref, workflowPath: '.github/workflows/release.yaml' };
      const principal = workflowPrincipal({ ...workflowClaims(run), iss: stack.issuer }, 'https://github.com');
      return { names: [principal.subject], extensions: principal.extensions, onlyTheseExtensions: true };
    };
    const google = 'https://accounts.google.com';
    const signers: Readonly<Record<string, SignerCertificate>> = {
      'cgr/chainguard/nginx': workflowOf('chainguard-images/images', 'refs/heads/main'),
      'gcr/distroless/static-debian12': {
        names: [{ email: 'keyless@distroless.iam.gserviceaccount.com' }],
        extensions: { 1: google, 8: google },
        onlyTheseExtensions: true,
      },
      'kyverno/kyverno': workflowOf('kyverno/kyverno', 'refs/tags/v1.16.0'),
    };
    const paths = Object.keys(signers);
    const tags = ['latest', 'nonroot', 'v1.16.0'];
    /** Pushes the three images, each signed by the owner of the image with that number, and checks them. */
    const check = async (...chosen: readonly number[]): Promise<WorkflowResult> => {
      for (const [index, path] of paths.entries()) {
        const image = buildImage({ content: `${path} ${chosen}` });
        const digest = parseDigest(storeImage(registry.store, path, image, tags[index]));
        const certify = signers[paths[chosen[index] ?? -1] ?? ''];
        if (digest === undefined || certify === undefined) throw new Error('there is no such signer');
        const layer = goodLayer(stack, digest, { repository: { registry: host, path }, certify });
        putSignatureTag(registry.store, index === 2 ? 'kyverno/signatures' : path, digest, [layer]);
      }
      return example('third-party-images.yml', {
        files: { 'policy/third-party.yaml': textOf('examples/policy/third-party.yaml') },
      });
    };
    const passed = await check(0, 1, 2);
    expect(lastRun(passed)?.outputs, log(passed)).toMatchObject({ verified: 'true' });
    for (const wrong of [
      [1, 1, 2],
      [0, 2, 2],
      [0, 1, 0],
    ]) {
      const refused = await check(...wrong);
      expect(lastRun(refused)?.outputs, log(refused)).toMatchObject({ verdict: 'fail', verified: 'false' });
    }
  });
});

describe.skipIf(!HAS_BASH)('migrations', () => {
  test.each([
    ['cosign-installer', 'release.yml'],
    ['actions-attest', 'release.yml'],
    ['tutorial', 'ci.yml'],
  ])('migration/%s-after.yml signs and verifies; in a file of another name it is refused', async (name, file) => {
    const passed = await example(`migration/${name}-after.yml`, { file });
    expect(
      passed.actions.map(([, { exitCode }]) => exitCode),
      log(passed),
    ).toEqual([0, 0]);
    const text = textOf(`examples/migration/${name}-after.yml`);
    const foreign = await lab.run(text, { file, repository: 'mallory/app' });
    expect(
      foreign.actions.map(([, { exitCode }]) => exitCode),
      log(foreign),
    ).toEqual([0, 1]);
  });
});

/** What signs in acme/app, as a policy. */
const policyOf = (file: string): string => `apiVersion: policy.sigstore.dev/v1beta1
kind: ClusterImagePolicy
metadata:
  name: ours
spec:
  images:
    - glob: ghcr.io/acme/*
  authorities:
    - name: release
      keyless:
        identities:
          - issuer: https://token.actions.githubusercontent.com
            subject: https://github.com/acme/app/.github/workflows/${file}@refs/heads/main
`;
