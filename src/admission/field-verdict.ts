import type { NamedImage } from '../workloads/named-image.ts';
import type { ImageVerdict } from './image-judge.ts';

/** The verdict about one image field of an object. */
export interface FieldVerdict {
  readonly image: NamedImage;
  readonly verdict: ImageVerdict;
}
