import type { ImageFacts, SignatureFacts } from '../domain/audit/image-facts.ts';
import { NEWS_KINDS, type News } from '../domain/audit/news.ts';
import { countOf } from './cells.ts';
import { markdownCode, markdownProse } from './escape.ts';

/** What else is known about one piece of news. */
export interface ReportedNews {
  readonly news: News;
  /** A tag that names a new index: what the index holds, if that is a single image that is known. */
  readonly wrapped: Wrapped | undefined;
}

export interface Wrapped {
  readonly digest: string;
  /** The tags that named it in the last run. Empty: the tag itself did. */
  readonly tags: readonly string[];
}

/** Pieces of one sentence: our own words, and values of others, which no channel may take for anything else. */
type Words = readonly (string | { readonly value: string })[];

const value = (text: string): { readonly value: string } => ({ value: text });

/** The largest number of items of each kind that the Markdown lists. */
const LISTED_MAX = 200;
/** The largest number of signers of one image that are named. */
const SIGNERS_MAX = 5;

const HEADINGS: Readonly<Record<News['kind'], string>> = {
  moved: 'Tags that name another image',
  disappeared: 'Images that disappeared',
  'signature-vanished': 'Signatures that vanished',
  'verdict-changed': 'Verdicts that changed',
  'signature-changed': 'Signatures that changed',
  'registries-differ': 'Images that differ between registries',
  appeared: 'Images that appeared',
  'signature-appeared': 'Signatures that appeared',
};

/** Singular and plural, for the title. */
const COUNTED: Readonly<Record<News['kind'], readonly [string, string]>> = {
  moved: ['tag moved', 'tags moved'],
  disappeared: ['image disappeared', 'images disappeared'],
  'signature-vanished': ['signature vanished', 'signatures vanished'],
  'verdict-changed': ['verdict changed', 'verdicts changed'],
  'signature-changed': ['signature changed', 'signatures changed'],
  'registries-differ': ['difference between registries', 'differences between registries'],
  appeared: ['image appeared', 'images appeared'],
  'signature-appeared': ['signature appeared', 'signatures appeared'],
};

/** One line for the title of an issue. It has only words and numbers of ours, so that it is safe in every language. */
export function changesTitle(news: readonly News[]): string {
  const counts = NEWS_KINDS.flatMap((kind) => {
    const count = news.filter((one) => one.kind === kind).length;
    return count === 0 ? [] : [`${count} ${COUNTED[kind][count === 1 ? 0 : 1]}`];
  });
  return counts.length === 0 ? '' : `Image audit: ${counts.join(', ')}`;
}

/** Lines for the log. Untrusted text is not escaped here: the log's adapter escapes every line. */
export function changesLines(reported: readonly ReportedNews[]): string[] {
  return reported.map((one) => plainWords(sentenceOf(one)));
}

/** What one annotation says. */
export function changeText(one: ReportedNews): string {
  return plainWords(sentenceOf(one));
}

export interface ChangesReport {
  readonly reported: readonly ReportedNews[];
  /** True if there was no baseline. */
  readonly isFirst: boolean;
  /** Images that this run recorded. */
  readonly total: number;
  /** Why nothing was decided about some images, by their names. */
  readonly undecided: readonly { readonly reference: string; readonly message: string }[];
}

/** The news as Markdown, for an issue and for the top of the job summary. */
export function changesMarkdown({ reported, isFirst, total, undecided }: ChangesReport): string {
  const parts = [`## ${heading(reported, isFirst)}`];
  if (isFirst) {
    parts.push(
      `This is the first audit: there was no baseline to compare ${countOf(total, 'image')} with. Only differences between registries are news.`,
    );
  }
  for (const kind of NEWS_KINDS) {
    const some = reported.filter(({ news }) => news.kind === kind);
    if (some.length === 0) continue;
    parts.push(`### ${HEADINGS[kind]}`, list(some.map((one) => markdownWords(sentenceOf(one)))));
  }
  if (undecided.length > 0) {
    parts.push(
      '### Not decided',
      'The baseline keeps what the last audit saw of these, so that the next one still finds what has changed.',
      list(undecided.map(({ reference, message }) => `${markdownCode(reference)}: ${markdownProse(message)}`)),
    );
  }
  return `${parts.join('\n\n')}\n`;
}

function heading(reported: readonly ReportedNews[], isFirst: boolean): string {
  if (reported.length > 0) return `🔔 ${countOf(reported.length, 'change')}`;
  return isFirst ? 'First audit' : 'No change since the last audit';
}

function list(items: readonly string[]): string {
  const more = items.length > LISTED_MAX ? [`and ${items.length - LISTED_MAX} more, see the results file`] : [];
  return [...items.slice(0, LISTED_MAX), ...more].map((item) => `- ${item}`).join('\n');
}

function plainWords(words: Words): string {
  return words.map((one) => (typeof one === 'string' ? one : one.value)).join('');
}

function markdownWords(words: Words): string {
  return words.map((one) => (typeof one === 'string' ? one : markdownCode(one.value))).join('');
}

