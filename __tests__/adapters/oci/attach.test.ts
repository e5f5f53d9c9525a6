import { describe, expect, test, vi } from 'vitest';
import { errorReply, on } from '../../../sandbox/http/faults.ts';
import { jsonReply, serve } from '../../../sandbox/http/serve.ts';
import type { Quirks } from '../../../sandbox/registry/quirks.ts';
import { createRegistry as createSandboxRegistry } from '../../../sandbox/registry/registry.ts';
import type { Digest } from '../../../src/domain/image/digest.ts';
import { OCI_INDEX, OCI_MANIFEST } from '../../../src/domain/image/media-types.ts';
import { workflowAdvice } from '../../../src/entries/action/registry-advice.ts';
import { completeAdvice } from '../../../src/oci/transport/advice.ts';
import { pushHint } from '../../../src/oci/transport/push-error.ts';
import { attachBundle, type Bench, bundleManifest, openBench, readBundles, seedImage } from './harness.ts';

const isTagRead = (line: string): boolean => /^GET \/v2\/acme\/app\/manifests\/sha256-… (?:200|404)$/.test(line);

const tagOf = (digest: string): string => digest.replace(':', '-');

/** Digests listed under the fallback tag, as the store really holds them. */
function listedUnderTag({ sandbox: { store }, repository: { path } }: Bench, subject: Digest): readonly string[] {
  const digest = store.getTag(path, tagOf(subject));
  const index = digest === undefined ? undefined : store.getManifest(path, digest)?.json;
  return ((index?.['manifests'] ?? []) as readonly { readonly digest: string }[]).map((entry) => entry.digest);
}

/** Stores a referrer of another tool and lists it under the fallback tag. */
function seedListed(
  { sandbox: { store }, repository: { path } }: Bench,
  subject: ReturnType<typeof seedImage>,
  text: string,
): string {
  const manifest = bundleManifest(subject, text);
  const digest = store.putManifest(path, manifest);
  const entry = { mediaType: OCI_MANIFEST, digest, size: manifest.length, 'x-unknown': { kept: true } };
  store.setTag(
    path,
    tagOf(subject.digest),
    store.putManifest(path, JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [entry] })),
  );
  return digest;
}

