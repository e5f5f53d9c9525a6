import { proxySecrets } from '../../http/proxy-settings.ts';

/** Variables that are secret as a whole: of the runner, and the inputs that hold a login. */
const SECRET_VARIABLES = [
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'ACTIONS_RUNTIME_TOKEN',
  'INPUT_GITHUB-TOKEN',
  'INPUT_REGISTRY-PASSWORD',
] as const;

/** What the environment holds that nobody may read, known before anything is read or asked. */
export function environmentSecrets(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  // An input's last line break belongs to the YAML it was written in.
  const whole = SECRET_VARIABLES.map((name) => (env[name] ?? '').replace(/\r?\n$/, ''));
  return [...whole, ...proxySecrets(env)].filter((secret) => secret !== '');
}
