/**
 * The main job, for real, on a bare machine: an embedded registry and Sigstore on loopback, and the
 * committed dist/ run as GitHub's runner would run it. Exits 0 only if every line below went as it says.
 */

import { rmSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleFromJSON } from '@sigstore/bundle';
import { TrustedRoot } from '@sigstore/protobuf-specs';
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify';
import product from '../package.json' with { type: 'json' };
import { createDemoSteps } from './demo-steps.ts';
import { createGithubApi } from './github/api.ts';
import { serve } from './http/serve.ts';
import { type BuiltImage, buildImage, buildIndex, pushImage } from './registry/image-builder.ts';
import { seedReferrer } from './registry/seed.ts';
import type { RunResult } from './runner/runner.ts';
import { shownRun } from './runner/shown-run.ts';
import { BUNDLE_V03, signEnvelopeByHand } from './sigstore/hand-signer.ts';
import { imageStatement } from './sigstore/image-statement.ts';
import { startWorld, type World } from './world.ts';

/** The name and tag by which a workflow uses the action. */
const ACTION = product.repository.replace(/^github:/, '');
const TAG = `v${product.version.split('.')[0]}`;

const steps = createDemoSteps();
const { step } = steps;

function expectThat(what: string, holds: boolean, shown: RunResult | undefined = undefined): void {
  steps.expectThat(what, holds, shown === undefined ? undefined : () => shownRun(shown));
}

/** The log as people see it who have not turned on step debug logging. */
function showLog(run: RunResult): void {
  for (const line of run.log) if (!line.startsWith('##[debug]')) console.log(`  | ${line}`);
}

interface GateResults {
  readonly images: readonly { readonly verdict: string; readonly reason: string | null }[];
}

const decisionsOf = (run: RunResult): GateResults['images'] =>
  (JSON.parse(run.outputs['results'] ?? '{"images":[]}') as GateResults).images;
const reasonOf = (run: RunResult): string | null => decisionsOf(run)[0]?.reason ?? null;

console.log(
  'A registry, a Sigstore and a token endpoint are started on loopback in this process. The actions are the\n' +
    'committed dist/, run by Node as a runner of GitHub would. Nothing leaves this machine.',
);

