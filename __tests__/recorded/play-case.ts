import { startSignWorld } from '../e2e/sign-world.ts';
import { type RunCase, SIGN_CASES, VERIFY_CASES } from './run-cases.ts';
import { type RunRecord, recordRun } from './run-record.ts';

/** Every case by its name. */
export const CASES: readonly (readonly [string, RunCase])[] = [
  ...Object.entries(SIGN_CASES).map(([name, one]) => [`sign: ${name}`, one] as const),
  ...Object.entries(VERIFY_CASES).map(([name, one]) => [`verify: ${name}`, one] as const),
];

/** Runs one case in a world of its own, through the built dist/. */
export async function playCase({ world: options = {}, run }: RunCase): Promise<RunRecord> {
  await using world = await startSignWorld(options);
  const result = await run(world);
  try {
    // As JSON: what is undefined is not recorded.
    return JSON.parse(JSON.stringify(recordRun(result, world.log.requests(), world.registry.store))) as RunRecord;
  } finally {
    await result.remove();
  }
}
