import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type Handler, serve, textReply } from '../../../sandbox/http/serve.ts';
import { storeImage } from '../../../sandbox/registry/image-builder.ts';
import type { JsonObject } from '../../../src/domain/text/json-object.ts';
import { expectThat, type Report } from '../../common/report.ts';
import { messageOf, refused, stored, until } from './answers.ts';
import { putImage, sign } from './images.ts';
import { pod } from './objects.ts';
import { SHOP, type Stage } from './stage.ts';
import { signerAnnotations } from './tutorial.ts';

const ATTACK = 'attack';

/** What somebody tries who may create objects in one namespace, push to one repository and run a registry. */
export async function checkAttacks(report: Report, stage: Stage): Promise<void> {
  await stage.makeNamespace(ATTACK);
  await checkPrivateHosts(report, stage);
  await checkBorrowedDigests(report, stage);
  await checkLargeObjects(report, stage);
  await checkLoosening(report, stage);
  await checkHostileRegistry(report, stage);
}

/** Hosts that an image may not make the webhook call, with a policy that would have it look. */
async function checkPrivateHosts(report: Report, stage: Stage): Promise<void> {
  const { images, create, apply, kube } = stage;
  const digest = images.app.digest;
  let connections = 0;
  const trap = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  // Every address of this machine, IPv6 with it where there is one.
  trap.listen({ port: 0, host: hasIpv6() ? '::' : '0.0.0.0' });
  await once(trap, 'listening');
  const { port } = trap.address() as AddressInfo;
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
  const hosts = [
    ...['127.0.0.1', '127.1.2.3', 'localhost', 'localhost.', 'a.localhost', '0.0.0.0'].map((host) => `${host}:${port}`),
    ...['[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]'].map((host) => `${host}:${port}`),
    ...['169.254.169.254', `169.254.169.254:${port}`, '10.0.0.1', '192.168.0.1', '172.16.0.1', '100.64.0.1'],
    ...['[fd00:ec2::254]', '[fe80::1]', '2130706433', '0x7f000001', '127.1'].map((host) => `${host}:${port}`),
    ...['kubernetes.default.svc', `metadata.google.internal:${port}`],
  ];
  const everything = {
    ...{ apiVersion: 'policy.sigstore.dev/v1beta1', kind: 'ClusterImagePolicy' },
    metadata: { name: 'everything', annotations: { 'countersign/namespaces': ATTACK } },
    spec: {
      images: [{ glob: '**' }],
      authorities: [{ keyless: { identities: [{ issuer: 'https://issuer.example', subject: 'somebody' }] } }],
    },
  };
  try {
    await apply([everything]);
    const probe = pod({ name: 'probe', namespace: ATTACK }, { containers: { app: images.app.pinned } });
    await until('the policy of the namespace', async () => {
      const message = messageOf(await create(probe, { isDryRun: true }));
      return message.includes('everything') || message;
    });
    await report.check('private and metadata hosts are refused without a connection', async () => {
      for (const host of hosts) {
        for (const image of [`${host}/acme/app@${digest}`, `${host}/acme/app:1.0`]) {
          const annotations = signerAnnotations('app', { subject: 'somebody', issuer: 'https://issuer.example' });
          for (const given of [{}, annotations]) {
            const object = pod(
              { name: 'private', namespace: ATTACK, annotations: given },
              { containers: { app: image } },
            );
            const message = refused(await create(object), host);
            expectThat(!message.includes('NO_SIGNATURE'), 'an image that was not looked for', message);
          }
        }
      }
      expectThat(connections === 0, 'no connection', String(connections));
    });
    await report.check('the trap would have seen a connection', async () => {
      await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined);
      expectThat(connections > 0, 'a connection', String(connections));
      for (const address of own) await fetch(`http://${address}:${port}/`).catch(() => undefined);
      expectThat(connections > own.length, `${own.length + 1} connections`, String(connections));
    });
  } finally {
    await kube.send({ method: 'DELETE', path: '/apis/policy.sigstore.dev/v1beta1/clusterimagepolicies/everything' });
    trap.close();
  }
  const pass = pod({ name: 'probe', namespace: ATTACK }, { containers: { app: images.app.pinned } });
  await until('the policy of the namespace is gone', async () => {
    const answer = await create(pass, { isDryRun: true });
    return answer.status === 201 || messageOf(answer);
  });
}

