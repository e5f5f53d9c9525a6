import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { onAbort } from '../../../../src/domain/calls/on-abort.ts';

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

test('each action is called once, and those that were taken back are not', () => {
  const controller = new AbortController();
  const called: string[] = [];
  onAbort(controller.signal, () => called.push('first'));
  const forget = onAbort(controller.signal, () => called.push('taken back'));
  onAbort(controller.signal, () => called.push('last'));
  forget();
  expect(called).toEqual([]);
  controller.abort();
  controller.abort();
  expect(called).toEqual(['first', 'last']);
});

test('the same action given twice is called twice, and taken back once', () => {
  const controller = new AbortController();
  let count = 0;
  const act = (): void => {
    count += 1;
  };
  const forget = onAbort(controller.signal, act);
  onAbort(controller.signal, act);
  onAbort(controller.signal, act);
  forget();
  forget();
  controller.abort();
  expect(count).toBe(2);
});

test('an action for a signal that has aborted is called at once', () => {
  const called: string[] = [];
  onAbort(AbortSignal.abort(), () => called.push('late'))();
  expect(called).toEqual(['late']);
});

test('an action may take back another, and add one', () => {
  const controller = new AbortController();
  const called: string[] = [];
  let forget = (): void => undefined;
  onAbort(controller.signal, () => {
    forget();
    onAbort(controller.signal, () => called.push('added'));
  });
  forget = onAbort(controller.signal, () => called.push('taken back'));
  controller.abort();
  expect(called).toEqual(['added']);
});

test('a signal has one listener for all actions, and none once nobody waits', () => {
  const { signal } = new AbortController();
  for (let round = 0; round < 2; round += 1) {
    const forget = Array.from({ length: 20 }, () => onAbort(signal, () => undefined));
    expect(listeners(signal)).toBe(1);
    for (const one of forget) one();
    expect(listeners(signal)).toBe(0);
  }
});
