import { writeFile } from 'node:fs/promises';
import { createGithubApi, type GithubApi, type Tree } from '../../../sandbox/github/api.ts';
import { serve } from '../../../sandbox/http/serve.ts';
import { startTunnelProxy } from '../../../sandbox/http/tunnel-proxy.ts';
import { mintLoopbackTls } from '../../../sandbox/sigstore/self-signed.ts';

export const API_HOST = 'api.github.com';

/** The sandbox's API of GitHub under its real name, which is the only one that act gives to steps. */
export interface Github extends AsyncDisposable {
  readonly api: GithubApi;
  /** Files of acme/app by ref; may be added to. */
  readonly refs: Record<string, Tree>;
  /** What steps asked the proxy for, `host:port`. */
  readonly asked: readonly string[];
  /** How steps find it: a proxy and its certificate. Nothing else is behind the proxy. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * @param token Of every job. act gives all jobs one, so that `permissions:` cannot matter here.
 * @param certificate Path where the root certificate is written.
 */
export async function startGithub(token: string, certificate: string): Promise<Github> {
  const { ca, tls } = mintLoopbackTls(new Date(), [API_HOST]);
  await writeFile(certificate, ca);
  const refs: Record<string, Tree> = {};
  const api = createGithubApi({
    tokens: { [token]: { contents: 'read', attestations: 'write' } },
    repositories: { 'acme/app': { refs } },
  });
  const server = await serve(api, { name: API_HOST, tls });
  const proxy = await startTunnelProxy({ targets: { [`${API_HOST}:443`]: server.port }, delayMs: 0 });
  return {
    ...{ api, refs, asked: proxy.asked },
    env: { https_proxy: proxy.url, NODE_EXTRA_CA_CERTS: certificate },
    async [Symbol.asyncDispose]() {
      await Promise.all([proxy.close(), server.close()]);
    },
  };
}
