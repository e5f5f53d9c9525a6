import { afterAll, beforeAll, expect, test } from 'vitest';
import { type WorkflowRun, workflowClaims } from '../../sandbox/github/claims.ts';
import { buildImage } from '../../sandbox/registry/image-builder.ts';
import { seedReferrer } from '../../sandbox/registry/seed.ts';
import { type FulcioExtensions, workflowPrincipal } from '../../sandbox/sigstore/fulcio-extensions.ts';
import { startWorld, type World } from '../../sandbox/world.ts';
import type { Digest } from '../../src/domain/image/digest.ts';
import { BUNDLE_V03 } from '../../src/domain/image/media-types.ts';
import { goodBundle } from '../adversarial/signature-seeds.ts';
import { createSlots, shown } from './sign-world.ts';

/* Identity rules 3, 4 and 7 through the built dist/: what each accepts, and a twin with one thing changed. */

let world: World;
let counter = 0;
const slot = createSlots();

beforeAll(async () => {
  world = await startWorld({ auth: 'none' });
});
afterAll(() => world.close());

type Names = readonly [{ readonly uri: string }];

/** An image of its own with a good signature by this subject and these claims; its pinned reference. */
function signed(names: Names, extensions: FulcioExtensions): string {
  counter += 1;
  const repository = `acme/rules-${counter}`;
  const { store } = world.registry;
  const built = buildImage({ content: repository });
  for (const blob of built.blobs) store.putBlob(repository, blob);
  for (const one of built.manifests) store.putManifest(repository, one.bytes, one.mediaType);
  const digest = built.digest as Digest;
  const certify = { names, extensions, onlyTheseExtensions: true };
  const bundle = goodBundle(world.sigstore, digest, { certify });
  seedReferrer(store, repository, digest, { artifactType: BUNDLE_V03, layer: JSON.stringify(bundle) });
  return `${world.host}/${repository}@${digest}`;
}

function byWorkflow(run: WorkflowRun, changes: FulcioExtensions = {}): string {
  const claims = { ...workflowClaims(run), iss: world.sigstore.issuer };
  const { subject, extensions } = workflowPrincipal(claims, 'https://github.com');
  return signed([subject as Names[0]], { ...extensions, ...changes });
}

const ISSUER = 'https://oidc.circleci.com/org/3f0a';
const PIPELINE = 'https://circleci.com/api/v2/projects/7c1f/pipeline-definitions/9d2e';
const HELD = 'octo-org/shared/.github/workflows/sign.yml';

function byPipeline(subject: string, issuer: string, source = 'https://github.com/acme/app'): string {
  return signed([{ uri: subject }], { 1: issuer, 8: issuer, 12: source, 14: 'refs/heads/main' });
}

interface Row {
  readonly rule: string;
  readonly good: () => string;
  readonly twin: () => string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly reason: string;
}

test.concurrent.each<Row>([
  {
    rule: 'rule 3: a pipeline of another host is no half of a repository; a workflow under the same issuer is',
    good: () => byPipeline(PIPELINE, ISSUER),
    twin: () => byPipeline(`https://github.com/${HELD}@refs/tags/v3`, ISSUER),
    inputs: { 'certificate-oidc-issuer': ISSUER, 'source-repository': 'acme/app' },
    reason: 'CLAIM_MISMATCH',
  },
  {
    rule: 'rule 3: another source repository is refused there all the same',
    good: () => byPipeline(PIPELINE, ISSUER),
    twin: () => byPipeline(PIPELINE, ISSUER, 'https://github.com/stranger/app'),
    inputs: { 'certificate-oidc-issuer': ISSUER, 'source-repository': 'acme/app' },
    reason: 'CLAIM_MISMATCH',
  },
  {
    rule: "rule 3: a subject that GitHub's issuer does not write is refused",
    good: () => byPipeline(`https://github.com/acme/app/x.yml@refs/heads/main`, 'https://ghes.example/_services/token'),
    twin: () => byPipeline(PIPELINE, 'https://ghes.example/_services/token'),
    inputs: {
      'certificate-oidc-issuer': 'https://ghes.example/_services/token',
      'source-repository': 'https://github.com/acme/app',
    },
    reason: 'CLAIM_MISMATCH',
  },
  {
    rule: 'rule 4: workflow_run needs a claims line',
    good: () => byWorkflow({ eventName: 'push' }),
    twin: () => byWorkflow({ eventName: 'workflow_run' }),
    inputs: { 'source-repository': 'octo-org/octo-repo' },
    reason: 'CLAIM_MISMATCH',
  },
  {
    rule: "rule 4: so does GitLab's merge request",
    good: () => byWorkflow({ eventName: 'web' }),
    twin: () => byWorkflow({ eventName: 'merge_request_event' }),
    inputs: { 'source-repository': 'octo-org/octo-repo', 'source-ref': 'refs/heads/main' },
    reason: 'CLAIM_MISMATCH',
  },
  {
    rule: 'rule 4: each ref under refs/pull/ is spelled out by the value that accepts it',
    good: () => byWorkflow({ pullRequest: 7, reusableWorkflow: `${HELD}@refs/tags/v3` }),
    twin: () => byWorkflow({ pullRequest: 7, reusableWorkflow: `${HELD}@refs/pull/9/merge` }),
    inputs: {
      'source-repository': 'octo-org/octo-repo',
      'source-ref': 'refs/pull/7/merge',
      'signer-workflow': HELD,
    },
    reason: 'CLAIM_MISMATCH',
  },
  {
    rule: "rule 7: a class in the owner's shape names nobody, a list of owners does",
    good: () => byWorkflow({ repository: 'acme-app/app' }),
    twin: () => byWorkflow({ repository: 'octo-org/app' }),
    inputs: {
      'certificate-identity-regexp':
        'https://github\\.com/(acme-app|acme-lib)/app/.*\nhttps://github\\.com/[a-z]{4}-[a-z]{3}/app/.*',
    },
    reason: 'IDENTITY_MISMATCH',
  },
])('$rule', async ({ good, twin, inputs, reason }) => {
  const gate = { 'certificate-oidc-issuer': world.sigstore.issuer, 'wait-for': '0s', ...inputs };
  const [accepted, refused] = await Promise.all([
    slot(() => world.verify({ ...gate, images: good() })),
    slot(() => world.verify({ ...gate, images: twin() })),
  ]);
  expect(accepted.outputs, shown(accepted)).toMatchObject({ verified: 'true', verdict: 'pass' });
  expect(refused.outputs, shown(refused)).toMatchObject({ verified: 'false', verdict: 'fail', reason });
});
