/** In one file, for one part of the bundle: the pool imports the connector, which would be bundled twice. */
export { default as buildConnector } from 'undici/lib/core/connect.js';
export { default as Pool } from 'undici/lib/dispatcher/pool.js';
export { raceAddresses } from './race-addresses.ts';
