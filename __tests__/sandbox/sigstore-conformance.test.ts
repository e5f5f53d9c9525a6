import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { at } from '../../sandbox/http/json-body.ts';
import { sha256 } from '../../sandbox/sigstore/keys.ts';
import { startSigstore } from '../../sandbox/sigstore/sigstore-stack.ts';

/** Path of sigstore-go's conformance client (github.com/sigstore/sigstore-go/test/conformance). */
const client = process.env['COUNTERSIGN_CONFORMANCE'] ?? '';
const reason = client === '' ? ' (skipped: COUNTERSIGN_CONFORMANCE names no sigstore-go conformance client)' : '';
const SAN = 'https://github.com/octo-org/octo-repo/.github/workflows/release.yml@refs/heads/main';

const run = (...args: string[]): Promise<unknown> => promisify(execFile)(client, args, { timeout: 30_000 });

test.skipIf(client === '').each([
  { variant: 'v1', inToto: true, options: {} },
  { variant: 'v1', inToto: false, options: { intermediate: true } },
  { variant: 'v2', inToto: true, options: { sctExtensions: 'leaf-index' } },
  { variant: 'v2', inToto: false, options: { rekorV2Key: 'P-256' } },
] as const)(
  `sigstore-go signs and verifies by $variant, in-toto: $inToto${reason}`,
  async ({ variant, inToto, options }) => {
    await using stack = await startSigstore(options);
    const directory = mkdtempSync(join(tmpdir(), 'conformance-'));
    try {
      const file = (name: string, content?: string): string => {
        const path = join(directory, name);
        if (content !== undefined) writeFileSync(path, content);
        return path;
      };
      const artifact = file('artifact', 'the artifact');
      const statement = file(
        'statement',
        JSON.stringify({
          _type: 'https://in-toto.io/Statement/v1',
          subject: [{ name: 'artifact', digest: { sha256: sha256('the artifact').toString('hex') } }],
          predicateType: 'https://sigstore.dev/cosign/sign/v1',
          predicate: {},
        }),
      );
      const root = file('root.json', stack.trustedRootJson(variant));
      const services = [
        '--signing-config',
        file('config.json', stack.signingConfigJson(variant)),
        '--trusted-root',
        root,
      ];
      const bundle = file('bundle.json');
      await run(
        'sign-bundle',
        ...(inToto ? ['--in-toto'] : []),
        '--identity-token',
        stack.oidc.issue(),
        ...services,
        '--bundle',
        bundle,
        inToto ? statement : artifact,
      );
      const identity = ['--certificate-identity', SAN, '--certificate-oidc-issuer', stack.issuer];
      const verify = (path: string): Promise<unknown> =>
        run('verify-bundle', '--bundle', path, ...identity, '--trusted-root', root, artifact);
      await verify(bundle);

      const tampered = JSON.parse(readFileSync(bundle, 'utf8'));
      const stamp = at(tampered, 'verificationMaterial', 'timestampVerificationData', 'rfc3161Timestamps', 0);
      const bytes = Buffer.from(String(at(stamp, 'signedTimestamp')), 'base64');
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      Object.assign(stamp as object, { signedTimestamp: bytes.toString('base64') });
      // With a log time the client does without the timestamp, so the certificate goes with it.
      const leaf = at(tampered, 'verificationMaterial', 'certificate');
      const der = Buffer.from(String(at(leaf, 'rawBytes')), 'base64');
      der[der.length - 1] = (der.at(-1) ?? 0) ^ 1;
      Object.assign(leaf as object, { rawBytes: der.toString('base64') });
      await expect(verify(file('tampered.json', JSON.stringify(tampered)))).rejects.toThrow();
      expect(stack.failures()).toEqual([]);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
);
