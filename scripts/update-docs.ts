import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse as parseYaml } from 'yaml';
import { SETTINGS, variableOf } from '../src/entries/webhook/settings-table.ts';
import { markdownTable } from './common/markdown-table.ts';

/** Writes the input and output tables of the READMEs from action.yml, and that of the webhook's settings; tests compare them. */

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** A README with the action whose tables it holds. */
export const DOCUMENTS = [
  { readme: 'README.md', action: 'action.yml' },
  { readme: 'verify/README.md', action: 'verify/action.yml' },
  { readme: 'verify-files/README.md', action: 'verify-files/action.yml' },
  { readme: 'audit/README.md', action: 'audit/action.yml' },
] as const;

interface Entry {
  readonly description?: string;
  readonly default?: string;
}

/** The README with the text between its markers replaced by the tables of the action. */
export function withTables(readme: string, actionYaml: string): string {
  const action = parseYaml(actionYaml) as {
    readonly inputs: Readonly<Record<string, Entry>>;
    readonly outputs: Readonly<Record<string, Entry>>;
  };
  const inputs = Object.entries(action.inputs).map(([name, { description = '', default: fallback }]) => [
    `\`${name}\``,
    description,
    fallback === undefined ? '' : `\`${fallback}\``,
  ]);
  const outputs = Object.entries(action.outputs).map(([name, { description = '' }]) => [`\`${name}\``, description]);
  const withInputs = replaceBetween(readme, 'inputs', markdownTable(['Input', 'Meaning', 'Default'], inputs));
  return replaceBetween(withInputs, 'outputs', markdownTable(['Output', 'Meaning'], outputs));
}

/** The page of the webhook's settings with their table. */
export function withSettings(page: string): string {
  const rows = SETTINGS.map(({ name, meaning, absent }) => [
    `\`${variableOf(name)}\``,
    meaning,
    absent === undefined ? '' : `\`${absent}\``,
  ]);
  return replaceBetween(page, 'settings', markdownTable(['Variable', 'Meaning', 'Default'], rows));
}

function replaceBetween(text: string, name: string, lines: readonly string[]): string {
  const begin = `<!-- ${name}:begin -->`;
  const end = `<!-- ${name}:end -->`;
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the markers ${begin} and ${end} are missing`);
  return `${text.slice(0, from + begin.length)}\n${lines.join('\n')}\n${text.slice(to)}`;
}

async function main(): Promise<void> {
  const settings = join(ROOT, 'docs/webhook-settings.md');
  await writeFile(settings, withSettings(await readFile(settings, 'utf8')));
  for (const { readme, action } of DOCUMENTS) {
    const path = join(ROOT, readme);
    const before = await readFile(path, 'utf8');
    const after = withTables(before, await readFile(join(ROOT, action), 'utf8'));
    if (after === before) continue;
    await writeFile(path, after);
    console.log(`updated ${readme}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
