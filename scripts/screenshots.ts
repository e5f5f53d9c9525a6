import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mustRun } from './common/run-program.ts';
import { DOCUMENTED, DOCUMENTED_WIDTH, type MadeFrom, textHash } from './preview/documented.ts';

/**
 * Takes pictures of the pages in preview/ (written by npm run preview) with an installed Chromium:
 * `node scripts/screenshots.ts [name…]`. Light and dark, wide and narrow, into preview/pictures/; with
 * `--docs` the few that the documentation shows, into docs/pictures/, with the hashes of their texts.
 */

const PREVIEW = fileURLToPath(new URL('../preview', import.meta.url));
const PICTURES = join(PREVIEW, 'pictures');
const BROWSER = process.env['CHROMIUM'] ?? 'chromium';
const WIDTHS = [1200, 600];
/** What is above the fold and a good deal more; a page of 200 images is not shown whole. */
const HEIGHT = 1000;
const TIMEOUT_MS = 60_000;

const wanted = process.argv.slice(2);
if (wanted[0] === '--docs') {
  const directory = fileURLToPath(new URL('../docs/pictures', import.meta.url));
  await mkdir(directory, { recursive: true });
  const made: Record<string, MadeFrom> = {};
  for (const { name, maxHeight } of DOCUMENTED) {
    const height = Math.min(await heightOf(name, DOCUMENTED_WIDTH), maxHeight ?? Number.POSITIVE_INFINITY);
    const picture = join(directory, `${name}.png`);
    await takePicture(name, { width: DOCUMENTED_WIDTH, height, theme: 'light', picture });
    made[name] = { sha256: textHash(await readFile(join(PREVIEW, `${name}.md`), 'utf8')), height };
  }
  await writeFile(join(directory, 'made-from.json'), `${JSON.stringify(made, null, 2)}\n`);
  process.exit();
}
const pages = (await readdir(PREVIEW))
  .filter((file) => file.endsWith('.html') && file !== 'index.html')
  .map((file) => file.replace(/\.html$/, ''))
  .filter((name) => wanted.length === 0 || wanted.includes(name));
const unknown = wanted.filter((name) => !pages.includes(name));
if (unknown.length > 0) throw new Error(`preview/ has no page ${unknown.join(', ')}`);
await mkdir(PICTURES, { recursive: true });
for (const name of pages) {
  for (const width of WIDTHS) {
    for (const theme of ['light', 'dark'] as const) {
      const picture = join(PICTURES, `${name}-${width}-${theme}.png`);
      await takePicture(name, { width, height: HEIGHT, theme, picture });
    }
  }
}
console.log(`${pages.length * WIDTHS.length * 2} pictures in ${PICTURES}`);

interface Shot {
  readonly width: number;
  readonly height: number;
  readonly theme: 'light' | 'dark';
  /** Path of the PNG. */
  readonly picture: string;
}

/** Height of a whole page of this width, in CSS pixels. The page runs no scripts, so a copy of it does. */
async function heightOf(name: string, width: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'page-'));
  const copy = join(folder, 'page.html');
  const html = await readFile(join(PREVIEW, `${name}.html`), 'utf8');
  const script = '<script>document.title = "height " + document.body.scrollHeight</script>';
  await writeFile(copy, `${html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')}${script}`);
  try {
    const dumped = await browse([`--window-size=${width},${HEIGHT}`, '--dump-dom', `file://${copy}`]);
    const height = /<title>height (\d+)</.exec(dumped)?.[1];
    if (height === undefined) throw new Error(`${BROWSER} told no height of ${name}`);
    return Number(height);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function takePicture(name: string, { width, height, theme, picture }: Shot): Promise<void> {
  await browse([
    ...(theme === 'dark' ? ['--blink-settings=preferredColorScheme=0'] : ['--blink-settings=preferredColorScheme=1']),
    `--window-size=${width},${height}`,
    `--screenshot=${picture}`,
    `file://${join(PREVIEW, `${name}.html`)}`,
  ]);
}

/** Runs the browser with a fresh profile; returns what it prints. */
async function browse(more: readonly string[]): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'chromium-'));
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--hide-scrollbars',
    `--user-data-dir=${profile}`,
    ...more,
  ];
  try {
    return await mustRun(BROWSER, flags, { timeoutMs: TIMEOUT_MS });
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}
