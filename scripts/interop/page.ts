import { markdownTable } from '../common/markdown-table.ts';
import { STAND_INS } from '../examples/stand-ins.ts';
import { CANNOT } from './act/cases.ts';
import type { InteropData, KnownLimit, Row, TakenPart, Verdict } from './data.ts';

/** docs/interop.md: who agrees with whom, counted; every single verdict is in the data file beside it. */
export function interopPage(data: InteropData): string {
  const { command, date, rows, skipped, verifiers } = data;
  const verdicts = rows.flatMap((row) => Object.values(row.verdicts));
  const count = (wanted: Verdict): number => verdicts.filter((verdict) => verdict === wanted).length;
  const disagreeing = count('disagrees');
  const refused = runsOf(rows.filter(isRefused));
  return [
    '# Who agrees with us',
    '',
    `Written by \`${command}\` on ${date}, with the committed \`dist/\` and real services on loopback. Of ${runsOf(rows)} signing runs ${refused} ended in the refusal that is listed below; the signatures of the others were judged ${verdicts.length - count('not signed')} times: ${accepted(verdicts)} times the verifier accepted the signature and refused each of its twins (${twins(verdicts)} in all), ${count('cannot')} times it cannot read that format. ${disagreeing === 0 ? 'Nobody disagreed.' : `**${disagreeing} disagreed.**`} [interop.json](interop.json) has every verdict.`,
    '',
    'A twin is the same signature with one thing changed: another identity, a tampered payload, another digest, another annotation, or platform images that nobody signed.',
    '',
    '## Who reads which signature',
    '',
    'Each format is written with each set of services, for a single image, an index, an index with all its platform images, and an image with annotations. `v1` is Rekor v1 with a timestamp, `v2` Rekor v2 with a timestamp, `tsa` a timestamp alone. `✓ n`: n signatures accepted and all their twins refused.',
    '',
    ...markdownTable(['signed by', 'format', 'services', ...verifiers], readers(data)),
    '',
    '## Who cannot, and why',
    '',
    ...limitLines(data),
    '',
    '## Registries',
    '',
    ...markdownTable(['registry', 'referrers API', 'signing runs', 'accepted', 'twins refused'], registryRows(data), {
      rightAligned: [2, 3, 4],
    }),
    '',
    '## Beside the matrix',
    '',
    ...checkLines(data),
    '',
    ...workflowLines(data),
    '## Peers',
    '',
    ...markdownTable(['who', 'versions'], peerRows(data.peers)),
    '',
    ...(skipped.length === 0 ? [] : ['Not in this run:', '', ...skipped.map((line) => `- ${oneLine(line)}`), '']),
    '## Run it',
    '',
    '`npm run interop` runs the core: cosign 3 and 2, sigstore-go, a registry with the referrers API and one without, each shape of image in turn. `--all` adds every peer and every shape, `--every-registry` every case on every registry, `--write` writes this page and its data, `--workflows` runs nothing but the workflows on act. Peers are built once into `~/.cache/countersign-peers` (`COUNTERSIGN_PEERS`) and need Go, Cargo and apt; what cannot be installed is skipped and named. How each was installed is in the data file. `ZOT` may name a zot binary.',
    '',
  ].join('\n');
}

function readers({ rows, verifiers }: InteropData): string[][] {
  const signed = rows.filter((row) => !isRefused(row));
  const groups = Map.groupBy(signed, ({ signer, signature, services }) => [signer, signature, services].join('\n'));
  return [...groups]
    .toSorted(([one], [other]) => rank(rows, one) - rank(rows, other))
    .map(([key, group]) => [
      ...key.split('\n'),
      ...verifiers.map((verifier) => summary(group.map(({ verdicts }) => verdicts[verifier]))),
    ]);
}

/** Signers in the order in which they signed; bundles before legacy signatures, `v1` before `v2` before `tsa`. */
function rank(rows: readonly Row[], key: string): number {
  const [signer = '', signature = '', services = ''] = key.split('\n');
  const signers = [...new Set(rows.map((row) => row.signer))];
  return (
    100 * signers.indexOf(signer) + 10 * ['bundle', 'legacy'].indexOf(signature) + ['v1', 'v2', 'tsa'].indexOf(services)
  );
}

function summary(verdicts: readonly (Verdict | undefined)[]): string {
  const count = (wanted: Verdict): number => verdicts.filter((verdict) => verdict === wanted).length;
  const [good, cannot, bad] = [accepted(verdicts), count('cannot'), count('disagrees')];
  return [
    ...(good > 0 ? [`✓ ${good}`] : []),
    ...(cannot > 0 ? [`cannot: ${cannot}`] : []),
    ...(bad > 0 ? [`**✗ ${bad}**`] : []),
  ].join(', ');
}

function limitLines({ limits, peers }: InteropData): readonly string[] {
  const merged = Map.groupBy(limits, ({ who, does, why }) => JSON.stringify([who, does, why]));
  const lines = [...merged.values()].map((group) => {
    const [{ who, does, why }] = group as [KnownLimit];
    const what = group.map(({ format, services }) => [format, ...(services === undefined ? [] : [services])].join(' '));
    const cannot = who === 'ours' ? 'we do not sign' : `${who} ${does === 'signs' ? 'does not sign' : 'cannot verify'}`;
    return `- ${cannot} ${what.join(', ')}: ${oneLine(why)}.`;
  });
  const old = peers.find(({ name, version }) => name === 'cosign' && version.startsWith('2.'));
  if (old !== undefined) {
    lines.push(
      `- cosign ${old.version} leaves \`-a\` out of the bundles it signs, and takes any \`-a\` for verified in a bundle: no twin there.`,
    );
  }
  return lines.length === 0 ? ['Nobody in this run.'] : lines;
}

