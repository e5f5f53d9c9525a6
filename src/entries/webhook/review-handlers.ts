import { mutate, refuseAll, validate } from '../../admission/admit.ts';
import { answerBody } from '../../admission/answer-body.ts';
import type { ReviewSettings } from '../../admission/image-judge.ts';
import type { AdmissionRequest } from '../../admission/review.ts';
import { toCodedError } from '../../coded-error.ts';
import type { Admitter, RegistryAccess } from '../../usecases/admitting/admitter.ts';
import type { CallContext } from '../../usecases/call-context.ts';
import type { ReviewHandlers } from './handlers.ts';
import { type JsonLog, stackOf } from './json-log.ts';
import type { Metrics } from './metrics.ts';

interface HandlerOptions {
  readonly admitter: Admitter;
  /** Read for each request, because policies change. */
  readonly settings: () => ReviewSettings;
  /** Why no policies are in force; undefined if some are. */
  readonly whyUnready: () => readonly string[] | undefined;
  /** The registries as this object may read them. */
  readonly accessFor: (call: CallContext, request: AdmissionRequest) => Promise<RegistryAccess>;
  readonly metrics: Metrics;
  readonly log: JsonLog;
}

/** Binds admission, admitter and logins to one request each. */
export function createReviewHandlers(options: HandlerOptions): ReviewHandlers {
  return {
    validate: (call, review) => handle(options, { call, review, answer: validate, isCounted: true }),
    mutate: (call, review) => handle(options, { call, review, answer: mutate, isCounted: false }),
  };
}

interface Handled {
  readonly call: CallContext;
  readonly review: unknown;
  readonly answer: typeof validate;
  /** Only verdicts of `/validate` decide. */
  readonly isCounted: boolean;
}

function handle(
  { admitter, settings, whyUnready, accessFor, metrics, log }: HandlerOptions,
  { call, review, answer, isCounted }: Handled,
): Promise<object> {
  const onDefect = (error: unknown): void => {
    log.error('a review met a defect', { error: toCodedError(error).message, stack: stackOf(error) });
  };
  return answerBody(
    review,
    async (request) => {
      const problems = whyUnready();
      // `/mutate` decides nothing, and leaves such an object as it is.
      if (isCounted && problems !== undefined) return refuseAll(request, problems);
      let access: Promise<RegistryAccess> | undefined;
      // Only asked for when an image needs it.
      const accessOnce = (): Promise<RegistryAccess> => {
        access ??= accessFor(call, request);
        return access;
      };
      return answer(request, {
        settings: settings(),
        due: call.due,
        onDefect,
        judge: {
          async judge(image) {
            const verdict = await admitter.judge(call, image, await accessOnce());
            if (isCounted) metrics.judged(verdict.verdict, verdict.reason);
            return verdict;
          },
          resolve: async (image) => admitter.resolve(call, image, await accessOnce()),
        },
      });
    },
    onDefect,
  );
}
