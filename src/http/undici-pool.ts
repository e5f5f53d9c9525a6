/** One part of the bundle: imported one by one, the second would be bundled twice, because the first needs it too. */
export { default as buildConnector } from 'undici/lib/core/connect.js';
export { default as Pool } from 'undici/lib/dispatcher/pool.js';
