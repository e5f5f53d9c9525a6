import type { SigningKey } from './keys.ts';

export interface CheckpointOptions {
  /** First line: the name of the log, for Rekor v1 with ` - <tree id>` behind it. */
  readonly origin: string;
  /** Name on the signature line. */
  readonly signer: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly key: SigningKey;
  /** First 4 bytes of the key's id. */
  readonly keyHint: Uint8Array;
}

/** A signed checkpoint (C2SP tlog-checkpoint and signed-note). */
export function signCheckpoint(options: CheckpointOptions): string {
  const note = `${options.origin}\n${options.size}\n${Buffer.from(options.root).toString('base64')}\n`;
  const signature = Buffer.concat([options.keyHint, options.key.sign(Buffer.from(note))]);
  return `${note}\n— ${options.signer} ${signature.toString('base64')}\n`;
}
