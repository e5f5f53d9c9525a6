import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_SUBJECT } from '../../sandbox/github/claims.ts';
import { buildImage, storeImage } from '../../sandbox/registry/image-builder.ts';
import { shownRun } from '../../sandbox/runner/shown-run.ts';
import { startWorld, type World } from '../../sandbox/world.ts';
import { expectThat } from '../common/report.ts';
import { runInProcess } from '../common/run-in-process.ts';
import { hasRefused, runProgram } from '../common/run-program.ts';

/**
 * Whole verdicts of policy-tester and of this gate about images that the sandbox signed with `format: both`. The tester reads
 * only the `.sig` tag, and asks a log only if the policy names one.
 */

interface VerdictCase {
  readonly name: string;
  /** Whether both let the image through; the gate as `pass` or `allowed`. */
  readonly yes: boolean;
  readonly glob?: string;
  readonly authorities: readonly unknown[];
  readonly image: 'signed' | 'unsigned';
}

function casesOf(issuer: string): readonly VerdictCase[] {
  const by = (identity: object): object => ({
    keyless: { url: 'https://fulcio.sigstore.dev', trustRootRef: 'sandbox', identities: [identity] },
    ctlog: { url: 'https://rekor.sigstore.dev', trustRootRef: 'sandbox' },
  });
  const right = { issuer, subject: DEFAULT_SUBJECT };
  const escaped = DEFAULT_SUBJECT.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
  const pass = { static: { action: 'pass' } };
  const fail = { static: { action: 'fail', message: 'retired' } };
  const other = { issuer, subject: `${DEFAULT_SUBJECT}x` };
  return [
    { name: 'the right signer', image: 'signed', authorities: [by(right)], yes: true },
    { name: 'unsigned', image: 'unsigned', authorities: [by(right)], yes: false },
    { name: 'another subject', image: 'signed', authorities: [by(other)], yes: false },
    {
      name: 'another issuer',
      image: 'signed',
      authorities: [by({ ...right, issuer: 'https://a.example' })],
      yes: false,
    },
    {
      name: 'the right pattern',
      image: 'signed',
      authorities: [by({ issuer, subjectRegExp: `^${escaped}$` })],
      yes: true,
    },
    {
      name: 'another pattern',
      image: 'signed',
      authorities: [by({ issuer, subjectRegExp: `^${escaped}x$` })],
      yes: false,
    },
    { name: 'one of two authorities', image: 'signed', authorities: [by(other), by(right)], yes: true },
    { name: 'no authority', image: 'signed', authorities: [by(other), by(other)], yes: false },
    { name: 'static: pass', image: 'unsigned', authorities: [pass], yes: true },
    { name: 'static: fail', image: 'signed', authorities: [fail], yes: false },
    { name: 'static: fail beside the right signer', image: 'signed', authorities: [fail, by(right)], yes: true },
    { name: 'no glob matches', image: 'signed', glob: 'ghcr.io/acme/**', authorities: [pass], yes: false },
  ];
}

/** Compares every verdict; throws with those that differ. */
export async function compareVerdicts(tester: string): Promise<void> {
  await using world = await startWorld({ auth: 'none' });
  const images = { signed: put(world, 'signed'), unsigned: put(world, 'unsigned') };
  const run = await world.sign({ images: images.signed, format: 'both' });
  expectThat(run.exitCode === 0, 'a signed image', shownRun(run));
  const root = join(world.directory, 'root.json');
  await writeFile(root, trustRoot(world));
  const wrong: string[] = [];
  const cases = casesOf(world.sigstore.issuer);
  for (const [index, one] of cases.entries()) {
    const text = JSON.stringify({
      apiVersion: 'policy.sigstore.dev/v1beta1',
      kind: 'ClusterImagePolicy',
      metadata: { name: 'ours' },
      spec: {
        images: [{ glob: one.glob ?? `${world.host}/**` }],
        authorities: one.authorities,
      },
    });
    const file = join(world.directory, `policy-${index}.json`);
    await writeFile(file, text);
    const image = images[one.image];
    const theirs = await runProgram(tester, ['-policy', file, '-image', image, '-trustroot', root], {
      timeoutMs: 60_000,
    });
    const ours = await judge(world, image, `---\n${trustRoot(world)}\n---\n${text}\n`);
    if (ours !== one.yes || !(one.yes ? theirs.code === 0 : hasRefused(theirs))) {
      wrong.push(
        `${one.name}: wanted ${one.yes}, this gate ${ours}, policy-tester ${theirs.code} ${theirs.out.slice(-300)}`,
      );
    }
  }
  console.log(`     ${cases.length} verdicts`);
  expectThat(wrong.length === 0, 'the same verdicts', wrong.join('\n'));
}

function put(world: World, name: string): string {
  const digest = storeImage(world.registry.store, `acme/${name}`, buildImage({ content: name }));
  return `${world.host}/acme/${name}@${digest}`;
}

async function judge(world: World, image: string, policy: string): Promise<boolean> {
  const { exitCode } = await runInProcess({
    action: 'verify',
    inputs: { images: image, policy, 'trusted-root': world.sigstore.trustedRootJson('all'), 'wait-for': '0s' },
    env: {
      GITHUB_ACTIONS: 'true',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_WORKSPACE: world.directory,
      RUNNER_TEMP: world.directory,
      HOME: world.directory,
    },
    event: undefined,
  });
  return exitCode === 0;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const pem = (kind: string, der: Uint8Array): string =>
  `-----BEGIN ${kind}-----\n${Buffer.from(der)
    .toString('base64')
    .replace(/(.{64})(?=.)/g, '$1\n')}\n-----END ${kind}-----\n`;

/** The trusted root of the sandbox as the resource that policy-controller reads. */
function trustRoot({ sigstore }: World): string {
  const content = sigstore.trustedRootContent('v1');
  const log = (one: (typeof content.logs)[number]): object => ({
    baseURL: one.baseUrl,
    hashAlgorithm: 'sha-256',
    publicKey: base64(pem('PUBLIC KEY', one.key.spki)),
  });
  const authority = (one: (typeof content.certificateAuthorities)[number]): object => ({
    subject: { organization: one.name.organization, commonName: one.name.commonName },
    uri: one.uri,
    certChain: base64(one.chain.map((der) => pem('CERTIFICATE', der)).join('')),
  });
  return JSON.stringify({
    apiVersion: 'policy.sigstore.dev/v1alpha1',
    kind: 'TrustRoot',
    metadata: { name: 'sandbox' },
    spec: {
      sigstoreKeys: {
        certificateAuthorities: content.certificateAuthorities.map(authority),
        tLogs: content.logs.map(log),
        ctLogs: content.ctLogs.map(log),
        timestampAuthorities: content.timestampAuthorities.map(authority),
      },
    },
  });
}
