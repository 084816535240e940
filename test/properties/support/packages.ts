import type { Texts } from '../../support/check-texts.ts';

const TEMPLATE = 'apiVersion: espalier.dev/v1alpha1\nkind: Template\n';

/** No values at all; strings that YAML's readers disagree about. */
const plain: Texts = {
  'template.yaml': `${TEMPLATE}metadata: {name: plain}\nspec: {description: Something that is the same everywhere.}\n`,
  'kustomization.yaml': 'resources: [plain.yaml]\ncommonAnnotations: {team: "no"}\n',
  'plain.yaml': `apiVersion: v1
kind: ConfigMap
metadata: {name: plain}
data: {answer: "yes", mode: "0644", count: "1_000", text: "one\\ntwo\\n"}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: plain}
spec:
  selector: {matchLabels: {app: plain}}
  template:
    metadata: {labels: {app: plain}}
    spec:
      containers:
      - {name: plain, image: "nginx:1.29", envFrom: [{configMapRef: {name: plain}}]}
`,
};

/** Values that late binding can put in: numbers, an image's tag, text of any kind. */
const service: Texts = {
  'template.yaml': `${TEMPLATE}metadata: {name: service}
spec:
  description: A service.
  values:
    type: object
    additionalProperties: false
    required: [name]
    properties:
      name: {type: string, description: Name of all objects.}
      replicas: {type: integer, minimum: 1, default: 1, description: Pods.}
      note: {type: string, default: hello, description: Any text.}
      host: {type: string, default: localhost, description: Host.}
  variables: {host: domain}
`,
  'kustomization.yaml': 'resources: [service.yaml]\n',
  'service.yaml.hbs': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: "{{name}}"
  annotations: {note: "{{note}}"}
spec:
  replicas: {{replicas}}
  selector: {matchLabels: {app: "{{name}}"}}
  template:
    metadata: {labels: {app: "{{name}}"}}
    spec:
      containers:
      - name: main
        image: "nginx:{{replicas}}.{{replicas}}"
        env:
        - {name: NOTE, value: "{{note}}"}
        - {name: HOST, value: "http://{{host}}/{{name}}"}
---
apiVersion: v1
kind: Service
metadata: {name: "{{name}}"}
spec: {selector: {app: "{{name}}"}, ports: [{port: 80}]}
`,
};

/** Values that decide how many objects and fields there are. */
const routes: Texts = {
  'template.yaml': `${TEMPLATE}metadata: {name: routes}
spec:
  description: Routes to a service.
  values:
    type: object
    additionalProperties: false
    required: [name]
    properties:
      name: {type: string, description: Name of all objects.}
      public: {type: boolean, default: false, description: Whether there is an Ingress.}
      host: {type: string, default: localhost, description: Host.}
      entries:
        type: array
        default: []
        description: The routes.
        items:
          type: object
          additionalProperties: false
          required: [path, note]
          properties:
            path: {type: string, description: Path.}
            note: {type: string, description: Any text.}
  variables: {host: domain}
`,
  'kustomization.yaml.hbs': 'resources:\n- routes.yaml\n{{#if public}}\n- ingress.yaml\n{{/if}}\n',
  'routes.yaml.hbs': `{{#each entries}}
apiVersion: v1
kind: ConfigMap
metadata: {name: "{{../name}}-{{@index}}"}
data: {path: "{{path}}", note: "{{note}}"}
---
{{/each}}
apiVersion: v1
kind: Service
metadata: {name: "{{name}}"}
spec: {selector: {app: "{{name}}"}, ports: [{port: 80}]}
`,
  'ingress.yaml.hbs': `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: "{{name}}"}
spec:
  rules:
  - host: "{{host}}"
    http:
      paths:
{{#each entries}}
      - {path: "/{{path}}", pathType: Prefix, backend: {service: {name: "{{../name}}", port: {number: 80}}}}
{{else}}
      - {path: /, pathType: Prefix, backend: {service: {name: "{{name}}", port: {number: 80}}}}
{{/each}}
`,
};

/** Values that kustomize computes with: contents under a name with their hash, which a Job refers to. */
const batch: Texts = {
  'template.yaml': `${TEMPLATE}metadata: {name: batch}
spec:
  description: A job.
  values:
    type: object
    additionalProperties: false
    required: [name]
    properties:
      name: {type: string, description: Name of all objects.}
      replicas: {type: integer, minimum: 1, default: 1, description: How many at once.}
      note: {type: string, default: hello, description: Any text.}
`,
  'kustomization.yaml.hbs': `resources: [job.yaml]
configMapGenerator:
- name: "{{name}}-files"
  files: [script.sh]
  literals: ["level=l{{replicas}}"]
`,
  'script.sh': 'set -e\necho "done"\n',
  'job.yaml.hbs': `apiVersion: batch/v1
kind: Job
metadata: {name: "{{name}}"}
spec:
  parallelism: {{replicas}}
  template:
    spec:
      restartPolicy: Never
      containers:
      - name: main
        image: "busybox:1.{{replicas}}"
        command: [sh, /files/script.sh]
        env: [{name: NOTE, value: "{{note}}"}]
        volumeMounts: [{name: files, mountPath: /files}]
      volumes: [{name: files, configMap: {name: "{{name}}-files"}}]
`,
};

export const PACKAGES = { plain, service, routes, batch } as const;

export type PackageName = keyof typeof PACKAGES;

export function packageFiles(): Texts {
  return Object.fromEntries(
    Object.entries(PACKAGES).flatMap(([name, files]) =>
      Object.entries(files).map(([path, text]) => [`templates/apps/${name}/${path}`, text] as const),
    ),
  );
}
