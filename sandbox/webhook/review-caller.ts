import { Agent, request } from 'node:https';

/** What an API server reads of an answer. */
export interface ReviewAnswer {
  readonly status: number;
  /** As received; parsed in `response` if it is a review. */
  readonly body: string;
  readonly response: ReviewResponse | undefined;
}

export interface ReviewResponse {
  readonly uid: string;
  readonly allowed: boolean;
  readonly status?: { readonly code: number; readonly message: string; readonly reason?: string };
  readonly warnings?: readonly string[];
  readonly auditAnnotations?: Readonly<Record<string, string>>;
  readonly patchType?: string;
  /** JSON Patch in base64. */
  readonly patch?: string;
}

export interface PostOptions {
  /** Default `/validate?timeout=10s`, as an API server writes it. */
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ReviewCaller {
  /** Posts a review as an API server does, over connections that are kept. A string is sent as it is. */
  post(review: object | string | Buffer, options?: PostOptions): Promise<ReviewAnswer>;
}

/** A caller like an API server: it trusts the `caBundle` only, and keeps its connections. */
export function createReviewCaller({
  port,
  ca,
}: {
  readonly port: number;
  readonly ca: () => string;
}): ReviewCaller & { close(): void } {
  // Its connections belong to the roots that they were made with.
  const agent = new Agent({ keepAlive: true });
  return {
    close: () => agent.destroy(),
    post: (review, { path = '/validate?timeout=10s', method = 'POST', headers = {} } = {}) =>
      new Promise((resolve, reject) => {
        const body =
          typeof review === 'string' || Buffer.isBuffer(review)
            ? Buffer.from(review)
            : Buffer.from(JSON.stringify(review));
        const sent = request(
          {
            ...{ host: '127.0.0.1', port, path, method, agent, ca: ca() },
            headers: { 'Content-Type': 'application/json', 'Content-Length': body.length, ...headers },
          },
          (answer) => {
            const chunks: Buffer[] = [];
            answer.on('data', (chunk: Buffer) => chunks.push(chunk));
            answer.on('error', reject);
            answer.on('end', () => {
              const text = Buffer.concat(chunks).toString();
              resolve({ status: answer.statusCode ?? 0, body: text, response: responseOf(text) });
            });
          },
        );
        sent.on('error', reject);
        sent.end(body);
      }),
  };
}

function responseOf(text: string): ReviewResponse | undefined {
  try {
    return (JSON.parse(text) as { response?: ReviewResponse }).response;
  } catch {
    return undefined;
  }
}
