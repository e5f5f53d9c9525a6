import type { NetworkSettings } from '../src/usecases/connections.ts';

/** The network settings of a program to which nothing was given. It waits out no outage. */
export const PLAIN_NETWORK: NetworkSettings = {
  registryLogin: undefined,
  fallbackLogin: undefined,
  tokenHosts: [],
  insecureRegistries: [],
  caCertificates: [],
  retryForMs: 0,
  concurrency: 4,
  signatureRepositories: [],
};
