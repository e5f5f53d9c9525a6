/**
 * A bare HTTPS server that answers every request with its own body: what HTTPS alone costs on this machine. The folder with
 * `tls.crt` and `tls.key` is its argument. Prints its URL.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const [folder = ''] = process.argv.slice(2);
const server = createServer(
  { cert: readFileSync(join(folder, 'tls.crt')), key: readFileSync(join(folder, 'tls.key')) },
  (incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(Buffer.concat(chunks));
    });
  },
);
server.listen(0, '127.0.0.1', () =>
  console.log(`https://127.0.0.1:${(server.address() as AddressInfo).port}/validate`),
);
