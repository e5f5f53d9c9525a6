import { beginRun, registryTarget } from '../action/begin-run.ts';

const begun = beginRun([registryTarget(process.env)]);
const { startVerify } = await import('./start-verify.ts');
await startVerify(begun);
