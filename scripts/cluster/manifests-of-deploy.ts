import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { mintSelfSignedP256 } from '../../sandbox/sigstore/self-signed.ts';
import { ROOT } from '../../sandbox/world.ts';
import { isJsonObject } from '../../src/domain/text/json-object.ts';
import { microTime } from '../../src/kubernetes/micro-time.ts';
import { expectThat, type Report } from '../common/report.ts';
import { mustRun } from '../common/run-program.ts';
import type { Kube } from '../peers/kube.ts';
import { commandPassed, messageOf, stored, until } from './webhook/answers.ts';
import { customResources } from './webhook/custom-resources.ts';
import { type Component, renderManifests } from './webhook/manifests.ts';
import { HOME, SERVICE_ACCOUNT } from './webhook/stage.ts';

const DEPLOY = join(ROOT, 'deploy');
const HOST = `countersign-webhook.${HOME}.svc`;
const CONFIGURATIONS = ['mutatingwebhookconfiguration', 'validatingwebhookconfiguration'] as const;
/** What is used together, besides the overlays. */
const COMBINATIONS: readonly (readonly Component[])[] = [
  ['cert-manager', 'warn', 'opt-in'],
  ['self-managed', 'enforce', 'opt-in', 'pull-secrets'],
];

/**
 * Gives deploy/ to a real API server as docs/cluster.md says: every overlay, restricted Pod Security, what happens while no
 * webhook answers, the certificate's script, and what the service account can do with its rights. Leaves the namespace and
 * the kinds of the policies behind, and no webhook configuration.
 */
export async function checkDeploy(report: Report, kube: Kube, directory: string): Promise<void> {
  const run = async (...args: readonly string[]): Promise<string> => commandPassed(await kube.kubectl(args));
  await installKinds(kube, run);
  try {
    await checkOverlays(report, kube, { run, directory });
    await checkPodSecurity(report, kube, directory);
    await checkUnanswered(report, kube, run);
    await checkCertificate(report, kube, run);
    await checkPullSecrets(report, kube, run);
    await checkRights(report, kube);
    await checkExamples(report, run);
  } finally {
    await kube.kubectl(['delete', CONFIGURATIONS.join(), 'countersign-webhook', '--ignore-not-found']);
    await kube.kubectl(['delete', 'clusterimagepolicies', '--all']);
  }
}

type Run = (...args: readonly string[]) => Promise<string>;

/** Our own definitions of the policies' kinds, and stand-ins for those of other projects. */
async function installKinds(kube: Kube, run: Run): Promise<void> {
  const others = customResources().filter(({ spec }) => isJsonObject(spec) && spec['group'] !== 'policy.sigstore.dev');
  const input = others.map((one) => JSON.stringify(one)).join('\n---\n');
  commandPassed(await kube.kubectl(['apply', '--server-side', '-f', '-'], { input }));
  await run('apply', '-k', join(DEPLOY, 'crds'));
  await run('wait', '--for=condition=Established', '--all', 'crd', '--timeout=60s');
  for (const kind of ['clusterimagepolicies', 'trustroots', 'policyreports', 'issuers', 'certificates']) {
    await until(kind, async () => (await kube.kubectl(['get', kind, '--all-namespaces'])).code === 0);
  }
}

interface Scene {
  readonly run: Run;
  /** For what is rendered. */
  readonly directory: string;
}

async function checkOverlays(report: Report, kube: Kube, { run, directory }: Scene): Promise<void> {
  for (const overlay of (await readdir(join(DEPLOY, 'overlays'))).sort()) {
    await report.check(`the API server takes overlay ${overlay} as it is, without a warning`, async () => {
      const out = await run('apply', '-k', join(DEPLOY, 'overlays', overlay));
      expectThat(!/warning/i.test(out), 'no warning', out);
      expectThat(
        /deployment\.apps\/countersign-webhook (?:created|configured|unchanged)/.test(out),
        'a Deployment',
        out,
      );
    });
  }
  for (const components of COMBINATIONS) {
    await report.check(`the API server takes the base with ${components.join(', ')}`, async () => {
      const manifests = await renderManifests(join(directory, 'combinations'), components);
      const input = manifests.map((one) => JSON.stringify(one)).join('\n---\n');
      const out = commandPassed(await kube.kubectl(['apply', '--dry-run=server', '-f', '-'], { input }));
      expectThat(!/warning/i.test(out), 'no warning', out);
    });
  }
  await report.check('it refuses a manifest with a field that it does not know', async () => {
    const rendered = await mustRun('kubectl', ['kustomize', join(DEPLOY, 'overlays/warn')]);
    const input = rendered.replace('readOnlyRootFilesystem:', 'readOnlyRootFilesytem:');
    const { code, out } = await kube.kubectl(['apply', '--dry-run=server', '-f', '-'], { input });
    expectThat(code !== 0 && out.includes('unknown field'), 'an unknown field', out);
  });
}