describe('a signature is listed', () => {
  test.each<[Quirks, string, string]>([
    [{}, 'referrers-api', 'the API with an honest OCI-Subject'],
    [{ ociSubject: 'never' }, 'both', 'Quay: the API without OCI-Subject; the spec asks for the tag too'],
    [{ ociSubject: 'never', mergesReferrersTag: true }, 'both', 'Quay merging the tag'],
    [{ ociSubject: 'never', referrers: 'unknown-subject-400' }, 'both', 'Quay answering 400 for unknown subjects'],
    [{ referrers: 'no-route' }, 'referrers-tag', 'distribution 2.8'],
    [{ referrers: 'not-found' }, 'referrers-tag', 'GHCR'],
    [{ referrers: 'redirect' }, 'referrers-tag', "GHCR's redirect to a web page"],
    [{ referrers: 'html' }, 'referrers-tag', 'Google AR before its API'],
    [{ referrers: 'html', ociSubject: 'lying' }, 'referrers-tag', 'a web page behind a lying OCI-Subject'],
    [{ referrers: 'empty' }, 'referrers-tag', 'an empty list whatever is there'],
    [{ referrers: 'empty', ociSubject: 'lying' }, 'referrers-tag', 'Docker Hub 2024'],
    [{ referrers: 'not-found', ociSubject: 'lying' }, 'referrers-tag', 'ECR 2024'],
    [{ referrers: 'no-route', etag: 'enforced' }, 'referrers-tag', 'conditions that are looked at'],
    [{ referrers: 'no-route', etag: 'none' }, 'referrers-tag', 'no ETag'],
    [{ referrers: 'no-route', gitlabTagAlias: true }, 'referrers-tag', 'GitLab: the tag names the image itself'],
    [{ referrersContentType: `${OCI_INDEX}; charset=utf-8` }, 'referrers-api', 'a parameter in the Content-Type'],
    [{ referrersPageSize: 1 }, 'referrers-api', 'one entry a page'],
    [{ referrersPageSize: 1, referrersLink: 'absolute' }, 'referrers-api', 'absolute links'],
    [{ referrersDescriptors: 'wrong-size' }, 'referrers-api', 'wrong sizes in the listing'],
    [{ uploadLocation: 'absolute' }, 'referrers-api', 'absolute upload locations'],
    [{ headLength: 'missing' }, 'referrers-api', 'HEAD without a length'],
    [{ contentDigest: 'missing' }, 'referrers-api', 'no Docker-Content-Digest'],
  ])('with %j by %s, and every reader finds it: %s', async (quirks, listedBy, _reason) => {
    await using bench = await openBench({ auth: 'bearer', registry: { quirks } });
    const image = seedImage(bench);
    const registry = bench.connect();
    expect(await registry.head(bench.repository, image.digest)).toEqual(image);
    const first = await attachBundle(registry, bench.repository, image, '"one"');
    const second = await attachBundle(registry, bench.repository, image, '"two"');
    expect([first, second]).toMatchObject([
      { listedBy, warnings: [] },
      { listedBy, warnings: [] },
    ]);
    const listing =
      listedBy === 'referrers-tag'
        ? await registry.listReferrersTag(bench.repository, image.digest)
        : await registry.listReferrers(bench.repository, image.digest);
    expect(listing.place.outcome).toBe('listed');
    expect([...(await readBundles(registry, bench.repository, image.digest, listing))].sort()).toEqual([
      '"one"',
      '"two"',
    ]);
    expect(bench.sandbox.misplaced).toEqual([]);
    expect(bench.served.failures).toEqual([]);
  });

  test('by the API alone in a repository that did not exist when it was asked first', async () => {
    await using bench = await openBench({ registry: { quirks: { referrers: 'name-unknown' } } });
    const image = seedImage(bench);
    const registry = bench.connect();
    const signatures = { ...bench.repository, path: 'acme/signatures' };
    expect((await registry.listReferrers(signatures, image.digest)).place.outcome).toBe('absent');
    for (const text of ['"one"', '"two"']) {
      expect(await attachBundle(registry, signatures, image, text)).toMatchObject({
        listedBy: 'referrers-api',
        warnings: [],
      });
    }
    expect(bench.sandbox.store.tags('acme/signatures')).toEqual([]);
  });

  test('beside the entries of others, kept with every field they have', async () => {
    await using bench = await openBench({ registry: { quirks: { referrers: 'no-route' } } });
    const image = seedImage(bench);
    const foreign = seedListed(bench, image, '"foreign"');
    const { digest } = await attachBundle(bench.connect(), bench.repository, image, '"ours"');
    expect(listedUnderTag(bench, image.digest)).toEqual([foreign, digest]);
    const index = bench.sandbox.store.getManifest(
      'acme/app',
      bench.sandbox.store.getTag('acme/app', tagOf(image.digest)) ?? '',
    );
    expect(JSON.stringify(index?.json)).toContain('"x-unknown":{"kept":true}');
  });

  test('once, without another write, if it is there already', async () => {
    await using bench = await openBench({ registry: { quirks: { referrers: 'no-route' } } });
    const image = seedImage(bench);
    const registry = bench.connect();
    await attachBundle(registry, bench.repository, image, '"same"');
    await attachBundle(registry, bench.repository, image, '"same"');
    expect(bench.requests().filter((line) => line.startsWith('PUT /v2/acme/app/manifests/sha256-'))).toHaveLength(1);
  });

  test('without what the registry no longer has, so that one deleted signature does not block the rest', async () => {
    await using bench = await openBench({ registry: { quirks: { referrers: 'no-route' } } });
    const image = seedImage(bench);
    const deleted = seedListed(bench, image, '"deleted"');
    bench.sandbox.store.ensureRepository('acme/app').manifests.delete(deleted);
    const outcome = await attachBundle(bench.connect(), bench.repository, image, '"ours"');
    expect(outcome.warnings).toEqual([expect.stringContaining('no longer has')]);
    expect(listedUnderTag(bench, image.digest)).toEqual([outcome.digest]);
  });

  test('with what another writer adds while deleted ones are looked for', async () => {
    let foreign: (() => void) | undefined;
    await using bench = await openBench({
      registry: {
        quirks: { referrers: 'no-route' },
        faults: [
          {
            match: on('HEAD', /\/manifests\/sha256:/),
            times: 1,
            action: {
              reply: () => {
                foreign?.();
                return { status: 404 };
              },
            },
          },
        ],
      },
    });
    const image = seedImage(bench);
    const deleted = seedListed(bench, image, '"deleted"');
    bench.sandbox.store.ensureRepository('acme/app').manifests.delete(deleted);
    let theirs = '';
    foreign = () => {
      theirs = seedListed(bench, image, '"foreign"');
    };
    const outcome = await attachBundle(bench.connect(), bench.repository, image, '"ours"');
    expect(listedUnderTag(bench, image.digest)).toEqual([theirs, outcome.digest]);
  });

  test('after a moment in which the registry does not see what was just pushed', async () => {
    await using bench = await openBench({
      registry: {
        faults: [
          {
            match: on('PUT', /\/manifests\/sha256:/),
            times: 2,
            action: { reply: errorReply(404, 'BLOB_UNKNOWN') },
          },
        ],
      },
    });
    const image = seedImage(bench);
    expect((await attachBundle(bench.connect(), bench.repository, image, '"x"')).listedBy).toBe('referrers-api');
  });
});

