import { setTimeout as sleep } from 'node:timers/promises';
import { isJsonObject, type JsonObject } from '../../../src/domain/text/json-object.ts';
import { expectThat } from '../../common/report.ts';
import type { Ran } from '../../common/run-program.ts';
import type { KubeAnswer } from '../../peers/kube.ts';

const DENIED = /admission webhook "[a-z0-9.-]+" denied the request: /;

/** The object of an answer; throws with the refusal if there is none. */
export function stored({ status, body }: KubeAnswer): JsonObject {
  expectThat(
    (status === 200 || status === 201) && isJsonObject(body),
    'an object that is stored',
    `${status} ${shown(body)}`,
  );
  return body as JsonObject;
}

/** What a user reads of a refusal; the whole answer if it is something else. */
export function messageOf({ status, body }: KubeAnswer): string {
  const message = isJsonObject(body) ? body['message'] : undefined;
  return status >= 400 && typeof message === 'string' ? message : `${status} ${shown(body)}`;
}

/** Expects a refusal by the webhook whose message has every part; gives the message. */
export function refused(answer: KubeAnswer, ...parts: readonly string[]): string {
  const message = messageOf(answer);
  expectThat(
    answer.status === 403 && DENIED.test(message),
    `a refusal by the webhook with ${parts.join(', ')}`,
    `${answer.status} ${message}`,
  );
  for (const part of parts) expectThat(message.includes(part), `a message with ${JSON.stringify(part)}`, message);
  return message;
}

/** The same of a command of kubectl. */
export function commandRefused({ code, out }: Ran, ...parts: readonly string[]): void {
  expectThat(code !== 0 && DENIED.test(out), `a refusal by the webhook with ${parts.join(', ')}`, `${code} ${out}`);
  for (const part of parts) expectThat(out.includes(part), `a message with ${JSON.stringify(part)}`, out);
}

/** Expects that a command of kubectl did what it should. */
export function commandPassed({ code, out }: Ran): string {
  expectThat(code === 0, 'exit code 0', `${code} ${out}`);
  return out;
}

/** Expects that the API server could not ask the webhook, and refuses for that. */
export function unreachable(answer: KubeAnswer): void {
  const message = messageOf(answer);
  expectThat(
    answer.status === 500 && message.includes('failed calling webhook'),
    'a webhook that cannot be reached',
    message,
  );
}

/** Tries until it holds; throws after a minute with what was found last. */
export async function until(what: string, holds: () => Promise<boolean | string>): Promise<void> {
  let last: boolean | string = '';
  for (let tries = 0; tries < 600; tries++) {
    last = await holds();
    if (last === true) return;
    await sleep(100);
  }
  throw new Error(`not within a minute: ${what}; last: ${String(last)}`);
}

function shown(body: unknown): string {
  return (JSON.stringify(body) ?? '').slice(0, 2000);
}