async function checkPodSecurity(report: Report, kube: Kube, directory: string): Promise<void> {
  const deployment = (await renderManifests(join(directory, 'security'), ['enforce'])).find(
    ({ kind }) => kind === 'Deployment',
  );
  const podOf = (change: (spec: PodSpec) => void) => {
    const { spec } = structuredClone(deployment) as unknown as { spec: { template: { spec: PodSpec } } };
    change(spec.template.spec);
    return { apiVersion: 'v1', kind: 'Pod', metadata: { generateName: 'template-' }, spec: spec.template.spec };
  };
  const create = (body: object) =>
    kube.send({ method: 'POST', path: `/api/v1/namespaces/${HOME}/pods?dryRun=All`, body });
  await report.check('a Pod of the Deployment passes restricted Pod Security', async () => {
    stored(await create(podOf(() => undefined)));
  });
  for (const [what, change] of [
    ['as root', (spec: PodSpec) => Object.assign(spec.securityContext, { runAsNonRoot: false, runAsUser: 0 })],
    [
      'with a capability',
      (spec: PodSpec) => Object.assign(spec.containers[0]?.securityContext ?? {}, { capabilities: {} }),
    ],
    ['with a folder of the node', (spec: PodSpec) => spec.volumes.push({ name: 'node', hostPath: { path: '/' } })],
  ] as const) {
    await report.check(`the same Pod ${what} does not`, async () => {
      const message = messageOf(await create(podOf(change)));
      expectThat(message.includes('violates PodSecurity "restricted'), 'a violation of restricted', message);
    });
  }
}

interface PodSpec {
  readonly securityContext: object;
  readonly containers: { readonly securityContext: object }[];
  readonly volumes: object[];
}

/** `warn` and `enforce` while nothing serves: here there never is a Pod. */
async function checkUnanswered(report: Report, kube: Kube, run: Run): Promise<void> {
  const create = (namespace: string) =>
    kube.kubectl(['run', 'trial', '--image=busybox:stable', `--namespace=${namespace}`, '--dry-run=server']);
  await report.check('enforce: while no webhook answers nothing is created, except in its own namespace', async () => {
    await run('apply', '-k', join(DEPLOY, 'overlays/enforce-self-managed'));
    await until('a refusal', async () => {
      const { code, out } = await create('default');
      const failed = 'failed calling webhook "mutate.countersign-system.svc"';
      return code !== 0 && out.includes(failed) ? true : out;
    });
    // Restricted Pod Security refuses it here; the webhook is not asked.
    const { out } = await create(HOME);
    expectThat(out.includes('violates PodSecurity') && !out.includes('failed calling'), 'no call', out);
  });
  await report.check('warn: while no webhook answers everything is created', async () => {
    await run('apply', '-k', join(DEPLOY, 'overlays/warn-self-managed'));
    await until('the Pod', async () => {
      const { code, out } = await create('default');
      return code === 0 ? true : out;
    });
  });
}

