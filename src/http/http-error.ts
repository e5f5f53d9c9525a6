/** Why there is no response. */
export type HttpFailure =
  | 'connect'
  | 'dns'
  /** The proxy of the environment cannot be used at all. */
  | 'proxy'
  | 'tls'
  | 'reset'
  | 'timeout'
  | 'truncated'
  | 'too-large'
  | 'aborted'
  | 'protocol';

/** No response, or none that can be used. Adapters turn it into their own coded error and keep it as the cause. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly failure: HttpFailure;

  constructor(failure: HttpFailure, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.failure = failure;
  }
}
