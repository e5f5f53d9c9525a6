import { describe, expect, test } from 'vitest';
import { textAt } from '../../sandbox/http/json-body.ts';
import { createKey, fromPem, sha256 } from '../../sandbox/sigstore/keys.ts';
import { preAuthEncoding } from '../../sandbox/sigstore/rekor-entries.ts';
import { openStack } from './open-stack.ts';
import { postJson, proposedEntry, requestCertificate } from './sign-over-http.ts';

const stack = await openStack();

const base64 = (data: Uint8Array | string): string => Buffer.from(data).toString('base64');

describe('Rekor v1', () => {
  const url = (): string => `${stack.urls.rekorV1}/api/v1/log/entries`;
  const signed = async (data = 'data') => {
    const key = createKey();
    const payload = Buffer.from(data);
    const pae = preAuthEncoding('text/plain', payload);
    const signature = key.sign(pae);
    const parts = { payload: base64(payload), payloadType: 'text/plain', signatures: [{ sig: base64(signature) }] };
    return { envelope: JSON.stringify(parts), data: pae, signature, pem: await requestCertificate(stack, key) };
  };

  test.each(['v1-dsse', 'v1-hashedrekord', 'v1-intoto'] as const)(
    'logs %s once, and answers the second time where it is',
    async (kind) => {
      const entry = proposedEntry(kind, await signed());
      const created = await postJson(url(), entry);
      expect(created.status).toBe(201);
      const uuid = created.headers.get('etag') ?? '';
      expect(uuid).toMatch(/^[0-9a-f]{80}$/);
      expect(created.headers.get('location')).toBe(`/api/v1/log/entries/${uuid}`);
      const body = (await created.json()) as Record<string, { logIndex: number; body: string }>;
      expect(Object.keys(body)).toEqual([uuid]);

      const again = await postJson(url(), entry);
      expect(again.status).toBe(409);
      expect(again.headers.get('location')).toBe(`/api/v1/log/entries/${uuid}`);
      const message = `an equivalent entry already exists in the transparency log with UUID ${uuid}`;
      expect(await again.json()).toEqual({ code: 409, message });

      const byUuid = (await (await fetch(`${url()}/${uuid}`)).json()) as typeof body;
      expect(byUuid[uuid]?.body).toBe(body[uuid]?.body);
      const byIndex = (await (await fetch(`${url()}?logIndex=${body[uuid]?.logIndex}`)).json()) as typeof body;
      expect(Object.keys(byIndex)).toEqual([uuid]);
    },
  );

  test('keeps the hash of the envelope as it was sent', async () => {
    const parts = await signed();
    const spaced = { ...parts, envelope: parts.envelope.replaceAll(',', ', ') };
    const bodies = await Promise.all(
      [parts, spaced].map(async (each) => {
        const reply = (await (await postJson(url(), proposedEntry('v1-dsse', each))).json()) as Record<
          string,
          { body: string }
        >;
        return JSON.parse(Buffer.from(Object.values(reply)[0]?.body ?? '', 'base64').toString()).spec;
      }),
    );
    expect(bodies[0].envelopeHash.value).toBe(sha256(parts.envelope).toString('hex'));
    expect(bodies[1].envelopeHash.value).not.toBe(bodies[0].envelopeHash.value);
    expect(bodies[1].payloadHash).toEqual(bodies[0].payloadHash);
  });

  const stranger = createKey().sign(Buffer.from('data'));
  test.each([
    [
      'an envelope signature that is not the certificate’s',
      'v1-dsse',
      /^error processing entry: could not verify envelope/,
    ],
    [
      'a hashedrekord signature that is not the certificate’s',
      'v1-hashedrekord',
      /verifying signature: invalid signature/,
    ],
    ['an intoto signature that is not the certificate’s', 'v1-intoto', /could not verify envelope/],
  ] as const)('answers 400 to %s', async (_, kind, message) => {
    const parts = await signed();
    const envelope = parts.envelope.replace(base64(parts.signature), base64(stranger));
    const reply = await postJson(url(), proposedEntry(kind, { ...parts, envelope, signature: stranger }));
    expect([reply.status, await reply.json()]).toEqual([400, { code: 400, message: expect.stringMatching(message) }]);
  });

  test.each([
    ['a second signature that is not base64', { sig: '*' }],
    ['a second signature that no verifier made', { sig: base64(stranger) }],
  ])('answers 400 to an envelope with %s', async (_, second) => {
    const parts = await signed();
    const json = JSON.parse(parts.envelope) as { signatures: object[] };
    const envelope = JSON.stringify({ ...json, signatures: [...json.signatures, second] });
    expect((await postJson(url(), proposedEntry('v1-dsse', { ...parts, envelope }))).status).toBe(400);
  });

  test('answers 400 to a verifier that is none, also beside a good one', async () => {
    const parts = await signed();
    const verifiers = [base64(parts.pem), base64('no PEM')];
    const spec = { proposedContent: { envelope: parts.envelope, verifiers } };
    expect((await postJson(url(), { apiVersion: '0.0.1', kind: 'dsse', spec })).status).toBe(400);
  });

  test('answers 415 to what is not labelled as JSON', async () => {
    const entry = proposedEntry('v1-dsse', await signed());
    expect((await postJson(url(), entry, { 'content-type': 'text/plain' })).status).toBe(415);
  });

  test.each([
    ['an unknown kind', { apiVersion: '0.0.1', kind: 'rpm', spec: {} }, 422],
    ['an unknown version', { apiVersion: '0.0.9', kind: 'dsse', spec: {} }, 422],
    ['no JSON', '{"apiVersion":', 500],
  ])('answers %s with its own status', async (_, body, status) => {
    expect((await postJson(url(), body)).status).toBe(status);
  });

  test.each([
    ['an unknown UUID', `/${'0'.repeat(80)}`],
    ['an unknown index', '?logIndex=999999999'],
  ])('answers 404 without a body to %s', async (_, path) => {
    const reply = await fetch(`${url()}${path}`);
    expect([reply.status, await reply.text()]).toEqual([404, '']);
  });

  test('shows its public key as the trusted root has it', async () => {
    const pem = await (await fetch(`${stack.urls.rekorV1}/api/v1/log/publicKey`)).text();
    const root: unknown = JSON.parse(stack.trustedRootJson('v1'));
    expect(base64(fromPem(pem)?.der ?? '')).toBe(textAt(root, 'tlogs', 0, 'publicKey', 'rawBytes'));
  });
});
