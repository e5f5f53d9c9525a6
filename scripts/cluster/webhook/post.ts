import { askHttps } from '../../../sandbox/http/ask-https.ts';

export interface Posted {
  /** 0 if the connection ended without an answer. */
  readonly status: number;
  readonly text: string;
}

export interface PostOptions {
  readonly ca: string;
  readonly body: string | Uint8Array;
  /** Default `application/json`. */
  readonly contentType?: string;
  /** Default POST. */
  readonly method?: string;
}

/** Sends a body over https, on a connection of its own. Never rejects. */
export function post(
  url: string,
  { ca, body, contentType = 'application/json', method = 'POST' }: PostOptions,
): Promise<Posted> {
  const headers = { 'content-type': contentType, connection: 'close' };
  return askHttps(url, { method, ca, headers, agent: false, timeout: 60_000 }, body).catch((error: unknown) => ({
    status: 0,
    text: error instanceof Error ? error.message : String(error),
  }));
}