function hasIpv6(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ family }) => family === 'IPv6'));
}

/** A name that the attacker may push to, with the digest of somebody else. */
async function checkBorrowedDigests(report: Report, stage: Stage): Promise<void> {
  const { images, world, create } = stage;
  const { victim, app } = images;
  const ask = (image: string) =>
    create(pod({ name: 'borrowed', namespace: ATTACK }, { containers: { app: image } }), { isDryRun: true });
  await report.check(
    'a tenant’s name with a victim’s digest is refused, although the victim’s has just passed',
    async () => {
      stored(await ask(victim.pinned));
      const covered = `${world.host}/acme/tenant`;
      const uncovered = `${world.host}/tenant/app`;
      refused(await ask(`${covered}@${victim.digest}`), covered, 'acme');
      refused(await ask(`${uncovered}@${victim.digest}`), uncovered, 'POLICY_NO_MATCH');
      // Now the tenant has pushed the victim’s image, but cannot sign it.
      for (const repository of ['acme/tenant', 'tenant/app'])
        copyManifest(stage, 'victim/app', repository, victim.digest);
      refused(await ask(`${uncovered}@${victim.digest}`), uncovered, 'POLICY_NO_MATCH');
      await until('the copy is looked at', async () =>
        messageOf(await ask(`${covered}@${victim.digest}`)).includes('NO_SIGNATURE'),
      );
    },
  );
  await report.check('a tag beside a digest of somebody else is judged by the digest', async () => {
    const fresh = putImage(world, 'acme/borrowed');
    stored(await ask(app.pinned));
    refused(await ask(`${app.tagged}@${fresh.digest}`), app.tagged);
    refused(await ask(`${app.name}@${images.unsigned.digest}`), app.name);
  });
  await report.check('a tag that moves to an unsigned image is refused from then on', async () => {
    const moving = putImage(world, 'acme/moving', 'first');
    await sign(world, [moving]);
    const before = stored(await ask(moving.tagged));
    expectThat(JSON.stringify(before).includes(moving.digest), moving.digest, JSON.stringify(before));
    const second = putImage(world, 'acme/moving', 'second');
    refused(await ask(second.tagged), second.tagged, 'NO_SIGNATURE');
    stored(await ask(moving.pinned));
  });
}

function copyManifest({ world }: Stage, from: string, to: string, digest: string): void {
  const { store } = world.registry;
  const manifest = store.getManifest(from, digest);
  if (manifest === undefined) throw new Error(`no ${digest} in ${from}`);
  const { bytes, mediaType } = manifest;
  const blobs = [...(store.repository(from)?.blobs.values() ?? [])];
  storeImage(store, to, { digest, mediaType, blobs, manifests: [{ bytes, mediaType, digest }] });
}

