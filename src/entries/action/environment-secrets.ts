import { isBareKeyText, privateKeyLines } from '../../domain/text/private-keys.ts';
import { proxySecrets } from '../../http/proxy-settings.ts';

/** Variables whose whole value is secret: the runner's tokens and the inputs with credentials. */
const SECRET_VARIABLES = [
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'ACTIONS_RUNTIME_TOKEN',
  'INPUT_GITHUB-TOKEN',
  'INPUT_REGISTRY-PASSWORD',
] as const;

/** Variables that may contain a private key, beside text that is not secret. */
const KEY_VARIABLES = ['INPUT_CLIENT-CERTIFICATE', 'INPUT_CLIENT-KEY'] as const;

/** The secrets in the environment, known before the run reads any input or sends any request. */
export function environmentSecrets(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  // The final line break of an input comes from its YAML.
  const whole = SECRET_VARIABLES.map((name) => (env[name] ?? '').replace(/\r?\n$/, ''));
  const keys = KEY_VARIABLES.map((name) => env[name] ?? '').flatMap((value) => [
    ...privateKeyLines(value),
    ...(isBareKeyText(value) ? [value.trim()] : []),
  ]);
  return [...whole, ...keys, ...proxySecrets(env)].filter((secret) => secret !== '');
}
