import { distribution, dockerRegistry } from '../peers/distribution.ts';
import { ferro } from '../peers/ferro.ts';
import type { RegistryKind } from '../peers/registry.ts';
import { zot } from '../peers/zot.ts';

/** Every registry that can run on a bare machine. */
export const REAL_KINDS: readonly RegistryKind[] = [dockerRegistry, distribution, ferro, zot];

/** Each with every way of asking for a login. */
export const AUTHS = ['none', 'htpasswd', 'token'] as const;
