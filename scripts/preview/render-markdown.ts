import rehypeRaw from 'rehype-raw';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';

/**
 * GitHub-flavoured Markdown with raw HTML, then an allow-list as strict as GitHub's: the default schema of
 * rehype-sanitize is taken from GitHub's own, which also has `wbr`.
 */
const renderer = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(rehypeRaw)
  .use(rehypeSanitize, { ...defaultSchema, tagNames: [...(defaultSchema.tagNames ?? []), 'wbr'] })
  .use(rehypeStringify)
  .freeze();

/** The HTML that GitHub would show for a job summary. */
export function renderMarkdown(markdown: string): string {
  return String(renderer.processSync(markdown));
}

/** A part of the rendered page. */
export type RenderedNode =
  | {
      readonly type: 'element';
      readonly tagName: string;
      readonly properties: Readonly<Record<string, unknown>>;
      readonly children: readonly RenderedNode[];
    }
  | { readonly type: 'root'; readonly children: readonly RenderedNode[] }
  | { readonly type: 'text' | 'comment' | 'doctype'; readonly value?: string };

/** The same as a tree, for looking at what is in it. */
export function renderTree(markdown: string): RenderedNode {
  return renderer.runSync(renderer.parse(markdown)) as RenderedNode;
}
