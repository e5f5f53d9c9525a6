/**
 * All in one file, so that they share one chunk of the bundle: the pool imports the connector, which would otherwise
 * be bundled twice.
 */
export { default as buildConnector } from 'undici/lib/core/connect.js';
export { default as Pool } from 'undici/lib/dispatcher/pool.js';
export { noteCertificateRequests } from './certificate-request.ts';
export { raceAddresses } from './race-addresses.ts';
