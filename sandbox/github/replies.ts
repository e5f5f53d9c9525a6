import { jsonReply, type Reply } from '../http/serve.ts';

/** An error as GitHub's REST API writes it. */
export function problem(status: number, message: string): Reply {
  return jsonReply(status, { message, documentation_url: 'https://docs.github.com/rest', status: String(status) });
}
