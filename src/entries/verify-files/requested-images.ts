import type { Source } from '../../domain/image/source.ts';
import { quoted } from '../../domain/text/quoted.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import type { RequestedImage } from '../../usecases/examining/resolve-images.ts';
import { referenceOf } from '../../workloads/image-value.ts';
import type { NamedImage } from '../../workloads/named-image.ts';
import type { Reading } from '../action/inputs/input-source.ts';
import { type ImagesReading, toRequested } from '../action/inputs/requested-image.ts';
import { rightReference } from '../action/inputs/right-reference.ts';
import { writeInstead } from '../inputs/instead.ts';
import type { NamedFile } from './named-files.ts';

/** An image with the file that names it. */
export interface AttributedImage {
  readonly file: NamedFile;
  readonly image: NamedImage;
}

/** The same, as the use-cases check it. */
export interface RequestedPlace extends AttributedImage {
  readonly request: RequestedImage;
}

/** The limit of the other actions too. */
const IMAGES_MAX = 10_000;

/** Parses every reference; one that is malformed is a problem with its line. */
export function requestImages(
  common: Reading,
  named: readonly AttributedImage[],
): { readonly requested: readonly RequestedPlace[]; readonly notices: readonly string[] } {
  const reading: ImagesReading = { ...common, notices: new Set() };
  if (named.length > IMAGES_MAX) {
    const what = `${named.length} images are more than the limit of ${IMAGES_MAX}.`;
    reading.problems.add('files', what, 'Split the files across several steps.');
    return { requested: [], notices: [] };
  }
  const requested = named.flatMap((one) => {
    const request = requestOne(reading, one);
    return request === undefined ? [] : [{ ...one, request }];
  });
  return { requested, notices: [...reading.notices] };
}

function requestOne(reading: ImagesReading, { file, image }: AttributedImage): RequestedImage | undefined {
  try {
    const reference = referenceOf(image);
    const request = toRequested(reading, reference, { digest: reference.digest, source: sourceOf(file, image) });
    return { ...request, uses: [{ object: image.owner, annotated: image.annotated }] };
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const right = rightReference(image.image);
    const cure = right === undefined ? undefined : writeInstead([{ input: 'image', value: right }]);
    const place = `${quoted(file.name)} line ${image.line}: `;
    const general = 'Write registry/repository:tag or registry/repository@sha256:….';
    reading.problems.add('files', `${place}${error.message}.`, cure ?? general, { file: file.name, line: image.line });
    return undefined;
  }
}

function sourceOf({ name }: NamedFile, { line, document, object, field }: NamedImage): Source {
  return {
    file: name,
    line,
    ...(document === undefined ? {} : { document }),
    ...(object === undefined ? {} : { object }),
    field,
  };
}
