import { request } from 'node:https';

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
  const headers = {
    'content-type': contentType,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  return new Promise((resolve) => {
    const sent = request(url, { method, ca, headers, agent: false, timeout: 60_000 }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('error', (error) => resolve({ status: 0, text: error.message }));
      answer.once('end', () =>
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    sent.once('error', (error) => resolve({ status: 0, text: error.message }));
    sent.once('timeout', () => sent.destroy(new Error('no answer in a minute')));
    sent.end(body);
  });
}
