import type { LoadOptions } from './run-load.ts';

/** Many workloads that come up at once. */
export const USUAL_LOAD: LoadOptions = { pods: 500, images: 40, perSecond: 50, reloadSeconds: 120, digests: 500 };

/** Enough to see that nothing is dropped. */
export const SHORT: LoadOptions = { pods: 150, images: 20, perSecond: 50, reloadSeconds: 8, digests: 0 };
