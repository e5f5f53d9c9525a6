import { CodedError } from '../../coded-error.ts';
import type { VerifiedImage } from '../../usecases/verifying/verify-images.ts';

const WHY = 'fork: read anonymously';
const HINT =
  'Files of a fork are read without any login of this job, so that they cannot use it. If the image is private, check it ' +
  'after the merge, or in a branch of this repository.';

/** Says of an image that a registry refused to an anonymous reader that no login was used, and why. */
export function explainAnonymous(image: VerifiedImage): VerifiedImage {
  const { error, judgement } = image;
  if (error?.code === 'REGISTRY_DENIED') {
    const told = new CodedError(error.code, `${error.message} (${WHY})`, { cause: error, hint: HINT });
    return { ...image, error: told };
  }
  if (judgement?.reason !== 'REGISTRY_DENIED') return image;
  return { ...image, judgement: { ...judgement, message: `${judgement.message} (${WHY})`, hint: HINT } };
}
