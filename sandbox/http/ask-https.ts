import { type RequestOptions, request } from 'node:https';

export interface HttpsAnswer {
  readonly status: number;
  readonly text: string;
  /** The values of each header, by its name in lower case. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
}

/**
 * Sends one request over https and reads the whole answer. Rejects if there is none, also after `timeout` without a sign of
 * life. A body has its length in `Content-Length`: Node gives a DELETE none of its own, and a server would take its body for
 * the next request.
 */
export function askHttps(
  url: string | URL,
  { headers, ...options }: RequestOptions & { readonly headers?: Readonly<Record<string, string>> },
  body?: string | Uint8Array,
): Promise<HttpsAnswer> {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...options, headers: { ...length, ...headers } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('error', reject);
      answer.once('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: answer.statusCode ?? 0, text, headers: answer.headersDistinct });
      });
    });
    sent.once('timeout', () => sent.destroy(new Error(`no answer in ${Number(options.timeout) / 1000} s`)));
    sent.once('error', reject);
    sent.end(body);
  });
}