/** Objects as large as the API server takes. */
async function checkLargeObjects(report: Report, { images, create, patch }: Stage): Promise<void> {
  const { app, unsigned } = images;
  const large = (name: string, image: string, bytes: number): JsonObject => {
    const whole = pod({ name, namespace: ATTACK }, { containers: { app: image } });
    const env = Array.from({ length: Math.floor(bytes / 1000) }, (_, index) => ({
      name: `E${index}`,
      value: 'x'.repeat(960),
    }));
    return { ...whole, spec: { containers: [{ name: 'app', image, env }] } };
  };
  await report.check('objects of nearly 3 MiB are judged: the bad one is refused for its image', async () => {
    refused(await create(large('large-bad', unsigned.pinned, 2_900_000)), unsigned.pinned, 'NO_SIGNATURE');
    const message = messageOf(await create(large('large-good', app.pinned, 2_900_000)));
    expectThat(
      message.includes('request is too large') || message.includes('etcdserver'),
      'the store’s own refusal',
      message,
    );
  });
  await report.check('a change of a large object is judged with its old state beside it', async () => {
    const object = large('large', app.pinned, 1_300_000);
    stored(await create(object));
    stored(await patch(object, { metadata: { labels: { a: 'b' } } }));
    const answer = await patch(pod({ name: 'large', namespace: ATTACK }, {}), {
      spec: { containers: [{ ...firstContainer(object), image: unsigned.pinned }] },
    });
    refused(answer, unsigned.pinned, 'NO_SIGNATURE');
  });
  await report.check('a Pod with hundreds of images is answered', async () => {
    const containers = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`c${index}`, `${unsigned.name}:${index}`]),
    );
    const message = refused(await create(pod({ name: 'many', namespace: ATTACK }, { containers })));
    expectThat(message.length < 8000, 'a short message', `${message.length} characters`);
  });
}

function firstContainer(object: JsonObject): JsonObject {
  const spec = object['spec'] as { readonly containers: readonly JsonObject[] };
  return spec.containers[0] ?? {};
}

/** Everything that other webhooks, or a careless one, take as a reason to look less closely. */
async function checkLoosening(report: Report, { images, create, patch }: Stage): Promise<void> {
  const { app, unsigned } = images;
  const annotations: Readonly<Record<string, string>> = {
    'countersign/mode': 'warn',
    'countersign/no-match-policy': 'allow',
    'countersign/namespaces': 'other',
    'countersign/verified': 'true',
    'policy.sigstore.dev/include': 'false',
    'policy.sigstore.dev/exclude': 'true',
    'kyverno.io/verify-images': `{"${unsigned.pinned}":"pass"}`,
    'admission.kubernetes.io/audit': 'pass',
  };
  const labels = {
    'policy.sigstore.dev/include': 'false',
    'policy.sigstore.dev/exclude': 'true',
    'countersign-mode': 'warn',
  };
  await report.check('no annotation, label or owner of an object loosens anything', async () => {
    const plain = pod(
      { name: 'loose', namespace: ATTACK, annotations, labels },
      { containers: { app: unsigned.pinned } },
    );
    refused(await create(plain), unsigned.pinned, 'NO_SIGNATURE');
    const owner = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      name: 'old',
      uid: '00000000-0000-0000-0000-000000000001',
      controller: true,
    };
    const metadata = { name: 'owned', namespace: ATTACK, ownerReferences: [owner] };
    refused(await create({ ...plain, metadata }), unsigned.pinned, 'NO_SIGNATURE');
  });
  await report.check('an object that is being deleted is judged when its images change', async () => {
    const object = pod(
      { name: 'leaving', namespace: ATTACK, finalizers: ['example.com/hold'] },
      { containers: { app: app.pinned } },
    );
    stored(await create(object));
    const spec = { containers: [{ name: 'app', image: unsigned.pinned }] };
    refused(await patch(object, { metadata: { finalizers: null }, spec }), unsigned.pinned, 'NO_SIGNATURE');
  });
  await report.check('names that look like flags, paths or other hosts are refused', async () => {
    for (const image of [
      '--help',
      '../../etc/passwd',
      `${app.name}@sha256:short`,
      `${app.name}:1.0@`,
      'a/../b:1',
      `evil.example/..%2f@${app.digest}`,
    ]) {
      refused(await create(pod({ name: 'odd', namespace: ATTACK }, { containers: { app: image } })));
    }
  });
  await report.check('an image is judged in another spelling of its host too', async () => {
    for (const image of [
      unsigned.pinned.replace('localhost', 'LOCALHOST'),
      unsigned.pinned.replace('localhost', 'LocalHost'),
    ]) {
      refused(await create(pod({ name: 'spelled', namespace: ATTACK }, { containers: { app: image } })));
    }
  });
}

const WORDS = 'This image is safe. Please allow it.';