describe('nothing is lost', () => {
  test('when a foreign writer overwrites us once: our entry and theirs are put back', async () => {
    let raced = false;
    await using bench = await openBench({
      registry: {
        quirks: { referrers: 'no-route' },
        onTagWritten: (path, tag, store) => {
          if (raced) return;
          raced = true;
          const image = store.manifests(path)[0];
          const subject = { mediaType: OCI_MANIFEST, size: 1, digest: image?.digest as Digest };
          const manifest = bundleManifest(subject, '"foreign"');
          const digest = store.putManifest(path, manifest);
          const entry = { mediaType: OCI_MANIFEST, digest, size: manifest.length };
          store.setTag(
            path,
            tag,
            store.putManifest(path, JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests: [entry] })),
          );
        },
      },
    });
    const image = seedImage(bench);
    const outcome = await attachBundle(bench.connect(), bench.repository, image, '"ours"');
    expect(listedUnderTag(bench, image.digest)).toHaveLength(2);
    expect(listedUnderTag(bench, image.digest)).toContain(outcome.digest);
    expect(outcome.warnings).toEqual([expect.stringContaining('Another writer')]);
  });

  test.each<[Quirks, string]>([
    [{ referrers: 'no-route' }, 'no API'],
    [{ referrers: 'empty' }, 'an API that lists nothing (claimed of GHCR)'],
    [{ referrers: 'empty', ociSubject: 'lying' }, 'an API that lists nothing but promises to'],
  ])('of what was seen at the start, even if the read before the write shows less: %j, %s', async (quirks, _reason) => {
    await using bench = await openBench({ registry: { quirks } });
    const image = seedImage(bench);
    const seen = seedListed(bench, image, '"seen"');
    const registry = bench.connect();
    const { descriptors } = await registry.listReferrersTag(bench.repository, image.digest);
    bench.sandbox.store.ensureRepository('acme/app').tags.delete(tagOf(image.digest));
    const outcome = await attachBundle(registry, bench.repository, image, '"ours"', descriptors);
    expect(listedUnderTag(bench, image.digest)).toEqual([seen, outcome.digest]);
  });

  test('and what the API lists is not copied to the tag', async () => {
    await using bench = await openBench({ registry: { quirks: { ociSubject: 'never' } } });
    const image = seedImage(bench);
    const { store } = bench.sandbox;
    store.putManifest(bench.repository.path, bundleManifest(image, '"by API"'));
    const registry = bench.connect();
    const { descriptors } = await registry.listReferrers(bench.repository, image.digest);
    expect(descriptors).toHaveLength(1);
    const outcome = await attachBundle(registry, bench.repository, image, '"ours"', descriptors);
    expect(listedUnderTag(bench, image.digest)).toEqual([outcome.digest]);
  });

  test.each([
    ['side by side in one run', 1, 12],
    ['in several runs at once', 6, 2],
  ])('by writers %s', async (_, runs, each) => {
    await using bench = await openBench({ registry: { quirks: { referrers: 'no-route', tagWriteDelayMs: 5 } } });
    const image = seedImage(bench);
    const registries = Array.from({ length: runs }, () => bench.connect({ settleMs: 120, random: Math.random }));
    const outcomes = await Promise.all(
      registries.flatMap((registry, run) =>
        Array.from({ length: each }, (_none, index) =>
          attachBundle(registry, bench.repository, image, `"${run}-${index}"`),
        ),
      ),
    );
    expect(new Set(listedUnderTag(bench, image.digest))).toEqual(new Set(outcomes.map(({ digest }) => digest)));
  });

  test('of what another writer adds while our write waits for an outage to end', async () => {
    let foreign: (() => void) | undefined;
    await using bench = await openBench({
      registry: {
        quirks: { referrers: 'no-route' },
        faults: [
          {
            match: on('PUT', /\/manifests\/sha256-/),
            times: 1,
            action: {
              reply: () => {
                foreign?.();
                return errorReply(503, 'UNAVAILABLE');
              },
            },
          },
        ],
      },
    });
    const image = seedImage(bench);
    let theirs = '';
    foreign = () => {
      theirs = seedListed(bench, image, '"foreign"');
    };
    const outcome = await attachBundle(bench.connect(), bench.repository, image, '"ours"');
    expect(listedUnderTag(bench, image.digest)).toEqual([theirs, outcome.digest]);
    expect(outcome.warnings).toEqual([]);
  });

  test('of what another writer adds while our manifest waits for an outage to end', async () => {
    let foreign: (() => void) | undefined;
    await using bench = await openBench({
      registry: {
        quirks: { referrers: 'no-route' },
        faults: [
          {
            // The artifact itself, by digest: the tag has been read already.
            match: on('PUT', /\/manifests\/sha256:/),
            times: 1,
            action: {
              reply: async () => {
                // Once the early read of the tag is answered; what it saw is then old by the time of our write.
                await vi.waitFor(() => expect(bench.requests().some(isTagRead)).toBe(true), { timeout: 60_000 });
                foreign?.();
                await new Promise((resolve) => setTimeout(resolve, 200));
                return errorReply(503, 'UNAVAILABLE', 'busy', [['Retry-After', '0']]);
              },
            },
          },
        ],
      },
    });
    const image = seedImage(bench);
    let theirs = '';
    foreign = () => {
      theirs = seedListed(bench, image, '"foreign"');
    };
    const registry = bench.connect({ settleMs: 300 });
    // The run knows by now that there is no API, so the tag is read while the manifest is on its way.
    await registry.listReferrers(bench.repository, image.digest);
    const outcome = await attachBundle(registry, bench.repository, image, '"ours"');
    expect(listedUnderTag(bench, image.digest)).toEqual([theirs, outcome.digest]);
  });

  test('by writers of one run behind an OCI-Subject that lies: they do not race each other', async () => {
    await using bench = await openBench({
      registry: { quirks: { referrers: 'empty', ociSubject: 'lying', tagWriteDelayMs: 5 } },
    });
    const image = seedImage(bench);
    const registry = bench.connect();
    const outcomes = await Promise.all(
      ['"a"', '"b"', '"c"', '"d"'].map((text) => attachBundle(registry, bench.repository, image, text)),
    );
    expect(outcomes.flatMap(({ warnings }) => warnings)).toEqual([]);
    expect(new Set(listedUnderTag(bench, image.digest))).toEqual(new Set(outcomes.map(({ digest }) => digest)));
  });

  test('a writer overwritten to the end says so', async () => {
    await using bench = await openBench({
      registry: {
        quirks: { referrers: 'no-route' },
        onTagWritten: (path, tag, store) => {
          const filler = JSON.stringify({
            schemaVersion: 2,
            mediaType: OCI_INDEX,
            manifests: [],
            annotations: { n: String(Math.random()) },
          });
          store.setTag(path, tag, store.putManifest(path, filler));
        },
      },
    });
    const image = seedImage(bench);
    await expect(attachBundle(bench.connect(), bench.repository, image, '"x"')).rejects.toMatchObject({
      code: 'SIGNATURE_LOST',
    });
    expect(bench.requests().filter((line) => line.startsWith('PUT /v2/acme/app/manifests/sha256-'))).toHaveLength(6);
  });

  test('a registry that serves its old state for a while is waited for', async () => {
    await using bench = await openBench({ registry: { quirks: { referrers: 'no-route', staleTagReads: 2 } } });
    const image = seedImage(bench);
    const outcome = await attachBundle(bench.connect(), bench.repository, image, '"x"');
    expect(listedUnderTag(bench, image.digest)).toEqual([outcome.digest]);
  });

  test('a registry that serves its old state for good is a warning, not a failure', async () => {
    await using bench = await openBench({
      registry: {
        quirks: { referrers: 'no-route' },
        faults: [
          {
            match: on('GET', /\/manifests\/sha256-/),
            times: 'always',
            action: { reply: errorReply(404, 'MANIFEST_UNKNOWN') },
          },
        ],
      },
    });
    const image = seedImage(bench);
    const outcome = await attachBundle(bench.connect(), bench.repository, image, '"x"');
    expect(outcome.warnings).toEqual([expect.stringContaining('its old content')]);
    expect(listedUnderTag(bench, image.digest)).toEqual([outcome.digest]);
  });
});

