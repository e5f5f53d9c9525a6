import { jsonReply, type Reply, type SandboxRequest } from '../http/serve.ts';

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The body as a JSON object; undefined if it is something else. */
export function readObject(request: SandboxRequest): Readonly<JsonObject> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(request.body));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** An error as GitHub's REST API writes it. */
export function problem(status: number, message: string): Reply {
  return jsonReply(status, { message, documentation_url: 'https://docs.github.com/rest', status: String(status) });
}
