import { Agent } from 'node:https';
import { askHttps } from '../http/ask-https.ts';

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
    async post(review, { path = '/validate?timeout=10s', method = 'POST', headers = {} } = {}) {
      const body = typeof review === 'string' || Buffer.isBuffer(review) ? review : JSON.stringify(review);
      const { status, text } = await askHttps(
        `https://127.0.0.1:${port}`,
        // Not as a part of the URL: a test may send what no URL can be.
        { path, method, agent, ca: ca(), headers: { 'content-type': 'application/json', ...headers } },
        body,
      );
      return { status, body: text, response: responseOf(text) };
    },
  };
}

function responseOf(text: string): ReviewResponse | undefined {
  try {
    return (JSON.parse(text) as { response?: ReviewResponse }).response;
  } catch {
    return undefined;
  }
}
