import {
  errorReply,
  type FaultAction,
  flipBit,
  htmlPage,
  tooManyRequests,
  withContentType,
} from '../../sandbox/http/faults.ts';
import type { LookupFault } from './failing-lookup.ts';

/** One way in which a service fails. */
export interface FaultKind {
  readonly name: string;
  readonly group: 'connection' | 'outage' | 'answer';
  /** On the name, before any connection; or on the wire, by a rule of the sandbox. */
  readonly how: { readonly lookup: LookupFault } | { readonly action: (challenge: string) => FaultAction };
}

const onWire = (name: string, group: FaultKind['group'], action: FaultAction): FaultKind => ({
  name,
  group,
  how: { action: () => action },
});
const status = (code: number, word: string): FaultKind =>
  onWire(String(code), code === 403 || code === 404 ? 'answer' : 'outage', { reply: errorReply(code, word) });

/** Every fault of the matrix, in the order of its columns. */
export const FAULT_KINDS: readonly FaultKind[] = [
  { name: 'connect refused', group: 'connection', how: { lookup: 'refused' } },
  { name: 'DNS failure', group: 'connection', how: { lookup: 'dns' } },
  { name: 'DNS: no such name', group: 'connection', how: { lookup: 'unknown-host' } },
  onWire('reset', 'outage', { fault: 'reset' }),
  onWire('reset after the effect', 'outage', { fault: 'reset', afterEffect: true }),
  onWire('hang before headers', 'outage', { fault: 'hang-before-headers' }),
  onWire('hang in body', 'outage', { fault: 'hang-in-body' }),
  onWire('truncated body', 'outage', { fault: 'truncate' }),
  {
    name: '401 loop',
    group: 'answer',
    how: {
      action: (challenge) => ({ reply: errorReply(401, 'UNAUTHORIZED', 'log in', [['WWW-Authenticate', challenge]]) }),
    },
  },
  status(403, 'DENIED'),
  status(404, 'NOT_FOUND'),
  status(408, 'TIMEOUT'),
  onWire('429', 'outage', { reply: tooManyRequests({ seconds: 1 }) }),
  status(500, 'UNKNOWN'),
  status(502, 'UNAVAILABLE'),
  status(503, 'UNAVAILABLE'),
  onWire('HTML 200', 'answer', { reply: htmlPage() }),
  onWire('wrong Content-Type', 'answer', withContentType('application/octet-stream')),
  onWire('bit flip', 'answer', flipBit()),
];

/** How many requests in a row a fault hits. */
export const TIMES = [1, 2, 'always'] as const;
export type Times = (typeof TIMES)[number];

/** `once`, `twice`, `always`. */
export function timesWord(times: Times): string {
  return times === 1 ? 'once' : times === 2 ? 'twice' : 'always';
}
