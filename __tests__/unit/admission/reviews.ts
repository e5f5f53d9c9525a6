import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Admission, mutate, validate } from '../../../src/admission/admit.ts';
import { answerBody } from '../../../src/admission/answer-body.ts';
import type { AskedImage, ImageVerdict, ReviewSettings } from '../../../src/admission/image-judge.ts';
import { type Digest, parseDigest } from '../../../src/domain/image/digest.ts';
import { formatRepository } from '../../../src/domain/image/reference.ts';

export const FIXTURES = join(import.meta.dirname, '../../fixtures/admission-reviews');

/** A review of JSON, changed freely by tests. */
// biome-ignore lint/suspicious/noExplicitAny: tests reach into recorded JSON of any shape
export type Json = any;

/** A recorded review (scripts/cluster/record-reviews.ts), a copy of its own. */
export function recorded(name: string): Json {
  return JSON.parse(readFileSync(join(FIXTURES, `${name}.json`), 'utf8'));
}

/** The recorded review, changed. */
export function tampered(name: string, change: (request: Json) => void): Json {
  const review = recorded(name);
  change(review.request);
  return review;
}

export function digestOf(letter: string): Digest {
  const digest = parseDigest(`sha256:${letter.repeat(64)}`);
  if (digest === undefined) throw new Error('not a digest');
  return digest;
}

const SETTINGS: ReviewSettings = {
  ...{ mode: 'enforce', noMatchPolicy: 'deny', imagePaths: [], areLabelsJudged: false, isPublicTrust: true },
};

export const PASS: ImageVerdict = {
  ...{ verdict: 'pass', reason: undefined, message: '', hint: undefined },
  ...{ policies: [{ name: 'ours', verdict: 'pass' }], digest: digestOf('a') },
};

export const UNSIGNED: ImageVerdict = {
  ...{ verdict: 'fail', reason: 'NO_SIGNATURE', message: 'policy "ours": authority "release": no signature was found' },
  ...{
    hint: 'Sign this digest in the workflow that builds it, or deploy a digest that is signed.',
    policies: [{ name: 'ours', verdict: 'fail' }],
    digest: digestOf('a'),
  },
};

export interface Judged {
  /** `registry.test/acme/app` → verdict; everything else passes. */
  readonly verdicts?: Readonly<Record<string, ImageVerdict | (() => Promise<ImageVerdict>)>>;
  readonly resolve?: (image: AskedImage) => Promise<Digest | undefined>;
  readonly settings?: Partial<ReviewSettings>;
  readonly due?: AbortSignal;
}

/** What was answered, and which images were asked about. */
export interface Answered {
  readonly review: Json;
  readonly response: Json;
  readonly message: string;
  readonly asked: readonly string[];
  readonly images: readonly AskedImage[];
  readonly defects: readonly unknown[];
}

async function ask(body: unknown, judged: Judged, answer: typeof validate): Promise<Answered> {
  const images: AskedImage[] = [];
  const defects: unknown[] = [];
  const admission: Admission = {
    onDefect: (error) => defects.push(error),
    settings: { ...SETTINGS, ...judged.settings },
    due: judged.due ?? new AbortController().signal,
    judge: {
      judge: async (image) => {
        images.push(image);
        const verdict = judged.verdicts?.[formatRepository(image.repository)] ?? PASS;
        return typeof verdict === 'function' ? verdict() : verdict;
      },
      resolve: async (image) => {
        images.push(image);
        return judged.resolve?.(image);
      },
    },
  };
  const review: Json = await answerBody(
    body,
    (request) => answer(request, admission),
    (error) => defects.push(error),
  );
  const asked = images.map(({ repository, tag, digest }) => {
    return `${formatRepository(repository)}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : '@'}${digest?.slice(7, 8) ?? ''}`;
  });
  const { response } = review;
  return { review, response, message: response.status?.message ?? '', asked, images, defects };
}

export const askValidate = (body: unknown, judged: Judged = {}): Promise<Answered> => ask(body, judged, validate);
export const askMutate = (body: unknown, judged: Judged = {}): Promise<Answered> => ask(body, judged, mutate);

/** The JSON Patch of an answer; undefined if it has none. */
export function patchOf({ response }: Answered): Json {
  return response.patch === undefined ? undefined : JSON.parse(Buffer.from(response.patch, 'base64').toString('utf8'));
}
