import { repoPath } from '../lib/path.ts';
import type { JsonObject } from '../model/json.ts';
import type { SourceFile } from '../model/source.ts';
import { splitImage } from './image.ts';
import { yamlText } from './yaml-text.ts';

export interface PackageAnswers {
  readonly name: string;
  readonly description: string;
  /** JSON Schemas by the value's name. */
  readonly values: Readonly<Record<string, JsonObject>>;
}

/** `template.yaml` of a package. */
export function templateFile({ name, description, values }: PackageAnswers): SourceFile {
  const text = yamlText`
    apiVersion: espalier.dev/v1alpha1
    kind: Template
    metadata:
      name: ${name}
    spec:
      description: ${description}
      # A JSON Schema (draft 7). Files that end in .hbs write a value as {{name}}.
      values:
        type: object
        additionalProperties: false
        properties: ${values}
      # A value may come from a cluster's variable; each is listed as value: variable, such as
      # variables: {host: ingressDomain}`;
  return { path: repoPath(`templates/apps/${name}/template.yaml`), text };
}

export interface NewAppAnswers {
  readonly name: string;
  readonly description: string;
  readonly image: string;
  readonly port: number;
}

/** A package for a stateless service, to begin with: a Deployment and a Service. */
export function appFiles({ name, description, image, port }: NewAppAnswers): readonly SourceFile[] {
  const { repository, tag } = splitImage(image) ?? { repository: image, tag: undefined };
  const values = {
    ...(tag === undefined
      ? { image: { type: 'string', default: image, description: 'The image.' } }
      : { tag: { type: 'string', default: tag, description: `Tag of ${repository}.` } }),
    replicas: { type: 'integer', minimum: 0, default: 1, description: 'Number of pods.' },
  };
  const file = (path: string, text: string): SourceFile => ({ path: repoPath(`templates/apps/${name}/${path}`), text });
  return [
    templateFile({ name, description, values }),
    file('kustomization.yaml', kustomization(['deployment.yaml', 'service.yaml'])),
    file('deployment.yaml.hbs', deployment({ name, port, image: tag === undefined ? '{{image}}' : `${repository}:{{tag}}` })),
    file('service.yaml', service(name)),
  ];
}

export function kustomization(resources: readonly string[]): string {
  return yamlText`
    apiVersion: kustomize.config.k8s.io/v1beta1
    kind: Kustomization
    # Files that end in .hbs are listed without it.
    resources: ${resources}`;
}

/** `image` and `name` are of characters that mean nothing in quotes. */
function deployment({ name, image, port }: { readonly name: string; readonly image: string; readonly port: number }): string {
  return yamlText`
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: ${name}
      labels:
        app: ${name}
    spec:
      replicas: {{replicas}}
      selector:
        matchLabels:
          app: ${name}
      template:
        metadata:
          labels:
            app: ${name}
        spec:
          automountServiceAccountToken: false
          # What the restricted Pod Security Standard asks for.
          securityContext:
            runAsNonRoot: true
            seccompProfile: {type: RuntimeDefault}
          containers:
          - name: ${name}
            image: ${image}
            ports:
            - name: http
              containerPort: ${port}
            readinessProbe:
              tcpSocket: {port: http}
            resources:
              requests: {cpu: 50m, memory: 64Mi}
              limits: {memory: 128Mi}
            securityContext:
              allowPrivilegeEscalation: false
              capabilities: {drop: [ALL]}`;
}

function service(name: string): string {
  return yamlText`
    apiVersion: v1
    kind: Service
    metadata:
      name: ${name}
    spec:
      selector:
        app: ${name}
      ports:
      - name: http
        port: 80
        targetPort: http`;
}
