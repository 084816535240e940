/** One made-up app as a template package: a web service as teams write them, with as many objects as asked for. */
import type { Dice } from './dice.ts';
import type { Shapes } from './fleet.ts';

export interface AppOptions {
  readonly objects: number;
  readonly shapes: Shapes;
  readonly dice: Dice;
}

/** Files of the package by name. The first seven objects are of seven kinds; more are ConfigMaps. */
export function appTemplate(name: string, { objects, shapes, dice }: AppOptions): Readonly<Record<string, string>> {
  const port = 8000 + dice.below(1000);
  const kinds = [deployment(name, { port, dice }), service, account, configMap(name, dice), scaling, budget, networkPolicy];
  const texts = Array.from({ length: objects }, (_, index) => kinds[index] ?? settings(index, dice));
  const resources = texts.map((text, index) => [`object-${index}.yaml.hbs`, typeof text === 'string' ? text : text(name)] as const);
  return {
    'template.yaml': manifest(name, { port, shapes }),
    'kustomization.yaml.hbs': kustomization(name, objects),
    ...Object.fromEntries(resources),
  };
}

const VARIABLES = { site: 'site', domain: 'domain', replicas: 'replicas', memory: 'memory' };

function manifest(name: string, { port, shapes }: { readonly port: number; readonly shapes: Shapes }): string {
  const variables = shapes === 'shared' ? {} : shapes === 'late' ? VARIABLES : { ...VARIABLES, port: 'port' };
  return `apiVersion: espalier.dev/v1alpha1
kind: Template
metadata: {name: ${name}}
spec:
  description: A web service.
  values:
    type: object
    additionalProperties: false
    properties:
      tag: {type: string, default: 1.0.0, description: Tag of the image.}
      replicas: {type: integer, minimum: 1, default: 2, description: Number of pods.}
      port: {type: integer, default: ${port}, description: Port of the container.}
      site: {type: string, default: somewhere, description: Name of the site.}
      domain: {type: string, default: example.net, description: Domain of the site.}
      memory: {type: string, default: 128Mi, description: Memory of a pod.}
  variables: ${JSON.stringify(variables)}
`;
}

function kustomization(name: string, objects: number): string {
  const resources = Array.from({ length: objects }, (_, index) => `- object-${index}.yaml\n`);
  return `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
${resources.join('')}labels:
- pairs: {team: team-${name}}
images:
- {name: registry.example.net/${name}, newTag: "{{tag}}"}
patches:
- target: {kind: Deployment}
  patch: |
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: ${name}}
    spec: {minReadySeconds: 5}
`;
}

function deployment(name: string, { port, dice }: { readonly port: number; readonly dice: Dice }): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels: {app: ${name}}
spec:
  replicas: {{replicas}}
  revisionHistoryLimit: ${2 + dice.below(8)}
  selector:
    matchLabels: {app: ${name}}
  template:
    metadata:
      labels: {app: ${name}}
      annotations: {example.net/site: "{{site}}"}
    spec:
      serviceAccountName: ${name}
      securityContext: {runAsNonRoot: true, runAsUser: ${1000 + dice.below(9000)}, seccompProfile: {type: RuntimeDefault}}
      containers:
      - name: ${name}
        image: registry.example.net/${name}:0.0.0
        args: [--listen=:${port}, "--public-url=https://${name}.{{domain}}", --log-level=info]
        env:
        - {name: SITE, value: "{{site}}"}
        - {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
        envFrom:
        - configMapRef: {name: ${name}}
        ports:
        - {name: http, containerPort: {{port}} }
        readinessProbe: {httpGet: {path: /healthz, port: http}, periodSeconds: ${5 + dice.below(10)}}
        livenessProbe: {httpGet: {path: /healthz, port: http}, periodSeconds: 20}
        resources:
          requests: {cpu: ${50 + dice.below(500)}m, memory: "{{memory}}"}
          limits: {memory: "{{memory}}"}
        securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
        volumeMounts:
        - {name: tmp, mountPath: /tmp}
      volumes:
      - {name: tmp, emptyDir: {sizeLimit: 64Mi}}
`;
}

function service(name: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
  labels: {app: ${name}}
  annotations: {example.net/host: "${name}.{{domain}}"}
spec:
  selector: {app: ${name}}
  ports:
  - {name: http, port: 80, targetPort: http}
`;
}

function account(name: string): string {
  return `apiVersion: v1
kind: ServiceAccount
metadata:
  name: ${name}
  annotations: {example.net/site: "{{site}}"}
automountServiceAccountToken: false
`;
}

function configMap(name: string, dice: Dice): string {
  return `apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}}
data:
  SITE: "{{site}}"
  PUBLIC_URL: "https://${name}.{{domain}}/"
  CACHE_SECONDS: "${dice.below(600)}"
  settings.conf: |
    # Settings of ${name}
    upstream = api.{{domain}}
    workers = ${1 + dice.below(16)}
    timeout = ${dice.below(60)}s
`;
}

function scaling(name: string): string {
  return `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: ${name}
  annotations: {example.net/site: "{{site}}"}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: ${name}}
  minReplicas: {{replicas}}
  maxReplicas: 40
  metrics:
  - type: Resource
    resource: {name: cpu, target: {type: Utilization, averageUtilization: 60}}
`;
}

function budget(name: string): string {
  return `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: ${name}
  annotations: {example.net/site: "{{site}}"}
spec:
  maxUnavailable: 1
  selector:
    matchLabels: {app: ${name}}
`;
}

function networkPolicy(name: string): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: ${name}
  annotations: {example.net/site: "{{site}}"}
spec:
  podSelector:
    matchLabels: {app: ${name}}
  policyTypes: [Ingress]
  ingress:
  - from:
    - podSelector: {}
    ports: [{port: http}]
`;
}

function settings(index: number, dice: Dice): (name: string) => string {
  const number = dice.below(1000);
  return (name) => `apiVersion: v1
kind: ConfigMap
metadata: {name: ${name}-${index}}
data: {SITE: "{{site}}", NUMBER: "${number}"}
`;
}
