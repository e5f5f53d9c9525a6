import { type ImageReference, parseReference } from '../domain/image/reference.ts';
import { quoted } from '../domain/text/quoted.ts';
import { findTextFault } from '../domain/text/text-fault.ts';
import { ValueError } from '../domain/text/value-error.ts';
import type { LocatedValue } from '../domain/yaml/located.ts';
import type { NamedImage } from './named-image.ts';

/** A value that should name an image. */
export type ImageValue =
  | { readonly kind: 'image'; readonly image: string }
  | { readonly kind: 'wrong'; readonly what: string; readonly cure: string };

/** Whose file it is: decides which command renders it. `request`: an object on its way into a cluster. */
export type Renderer = 'kubernetes' | 'compose' | 'bake' | 'pipeline' | 'request';

/** Far longer than any reference, also with templates. Searching a text of megabytes takes long. */
const TEXT_MAX = 8_192;

const wrong = (what: string, cure: string): ImageValue => ({ kind: 'wrong', what, cure });

/** Judges a value in a place where only an image can stand. */
export function readImageValue(value: LocatedValue, renderer: Renderer): ImageValue {
  if (value.kind !== 'scalar') {
    return wrong(`the image is a ${value.kind}, not text`, 'write the image as text, such as ghcr.io/acme/app:1.2');
  }
  if (value.value === null) return wrong('the image is empty', renderCure(renderer));
  if (typeof value.value !== 'string') {
    return wrong(
      `the image is the ${typeof value.value} ${String(value.value)}, not text`,
      'put it in quotation marks',
    );
  }
  return readImageText(value.value, renderer);
}

/** Judges a text as `readImageValue` does. */
export function readImageText(text: string, renderer: Renderer): ImageValue {
  if (text.length > TEXT_MAX) {
    return wrong(`the image ${quoted(text)} is longer than ${TEXT_MAX} characters`, 'no reference has more than 1024');
  }
  if (text.trim() === '') return wrong('the image is empty', renderCure(renderer));
  const open = placeholderIn(text);
  if (open !== undefined) return wrong(`the image ${quoted(text)} contains ${open}`, renderCure(renderer, text));
  if (text !== text.trim()) {
    return wrong(`the image ${quoted(text)} has white space around it`, 'remove it; Kubernetes refuses it too');
  }
  if (text.startsWith('ko://')) {
    return wrong(`the image ${quoted(text)} is built by ko`, 'give the output of `ko resolve -f FILE` instead');
  }
  const fault = findTextFault(text);
  if (fault !== undefined) return wrong(`the image ${quoted(text)} ${fault.what}`, `write ${quoted(fault.right)}`);
  try {
    const { lowercased } = referenceOf({ image: text });
    if (!lowercased) return { kind: 'image', image: text };
    return wrong(`the repository of the image ${quoted(text)} has capitals`, 'write the repository in lower case');
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    return wrong(error.message, 'write the image as it is pulled, such as ghcr.io/acme/app:1.2');
  }
}

/**
 * What an image means where it was found: without a tag and a digest, Docker, Kubernetes and Compose pull `latest`. Throws
 * ValueError with the text and the broken rule.
 */
export function referenceOf({ image }: Pick<NamedImage, 'image'>): ImageReference {
  return parseReference(image, { impliedLatest: true });
}

/** What a tool fills in before the value is an image; undefined if there is nothing. */
export function placeholderIn(text: string): string | undefined {
  if (text.includes('{{') || text.includes('}}')) return 'a template ({{ … }})';
  if (text.includes('$(')) return 'a variable ($(…))';
  if (text.includes('$')) return 'a variable ($…)';
  if (/<%|%>|\[%|%\]/.test(text)) return 'a template';
  return undefined;
}

/** How to get a file without placeholders, such as those of `text`. */
export function renderCure(renderer: Renderer, text = ''): string {
  if (renderer === 'compose') return 'give the output of `docker compose config` instead';
  if (renderer === 'bake') return 'give the output of `docker buildx bake --print` instead';
  if (renderer === 'request') return 'write the image itself: what is filled in later cannot be checked here';
  if (renderer === 'pipeline') {
    return 'write the image itself: what a run fills in later cannot be checked here. Or leave the file out with `!` in `files`';
  }
  if (text.includes('{{')) return 'give the output of `helm template` instead';
  if (text.includes('$')) return 'give the output of `envsubst`, or of what else fills it in';
  return 'write the image, or give what renders it: the output of `helm template` or `kubectl kustomize`';
}
