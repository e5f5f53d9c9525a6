import { expect, test } from 'vitest';
import { serve } from '../../../sandbox/http/serve.ts';
import { createLabClient } from './http-server.ts';

const clock = { now: () => new Date(), sleep: async () => {} };

test('tells once that the first request is on its way, before its answer', async () => {
  const events: string[] = [];
  await using server = await serve(async () => {
    events.push('served');
    return { status: 200, body: 'ok', delayMs: 50 };
  });
  const onFirstSent = (): void => void events.push('sent');
  const http = createLabClient({ clock, random: () => 0, onFirstSent });
  const ask = async (): Promise<void> => {
    await http.request({ service: 'registry', method: 'GET', url: server.url, maxBytes: 100, retry: false });
    events.push('answered');
  };
  await ask();
  await ask();
  await http.close();
  expect(events.filter((event) => event === 'sent')).toHaveLength(1);
  expect(events.indexOf('sent')).toBeLessThan(events.indexOf('answered'));
});

test('tells once that a request after the first answer is on its way, however many went before that answer', async () => {
  const events: string[] = [];
  await using server = await serve(async () => ({ status: 200, body: 'ok', delayMs: 50 }));
  const http = createLabClient({
    clock,
    random: () => 0,
    onFirstSent: () => void events.push('first'),
    onNextSent: () => void events.push('next'),
  });
  const ask = async (): Promise<void> => {
    await http.request({ service: 'registry', method: 'GET', url: server.url, maxBytes: 100, retry: false });
    events.push('answered');
  };
  await Promise.all([ask(), ask()]);
  expect(events).toEqual(['first', 'answered', 'answered']);
  await ask();
  await ask();
  await http.close();
  expect(events.slice(3)).toEqual(['next', 'answered', 'answered']);
});

test('says nothing if no request ever left', async () => {
  let sent = 0;
  const onFirstSent = (): void => void sent++;
  const http = createLabClient({ clock, random: () => 0, onFirstSent });
  const refused = http.request({
    service: 'registry',
    method: 'GET',
    url: 'http://registry.example/',
    maxBytes: 1,
    retry: false,
  });
  await expect(refused).rejects.toThrow();
  await http.close();
  expect(sent).toBe(0);
});
