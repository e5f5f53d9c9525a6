import { distribution, dockerRegistry } from './distribution.ts';
import { ferro } from './ferro.ts';
import type { RegistryKind } from './registry.ts';
import { zot } from './zot.ts';

/** Every registry of others that can run on a bare machine. */
export const REGISTRY_KINDS: readonly RegistryKind[] = [dockerRegistry, distribution, ferro, zot];