function registryRows({ registries, rows }: InteropData): string[][] {
  return registries.map(({ name, hasReferrersApi }) => {
    const own = rows.filter(({ registry }) => registry === name);
    const verdicts = own.flatMap((row) => Object.values(row.verdicts));
    const numbers = [runsOf(own), accepted(verdicts), twins(verdicts)].map(String);
    return [name, hasReferrersApi ? 'yes' : 'no', ...numbers];
  });
}

/** Checks that ran on several registries, once; the examples on act, which are many, in two lines. */
function checkLines({ checks: all, registries }: InteropData): readonly string[] {
  const examples = all.flatMap((check): ExampleCheck[] => {
    const [, runner = '', example = '', code] = EXAMPLE_CHECK.exec(check) ?? [];
    return example === '' ? [] : [{ runner, example: example.replace('.yml', ''), code }];
  });
  const checks = all.filter((check) => !EXAMPLE_CHECK.test(check));
  const plain = (check: string): string => {
    const on = registries.find(({ name }) => check.endsWith(`, ${name}`));
    return on === undefined ? check : check.slice(0, -on.name.length - 2);
  };
  const groups = Map.groupBy(checks, plain);
  return [
    ...[...groups].map(([check, group]) => `- ${check}${group[0] === check ? '' : ` (${group.length} registries)`}`),
    ...exampleLines(examples),
  ];
}

interface ExampleCheck {
  readonly runner: string;
  /** Its name, and what is wrong in it. */
  readonly example: string;
  /** Of a twin that is refused. */
  readonly code: string | undefined;
}

/** As `labelFor` in act/examples.ts writes them: runner, example, code. */
const EXAMPLE_CHECK = /^(act \S+): examples\/(.+?) (?:passes|is refused with ([A-Z_]+))$/;

function exampleLines(examples: readonly ExampleCheck[]): readonly string[] {
  const [passing, refused] = [false, true].map((isTwin) =>
    examples.filter(({ code }) => (code !== undefined) === isTwin),
  );
  const line = (what: string, group: readonly ExampleCheck[] = []): readonly string[] => {
    const names = group.map(({ example, code }) => (code === undefined ? example : `${example}: \`${code}\``));
    return group.length === 0 ? [] : [`- ${group[0]?.runner}: ${group.length} ${what}: ${names.join(', ')}`];
  };
  return [
    ...line('workflows of examples/ pass', passing),
    ...line('with one thing wrong are refused, and what follows does not run', refused),
  ];
}

function workflowLines({ peers }: InteropData): readonly string[] {
  const runner = peers.find(({ role }) => role === 'runner');
  if (runner === undefined) return [];
  // actions/checkout is act's own.
  const names = Object.entries(STAND_INS).flatMap(([name, { version }]) =>
    name === 'actions/checkout' ? [] : [`\`${name}@${version}\``],
  );
  const cannot = Object.entries(CANNOT).map(([name, why]) => `- [${name}](../examples/${name}): ${why}.`);
  return [
    '## Examples on act',
    '',
    `The workflow runner is nektos/act ${runner.version} on the host, without Docker and without GitHub. It runs the files of [examples/](../examples/README.md) as they are: only hosts, the Sigstore and the login change, by a script ([adapted.ts](../scripts/interop/act/adapted.ts)), and a job gets an id-token only if its \`permissions:\` say so (act knows no other permission). Local stand-ins replace ${names.join(', ')} (umoci builds, skopeo pushes) and refuse inputs that they do not know; \`actions/checkout\` is act's own, \`kubectl\`, \`helm\`, \`docker\` and \`gh\` are stand-ins too. The id-token endpoint and the API of GitHub are the sandbox's.`,
    '',
    'These examples run in the sandbox only ([how](../__tests__/examples/run-workflow.ts)):',
    '',
    ...cannot,
    '',
  ];
}

function peerRows(peers: readonly TakenPart[]): string[][] {
  const roles = { client: 'clients', service: 'services', registry: 'registries', runner: 'workflow runner' } as const;
  return Object.entries(roles).flatMap(([role, title]) => {
    const own = peers.filter((peer) => peer.role === role);
    return own.length === 0 ? [] : [[title, own.map(({ name, version }) => `${name} ${version}`).join(', ')]];
  });
}

const runsOf = (rows: readonly Row[]): number => new Set(rows.map((row) => row.case)).size;
const isRefused = ({ verdicts }: Row): boolean => Object.values(verdicts).every((verdict) => verdict === 'not signed');
const numbersIn = (verdicts: readonly (Verdict | undefined)[]): number[] =>
  verdicts.filter((verdict) => typeof verdict === 'number');
const accepted = (verdicts: readonly (Verdict | undefined)[]): number => numbersIn(verdicts).length;
const twins = (verdicts: readonly (Verdict | undefined)[]): number =>
  numbersIn(verdicts).reduce((sum, count) => sum + count, 0);
const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
