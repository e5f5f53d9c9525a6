import { formatRepository, type Repository } from '../../domain/image/reference.ts';

/** Tokens asked for ahead at once at one registry: as many as one request can ask for (token-groups.ts). */
const ASKED_AT_ONCE = 8;

/** Asks for the tokens of repositories that are called later. */
export interface TokensAhead {
  /** Asks as soon as the login method of its registry is known: at once, or when `flush` says so. */
  expect(repository: Repository): void;
  /** Call it before each request: this repository asks for its own token now. */
  begun(repository: Repository): void;
  /** Call it after each answer of a registry whose login method is known. */
  flush(origin: URL): void;
}

export interface TokensAheadOptions {
  readonly originOf: (repository: Repository) => URL;
  readonly isLoginKnown: (origin: URL) => boolean;
  /** Never rejects. */
  readonly ask: (repository: Repository, origin: URL) => Promise<void>;
}

/** The repositories of one registry whose tokens are not asked for yet, by name, in the order in which they are called. */
interface Queue {
  readonly awaited: Map<string, Repository>;
  underWay: number;
}

export function createTokensAhead({ originOf, isLoginKnown, ask }: TokensAheadOptions): TokensAhead {
  const queues = new Map<string, Queue>();
  const flush = (origin: URL): void => {
    const queue = queues.get(origin.origin);
    if (queue === undefined) return;
    for (const [name, repository] of queue.awaited) {
      if (queue.underWay >= ASKED_AT_ONCE) return;
      queue.awaited.delete(name);
      void askNow(queue, repository, origin);
    }
  };
  const askNow = async (queue: Queue, repository: Repository, origin: URL): Promise<void> => {
    queue.underWay += 1;
    await ask(repository, origin);
    queue.underWay -= 1;
    flush(origin);
  };
  return {
    expect(repository) {
      const origin = originOf(repository);
      const queue = queues.get(origin.origin) ?? { awaited: new Map(), underWay: 0 };
      queues.set(origin.origin, queue);
      queue.awaited.set(formatRepository(repository), repository);
      if (isLoginKnown(origin)) flush(origin);
    },
    begun(repository) {
      if (queues.size > 0) queues.get(originOf(repository).origin)?.awaited.delete(formatRepository(repository));
    },
    flush,
  };
}
