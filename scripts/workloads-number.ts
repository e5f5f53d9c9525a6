/** The CPU time for finding the images of 1,000 Kubernetes documents that name 300 distinct images: at most 2 s. */
import { readObjects } from './common/read-objects.ts';

const DOCUMENTS = 1_000;
const DIGEST = `sha256:${'a'.repeat(64)}`;

const document = (index: number): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-${index}
  namespace: prod
  labels: {app.kubernetes.io/name: app-${index}, helm.sh/chart: app-1.2.3}
spec:
  replicas: 2
  selector:
    matchLabels: {app.kubernetes.io/name: app-${index}}
  template:
    metadata:
      labels: {app.kubernetes.io/name: app-${index}}
    spec:
      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
      initContainers:
        - name: migrate
          image: "ghcr.io/acme/migrate-${index % 100}:1.4.2"
      containers:
        - name: app
          image: ghcr.io/acme/app-${index % 200}:1@${DIGEST}
          ports: [{name: http, containerPort: 8080}]
          env:
            - {name: A, value: "1"}
            - {name: B, valueFrom: {secretKeyRef: {name: s, key: k}}}
          livenessProbe: {httpGet: {path: /healthz, port: http}}
          resources:
            requests: {cpu: 10m, memory: 64Mi}
            limits: {memory: 128Mi}
`;

const texts = Array.from({ length: DOCUMENTS }, (_, index) => document(index));
for (const [title, files] of [
  ['one file', [texts.join('---\n')]],
  ['a file each', texts],
] as const) {
  const before = process.cpuUsage();
  const images = files.flatMap((text) => {
    const found = readObjects(text);
    if (found.problems.length > 0) throw new Error(found.problems[0]?.what);
    return found.images.map(({ image }) => image);
  });
  const { user, system } = process.cpuUsage(before);
  const distinct = new Set(images).size;
  console.log(
    `${DOCUMENTS} documents in ${title}: ${images.length} images, ${distinct} distinct, ${Math.round((user + system) / 1000)} ms CPU`,
  );
}
