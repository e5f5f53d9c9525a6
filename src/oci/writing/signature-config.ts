import { parseStrictJson } from '../../domain/text/strict-json.ts';
import { CONFIG_MAX_BYTES } from '../transport/limits.ts';

/** The value that cosign writes for a time that is not recorded: Go's zero time. */
const ZERO_TIME = '0001-01-01T00:00:00Z';

const LIMITS = { maxBytes: CONFIG_MAX_BYTES, maxDepth: 32 };

/** The image config of a `.sig` tag with these layers, byte for byte as cosign writes it. */
export function newConfig(layerDigests: readonly string[]): Uint8Array {
  return encode({
    architecture: '',
    created: ZERO_TIME,
    history: layerDigests.map(() => ({ created: ZERO_TIME })),
    os: '',
    rootfs: { type: 'layers', diff_ids: layerDigests },
    config: {},
  });
}

/**
 * The config after layers were appended: one history entry and one diff_id for each new layer, the rest unchanged. A
 * config that does not describe each of its layers is replaced by a new one.
 */
export function appendToConfig(config: Uint8Array, layerDigests: readonly string[]): Uint8Array {
  const fields = parse(config);
  const rootfs = toRecord(fields?.['rootfs']);
  const diffIds = rootfs?.['diff_ids'];
  const history = fields?.['history'];
  const isUsable =
    fields !== undefined &&
    Array.isArray(diffIds) &&
    Array.isArray(history) &&
    history.length === diffIds.length &&
    diffIds.length <= layerDigests.length &&
    diffIds.every((id, index) => id === layerDigests[index]);
  if (!isUsable) return newConfig(layerDigests);
  const added = layerDigests.slice(diffIds.length);
  return encode({
    ...fields,
    history: [...(history as unknown[]), ...added.map(() => ({ created: ZERO_TIME }))],
    rootfs: { ...rootfs, diff_ids: [...(diffIds as unknown[]), ...added] },
  });
}

function encode(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

function parse(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    return toRecord(parseStrictJson(bytes, LIMITS));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // Not JSON, or a part would be lost: the caller makes a new one; verifiers never read it.
    return undefined;
  }
}

function toRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}
