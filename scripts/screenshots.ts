import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mustRun } from './common/run-program.ts';

/**
 * Takes pictures of the pages in preview/ (written by npm run preview) with an installed Chromium:
 * `node scripts/screenshots.ts [name…]`. Light and dark, wide and narrow, into preview/pictures/; with
 * `--docs` the few that the documentation shows, into docs/pictures/.
 */

const PREVIEW = fileURLToPath(new URL('../preview', import.meta.url));
const PICTURES = join(PREVIEW, 'pictures');
const BROWSER = process.env['CHROMIUM'] ?? 'chromium';
const WIDTHS = [1200, 600];
/** What is above the fold and a good deal more; a page of 200 images is not shown whole. */
const HEIGHT = 1000;
const TIMEOUT_MS = 60_000;

/** What the documentation shows, cut where the rest says nothing new. */
const DOCUMENTED = [
  { name: 'sign-1', width: 1060, height: 650 },
  { name: 'verify-3', width: 1060, height: 760 },
  { name: 'verify-200', width: 1060, height: 900 },
];

const wanted = process.argv.slice(2);
if (wanted[0] === '--docs') {
  const directory = fileURLToPath(new URL('../docs/pictures', import.meta.url));
  await mkdir(directory, { recursive: true });
  for (const { name, width, height } of DOCUMENTED) {
    await takePicture(name, { width, height, theme: 'light', picture: join(directory, `${name}.png`) });
  }
  process.exit();
}
const pages = (await readdir(PREVIEW))
  .filter((file) => file.endsWith('.html') && file !== 'index.html')
  .map((file) => file.replace(/\.html$/, ''))
  .filter((name) => wanted.length === 0 || wanted.includes(name));
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

async function takePicture(name: string, { width, height, theme, picture }: Shot): Promise<void> {
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
    ...(theme === 'dark' ? ['--blink-settings=preferredColorScheme=0'] : ['--blink-settings=preferredColorScheme=1']),
    `--user-data-dir=${profile}`,
    `--window-size=${width},${height}`,
    `--screenshot=${picture}`,
    `file://${join(PREVIEW, `${name}.html`)}`,
  ];
  try {
    await mustRun(BROWSER, flags, { timeoutMs: TIMEOUT_MS });
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}
