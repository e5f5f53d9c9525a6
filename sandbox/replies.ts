import { type Headers, jsonReply, type Reply } from './serve.ts';

/** An error with its text in a `message`. */
export function messageReply(status: number, message: string): Reply {
  return jsonReply(status, { message });
}

/** An error as go-swagger services word it (Rekor v1, timestamp authority). */
export function swaggerReply(status: number, message: string, headers: Headers = []): Reply {
  return jsonReply(status, { code: status, message }, headers);
}

/** An error of a gRPC gateway (Fulcio, Rekor v2): canonical gRPC code, message and details. */
export function grpcReply(status: number, code: number, message: string, headers: Headers = []): Reply {
  return jsonReply(status, { code, message, details: [] }, headers);
}

/** An answer without a body. */
export function emptyReply(status: number): Reply {
  return { status, headers: [] };
}
