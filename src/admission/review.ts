/** Types only: an AdmissionReview of `admission.k8s.io/v1` (k8s.io/api admission/v1). */

/** `request` of a review, checked for shape. */
export interface AdmissionRequest {
  readonly uid: string;
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE' | 'CONNECT';
  readonly kind: { readonly group: string; readonly version: string; readonly kind: string };
  readonly resource: { readonly group: string; readonly version: string; readonly resource: string };
  /** Empty for the object itself. */
  readonly subResource: string;
  /** Of the request: what `object.metadata.namespace` says does not count. */
  readonly namespace: string;
  /** Empty with `generateName`. */
  readonly name: string;
  readonly dryRun: boolean;
  /** Parsed JSON; null with DELETE. */
  readonly object: unknown;
  /** Parsed JSON; null with CREATE. */
  readonly oldObject: unknown;
}

/** What is answered. The server writes it into a review of the version that was asked. */
export interface AdmissionAnswer {
  readonly uid: string;
  readonly isAllowed: boolean;
  /** Only if refused: what a user reads after `denied the request: `. */
  readonly message: string | undefined;
  /** For users; of any length, and may quote the object: `answerReview` divides them and shows control characters. */
  readonly warnings: readonly string[];
  readonly auditAnnotations: Readonly<Record<string, string>>;
  /** JSON Patch (RFC 6902); only from `/mutate`; empty if there is nothing to change. */
  readonly patch: readonly { readonly op: 'replace'; readonly path: string; readonly value: string }[];
}
