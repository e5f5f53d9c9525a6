import { describe, expect, test } from 'vitest';
import { bareHost, isAddressLiteral, isLoopbackHost, isPrivateHost } from '../../../src/domain/image/network-host.ts';

describe('isLoopbackHost', () => {
  test.each([
    'localhost',
    'LOCALHOST:5000',
    'a.localhost',
    'localhost.',
    '127.0.0.1',
    '127.9.9.9:80',
    '[::1]',
    '[::1]:5000',
    '::1',
  ])('takes %s for loopback', (host) => {
    expect(isLoopbackHost(host)).toBe(true);
  });

  test.each([
    'localhost.example',
    'notlocalhost',
    '127.0.0.1.example',
    '128.0.0.1',
    '[::2]',
    '127.0.0.256',
    '10.0.0.1',
  ])('does not take %s for loopback', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });
});

describe('isPrivateHost', () => {
  test.each([
    ['localhost', 'loopback'],
    ['10.1.2.3', 'RFC 1918'],
    ['172.16.0.1', 'RFC 1918'],
    ['172.31.255.255', 'RFC 1918'],
    ['192.168.1.1:443', 'RFC 1918'],
    ['169.254.169.254', 'link-local: cloud metadata'],
    ['100.64.0.1', 'shared address space'],
    ['0.0.0.0', 'unspecified'],
    ['198.18.0.1', 'benchmarking'],
    ['224.0.0.1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['[::]', 'unspecified'],
    ['[fc00::1]', 'unique local'],
    ['[fd12:3456::1]', 'unique local'],
    ['[fe80::1]', 'link-local'],
    ['[ff02::1]', 'multicast'],
    ['[::ffff:10.0.0.1]', 'IPv4-mapped'],
    ['[::ffff:a9fe:a9fe]', 'IPv4-mapped metadata address in hex'],
    ['[64:ff9b::7f00:1]', 'loopback behind NAT64'],
    ['[64:ff9b:1::a00:1]', 'NAT64 of a local network, RFC 8215'],
    ['[::ffff:0:a9fe:a9fe]', 'IPv4-translated, RFC 2765'],
    ['[2002:a9fe:a9fe::1]', '6to4 of a metadata address'],
    ['[2001:0:4136:e378:8000:63bf:3fff:fdd2]', 'Teredo, RFC 4380'],
    ['[100::1]', 'discard-only'],
    ['[5f00::1]', 'segment routing identifiers, RFC 9602'],
    ['[4000::1]', 'not assigned as global unicast'],
    ['192.0.0.192', 'IETF protocol assignments: metadata of a cloud'],
    ['168.63.129.16', 'services of the host in Azure'],
  ])('takes %s for private: %s', (host, _reason) => {
    expect(isPrivateHost(host)).toBe(true);
  });

  test.each([
    'ghcr.io',
    '8.8.8.8',
    '172.32.0.1',
    '172.15.0.1',
    '100.128.0.1',
    '[2001:db8::1]',
    '[::ffff:8.8.8.8]',
    '[64:ff9b::808:808]',
    '[2002:808:808::1]',
    '[2001:4860:4860::8888]',
    '[2606:4700::1]',
    '[3fff:ffff::1]',
    '192.0.1.1',
    '168.63.129.17',
    '1.2.3',
    '10.example',
  ])('does not take %s for private', (host) => {
    expect(isPrivateHost(host)).toBe(false);
  });

  test('sees through every spelling that the URL parser turns into an address', () => {
    for (const spelling of ['http://2130706433/', 'http://0x7f.1/', 'http://0177.0.0.1/', 'http://127.1/']) {
      expect(isPrivateHost(new URL(spelling).hostname), spelling).toBe(true);
    }
  });
});

test('isAddressLiteral tells addresses from names', () => {
  expect(['1.2.3.4', '[::1]:5000', '::'].map(isAddressLiteral)).toEqual([true, true, true]);
  expect(['1.2.3.4.example', 'a', '[::g]', '1:2', '1::2::3', '1.2.3.999'].map(isAddressLiteral)).toEqual(
    new Array(6).fill(false),
  );
});

test('bareHost drops brackets, port and the final dot', () => {
  expect(['Host.:80', '[::1]:5', '::1', 'a.b'].map(bareHost)).toEqual(['host', '::1', '::1', 'a.b']);
});