await using world = await startWorld();
const { sigstore, registry, directory } = world;
// Nothing stays behind, whatever ends the demo: the end of this file, an error or Ctrl-C.
process.once('exit', () => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const identity = {
  'source-repository': 'octo-org/octo-repo',
  workflow: '.github/workflows/release.yml',
  'source-ref': 'refs/heads/main',
  'certificate-oidc-issuer': sigstore.issuer,
  // Nothing is written beside the gate here, so there is nothing to wait for.
  'wait-for': '0s',
};

async function push(repository: string, image: BuiltImage): Promise<string> {
  await pushImage(world.registryUrl, repository, image, { tag: '1.0', ...(await world.pushLogin(repository)) });
  return `${world.host}/${repository}`;
}

step('Build and push a two-platform image');
const app = buildIndex({ content: 'demo' });
const name = await push('acme/app', app);
console.log(`  ${name}:1.0 is ${app.digest}`);

step(`Sign it: uses: ${ACTION}@${TAG}`);
const signing = await world.sign({ images: `${name}:1.0`, digest: app.digest, format: 'both', recursive: 'true' });
showLog(signing);
expectThat('the step passes', signing.exitCode === 0, signing);
expectThat('its output is pinned', signing.outputs['images'] === `${name}@${app.digest}`, signing);

step('What the registry lists beside the image now');
for (const referrer of registry.store.referrers('acme/app', app.digest)) {
  console.log(`  referrer ${referrer.digest} ${String(referrer.json['artifactType'])}`);
}
const signatureTag = `${app.digest.replace(':', '-')}.sig`;
console.log(`  tag      ${signatureTag} → ${registry.store.getTag('acme/app', signatureTag)}`);
expectThat('one bundle as a referrer', registry.store.referrers('acme/app', app.digest).length === 1);
expectThat('one .sig tag', registry.store.getTag('acme/app', signatureTag) !== undefined);

step('A second opinion: @sigstore/verify on the stored bytes');
const bundleJson: unknown = JSON.parse(new TextDecoder().decode(storedBundle(world, 'acme/app', app.digest)));
expectThat('the library accepts the bundle', await libraryAccepts(world, bundleJson));
const changed = structuredClone(bundleJson) as { dsseEnvelope: { payload: string } };
changed.dsseEnvelope.payload = Buffer.from(imageStatement(app.digest, { evil: 'yes' })).toString('base64');
expectThat('and refuses it with another payload', !(await libraryAccepts(world, changed)));

step(`The gate: uses: ${ACTION}/verify@${TAG}`);
const accepted = await world.verify({ images: `${name}:1.0`, recursive: 'true', ...identity });
showLog(accepted);
expectThat(
  'accepted: the image of the right signer',
  accepted.exitCode === 0 && accepted.outputs['verified'] === 'true',
  accepted,
);
expectThat('and the image to deploy is pinned', accepted.outputs['images'] === `${name}@${app.digest}`, accepted);

step('What the gate refuses');
async function refuses(
  what: string,
  reason: string,
  images: string,
  more: Record<string, string> = {},
): Promise<RunResult> {
  const run = await world.verify({ images, ...identity, ...more });
  const holds = run.exitCode === 1 && run.outputs['verified'] === 'false' && reasonOf(run) === reason;
  expectThat(`refused with ${reason}: ${what}`, holds, run);
  return run;
}

/** Images that no identity would make acceptable, with the reason of each. */
const bad: { readonly reference: string; readonly reason: string }[] = [];
async function refusesImage(what: string, reason: string, reference: string): Promise<void> {
  bad.push({ reference, reason });
  await refuses(what, reason, reference);
}

/** An image of its own with one bundle attached past all checks of the registry. */
async function imageWith(repository: string, bundle: (digest: string) => unknown): Promise<string> {
  const image = buildImage({ content: repository });
  const reference = await push(repository, image);
  const layer = JSON.stringify(bundle(image.digest));
  seedReferrer(registry.store, repository, image.digest, { artifactType: BUNDLE_V03, layer });
  return `${reference}@${image.digest}`;
}

const byHand = (payloadDigest: string, more: Partial<Parameters<typeof signEnvelopeByHand>[1]> = {}) =>
  signEnvelopeByHand(sigstore, { payload: imageStatement(payloadDigest), entries: ['dsse'], ...more });

await refuses('another repository’s workflow', 'CLAIM_MISMATCH', `${name}@${app.digest}`, {
  'source-repository': 'acme/other',
});
const wrongIdentity = await refuses('another subject', 'IDENTITY_MISMATCH', `${name}@${app.digest}`, {
  'certificate-identity': 'https://github.com/octo-org/octo-repo/.github/workflows/other.yml@refs/heads/main',
});
const unsigned = buildImage({ content: 'unsigned' });
await refusesImage('an unsigned image', 'NO_SIGNATURE', `${await push('acme/unsigned', unsigned)}@${unsigned.digest}`);
await refusesImage(
  'a tampered payload',
  'SIGNATURE_INVALID',
  await imageWith('acme/tampered', (digest) => {
    const bundle = byHand(digest);
    const payload = Buffer.from(imageStatement(digest, { release: 'yes' })).toString('base64');
    return { ...bundle, dsseEnvelope: { ...(bundle['dsseEnvelope'] as object), payload } };
  }),
);
await refusesImage(
  'a signature copied from another image',
  'SUBJECT_DIGEST_MISMATCH',
  await imageWith('acme/copied', () => bundleJson),
);
const anHour = 3_600_000;
await refusesImage(
  'a certificate that had expired, without a timestamp',
  'CERTIFICATE_EXPIRED',
  await imageWith('acme/expired', (digest) =>
    byHand(digest, {
      certify: { notBefore: new Date(Date.now() - 2 * anHour), notAfter: new Date(Date.now() - anHour) },
    }),
  ),
);
await refusesImage(
  'the log entry of another signature',
  'NOT_LOGGED',
  await imageWith('acme/relogged', (digest) => {
    const bundle = byHand(digest);
    const { tlogEntries } = byHand(app.digest)['verificationMaterial'] as { tlogEntries: unknown };
    const material = bundle['verificationMaterial'] as object;
    return { ...bundle, verificationMaterial: { ...material, tlogEntries } };
  }),
);

step('One gate over all of these images');
const mixed = await world.verify({
  images: [`${name}:1.0`, ...bad.map(({ reference }) => reference)].join('\n'),
  ...identity,
});
expectThat(
  `it passes the right one and refuses ${bad.length}, each for its own reason`,
  mixed.exitCode === 1 &&
    decisionsOf(mixed)
      .map(({ verdict, reason }) => `${verdict} ${reason}`)
      .join() === ['pass null', ...bad.map(({ reason }) => `fail ${reason}`)].join(),
  mixed,
);
expectThat('it hands on no image to deploy', mixed.outputs['images'] === '' && mixed.outputs['verified'] === 'false');
expectThat(
  'its summary shows every reason',
  bad.every(({ reason }) => mixed.summary.includes(reason)),
);

step(`Everything that a deployment names: uses: ${ACTION}/verify-files@${TAG}`);
const deploymentFolder = join(directory, 'deployment');
const manifest = (init: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: app }
spec:
  selector: { matchLabels: { app: app } }
  template:
    metadata: { labels: { app: app } }
    spec:
      initContainers:
        - name: migrate
          image: ${init} # runs first
      containers:
        - name: app
          image: ${name}:1.0
`;
await mkdir(deploymentFolder, { recursive: true });
const manifestPath = join(deploymentFolder, 'app.yaml');
const checkFiles = async (init: string): Promise<RunResult> => {
  await writeFile(manifestPath, manifest(init));
  return world.verifyFiles({ files: '*.yaml', pin: 'true', ...identity }, { workspace: deploymentFolder });
};
const blocked = await checkFiles(`${world.host}/acme/unsigned:1.0`);
for (const { name: level, properties } of blocked.commands) {
  if (level === 'error')
    console.log(`  annotation ${properties['file']}:${properties['line']}: ${properties['title']}`);
}
expectThat(
  'an unsigned init container blocks the deployment, annotated on its line',
  blocked.exitCode === 1 && blocked.commands.some(({ properties }) => properties['line'] === '11'),
  blocked,
);
expectThat('nothing is pinned', (await readFile(manifestPath, 'utf8')) === manifest(`${world.host}/acme/unsigned:1.0`));
const deployable = await checkFiles(`${name}:1.0`);
expectThat('with a signed one it passes', deployable.exitCode === 0, deployable);
const pinnedManifest = await readFile(manifestPath, 'utf8');
for (const line of pinnedManifest.split('\n').filter((one) => one.includes('image:'))) console.log(`  ${line.trim()}`);
expectThat(
  'and the manifest has the digests that were checked, and is otherwise as it was',
  deployable.outputs['pinned-files'] === 'app.yaml' &&
    pinnedManifest === manifest(`${name}:1.0`).replaceAll(`${name}:1.0`, `${name}:1.0@${app.digest}`),
  deployable,
);

step('Provenance and an SBOM in the same step: provenance: true, sbom-path: sbom.spdx.json');
const SLSA = 'https://slsa.dev/provenance/v1';
const attested = buildImage({ content: 'attested' });
const attestedPin = `${await push('acme/attested', attested)}@${attested.digest}`;
const workspace = join(directory, 'checkout');
await mkdir(workspace);
const sbom = {
  ...{ spdxVersion: 'SPDX-2.3', SPDXID: 'SPDXRef-DOCUMENT', name: 'app', dataLicense: 'CC0-1.0' },
  documentNamespace: 'https://example.com/sbom/app',
  creationInfo: { created: '2026-11-28T00:00:00Z', creators: ['Tool: demo'] },
  packages: [{ name: 'musl', SPDXID: 'SPDXRef-musl', downloadLocation: 'NOASSERTION' }],
};
await writeFile(join(workspace, 'sbom.spdx.json'), JSON.stringify(sbom));
const attesting = await world.sign(
  { images: attestedPin, provenance: 'true', 'sbom-path': 'sbom.spdx.json' },
  { workspace },
);
showLog(attesting);
expectThat('the step passes', attesting.exitCode === 0, attesting);
const required = { ...identity, attestations: 'provenance\nsbom' };
const satisfied = await world.verify({ images: attestedPin, ...required });
showLog(satisfied);
expectThat('accepted: signature, provenance and SBOM', satisfied.outputs['verified'] === 'true', satisfied);
await refuses('provenance is asked of an image that has none', 'NO_ATTESTATION', `${name}@${app.digest}`, required);
const provenance = storedStatement(world, 'acme/attested', attested.digest, SLSA);
await refuses(
  'the provenance names another builder than the certificate',
  'ATTESTATION_MISMATCH',
  await imageWith('acme/misattested', (digest) => {
    const forged = structuredClone(provenance);
    for (const subject of forged.subject) subject.digest = { sha256: digest.slice('sha256:'.length) };
    forged.predicate.runDetails.builder.id =
      'https://github.com/acme/other/.github/workflows/release.yml@refs/heads/main';
    return signEnvelopeByHand(sigstore, { payload: JSON.stringify(forged), entries: ['dsse'] });
  }),
  { attestations: 'provenance', 'require-signature': 'false' },
);

step('The verdict as a check run and a commit status, in an embedded GitHub API');
const github = createGithubApi({
  tokens: { 'demo-token': { checks: 'write', statuses: 'write' }, 'fork-token': { checks: 'read', statuses: 'read' } },
  repositories: { 'acme/app': { refs: {} } },
});
await using githubServer = await serve(github, { name: 'github' });
const publish = (images: string, githubToken: string, sha = 'c'.repeat(40)) =>
  world.verify(
    { images, ...identity, 'check-name': 'images are signed', 'status-name': 'signed' },
    { githubToken, env: { GITHUB_API_URL: githubServer.url, GITHUB_SHA: sha } },
  );
const published = await publish(`${name}@${app.digest}`, 'demo-token');
const publishedRefusal = await publish(`${world.host}/acme/unsigned@${unsigned.digest}`, 'demo-token');
for (const { conclusion, output } of github.checkRuns) console.log(`  check run  ${conclusion}: ${output.title}`);
for (const { state, description } of github.statuses) console.log(`  status     ${state}: ${description}`);
// Both are steps of one attempt with one name, so the failure of the second overrules the success of the first.
expectThat(
  'a refusal is a failure',
  github.checkRuns.map((run) => run.conclusion).join() === 'failure,failure',
  published,
);
expectThat(
  'and so is its status',
  github.statuses.map((status) => status.state).join() === 'success,failure',
  publishedRefusal,
);
const fromFork = await publish(`${name}@${app.digest}`, 'fork-token', 'f'.repeat(40));
const noticed = fromFork.commands.filter((command) => command.name === 'notice').length;
expectThat('a read-only token costs notices, not the verdict', fromFork.exitCode === 0 && noticed === 2, fromFork);

step('The job summary of the sign step');
console.log(signing.summary);
step('The job summary of the step that also attested');
console.log(attesting.summary);
step('The job summary of a passing gate');
console.log(accepted.summary);
step('The job summary of a gate that asked for another identity');
console.log(wrongIdentity.summary);
step('The job summary of the gate over all images');
console.log(mixed.summary);

process.exitCode = steps.finish();

/** Bytes of the one bundle attached to a digest. */
function storedBundle(from: World, repository: string, digest: string): Uint8Array {
  const manifest = from.registry.store.referrers(repository, digest)[0];
  const [layer] = (manifest?.json['layers'] ?? []) as { digest: string }[];
  const bytes = layer === undefined ? undefined : from.registry.store.getBlob(repository, layer.digest);
  if (bytes === undefined) throw new Error(`no bundle is attached to ${digest}`);
  return bytes;
}

interface ProvenanceStatement {
  readonly subject: { digest: { sha256: string } }[];
  readonly predicate: { runDetails: { builder: { id: string } } };
}

/** The statement of this type that is attached to a digest. */
function storedStatement(from: World, repository: string, digest: string, type: string): ProvenanceStatement {
  for (const { json } of from.registry.store.referrers(repository, digest)) {
    const [layer] = (json['layers'] ?? []) as { digest: string }[];
    const bytes = layer === undefined ? undefined : from.registry.store.getBlob(repository, layer.digest);
    if (bytes === undefined) continue;
    const { dsseEnvelope } = JSON.parse(new TextDecoder().decode(bytes)) as { dsseEnvelope: { payload: string } };
    const statement = JSON.parse(Buffer.from(dsseEnvelope.payload, 'base64').toString('utf8')) as {
      readonly predicateType: string;
    };
    if (statement.predicateType === type) return statement as unknown as ProvenanceStatement;
  }
  throw new Error(`no statement of type ${type} is attached to ${digest}`);
}

async function libraryAccepts(from: World, bundle: unknown): Promise<boolean> {
  const root = TrustedRoot.fromJSON(JSON.parse(await readFile(from.files.trustedRoot, 'utf8')));
  try {
    new Verifier(toTrustMaterial(root)).verify(toSignedEntity(bundleFromJSON(bundle)));
    return true;
  } catch {
    return false;
  }
}
