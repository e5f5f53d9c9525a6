import { CodedError, type ErrorCode } from '../../coded-error.ts';
import { formatRepository, type Repository } from '../../domain/image/reference.ts';

/** Errors that a wrong registry can cause. */
const OF_REGISTRY: readonly ErrorCode[] = [
  'IMAGE_NOT_FOUND',
  'REGISTRY_DENIED',
  'REGISTRY_UNAVAILABLE',
  'REGISTRY_INVALID',
];

/**
 * The error, which for a name without a registry also says that it means Docker Hub. Only failures say so: whoever does
 * use Docker Hub need not read it with every image.
 */
export function explainHubName(
  error: CodedError,
  { original, repository }: { readonly original: string; readonly repository: Repository },
): CodedError {
  const isImplied = repository.registry === 'docker.io' && !/^[^/]*docker\.io\//i.test(original);
  if (!isImplied || !OF_REGISTRY.includes(error.code)) return error;
  const meant = `"${original}" names no registry, so it means Docker Hub (${formatRepository(repository)})`;
  const hint = 'If the image is in another registry, write its host too, such as ghcr.io/acme/app.';
  return new CodedError(error.code, `${error.message}; ${meant}`, {
    hint: [hint, error.hint].filter((one) => one !== undefined).join(' '),
    cause: error.cause ?? error,
  });
}