function sentenceOf({ news, wrapped }: ReportedNews): Words {
  switch (news.kind) {
    case 'moved': {
      const { image, before } = news;
      const moved = [value(image.key), ' moved from ', value(before ?? ''), ' to ', value(image.digest)];
      return [...moved, ...wrappedWords(wrapped), ...decisionWords(image)];
    }
    case 'appeared': {
      const { image, before } = news;
      const back =
        before === undefined
          ? [' is new: ', value(image.digest)]
          : before === image.digest
            ? [' is there again, with the same digest ', value(before)]
            : [' is there again, with another digest: ', value(image.digest), ' instead of ', value(before)];
      return [value(image.key), ...back, ...wrappedWords(wrapped), ...decisionWords(image)];
    }
    case 'disappeared':
      return [value(news.image.key), ' disappeared; it was ', value(news.image.digest)];
    case 'signature-vanished':
      return [
        ...subjectWords(news),
        `: the ${kindOf(news.signature)} `,
        ...signatureWords(news.signature),
        ' vanished',
      ];
    case 'signature-appeared':
      return [
        ...subjectWords(news),
        `: a new ${kindOf(news.signature)} `,
        ...signatureWords(news.signature),
        ...outcomeWords(news.signature),
      ];
    case 'signature-changed':
      return [
        ...subjectWords(news),
        `: the ${kindOf(news.before)} `,
        ...signatureWords(news.before),
        ...changedWords(news.before, news.signature),
      ];
    case 'verdict-changed': {
      const { platform, before, after } = news;
      const where = platform === undefined ? [] : [', platform ', value(platform)];
      return [...subjectWords(news), ...where, `: ${decisionText(before)} → ${decisionText(after)}`];
    }
    case 'registries-differ':
      return [
        value(news.name),
        ' is not the same image on every registry: ',
        ...news.images.flatMap(({ key, digest }, index) => [
          index === 0 ? '' : ', ',
          value(key),
          ' is ',
          value(digest),
        ]),
      ];
  }
}

function subjectWords({ keys, digest }: { readonly keys: readonly string[]; readonly digest: string }): Words {
  const names = keys.slice(0, SIGNERS_MAX).flatMap((key, index) => [index === 0 ? '' : ', ', value(key)]);
  const more = keys.length > SIGNERS_MAX ? [` and ${keys.length - SIGNERS_MAX} more tags`] : [];
  return [...names, ...more, ...(keys.some((key) => key.includes('@')) ? [] : [' (', value(digest), ')'])];
}

function kindOf({ predicateType }: SignatureFacts): string {
  return predicateType === undefined ? 'signature' : 'attestation';
}

function signatureWords({ digest, predicateType, ...signer }: SignatureFacts): Words {
  const type = predicateType === undefined ? [] : [' of type ', value(predicateType)];
  return [value(digest), ...type, ' by ', ...signerWords(signer)];
}

function signerWords({
  subject,
  issuer,
  isUnverified,
}: Pick<SignatureFacts, 'subject' | 'issuer' | 'isUnverified'>): Words {
  if (subject === null) return ['an unknown signer'];
  const mark = isUnverified ? ' (unverified)' : '';
  return issuer === null ? [value(subject), mark] : [value(subject), ' (issuer ', value(issuer), `)${mark}`];
}

function outcomeWords({ verdict, reason }: SignatureFacts): Words {
  return [verdict === 'accepted' ? ', accepted' : `, not accepted${reason === null ? '' : ` (${reason})`}`];
}

function changedWords(before: SignatureFacts, after: SignatureFacts): Words {
  if (before.verdict !== after.verdict || before.reason !== after.reason) {
    return [` was ${decisionText(before)} and is now ${decisionText(after)}`];
  }
  const isSameSigner = before.subject === after.subject && before.issuer === after.issuer;
  return isSameSigner
    ? [' now has other claims, annotations, times or log entries']
    : [' is now by ', ...signerWords(after)];
}

function decisionText({ verdict, reason }: { readonly verdict: string; readonly reason: string | null }): string {
  return reason === null ? verdict : `${verdict} (${reason})`;
}

/** Verdict and signers of an image that a tag names now. */
function decisionWords(image: ImageFacts): Words {
  const accepted = image.signatures.filter(({ verdict }) => verdict === 'accepted');
  const shown = accepted.length > 0 ? accepted : image.signatures;
  const signers = [...new Map(shown.map((one) => [JSON.stringify(signerWords(one)), one])).values()];
  const named = signers.slice(0, SIGNERS_MAX).flatMap((one, index) => [index === 0 ? '' : ', ', ...signerWords(one)]);
  const more = signers.length > SIGNERS_MAX ? [` and ${signers.length - SIGNERS_MAX} more`] : [];
  const what = accepted.length > 0 ? 'signed by ' : 'signed, but not as required, by ';
  const by = signers.length === 0 ? ['no signature found'] : [what, ...named, ...more];
  return [`; ${decisionText(image)}, `, ...by];
}

function wrappedWords(wrapped: Wrapped | undefined): Words {
  if (wrapped === undefined) return [];
  const { digest, tags } = wrapped;
  const names = tags.slice(0, SIGNERS_MAX).flatMap((tag, index) => [index === 0 ? '' : ', ', value(tag)]);
  const what = tags.length === 0 ? ['the image that the tag named before'] : [value(digest), ', known as ', ...names];
  return [', a new index around ', ...what, ' only: the same image under a new digest, as a retag makes it'];
}
