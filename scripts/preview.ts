import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { summaryPage } from './preview/page.ts';
import { samples } from './preview/samples.ts';

/** Writes every kind of job summary to preview/, as Markdown and as the page GitHub would show. */
const directory = fileURLToPath(new URL('../preview', import.meta.url));
await mkdir(directory, { recursive: true });
const all = samples();
for (const { name, title, markdown } of all) {
  await writeFile(join(directory, `${name}.md`), markdown.join('\n'));
  const steps = markdown.map((text, index) => ({
    step: markdown.length === 1 ? title : `${title}, step ${index + 1}`,
    markdown: text,
  }));
  await writeFile(join(directory, `${name}.html`), summaryPage(title, steps));
}
const items = all.map(({ name, title }) => `<li><a href="${name}.html">${title}</a></li>`);
await writeFile(join(directory, 'index.html'), `<!doctype html><meta charset="utf-8"><ul>${items.join('\n')}</ul>\n`);
console.log(`${all.length} pages in ${directory}`);
