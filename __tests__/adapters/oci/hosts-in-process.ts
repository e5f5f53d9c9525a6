import type { Handler } from '../../../sandbox/http/serve.ts';
import type { HttpClient, HttpRequest, HttpResponse } from '../../../src/http/http-client.ts';
import { HttpError } from '../../../src/http/http-error.ts';

/** A request as it would have left this machine. */
export interface SentRequest {
  readonly host: string;
  /** `GET /token 200`, without the query. */
  readonly line: string;
  readonly authorization: string | undefined;
  readonly body: string;
  /** Whether it would have been sent again after a failure. */
  readonly retry: boolean;
}

export interface HostsInProcess {
  readonly http: HttpClient;
  readonly sent: readonly SentRequest[];
  /** Hosts of the connections opened ahead. */
  readonly preconnected: readonly string[];
}

/**
 * Services of the sandbox under the names of real hosts, without sockets or TLS: what goes where can be told, and
 * nothing can leave the process. `down` answers no connection; a host that is not given does not exist. Faults of a reply
 * need sockets, so one that has any is a defect of the test.
 */
export function hostsInProcess(hosts: Readonly<Record<string, Handler | 'down'>>): HostsInProcess {
  const sent: SentRequest[] = [];
  const preconnected: string[] = [];
  const send = async (request: HttpRequest): Promise<HttpResponse> => {
    const url = new URL(request.url);
    const headers = Object.fromEntries(
      Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const body = Buffer.from(request.body ?? '');
    const note = (outcome: number | string): void => {
      const line = `${request.method} ${url.pathname.replace(/[0-9a-f]{64}/g, '…')} ${outcome}`;
      const { retry } = request;
      sent.push({ host: url.host, line, authorization: headers['authorization'], body: body.toString(), retry });
    };
    const handler = hosts[url.host];
    if (handler === undefined || handler === 'down') {
      note(handler ?? 'unknown');
      throw new HttpError(handler === undefined ? 'dns' : 'connect', `${request.method} ${url.origin}: no connection`);
    }
    const { origin } = url;
    const reply = await handler({ method: request.method, url, headers, body, connection: 1, origin });
    if (reply.fault !== undefined) throw new Error(`no sockets here for the fault ${reply.fault}`);
    note(reply.status);
    const answered = request.method === 'HEAD' ? new Uint8Array() : Buffer.from(reply.body ?? '');
    if (answered.length > request.maxBytes) throw new HttpError('too-large', `${request.method} ${url.origin}`);
    const distinct: Record<string, string[]> = {};
    for (const [name, value] of reply.headers ?? [])
      distinct[name.toLowerCase()] = [...(distinct[name.toLowerCase()] ?? []), value];
    distinct['content-length'] ??= [String(Buffer.from(reply.body ?? '').length)];
    return {
      status: reply.status,
      headers: Object.fromEntries(Object.entries(distinct).map(([name, values]) => [name, values.join(', ')])),
      headersDistinct: distinct,
      body: answered,
      url,
    };
  };
  return {
    sent,
    preconnected,
    http: {
      request: (_call, request) => send(request),
      preconnect: (url) => preconnected.push(new URL(url).host),
      close: () => Promise.resolve(),
    },
  };
}
