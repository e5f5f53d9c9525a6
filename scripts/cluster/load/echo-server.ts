import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mintLoopbackTls } from '../../../sandbox/sigstore/self-signed.ts';
import type { Target } from './open-loop.ts';

/** Starts the bare HTTPS server of echo.ts as a process of its own, as the webhook is one. */
export async function startEcho(directory: string): Promise<Target & AsyncDisposable & { readonly pid: number }> {
  const { ca, tls } = mintLoopbackTls();
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'tls.crt'), tls.cert);
  await writeFile(join(directory, 'tls.key'), tls.key, { mode: 0o600 });
  const child = spawn(process.execPath, [join(import.meta.dirname, 'echo.ts'), directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const kill = (): boolean => child.kill();
  process.once('exit', kill);
  const first = await Promise.race([once(child.stdout, 'data'), ended.then(() => [''])]);
  return {
    ...{ url: String(first[0]).trim(), ca, pid: child.pid ?? 0 },
    async [Symbol.asyncDispose]() {
      process.off('exit', kill);
      child.kill();
      await ended;
    },
  };
}