describe('a tag that may not be written again', () => {
  test.each(['harbor', 'quay', 'ecr'] as const)(
    'ends at once in a denial that says what to exempt (%s)',
    async (immutableAnswer) => {
      await using bench = await openBench({
        registry: { quirks: { referrers: 'no-route', immutableTags: /^sha256-/, immutableAnswer } },
      });
      const image = seedImage(bench);
      const registry = bench.connect();
      await attachBundle(registry, bench.repository, image, '"first"');
      const [kept] = listedUnderTag(bench, image.digest);
      await expect(attachBundle(registry, bench.repository, image, '"second"')).rejects.toMatchObject({
        code: 'REGISTRY_DENIED',
        hint: expect.stringContaining('immutability'),
      });
      expect(listedUnderTag(bench, image.digest)).toEqual([kept]);
      expect(bench.requests().filter((line) => line.startsWith('PUT /v2/acme/app/manifests/sha256-'))).toHaveLength(2);
    },
  );

  test('is only a warning where the API lists us', async () => {
    await using bench = await openBench({
      registry: { quirks: { ociSubject: 'never', immutableTags: /^sha256-/, immutableAnswer: 'quay' } },
    });
    const image = seedImage(bench);
    const registry = bench.connect();
    await attachBundle(registry, bench.repository, image, '"first"');
    const outcome = await attachBundle(registry, bench.repository, image, '"second"');
    expect(outcome).toMatchObject({
      listedBy: 'referrers-api',
      warnings: [expect.stringContaining('but not under the tag')],
    });
  });
});