async function checkCertificate(report: Report, kube: Kube, run: Run): Promise<void> {
  const renew = () =>
    mustRun('sh', [join(DEPLOY, 'components/self-managed/certificate.sh')], { env: { KUBECONFIG: kube.kubeconfig } });
  const bundles = () =>
    Promise.all(
      CONFIGURATIONS.map(async (kind) => {
        const encoded = await run(
          'get',
          kind,
          'countersign-webhook',
          '-o=jsonpath={.webhooks[0].clientConfig.caBundle}',
        );
        return Buffer.from(encoded, 'base64').toString('utf8');
      }),
    );
  const leaf = async () => {
    const read = async (key: string) => {
      const path = `-o=jsonpath={.data.tls\\.${key}}`;
      return Buffer.from(await run('get', 'secret', 'countersign-webhook-tls', `--namespace=${HOME}`, path), 'base64');
    };
    return { cert: await read('crt'), key: await read('key') };
  };
  const rootsOf = (bundle = ''): number => bundle.split('-----BEGIN CERTIFICATE-----').length - 1;
  const isTrusted = async (shown: Leaf, ca: string): Promise<void> => {
    expectThat(
      (await tlsOutcome(shown, ca, HOST)) === 'trusted',
      'a trusted certificate',
      await tlsOutcome(shown, ca, HOST),
    );
  };
  let first: Leaf | undefined;
  await report.check('certificate.sh: the API server trusts the certificate, for this name only', async () => {
    await renew();
    const [mutating = '', validating] = await bundles();
    expectThat(rootsOf(mutating) === 1 && mutating === validating, 'one root, in both configurations', mutating);
    first = await leaf();
    await isTrusted(first, mutating);
    const other = await tlsOutcome(first, mutating, 'other.countersign-system.svc');
    expectThat(other.includes('ERR_TLS_CERT_ALTNAME_INVALID'), 'another name refused', other);
    const secret = await run(
      'get',
      'secret',
      'countersign-webhook-tls',
      `--namespace=${HOME}`,
      '-o=jsonpath={.metadata.annotations}',
    );
    expectThat(secret === '', 'no annotation that repeats the key', secret.slice(0, 60));
  });
  await report.check(
    'certificate.sh again: old and new certificate are trusted, what has expired is dropped',
    async () => {
      const expired = mintSelfSignedP256('expired', new Date('2020-01-01')).certificatePem;
      const [known = ''] = await bundles();
      const value = Buffer.from(`${known}${expired}`).toString('base64');
      for (const kind of CONFIGURATIONS) {
        const patch = [{ op: 'replace', path: '/webhooks/0/clientConfig/caBundle', value }];
        await run('patch', kind, 'countersign-webhook', '--type=json', `--patch=${JSON.stringify(patch)}`);
      }
      await renew();
      const [bundle = ''] = await bundles();
      expectThat(rootsOf(bundle) === 2, 'two roots', bundle);
      const second = await leaf();
      if (first === undefined) throw new Error('there is no first certificate');
      expectThat(!second.cert.equals(first.cert), 'another certificate', second.cert.toString());
      await isTrusted(first, bundle);
      await isTrusted(second, bundle);
      const outcome = await tlsOutcome(second, known, HOST);
      expectThat(outcome !== 'trusted', 'the old root alone not to trust the new certificate', outcome);
    },
  );
  await report.check('applying the manifests again leaves caBundle alone', async () => {
    const before = await bundles();
    await run('apply', '-k', join(DEPLOY, 'overlays/enforce-self-managed'));
    await run('apply', '-k', join(DEPLOY, 'overlays/warn-self-managed'));
    expectThat((await bundles()).join() === before.join() && before[0] !== '', before.join(), (await bundles()).join());
  });
  await report.check('certificate.sh stops, and changes nothing, where there is no webhook', async () => {
    const before = await leaf();
    await run('delete', CONFIGURATIONS[1], 'countersign-webhook');
    const failed = await renew().then(
      () => 'it went on',
      () => '',
    );
    expectThat(failed === '' && (await leaf()).cert.equals(before.cert), 'no new certificate', failed);
    await run('apply', '-k', join(DEPLOY, 'overlays/warn-self-managed'));
  });
}

