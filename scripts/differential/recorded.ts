import { fingerprint } from '../common/fingerprint.ts';
import type { TestDocument } from './documents.ts';
import { canonical, readAsWeDo, type Views } from './views.ts';

/** Documents whose Go readings are kept in __tests__/fixtures/differential.jsonl, one per line. */
export const RECORDED = 640;

/** What Go's readers said of one document: the fingerprint of each view, null where it was refused. */
export interface Recorded {
  /** Fingerprint of its bytes. */
  readonly document: string;
  readonly seen: Readonly<Record<string, string | null>>;
}

export interface Comparison {
  /** Whether our reader takes the document. */
  readonly isTaken: boolean;
  /** Go's readers that take it too and see something else. */
  readonly differing: readonly { readonly reader: string; readonly ours: string }[];
}

export function compare(document: TestDocument, { seen }: Recorded): Comparison {
  let views: Views;
  try {
    views = readAsWeDo(document);
  } catch {
    // Whatever a reader throws is a refusal.
    return { isTaken: false, differing: [] };
  }
  const differing = Object.entries(views).flatMap(([reader, view]) => {
    const ours = canonical(view);
    const inGo = seen[reader];
    if (inGo === undefined) throw new Error(`Go has no reader "${reader}"`);
    return inGo === null || inGo === fingerprint(ours) ? [] : [{ reader, ours }];
  });
  return { isTaken: true, differing };
}