/** A registry of the attacker, on a host that the policies name. */
async function checkHostileRegistry(report: Report, stage: Stage): Promise<void> {
  const { apply, kube, world, images } = stage;
  let reply: Handler = () => textReply(500, WORDS);
  await using registry = await serve((request) => reply(request), { name: 'hostile registry' });
  const host = registry.host.replace('127.0.0.1', 'localhost');
  const image = (turn: number): string => `${host}/acme/app@sha256:${String(turn).padStart(64, '0')}`;
  const policy = {
    ...{ apiVersion: 'policy.sigstore.dev/v1beta1', kind: 'ClusterImagePolicy', metadata: { name: 'hostile' } },
    spec: {
      images: [{ glob: `${host}/**` }],
      authorities: [{ keyless: { identities: [{ issuer: world.sigstore.issuer, subject: 'somebody' }] } }],
    },
  };
  await apply([policy]);
  await stage.allowHosts([host]);
  let turn = 0;
  const ask = (name: string) => {
    turn += 1;
    return stage.create(pod({ name, namespace: ATTACK }, { containers: { app: image(turn) } }));
  };
  await until('the policy of the hostile registry', async () => {
    const message = messageOf(await ask('waiting'));
    return (!message.includes('POLICY_NO_MATCH') && message.includes('denied')) || message;
  });
  const json = (status: number, code: string) =>
    ({
      status,
      headers: [
        ['Content-Type', 'application/json'],
        ['Warning', `299 - "${WORDS}"`],
      ],
      body: JSON.stringify({ errors: [{ code, message: WORDS, detail: WORDS }] }),
    }) as const;
  const replies: Readonly<Record<string, { readonly reply: Handler; readonly reason: string }>> = {
    'text with status 500': { reply: () => textReply(500, WORDS), reason: 'REGISTRY_UNAVAILABLE' },
    'an error of its own': { reply: () => json(403, 'DENIED'), reason: 'REGISTRY_DENIED' },
    'not found, in its words': { reply: () => json(404, 'MANIFEST_UNKNOWN'), reason: 'IMAGE_NOT_FOUND' },
    'no answer at all': { reply: () => ({ status: 0, fault: 'hang-before-headers' }), reason: '' },
    'an answer that never ends': { reply: () => ({ status: 200, fault: 'endless', body: WORDS }), reason: '' },
    'a login at the metadata service': {
      reply: () => ({
        status: 401,
        headers: [['WWW-Authenticate', 'Bearer realm="http://169.254.169.254/token",service="x"']],
      }),
      reason: '',
    },
    'a redirect to loopback': {
      reply: () => ({ status: 307, headers: [['Location', 'http://127.0.0.1:1/v2/']] }),
      reason: '',
    },
  };
  for (const [what, { reply: one, reason }] of Object.entries(replies)) {
    await report.check(`a registry that gives ${what}: refused, and its words are not shown`, async () => {
      reply = one;
      const message = refused(await ask('hostile'), reason, image(turn));
      expectThat(!message.includes('safe') && !message.includes('allow it'), 'none of its words', message);
      expectThat(message.includes('NO_SIGNATURE') === false, 'an error, not a missing signature', message);
    });
  }
  await report.check('beside a registry that does not answer, other images are judged', async () => {
    reply = () => ({ status: 0, fault: 'hang-before-headers' });
    const waiting = Array.from({ length: 30 }, (_, index) => ask(`slow-${index}`));
    const fresh = putImage(world, 'acme/beside', 'beside a slow registry');
    await sign(world, [fresh]);
    stored(await stage.create(pod({ name: 'beside', namespace: SHOP }, { containers: { app: fresh.pinned } })));
    stored(
      await stage.create(pod({ name: 'beside-known', namespace: SHOP }, { containers: { app: images.app.pinned } })),
    );
    for (const answer of await Promise.all(waiting)) refused(answer);
  });
  await kube.send({ method: 'DELETE', path: '/apis/policy.sigstore.dev/v1beta1/clusterimagepolicies/hostile' });
}
