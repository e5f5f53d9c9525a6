import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serve } from '../../sandbox/http/serve.ts';
import { createTokenServer, type TokenServer } from '../../sandbox/registry/token-server.ts';
import type { Login } from '../common/docker-config.ts';
import { mustRun } from '../common/run-program.ts';

/** How a registry asks who is there: not at all, by Basic, or by tokens of another server. */
export const AUTHS = ['none', 'htpasswd', 'token'] as const;
export type Auth = (typeof AUTHS)[number];

/** The one user that every registry knows, unless it asks for none. */
export const LOGIN: Login = { username: 'alice', password: 's3cret-of-the-registry' };

/** What a registry with token auth has to be told, and the server that gives the tokens (the sandbox's). */
export interface TokenAuth extends Pick<TokenServer, 'service' | 'verify'> {
  /** URL of its token endpoint. */
  readonly realm: string;
  /** Path of the certificate that its tokens are signed with. */
  readonly certificate: string;
  close(): Promise<void>;
}

/**
 * Starts a token server and writes its certificate below `directory`.
 *
 * @param offersRefreshToken Whether it gives refresh tokens, which `docker login` keeps instead of the password.
 */
export async function startTokenAuth(directory: string, offersRefreshToken = false): Promise<TokenAuth> {
  const tokens = createTokenServer({ users: { [LOGIN.username]: LOGIN.password }, offersRefreshToken });
  const server = await serve(tokens.handle, { name: 'token server' });
  const certificate = join(directory, 'token-cert.pem');
  await writeFile(certificate, tokens.certificatePem);
  return {
    realm: `${server.url.replace('127.0.0.1', 'localhost')}/token`,
    service: tokens.service,
    verify: tokens.verify,
    certificate,
    close: () => server.close(),
  };
}

/** Writes an htpasswd file with the user; its path. */
export async function writeHtpasswd(directory: string): Promise<string> {
  const path = join(directory, 'htpasswd');
  await writeFile(path, await mustRun('htpasswd', ['-Bbn', LOGIN.username, LOGIN.password]));
  return path;
}
