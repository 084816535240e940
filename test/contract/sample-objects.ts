import type { Json } from '../../generator/model/json.ts';

/** A ConfigMap of this name. */
export const configMap = (name: string, data: Json = { a: 'b' }): Json => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});
export const text = (object: Json): string => JSON.stringify(object);

/** A Deployment of two containers; `web()` is the same as an object. */
export const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - {name: web, image: "nginx:1", ports: [{containerPort: 80}]}
      - {name: log, image: "registry.example.com:5000/log"}
`;

interface Web {
  readonly name?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly all?: Readonly<Record<string, string>>;
  readonly replicas?: number;
  readonly web?: Readonly<Record<string, Json>>;
  readonly log?: Readonly<Record<string, Json>>;
  readonly namespace?: string;
}

/** The deployment above, with the parts given laid over it. */
export function web({ name = 'web', labels, all = {}, replicas = 1, web: first = {}, log = {}, namespace }: Web = {}): Json {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, ...(labels && { labels }), ...(namespace !== undefined && { namespace }) },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'web', ...all } },
      template: {
        metadata: { labels: { app: 'web', ...all } },
        spec: {
          containers: [
            { name: 'web', image: 'nginx:1', ports: [{ containerPort: 80 }], ...first },
            { name: 'log', image: 'registry.example.com:5000/log', ...log },
          ],
        },
      },
    },
  };
}

/** The same with its containers the other way round. */
export function webWithLogFirst(log: Readonly<Record<string, Json>>): Json {
  const { spec, ...rest } = web({ log }) as { spec: { template: { spec: { containers: Json[] } } } };
  return {
    ...rest,
    spec: { ...spec, template: { ...spec.template, spec: { containers: spec.template.spec.containers.toReversed() } } },
  };
}

/** An object like `web()` with annotations, in its template too. */
export function annotated(object: Json, annotations: Readonly<Record<string, string>>): Json {
  const { metadata, spec, ...rest } = object as { metadata: object; spec: { template: { metadata: object } } };
  const template = { ...spec.template, metadata: { ...spec.template.metadata, annotations } };
  return { ...rest, metadata: { ...metadata, annotations }, spec: { ...spec, template } };
}
