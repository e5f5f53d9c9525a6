/**
 * Holds our reader of ClusterImagePolicies against policy-controller's own: which files each accepts, but for a list of
 * differences with their reasons, which names each glob matches, and whole verdicts about signed images.
 */
import type { Digest } from '../../src/domain/image/digest.ts';
import { parseReference } from '../../src/domain/image/reference.ts';
import { parseRegexp } from '../../src/domain/patterns/regexp.ts';
import { readImageGlob } from '../../src/domain/policy/image-glob.ts';
import { matchedName } from '../../src/domain/policy/image-name.ts';
import { readPolicies } from '../../src/domain/policy/read-policies.ts';
import { createReport, expectThat } from '../common/report.ts';
import { POLICY_TESTER } from '../peers/catalogue.ts';
import { peerOrSkip } from '../peers/install.ts';
import { ask, buildOracle } from './oracle.ts';
import { POLICY_CASES } from './policy-files.ts';
import { compareVerdicts } from './verdicts.ts';

const DIGEST = `sha256:${'0a'.repeat(32)}` as Digest;
const IMAGES = [
  ...['nginx', 'acme/app', 'ghcr.io/acme/app', 'ghcr.io/acme/app-evil', 'ghcr.io/acme-evil/app'],
  ...[
    'ghcr.io/acme/team/app',
    'ghcr.io:8443/acme/app',
    'localhost:5000/app',
    'evil.example/acme/app',
    'ghcr.io/a/b/c/d',
  ],
];
const PIECES = [
  ...['ghcr.io', 'index.docker.io', 'docker.io', 'localhost:5000', '/', '*', '*', '**', '**', '***'],
  ...['acme', 'app', 'app', '-evil', '@*', ':*', '.'],
];
const GLOBS = 3000;

const report = createReport('policies');
const tester = await peerOrSkip(report, POLICY_TESTER);
if (tester !== undefined) {
  await report.check('policies: whole verdicts about signed images', () => compareVerdicts(tester));
  const oracle = await buildOracle(tester);
  if ('missing' in oracle) {
    report.skip('policies: which files are accepted, and what globs match', oracle.missing);
  } else {
    await report.check('policies: which files are accepted', () => compareFiles(oracle.path));
    await report.check('policies: what globs match', () => compareGlobs(oracle.path));
  }
}
if (!report.finish()) process.exitCode = 1;

function isOurs(text: string): boolean {
  const identity = {
    defaultIssuer: 'https://token.actions.githubusercontent.com',
    serverUrl: 'https://github.com',
    randomWord: 'qzjxkwvpfhbtrmdl',
    parseRegexp,
  };
  return readPolicies([{ file: 'policy.yaml', text }], { namesObjects: true, identity }).kind === 'policies';
}

async function compareFiles(path: string): Promise<void> {
  const answers = await ask(
    path,
    POLICY_CASES.map(({ text }) => ({ policies: text })),
  );
  const wrong = POLICY_CASES.flatMap(({ name, text, ours, differs }, index) => {
    const { yes, why } = answers[index] ?? { yes: false, why: 'no answer' };
    const wanted = differs === undefined ? ours : !ours;
    const said = `${name}: this gate ${isOurs(text) ? 'accepts' : 'refuses'}, policy-controller ${yes ? 'accepts' : `refuses (${why.split('\n')[0]})`}`;
    return isOurs(text) === ours && yes === wanted ? [] : [said];
  });
  const listed = POLICY_CASES.filter(({ differs }) => differs !== undefined).length;
  console.log(`     ${POLICY_CASES.length} files, ${listed} of them with a listed difference`);
  expectThat(wrong.length === 0, 'the verdicts that are listed', wrong.join('\n'));
}

/** Globs of random pieces, the same in every run. */
function globs(): string[] {
  let state = 1;
  const next = (below: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  return Array.from({ length: GLOBS }, () =>
    Array.from({ length: 1 + next(6) }, () => PIECES[next(PIECES.length)])
      .join(next(3) === 0 ? '' : '/')
      .replace(/\/{2,}/g, '/'),
  );
}

async function compareGlobs(path: string): Promise<void> {
  const pairs = [...new Set(['*', '*/*', '**', ...globs()])].flatMap((glob) =>
    IMAGES.map((image) => ({ glob, name: matchedName(parseReference(image).repository, DIGEST) })),
  );
  const answers = await ask(path, pairs);
  const matching = answers.filter(({ yes }) => yes).length;
  const wrong = pairs.flatMap(({ glob, name }, index) => {
    const { yes, why } = answers[index] ?? { yes: false, why: 'no answer' };
    const read = readImageGlob(glob);
    const ours = read.kind === 'glob' && read.glob.matches(name);
    return ours === yes ? [] : [`${glob} on ${name}: this gate ${ours}, policy-controller ${yes} ${why}`];
  });
  console.log(`     ${pairs.length} pairs of glob and name, ${matching} of them match`);
  // Globs that match nothing would never differ.
  expectThat(matching > 300, 'more than 300 pairs that match', String(matching));
  expectThat(wrong.length === 0, 'no difference', `${wrong.length}:\n${wrong.slice(0, 10).join('\n')}`);
}
