import { type Headers, jsonReply, type Reply, type SandboxRequest } from './serve.ts';

/** An error with its text in a `message`. */
export function messageReply(status: number, message: string): Reply {
  return jsonReply(status, { message });
}

/** An error as go-swagger services word it (Rekor v1, timestamp authority). */
export function swaggerReply(status: number, message: string, headers: Headers = []): Reply {
  return jsonReply(status, { code: status, message }, headers);
}

/** The media type of a request's body, without parameters; empty if it names none. */
export function mediaTypeOf(request: SandboxRequest): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
}

/** The answer of a go-swagger service to a body of a type it does not take; undefined if it takes it. */
export function refuseMediaType(request: SandboxRequest, taken: readonly string[]): Reply | undefined {
  const type = mediaTypeOf(request);
  if (taken.includes(type)) return undefined;
  return swaggerReply(415, `unsupported media type "${type}", only [${taken.join(' ')}] are allowed`);
}

/** An error of a gRPC gateway (Fulcio, Rekor v2): canonical gRPC code, message and details. */
export function grpcReply(status: number, code: number, message: string, headers: Headers = []): Reply {
  return jsonReply(status, { code, message, details: [] }, headers);
}

/** An answer without a body. */
export function emptyReply(status: number): Reply {
  return { status, headers: [] };
}
