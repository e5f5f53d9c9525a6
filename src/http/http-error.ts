/** What kept a request from being answered. */
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

/** No answer, or none that may be used. Adapters turn it into their coded error and keep it as cause. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly failure: HttpFailure;

  constructor(failure: HttpFailure, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.failure = failure;
  }
}
