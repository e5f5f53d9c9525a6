import { beginRun, idTokenTarget, registryTarget } from '../action/begin-run.ts';

const begun = beginRun([idTokenTarget(process.env), registryTarget(process.env)]);
const { startSign } = await import('./start-sign.ts');
await startSign(begun);
