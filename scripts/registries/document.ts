import { markdownTable } from '../common/markdown-table.ts';
import type { Outcome } from '../common/report.ts';
import { AUTHS } from '../peers/login.ts';
import { REGISTRY_KINDS } from '../peers/registry-kinds.ts';
import { KNOWN_REGISTRIES } from './known-registries.ts';

/** The text of docs/registries.md: what was run, what is emulated, and what nobody here knows. */
export function registriesDocument(outcomes: readonly Outcome[]): string {
  return [
    '# Registries',
    '',
    'Written by `npm run registries -- --all --write` from what happened in that run. No hosted registry was asked: of those, what is known is emulated in the sandbox (sandbox/registry/quirks.ts says who behaves so), and what is not known is said.',
    '',
    '## Run for real',
    '',
    'The committed `dist/` on registries that others wrote, on loopback. Each line: sign and verify in both formats, have another workflow’s name refused, and sign again without adding anything; with a login also: denied without one, and with what `docker login` left, in its config file and in a credential helper.',
    '',
    ...markdownTable(
      ['Registry', 'Login', 'Referrers API', 'Outcome'],
      REGISTRY_KINDS.flatMap(({ name, hasReferrersApi }) => {
        const api = hasReferrersApi ? 'yes' : 'no';
        const skipped = outcomes.find((one) => one.name === name);
        return skipped === undefined
          ? AUTHS.map((auth) => [name, auth, api, summary(outcomes, `${name} (${auth}): `)])
          : [[name, '–', api, `skipped: ${skipped.why?.slice(0, 160)}`]];
      }),
    ),
    '',
    'docker-registry is Debian’s. On it with `token`, what `docker login` leaves is an identity token. zot: where the Go module proxy refuses its module, `ZOT` names a ready binary; the one of this table was built from a checkout of project-zot/zot at v2.1.20. ferro-oci-server knows no login, so the sandbox’s token server and authorization stand before it.',
    '',
    '`npm run real` runs more on docker-registry 2.8.2: images of umoci and skopeo, and cosign as judge. `npm run races` has twenty processes sign one image there at once, and kills signers.',
    '',
    '## Registry by registry',
    '',
    ...markdownTable(
      [
        ...['Registry', 'Run for real', 'Emulated: profile through `dist/`', 'Emulated: behaviour, and its test'],
        'Unknown',
      ],
      KNOWN_REGISTRIES.map(({ name, real, profiles, emulated, unknown }) => {
        const run = real.length === 0 ? 'no' : real.join(', ');
        const through = profiles.map(
          (profile) => `\`${profile}\`: ${summary(outcomes, `profile ${profile}: `, `profile ${profile} with`)}`,
        );
        return [name, run, through.join('; ') || 'none', emulated, unknown];
      }),
    ),
    '',
    'Unknown of every hosted registry: whether it looks at `If-Match` and `If-None-Match` of a manifest. They are sent where a shared tag is written; a registry that looks at them closes the race between two signers, one that does not leaves it to the reading after the settling time.',
    '',
    "Registries that ask for a client certificate are emulated (`tls.clients` of the sandbox's server and its quirk `clientCertificate`), in TLS 1.2 and 1.3, directly and through a proxy: those that send an alert, as OpenSSL and Go do, those that close the connection, as Node does, and nginx's page under 400. So are registries behind a proxy that ends TLS, which announce http or lose their port (__tests__/adapters/oci/announced-address.test.ts).",
    '',
    'Where there is no referrers API, and always for `.sig` tags, a signature is added by reading a tag and writing it again. The tag is read directly before the write, and again after a settling time of 3 s; what is missing then is put back, up to six times over half a minute. Three things no client can make good: a registry that shows the old tag at every reading before the write hides what another job added meanwhile; a writer that is slower than 3 s between its reading and its writing may drop an entry after its owner has looked; and a client that does not look again, as most do not, may drop one at any later time. So sign an image from one job.',
    '',
    'What is attached to an image and cannot be read counts as a damaged or missing signature only if it says that it is one, or may be one. An attestation, another kind of artifact, or a bundle above 16 MiB is listed in the report with the reason, also if the registry lists it but does not serve it; the types and annotations of a listing are believed only for that.',
    '',
    'With immutable tags (`quay`, `ecr`, `harbor`), a `.sig` tag or a referrers tag can be written once: the second signature ends in `REGISTRY_DENIED` and says how to exempt `sha256-…` tags.',
    '',
  ].join('\n');
}

function summary(outcomes: readonly Outcome[], ...prefixes: readonly string[]): string {
  const found = outcomes.filter(({ name }) => prefixes.some((prefix) => name.startsWith(prefix)));
  const count = (outcome: Outcome['outcome']): number => found.filter((one) => one.outcome === outcome).length;
  const [passed, failed, skipped] = [count('pass'), count('fail'), count('skip')];
  const words = [
    `${passed} passed`,
    ...(failed > 0 ? [`**${failed} failed**`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return found.length === 0 ? 'not run' : words.join(', ');
}
