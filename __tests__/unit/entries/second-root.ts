import { connectHttp, connectRegistry, connectTrust } from '../../../src/entries/compose/connect.ts';
import type { Surroundings } from '../../../src/entries/compose/surroundings.ts';
import { createRetryBudget } from '../../../src/http/retry-budget.ts';
import type { NetworkSettings, TrustOrigin } from '../../../src/usecases/connections.ts';
import type { RequestedImage } from '../../../src/usecases/examining/resolve-images.ts';
import type { Evaluate } from '../../../src/usecases/judging/judge-image.ts';
import { type VerifiedImage, verifyImages } from '../../../src/usecases/verifying/verify-images.ts';

/*
 * A composition root that is neither an action nor the webhook: no input, no event, no process. A test holds that it
 * reaches nothing of GitHub and nothing of the actions.
 */

export interface Question {
  readonly image: RequestedImage;
  readonly evaluate: Evaluate;
  readonly network: NetworkSettings;
  readonly trust: TrustOrigin;
}

/** Verifies one image. */
export async function judge(surroundings: Surroundings, question: Question): Promise<VerifiedImage | undefined> {
  const { image, evaluate, network, trust: origin } = question;
  const { signal } = new AbortController();
  const call = {
    signal,
    due: signal,
    finish: () => undefined,
    retries: createRetryBudget(network.retryForMs),
    log: surroundings.log,
  };
  const http = connectHttp(surroundings, network);
  try {
    const registry = connectRegistry(surroundings, network, { http, access: 'pull' });
    const { verifier } = connectTrust(surroundings, origin, {
      http,
      offline: false,
      signing: false,
      plainHttpHosts: network.insecureRegistries,
      githubServerUrl: 'https://github.com',
    });
    const [judged] = await verifyImages(
      call,
      {
        images: [image],
        evaluate,
        format: 'any',
        recursive: false,
        waitForMs: 0,
        concurrency: network.concurrency,
        signatureRepositories: network.signatureRepositories,
        notFoundHint: 'Is the name right?',
      },
      { registry, verifier, clock: surroundings.clock },
    );
    return judged;
  } finally {
    await http.close();
  }
}