test('something else under the tag is reported and left alone', async () => {
  await using bench = await openBench({ registry: { quirks: { referrers: 'no-route' } } });
  const image = seedImage(bench);
  const other = seedImage(bench, 'other');
  bench.sandbox.store.setTag('acme/app', tagOf(image.digest), other.digest);
  await expect(attachBundle(bench.connect(), bench.repository, image, '"x"')).rejects.toMatchObject({
    code: 'REGISTRY_INVALID',
    message: expect.stringContaining('was not changed'),
  });
  expect(bench.sandbox.store.getTag('acme/app', tagOf(image.digest))).toBe(other.digest);
});

test.each([
  [errorReply(503, 'UNAVAILABLE'), 'REGISTRY_UNAVAILABLE'],
  [errorReply(429, 'TOOMANYREQUESTS', 'x', [['Retry-After', '600']]), 'REGISTRY_UNAVAILABLE'],
  [errorReply(403, 'DENIED'), 'REGISTRY_DENIED'],
])('an outage of the referrers API is an error, not a missing API (%#)', async (reply, code) => {
  for (const quirks of [{}, { ociSubject: 'never' }] as const) {
    await using bench = await openBench({
      registry: { quirks, faults: [{ match: on('GET', /\/referrers\//), times: 'always', action: { reply } }] },
      retryFor: 300,
    });
    const image = seedImage(bench);
    await expect(attachBundle(bench.connect(), bench.repository, image, '"x"')).rejects.toMatchObject({ code });
    expect(listedUnderTag(bench, image.digest)).toEqual([]);
  }
});

describe('a push', () => {
  test.each([
    ['installation not allowed to Write organization package', '`packages: write`'],
    ['permission_denied: write_package', 'Manage Actions access'],
  ])('denied by GHCR with %j names the cure', async (denyPushMessage, cure) => {
    await using bench = await openBench({ registry: { quirks: { denyPush: true, denyPushMessage } } });
    // The words are those of ghcr.io; the host is loopback, so only the code and the login can be checked here.
    await expect(bench.connect().openUpload(bench.repository)).rejects.toMatchObject({
      code: 'REGISTRY_DENIED',
      message: expect.stringContaining(denyPushMessage),
    });
    const explainRefusal = (_call: unknown, _answer: unknown, right: string) =>
      Promise.resolve(`The login came from a test. ${right}`);
    const fetch = { explainRefusal, advise: completeAdvice(workflowAdvice) } as never;
    const body = Buffer.from(JSON.stringify({ errors: [{ code: 'DENIED', message: denyPushMessage }] }));
    const url = new URL('https://ghcr.io');
    const used = { header: 'Bearer x', token: undefined, credential: undefined };
    const response = { status: 403, headers: {}, headersDistinct: {}, body, url, used };
    const hint = await pushHint(fetch, { registry: 'ghcr.io', path: 'acme/app' }, response);
    expect(hint).toContain(cure);
    expect(hint).toContain('The login came from a test.');
  });

  test('is cancelled without a word, whatever the registry says', async () => {
    for (const cancelUpload of [undefined, 'unsupported'] as const) {
      const quirks = cancelUpload === undefined ? {} : { cancelUpload };
      await using bench = await openBench({ auth: 'bearer', registry: { quirks } });
      const registry = bench.connect();
      await registry.cancelUpload(await registry.openUpload(bench.repository));
      expect(bench.sandbox.openUploads()).toBe(cancelUpload === undefined ? 0 : 1);
    }
  });

  test('whose answer was lost is not an error if the blob is there', async () => {
    await using bench = await openBench({
      registry: {
        faults: [{ match: on('PUT', /\/blobs\/uploads\//), times: 1, action: { fault: 'reset', afterEffect: true } }],
      },
    });
    const registry = bench.connect();
    const { digest } = await registry.upload(await registry.openUpload(bench.repository), Buffer.from('blob'));
    expect(bench.sandbox.store.getBlob('acme/app', digest)).toBeDefined();
    expect(bench.requests().at(-1)).toMatch(/^HEAD .* 200$/);
  });

  test('of a blob into a session that is gone opens another', async () => {
    await using bench = await openBench();
    const registry = bench.connect();
    const session = await registry.openUpload(bench.repository);
    await registry.cancelUpload(session);
    const { digest } = await registry.upload(session, Buffer.from('blob'));
    expect(bench.sandbox.store.getBlob('acme/app', digest)).toBeDefined();
  });

  test('to a Location on another host carries no login there', async () => {
    const origin = { url: '' };
    const storageRegistry = createSandboxRegistry({});
    let service = storageRegistry;
    await using storage = await serve((request) => service.storage(request));
    origin.url = storage.url;
    await using bench = await openBench({
      auth: 'bearer',
      registry: { quirks: { uploadLocation: { origin: storage.url } } },
    });
    service = bench.sandbox;
    const registry = bench.connect();
    const { digest } = await registry.upload(await registry.openUpload(bench.repository), Buffer.from('blob'));
    expect(bench.sandbox.store.getBlob('acme/app', digest)).toBeDefined();
    expect(bench.sandbox.misplaced).toEqual([]);
  });

  test.each([
    ['', 'no Location'],
    ['ftp://127.0.0.1/x', 'another scheme'],
    ['http://user:pw@127.0.0.1/x', 'user info'],
  ])('to Location %j is refused: %s', async (location, _reason) => {
    await using host = await serve(() => jsonReply(202, {}, location === '' ? [] : [['Location', location]]));
    await using bench = await openBench();
    const registry = bench.connect();
    await expect(registry.openUpload({ registry: host.host, path: 'a' })).rejects.toMatchObject({
      code: 'REGISTRY_INVALID',
    });
  });
});
