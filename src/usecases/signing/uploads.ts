import { CodedError } from '../../coded-error.ts';
import { EMPTY_CONFIG } from '../../domain/image/artifact-manifest.ts';
import { digestOf } from '../../domain/image/digest.ts';
import { formatRepository, type Repository } from '../../domain/image/reference.ts';
import type { CallContext } from '../call-context.ts';
import type { Registry, UploadSession } from '../ports.ts';

export interface UploadsOptions {
  readonly call: CallContext;
  readonly registry: Registry;
  /** False: no session is ever opened (`upload: false`). */
  readonly upload: boolean;
  /** True if the run writes bundles, whose artifact manifests need the empty config. */
  readonly wantsConfig: boolean;
}

/** Upload sessions of a run, opened before anything is logged, to prove that the registry accepts a push. */
export interface Uploads {
  /** Opens connections for the first sessions of so many repositories, of which this is one. */
  expect(store: Repository, stores: number): void;
  /** Opens the first sessions of a repository without waiting. */
  openEarly(store: Repository): void;
  /** Waits for the first sessions: REGISTRY_DENIED surfaces here, before anything is logged. */
  preflight(store: Repository): Promise<void>;
  /** Opens one more session, for a later call of `session`. */
  openAhead(store: Repository): void;
  /** Returns a session of this repository: an open one if available. */
  session(store: Repository): Promise<UploadSession>;
  /** Uploads the empty config, once per repository. */
  emptyConfig(store: Repository): Promise<void>;
  /** Cancels all sessions that were opened but not used. */
  cancelAll(): Promise<void>;
}

/** Opens sessions only on request and keeps track of unused ones, so that `cancelAll` leaves none behind. */
export function createUploads({ call, registry, upload, wantsConfig }: UploadsOptions): Uploads {
  interface StoreUploads {
    readonly first: Promise<UploadSession>;
    /** True until the first session is assigned to an image. */
    spareFirst: boolean;
    readonly config: Promise<UploadSession> | undefined;
    configDone: Promise<void> | undefined;
    readonly ahead: Promise<UploadSession>[];
  }
  const stores = new Map<string, StoreUploads>();
  const unused = new Set<Promise<UploadSession>>();
  const open = (store: Repository): Promise<UploadSession> => {
    const session = registry.openUpload(call, store);
    // Whoever takes the session handles its rejection.
    session.catch(() => unused.delete(session));
    unused.add(session);
    return session;
  };
  const take = (session: Promise<UploadSession>): Promise<UploadSession> => {
    unused.delete(session);
    return session;
  };
  const uploadsOf = (store: Repository): StoreUploads => {
    const name = formatRepository(store);
    const known = stores.get(name);
    if (known !== undefined) return known;
    const made: StoreUploads = {
      first: open(store),
      spareFirst: true,
      config: wantsConfig ? open(store) : undefined,
      configDone: undefined,
      ahead: [],
    };
    stores.set(name, made);
    return made;
  };
  return {
    expect(store, count) {
      if (upload) registry.prepare(call, store, count * (wantsConfig ? 2 : 1));
    },
    openEarly(store) {
      if (upload) uploadsOf(store);
    },
    async preflight(store) {
      if (!upload) return;
      const { first, config } = uploadsOf(store);
      await Promise.all([first, config]);
    },
    openAhead(store) {
      if (!upload) return;
      const uploads = uploadsOf(store);
      if (uploads.spareFirst) {
        uploads.spareFirst = false;
        uploads.ahead.push(uploads.first);
      } else {
        uploads.ahead.push(open(store));
      }
    },
    session(store) {
      const ready = uploadsOf(store).ahead.shift();
      return take(ready ?? open(store));
    },
    emptyConfig(store) {
      const uploads = uploadsOf(store);
      uploads.configDone ??= (async () => {
        const session = await take(uploads.config ?? open(store));
        const { digest } = await registry.upload(call, session, EMPTY_CONFIG);
        if (digest !== digestOf(EMPTY_CONFIG))
          throw new CodedError('REGISTRY_INVALID', 'the registry stored the empty config with different content');
      })();
      return uploads.configDone;
    },
    async cancelAll() {
      await Promise.all(
        [...unused].map((session) => session.then((one) => registry.cancelUpload(call, one)).catch(() => {})),
      );
    },
  };
}
