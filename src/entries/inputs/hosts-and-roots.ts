import { X509Certificate } from 'node:crypto';
import { quoted } from '../../domain/text/quoted.ts';
import { ValueError } from '../../domain/text/value-error.ts';
import { writeInstead } from './instead.ts';
import { splitList } from './list-rule.ts';
import type { ReadDeciding } from './named-file.ts';
import type { Reading } from './read-value.ts';

const HOST = /^(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::[0-9]{1,5})?$/;

/** A list of hosts, some with a port, in lower case and each once. Problems are collected. */
export function readHosts(reading: Reading, name: string): string[] {
  let items: string[];
  try {
    items = splitList(reading.source.input(name) ?? '').filter((item) => item !== '');
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    reading.problems.add(name, `${error.message}.`, 'Write one host per line.');
    return [];
  }
  const hosts = items.map((item) => item.toLowerCase());
  for (const host of hosts.filter((one) => !HOST.test(one))) {
    const cure = 'Write hosts with an optional port, without scheme or path, such as `registry.example:5000`.';
    reading.problems.add(name, `${quoted(host)} is not a host name.`, writeHost(name, host) ?? cure);
  }
  return [...new Set(hosts)];
}

/** What to write instead of a URL or a repository where a host is meant. */
export function writeHost(name: string, value: string): string | undefined {
  const host = /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/@\s]+)(?:\/\S*)?$/i.exec(value)?.[1]?.toLowerCase();
  return host === undefined || host === value || !HOST.test(host) || !/[.:]/.test(host)
    ? undefined
    : writeInstead([{ input: name, value: host }]);
}

/** The root certificates of `ca-certificates`, one PEM text each. Problems are collected. */
export async function readCaCertificates(reading: Reading, readDeciding: ReadDeciding): Promise<readonly string[]> {
  const isLiteral = (value: string): boolean => value.includes('-----BEGIN CERTIFICATE-----');
  const text = await readDeciding('ca-certificates', { isLiteral });
  if (text === undefined) return [];
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  try {
    if (blocks.length === 0) throw new ValueError('it contains no PEM certificate.');
    for (const block of blocks) new X509Certificate(block);
    return blocks;
  } catch (error) {
    const what = error instanceof ValueError ? error.message : 'it contains a certificate that cannot be parsed.';
    reading.problems.add(
      'ca-certificates',
      what,
      'Give PEM text (`-----BEGIN CERTIFICATE-----`) or a path to such a file.',
    );
    return [];
  }
}
