import { isJsonObject, type JsonObject } from '../../../src/domain/text/json-object.ts';
import { expectThat, type Report } from '../../common/report.ts';
import { HOME, LEGACY, SERVICE_ACCOUNT, SHOP, type Stage } from './stage.ts';

/** What the service account may do in a namespace beyond what any service account may, as `resource.group: verbs`. */
const IN_ANY: readonly string[] = [
  'clusterimagepolicies.policy.sigstore.dev: list watch',
  'events: create',
  'pods: list',
  'policyreports.wgpolicyk8s.io: create get update',
  'trustroots.policy.sigstore.dev: list watch',
];
/** The same in its own. */
const AT_HOME: readonly string[] = [
  ...IN_ANY,
  'leases.coordination.k8s.io: create',
  'leases.coordination.k8s.io [countersign-webhook]: get update',
];
/** What would help an attacker with the webhook's token, and must be forbidden. */
const FORBIDDEN: readonly (readonly [method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string])[] = [
  ['GET', '/api/v1/secrets'],
  ['GET', `/api/v1/namespaces/${HOME}/secrets/countersign-webhook-tls`],
  ['GET', `/api/v1/namespaces/${SHOP}/configmaps`],
  ['POST', `/api/v1/namespaces/${SHOP}/pods`],
  ['PATCH', `/api/v1/namespaces/${LEGACY}/pods/old`],
  ['DELETE', `/api/v1/namespaces/${LEGACY}/pods/old`],
  ['POST', `/api/v1/namespaces/${LEGACY}/pods/old/exec`],
  ['PATCH', `/apis/apps/v1/namespaces/${HOME}/deployments/countersign-webhook`],
  ['POST', '/apis/policy.sigstore.dev/v1beta1/clusterimagepolicies'],
  ['DELETE', '/apis/policy.sigstore.dev/v1beta1/clusterimagepolicies/acme'],
  ['PATCH', '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/countersign-webhook'],
  ['POST', `/apis/coordination.k8s.io/v1/namespaces/kube-system/leases`],
  ['POST', `/api/v1/namespaces/${HOME}/serviceaccounts/${SERVICE_ACCOUNT}/token`],
  ['POST', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings'],
];

/** The service account may do what deploy/ says, and nothing else. */
export async function checkPermissions(report: Report, { kube }: Stage): Promise<void> {
  const token = await kube.tokenOf(HOME, SERVICE_ACCOUNT);
  const rulesOf = async (namespace: string, as: string): Promise<readonly string[]> => {
    const { body } = await kube.send({
      ...{ method: 'POST', path: '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', token: as },
      body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectRulesReview', spec: { namespace } },
    });
    const status = isJsonObject(body) && isJsonObject(body['status']) ? body['status'] : {};
    const rules = Array.isArray(status['resourceRules']) ? status['resourceRules'].filter(isJsonObject) : [];
    return rules.flatMap(linesOf).sort();
  };
  await report.check('the service account may do exactly what is listed here', async () => {
    // Anybody may ask about themselves.
    await kube.kubectl(['create', 'serviceaccount', '-n', SHOP, 'nobody']);
    const common = await rulesOf(SHOP, await kube.tokenOf(SHOP, 'nobody'));
    for (const [namespace, wanted] of [
      [SHOP, IN_ANY],
      [HOME, AT_HOME],
    ] as const) {
      const found = (await rulesOf(namespace, token)).filter((one) => !common.includes(one));
      expectThat(found.join('\n') === [...wanted].sort().join('\n'), wanted.join('\n'), found.join('\n'));
    }
  });
  await report.check('what an attacker would do with its token is forbidden', async () => {
    for (const [method, path] of FORBIDDEN) {
      const { status } = await kube.send({ method, path, token, ...(method === 'GET' ? {} : { body: {} }) });
      expectThat(status === 403, `403 for ${method} ${path}`, String(status));
    }
  });
}

function linesOf(rule: JsonObject): string[] {
  const texts = (key: string): string[] => (Array.isArray(rule[key]) ? rule[key].map(String) : []);
  const names = texts('resourceNames');
  const only = names.length === 0 ? '' : ` [${names.join(' ')}]`;
  return texts('resources').flatMap((resource) =>
    texts('apiGroups').map((group) => {
      return `${resource}${group === '' ? '' : `.${group}`}${only}: ${[...texts('verbs')].sort().join(' ')}`;
    }),
  );
}
