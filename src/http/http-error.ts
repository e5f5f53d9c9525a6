/** Why there is no response. */
export type HttpFailure =
  | 'connect'
  | 'dns'
  /** The host has only addresses that this client may not reach. */
  | 'private-address'
  /** The proxy of the environment cannot be used at all. */
  | 'proxy'
  | 'tls'
  /** The server wants a client certificate, and refuses the one that was presented, or that there was none. */
  | 'client-certificate'
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
  /** True if the connection presented a client certificate. */
  readonly presentedCertificate: boolean;

  constructor(
    failure: HttpFailure,
    message: string,
    options: { readonly cause?: unknown; readonly presentedCertificate?: boolean } = {},
  ) {
    super(message, options);
    this.failure = failure;
    this.presentedCertificate = options.presentedCertificate ?? false;
  }
}
