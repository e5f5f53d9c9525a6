import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSignerWorkflow } from '../../../src/domain/identity/signer-workflow.ts';
import { parseSourceRepository } from '../../../src/domain/identity/source-repository.ts';
import { ValueError } from '../../../src/domain/text/value-error.ts';

/*
 * A text is read as another one only where both name the same repository. The oracle below does not parse: it takes the
 * characters of host and path from the text.
 */

const attempt = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
};

const server = fc.constantFrom(
  'https://github.com',
  'https://ghes.example',
  'https://ghes.example:8443',
  'http://localhost:3000',
);
const issuer = fc.constantFrom(
  undefined,
  'https://token.actions.githubusercontent.com',
  'https://other.example/_services/token',
  'https://gitlab.com',
  'https://oidc.circleci.com/org/3f0a',
);
const host = fc.constantFrom(
  'github.com',
  'GitHub.com',
  'www.github.com',
  'ssh.github.com',
  'ghes.example',
  'other.example',
  'gitlab.com',
  'evil.example',
  'github.com.evil.example',
  'evil-github.com',
  'ghcr.io',
  'localhost:3000',
);
const segment = fc.oneof(
  fc.constantFrom('acme', 'Acme', 'app', 'app.git', '.git', '..', '.', '-', '', 'github.com', 'a b', 'acme@x', 'ácme'),
  fc.stringMatching(/^[A-Za-z0-9._-]{1,8}$/),
);
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
const form = fc.constantFrom(
  (_h: string, p: string) => p,
  (h: string, p: string) => `${h}/${p}`,
  (h: string, p: string) => `https://${h}/${p}`,
  (h: string, p: string) => `http://${h}/${p}`,
  (h: string, p: string) => `git+https://${h}/${p}`,
  (h: string, p: string) => `git@${h}:${p}`,
  (h: string, p: string) => `git@${h}:/${p}`,
  (h: string, p: string) => `ssh://git@${h}/${p}`,
  (h: string, p: string) => `ssh://git@${h}:22/${p}`,
  (h: string, p: string) => `git://${h}/${p}`,
  (h: string, p: string) => `https://github.com@${h}/${p}`,
  (h: string, p: string) => `https://${h}\\@github.com/${p}`,
  (h: string, p: string) => `https://${h}#@github.com/${p}`,
  (h: string, p: string) => `https://${h}/${p}?x=github.com/acme/app`,
  (h: string, p: string) => `github.com/${h}/${p}`,
  (h: string, p: string) => `git@github.com:${h}/${p}`,
);
const end = fc.constantFrom('', '/', '.git', '.git/', '//');

/** The hosts under which a server is named. */
function namesOf(uri: string): string[] {
  const own = uri.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  return own === 'github.com' ? ['github.com', 'www.github.com', 'ssh.github.com'] : [own, own.replace(/:\d+$/, '')];
}

test('no text is read as another repository than it names', () => {
  fc.assert(
    fc.property(server, issuer, host, path, form, end, (serverUrl, from, h, p, write, e) => {
      const text = write(h, p) + e;
      const uri = attempt(() => parseSourceRepository(text, serverUrl, from));
      if (uri === undefined) return;
      const [, repository = ''] = /^(?:https?:\/\/)?[^/]+\/(.+)$/.exec(uri) ?? [];
      const parts = repository.split('/');
      expect(parts.length).toBeGreaterThanOrEqual(2);
      expect(parts.every((part) => /^[A-Za-z0-9._-]+$/.test(part) && part !== '.' && part !== '..')).toBe(true);
      // Everything after the path is an end that means nothing, everything before it names the server.
      const at = text.lastIndexOf(repository);
      expect(text.slice(at + repository.length)).toMatch(/^(?:\.git)?\/?$/);
      const before = text.slice(0, at);
      if (before === '') {
        expect(uri.startsWith(`${serverUrl}/`)).toBe(true);
      } else {
        const named = /^(?:(?:git\+)?https?:\/\/|ssh:\/\/git@|git:\/\/|git@)?([^/@]+?)(?::22)?(?:\/|:\/?)$/.exec(
          before,
        )?.[1];
        expect(namesOf(uri)).toContain(named?.toLowerCase());
      }
    }),
    { numRuns: 20_000 },
  );
});

test('any text is read or refused, and what is read is a URI of two parts at least', () => {
  fc.assert(
    fc.property(
      server,
      issuer,
      fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.webUrl()),
      (serverUrl, from, text) => {
        const uri = attempt(() => parseSourceRepository(text, serverUrl, from));
        if (uri !== undefined) expect(uri).toMatch(/^(?:https?:\/\/)?[^/@\s]+(?:\/[A-Za-z0-9._-]+){2,}$/);
      },
    ),
    { numRuns: 5_000 },
  );
});

test('a signer is on the server that its text names, or on this one', () => {
  fc.assert(
    fc.property(server, issuer, host, (serverUrl, from, h) => {
      const place = 'acme/ci/.github/workflows/sign.yml';
      expect(parseSignerWorkflow(place, serverUrl, from).repository).toBe(`${serverUrl}/acme/ci`);
      for (const text of [`${h}/${place}`, `https://${h}/${place}`]) {
        const read = attempt(() => parseSignerWorkflow(text, serverUrl, from));
        if (read !== undefined) expect(namesOf(read.repository)).toContain(h.toLowerCase());
      }
    }),
    { numRuns: 500 },
  );
});
