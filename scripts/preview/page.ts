import { renderMarkdown } from './render-markdown.ts';

/** Colours and sizes close to those of a job summary on GitHub; both themes by `prefers-color-scheme`. */
const STYLE = `
:root { color-scheme: light dark; --fg: #1f2328; --muted: #59636e; --bg: #ffffff; --soft: #f6f8fa; --line: #d1d9e0; --link: #0969da; }
@media (prefers-color-scheme: dark) {
  :root { --fg: #f0f6fc; --muted: #9198a1; --bg: #0d1117; --soft: #151b23; --line: #3d444d; --link: #4493f8; }
}
body { margin: 0; padding: 24px; background: var(--bg); color: var(--fg); font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif, "Noto Color Emoji"; }
article { max-width: 1012px; margin: 0 auto 24px; border: 1px solid var(--line); border-radius: 6px; padding: 16px 24px; overflow-wrap: break-word; }
article > :first-child { margin-top: 0; }
.step { font-size: 12px; color: var(--muted); max-width: 1012px; margin: 0 auto 4px; }
h2 { font-size: 1.5em; border-bottom: 1px solid var(--line); padding-bottom: .3em; margin: 24px 0 16px; line-height: 1.25; }
h3 { font-size: 1.25em; margin: 24px 0 16px; line-height: 1.25; }
p, ul, blockquote, table, pre, details { margin: 0 0 16px; }
a { color: var(--link); }
code { font: 85% ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; background: color-mix(in srgb, var(--muted) 15%, transparent); padding: .2em .4em; border-radius: 6px; }
pre { background: var(--soft); padding: 16px; border-radius: 6px; overflow: auto; }
pre code { background: none; padding: 0; }
blockquote { border-left: .25em solid var(--line); color: var(--muted); padding: 0 1em; margin-left: 0; }
table { border-collapse: collapse; display: block; width: max-content; max-width: 100%; overflow: auto; }
th, td { border: 1px solid var(--line); padding: 6px 13px; text-align: left; }
tr:nth-child(2n) { background: var(--soft); }
summary { cursor: pointer; }
`;

/** A page with summaries one under the other, as the steps of a job have them. */
export function summaryPage(
  title: string,
  summaries: readonly { readonly step: string; readonly markdown: string }[],
): string {
  const articles = summaries.map(
    ({ step, markdown }) => `<div class="step">${step}</div>\n<article>${renderMarkdown(markdown)}</article>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>${STYLE}</style></head>
<body>
${articles.join('\n')}
</body></html>
`;
}
