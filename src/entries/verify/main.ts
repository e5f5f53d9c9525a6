import { beginRun, connectionsBegun, registryTarget } from '../action/begin-run.ts';

const begun = beginRun([registryTarget(process.env)]);
await connectionsBegun(begun);
const { startVerify } = await import('./start-verify.ts');
await startVerify(begun);
