import { expect, test } from 'vitest';
import { jsonReply, serve } from '../../sandbox/http/serve.ts';
import { startTunnelProxy } from '../../sandbox/http/tunnel-proxy.ts';
import { mintLoopbackTls } from '../../sandbox/sigstore/self-signed.ts';
import { createLabClient, failureOf } from '../adapters/http/http-server.ts';

const get = (url: string) => ({ service: 'registry', method: 'GET', url, maxBytes: 1000, retry: false }) as const;

test('a tunnel leads to the service of its name, and to no other', async () => {
  const { ca, tls } = mintLoopbackTls(new Date(), ['one.example', 'two.example']);
  await using one = await serve(({ url }) => jsonReply(200, url.host), { tls });
  await using two = await serve(({ url }) => jsonReply(201, url.host), { tls });
  await using proxy = await startTunnelProxy({
    targets: { 'one.example:443': one.port, 'two.example:443': two.port },
    delayMs: 1,
  });
  const client = createLabClient({ proxy: { https_proxy: proxy.url }, caPems: [ca] });
  expect((await client.request(get('https://one.example/'))).status).toBe(200);
  expect((await client.request(get('https://two.example/'))).status).toBe(201);
  expect((await client.request(get('https://one.example/'))).status).toBe(200);
  expect(await failureOf(client.request(get('https://three.example/')))).toBe('connect');
  expect(await failureOf(client.request(get('https://one.example:8443/')))).toBe('connect');
  expect(proxy.asked).toEqual([...['one.example:443', 'two.example:443', 'three.example:443', 'one.example:8443']]);
  expect(one.log.connections()).toHaveLength(1);
  await client.close();
});
