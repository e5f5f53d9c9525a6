import { beginRun, connectionsBegun, idTokenTarget, registryTarget } from '../action/begin-run.ts';

const begun = beginRun([idTokenTarget(process.env), registryTarget(process.env)]);
await connectionsBegun(begun);
const { startSign } = await import('./start-sign.ts');
await startSign(begun);
