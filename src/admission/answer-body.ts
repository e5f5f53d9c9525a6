import { answerReview } from './answer-review.ts';
import { REVIEW_VERSION, type ReviewVersion, readReview } from './read-review.ts';
import type { AdmissionAnswer, AdmissionRequest } from './review.ts';

/**
 * Answers a body of parsed JSON, whatever its shape, with an AdmissionReview. What cannot be read, and every defect of
 * `answer`, is a refusal. Never rejects. `onDefect` gets what was thrown, for the log: a user does not read it.
 */
export async function answerBody(
  body: unknown,
  answer: (request: AdmissionRequest) => Promise<AdmissionAnswer>,
  onDefect: (error: unknown) => void = () => undefined,
): Promise<object> {
  const read = readReview(body);
  if (read.kind === 'unreadable') return refuse(read.uid, `the review cannot be read: ${read.what}`, read.version);
  const { uid } = read.request;
  try {
    const answered = await answer(read.request);
    // A response with another uid would be an answer to another request.
    if (answered.uid === uid) return answerReview(answered);
    onDefect(new Error('the answer belongs to another request'));
  } catch (error) {
    onDefect(error);
  }
  return refuse(uid, 'the review ended with a defect; look into the log of the webhook, and report it', REVIEW_VERSION);
}

function refuse(uid: string, message: string, version: ReviewVersion): object {
  return answerReview(
    {
      ...{ uid, isAllowed: false, message, warnings: [], patch: [] },
      auditAnnotations: { verdict: 'error' },
    },
    version,
  );
}
