import type { CallLimits } from '../domain/calls/call-limits.ts';

/** Types only: Kubernetes' API as this program uses it. */

export interface KubeRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With its query: `/api/v1/namespaces/x/secrets/y`. The caller has encoded each part. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** For PATCH; default `application/merge-patch+json`. */
  readonly contentType?: string;
}

export interface KubeAnswer {
  readonly status: number;
  /** Parsed JSON; undefined if it cannot be parsed. */
  readonly body: unknown;
}

/** An item of a list, as it was parsed, with the list's `apiVersion` and `kind`; without `metadata.managedFields`. */
export type KubeObject = Readonly<Record<string, unknown>>;

/** What a watch shows: always the whole collection as it is now. */
export interface KubeCollection {
  readonly items: readonly KubeObject[];
}

/** One API server with the credentials of a service account. Serves many calls. */
export interface KubeApi {
  /** Any answer of the server, also a refusal. Throws KUBERNETES_UNAVAILABLE if there is none within the call. */
  send(call: CallLimits, request: KubeRequest): Promise<KubeAnswer>;
  /**
   * A list page by page, for collections that memory should not hold as a whole. A list that takes longer than the server
   * keeps its state goes on with the state of then. Throws KUBERNETES_REFUSED or KUBERNETES_UNAVAILABLE, and what `onPage`
   * throws.
   */
  eachPage(
    call: CallLimits,
    path: string,
    onPage: (items: readonly KubeObject[]) => void | Promise<void>,
  ): Promise<void>;
  /**
   * Lists and watches until the signal ends. `onState` gets the whole collection after the first list and after every
   * change (several at once are one), or `failed` when list or watch fail; it goes on trying, with growing pauses. What is
   * gone without a word is noticed after four minutes at the latest.
   */
  watch(
    signal: AbortSignal,
    path: string,
    onState: (state: KubeCollection | { readonly failed: string }) => void,
  ): void;
  /** Closes every connection. */
  close(): void;
}
