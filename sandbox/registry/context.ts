import { errorReply, htmlPage } from '../http/faults.ts';
import { type Headers, type Reply, textReply } from '../http/serve.ts';
import type { MisplacedCredential, RegistryAuth } from './authorization.ts';
import type { Quirks } from './quirks.ts';
import type { Store } from './store.ts';

/** What the parts of one registry share. */
export interface RegistryContext {
  readonly store: Store;
  readonly quirks: Quirks;
  readonly auth: RegistryAuth;
  /** Largest manifest taken, in bytes. */
  readonly manifestMaxBytes: number;
  readonly allowsDelete: boolean;
  readonly onTagWritten: (repository: string, tag: string) => void;
  readonly note: (credential: MisplacedCredential) => void;
  readonly sessions: Map<string, UploadSessionState>;
  /** Reads by digest that a new manifest still misses, by `repository@digest`. */
  readonly freshManifests: Map<string, number>;
  /** Listings that a new referrer still misses, by `repository@digest`. */
  readonly freshReferrers: Map<string, number>;
  /** Key of the signed storage URLs. */
  readonly storageKey: Uint8Array;
}

export interface UploadSessionState {
  readonly repository: string;
  bytes: Uint8Array;
  /** Token of the latest Location; an older one is stale. */
  state: string;
}

/** 404 with this code, in the form the quirks ask for. */
export function notFound(context: RegistryContext, code: string, message: string): Reply {
  switch (context.quirks.notFoundBody ?? 'json') {
    case 'json':
      return errorReply(404, code, message);
    case 'text':
      return textReply(404, '404 page not found\n');
    case 'html':
      return htmlPage(404);
  }
}

/** True once for each of the reads that a new thing is still missing from. */
export function isStillMissing(fresh: Map<string, number>, key: string): boolean {
  const left = fresh.get(key) ?? 0;
  if (left <= 0) return false;
  fresh.set(key, left - 1);
  return true;
}

/** Headers of an accepted PUT. */
export function writtenHeaders({ quirks }: RegistryContext, location: string, digest: string): Headers {
  if (quirks.putHeaders === 'missing') return [];
  return [
    ['Location', location],
    ['Docker-Content-Digest', digest],
  ];
}
