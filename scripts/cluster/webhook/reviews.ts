import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../../src/domain/text/json-object.ts';

/** What the API server sends when somebody creates a Pod (k8s.io/api admission/v1), with some of it replaced. */
export function reviewOf(pod: JsonObject, namespace: string, changes: JsonObject = {}): string {
  const kind = { group: '', version: 'v1', kind: 'Pod' };
  const resource = { group: '', version: 'v1', resource: 'pods' };
  return JSON.stringify({
    ...{ apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview' },
    request: {
      ...{ uid: randomUUID(), kind, resource, requestKind: kind, requestResource: resource },
      ...{ namespace, operation: 'CREATE', dryRun: false, object: pod, oldObject: null },
      userInfo: {
        username: 'system:serviceaccount:kube-system:replicaset-controller',
        groups: ['system:authenticated'],
      },
      options: { apiVersion: 'meta.k8s.io/v1', kind: 'CreateOptions' },
      ...changes,
    },
  });
}

/** A Pod with one container as a controller makes them, with all that the API server adds. */
export function ordinaryPod(image: string, name: string, namespace: string): JsonObject {
  return {
    ...{ apiVersion: 'v1', kind: 'Pod' },
    metadata: { name, namespace, uid: randomUUID(), labels: { app: name } },
    spec: {
      containers: [
        {
          ...{ name: 'app', image, imagePullPolicy: 'IfNotPresent' },
          resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } },
          env: Array.from({ length: 10 }, (_, index) => ({ name: `SETTING_${index}`, value: `value ${index}` })),
        },
      ],
      ...{ restartPolicy: 'Always', serviceAccountName: 'default', dnsPolicy: 'ClusterFirst' },
    },
    status: {},
  };
}