interface Leaf {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/** `trusted`, or why a client that asks for this host ends the connection. */
async function tlsOutcome(leaf: Leaf, ca: string, servername: string): Promise<string> {
  const server = createServer(leaf);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const outcome = await new Promise<string>((settle) => {
    const socket = connect({ host: '127.0.0.1', port, ca, servername }, () => {
      settle('trusted');
      socket.end();
    });
    socket.on('error', (error) => settle(`${String(Reflect.get(error, 'code'))} ${error.message}`));
  });
  await new Promise((settle) => server.close(settle));
  return outcome;
}

async function checkPullSecrets(report: Report, kube: Kube, run: Run): Promise<void> {
  const may = async (verb: string, resource: string, namespace: string): Promise<boolean> => {
    const as = `--as=system:serviceaccount:${HOME}:${SERVICE_ACCOUNT}`;
    return (await kube.kubectl(['auth', 'can-i', verb, resource, `--namespace=${namespace}`, as])).out.trim() === 'yes';
  };
  await report.check('pull-secrets: Secrets are read where the role is bound, and nowhere else', async () => {
    await run('apply', '-f', join(DEPLOY, 'components/pull-secrets/cluster-role.yaml'));
    for (const name of ['payments', 'others']) await run('create', 'namespace', name);
    expectThat(!(await may('get', 'secrets', 'payments')), 'no right before the binding', 'one');
    const [command = ''] =
      /kubectl create rolebinding countersign-pull-secrets --namespace=payments \\\n.*$/m.exec(
        await readFile(join(ROOT, 'docs/cluster.md'), 'utf8'),
      ) ?? [];
    await run(...command.split(/[\s\\]+/).slice(1));
    expectThat(await may('get', 'secrets', 'payments'), 'the right where it is bound', 'none');
    expectThat(await may('get', 'serviceaccounts', 'payments'), 'the right where it is bound', 'none');
    for (const [verb, resource, namespace] of [
      ['get', 'secrets', 'others'],
      ['get', 'secrets', HOME],
      ['list', 'secrets', 'payments'],
      ['watch', 'secrets', 'payments'],
      ['update', 'secrets', 'payments'],
    ] as const) {
      const found = await may(verb, resource, namespace);
      expectThat(!found, `no right to ${verb} ${resource} in ${namespace}`, 'one');
    }
  });
}

/** The requests that the webhook makes to say what would be refused, with its own token. */
async function checkRights(report: Report, kube: Kube): Promise<void> {
  const token = await kube.tokenOf(HOME, SERVICE_ACCOUNT);
  const now = microTime(new Date());
  const reports = '/apis/wgpolicyk8s.io/v1alpha2/namespaces/default/policyreports';
  const leases = `/apis/coordination.k8s.io/v1/namespaces/${HOME}/leases`;
  const patch = (name: string) =>
    kube.send({
      ...{ method: 'PATCH', path: `${reports}/${name}?fieldManager=countersign&force=true`, token },
      contentType: 'application/apply-patch+yaml',
      body: { apiVersion: 'wgpolicyk8s.io/v1alpha2', kind: 'PolicyReport', metadata: { name }, results: [] },
    });
  await report.check('it may write its report, also where there is none yet, and no other', async () => {
    stored(await patch('countersign'));
    stored(await patch('countersign'));
    const listed = await kube.send({
      ...{ path: '/apis/wgpolicyk8s.io/v1alpha2/policyreports?fieldSelector=metadata.name%3Dcountersign', token },
    });
    stored(listed);
    for (const answer of [
      await patch('kyverno'),
      await kube.send({ path: '/apis/wgpolicyk8s.io/v1alpha2/policyreports', token }),
    ]) {
      expectThat(answer.status === 403, '403', messageOf(answer));
    }
    stored(await kube.send({ method: 'DELETE', path: `${reports}/countersign`, token, body: {} }));
  });
  await report.check('it may say at a Pod of any namespace what would be refused', async () => {
    const event = {
      ...{
        apiVersion: 'events.k8s.io/v1',
        kind: 'Event',
        metadata: { name: 'trial.countersign', namespace: 'default' },
      },
      ...{ eventTime: now, type: 'Warning', reason: 'ImageWouldBeRefused', action: 'Judge', note: 'trial' },
      ...{ reportingController: 'countersign', reportingInstance: 'trial' },
      regarding: { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: 'trial' },
    };
    const path = '/apis/events.k8s.io/v1/namespaces/default/events';
    stored(await kube.send({ method: 'POST', path, token, body: event }));
    const body = { series: { count: 2, lastObservedTime: now } };
    const one = `${path}/trial.countersign`;
    stored(await kube.send({ method: 'PATCH', path: one, token, body, contentType: 'application/merge-patch+json' }));
  });
  await report.check('it may take its Lease, and no other', async () => {
    const lease = (name: string) => ({
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name },
      spec: {},
    });
    const path = `${leases}/countersign-rejudging`;
    await kube.send({ method: 'DELETE', path });
    const made = stored(await kube.send({ method: 'POST', path: leases, token, body: lease('countersign-rejudging') }));
    stored(await kube.send({ path, token }));
    stored(await kube.send({ method: 'PUT', path, token, body: { ...made, spec: { holderIdentity: 'trial' } } }));
    stored(await kube.send({ method: 'POST', path: leases, body: lease('other') }));
    const other = await kube.send({ path: `${leases}/other`, token });
    expectThat(other.status === 403, '403', messageOf(other));
    for (const name of ['other', 'countersign-rejudging'])
      await kube.send({ method: 'DELETE', path: `${leases}/${name}` });
  });
  await report.check('it may read the selector of its own configuration, and the namespaces', async () => {
    const path = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations';
    stored(await kube.send({ path: `${path}/countersign-webhook`, token }));
    stored(await kube.send({ path: '/api/v1/namespaces', token }));
    const all = await kube.send({ path, token });
    expectThat(all.status === 403, '403 for every configuration', messageOf(all));
  });
}

async function checkExamples(report: Report, run: Run): Promise<void> {
  for (const name of (await readdir(join(DEPLOY, 'examples'))).sort()) {
    await report.check(`the API server takes deploy/examples/${name}`, async () => {
      const out = await run('apply', '-f', join(DEPLOY, 'examples', name), '--dry-run=server', '--validate=strict');
      expectThat(out.includes('created (server dry run)') && !/warning/i.test(out), 'objects without a warning', out);
    });
  }
}
