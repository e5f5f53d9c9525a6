/**
 * Has V8 optimize functions after twenty times as many calls as by default, and loops after ten times (decision 0045). A
 * run of 50 images is busy for a third of a second. Until it ends, the optimizing compilers take one of two cores from it
 * and from services on the same machine, and what they make is hardly used. A long loop, and a run of a thousand images,
 * is optimized all the same. Call it when the first request has been sent: V8 counts on, by its defaults, for functions
 * that were called before, and with other flags it compiles those modules of Node again that are loaded later. A V8 that
 * does not know a flag goes on with its defaults.
 */
export async function optimizeLater(): Promise<void> {
  // Loaded only now, since the first request does not need it.
  const { setFlagsFromString } = await import('node:v8');
  setFlagsFromString('--invocation-count-for-maglev=8000');
  setFlagsFromString('--invocation-count-for-maglev-osr=1000');
  setFlagsFromString('--invocation-count-for-turbofan=60000');
  setFlagsFromString('--invocation-count-for-osr=5000');
}
