import { canonical } from '../../lib/canonical.ts';
import { objectFileName } from '../../lib/object-file-name.ts';
import { compareText } from '../../lib/order.ts';
import { repoPath } from '../../lib/path.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { KubeMetadata, KubeObject } from '../../model/kube.ts';
import type { SourceFile } from '../../model/source.ts';
import type { ReadRender } from './read-render.ts';

/** The namespace that a chart is rendered in when nobody names one: wherever it shows, a value takes its place. */
export const ANY_NAMESPACE = 'espalier-any-namespace';

export interface PackageRequest {
  /** Name of the package. */
  readonly name: string;
  /** One sentence for people. */
  readonly description: string;
  readonly render: ReadRender;
  /** What the chart was rendered in. */
  readonly namespace: string;
}

export interface ChartPackage {
  readonly files: readonly SourceFile[];
  /** For whoever looks after the cluster: `templates/crds/<package>/`. */
  readonly clusterFiles: readonly SourceFile[];
  /** Files in which a mustache would not be told from the chart's own braces. */
  readonly ambiguous: readonly string[];
}

interface ObjectFile {
  readonly name: string;
  readonly text: string;
  readonly hasNamespace: boolean;
}

/** A template package of a chart's objects. Where they name their namespace beyond `metadata`, it becomes the value `namespace`. */
export function chartPackage({ name, description, render, namespace }: PackageRequest): ChartPackage {
  const folder = `templates/apps/${name}`;
  const objects = render.objects.map((object) => objectFile(withoutNamespace(object, namespace)));
  const needsNamespace = objects.some(({ hasNamespace }) => hasNamespace);
  const names = objects.map((file) => file.name).sort(compareText);
  const kustomization = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: names };
  const file = (path: string, text: string): SourceFile => ({ path: repoPath(path), text });
  return {
    files: [
      file(`${folder}/template.yaml`, templateText({ name, description, needsNamespace })),
      file(`${folder}/kustomization.yaml`, printYaml(kustomization)),
      ...objects.map(({ name: own, text, hasNamespace }) =>
        hasNamespace ? file(`${folder}/${own}.hbs`, text.replaceAll(ANY_NAMESPACE, '{{namespace}}')) : file(`${folder}/${own}`, text),
      ),
    ],
    clusterFiles: render.clusterWide.map((object) =>
      file(`templates/crds/${name}/${objectFileName(object, '')}`, printYaml(canonical(object))),
    ),
    ambiguous: objects.filter(({ text, hasNamespace }) => hasNamespace && text.includes('{{')).map((each) => each.name),
  };
}

function objectFile(object: KubeObject): ObjectFile {
  const text = printYaml(canonical(object));
  return { name: objectFileName(object, ''), text, hasNamespace: text.includes(ANY_NAMESPACE) };
}

/** Labels and annotations that a chart leaves empty go too: the API server takes no `null` for them. */
function withoutNamespace(object: KubeObject, namespace: string): KubeObject {
  const kept = Object.entries(object.metadata).filter(([key, value]) => !(key === 'namespace' && value === namespace) && !(value === null));
  return { ...object, metadata: Object.fromEntries(kept) as unknown as KubeMetadata };
}

interface TemplateFacts {
  readonly name: string;
  readonly description: string;
  readonly needsNamespace: boolean;
}

function templateText({ name, description, needsNamespace }: TemplateFacts): string {
  const namespace = { type: 'string', minLength: 1, description: "The logical cloud's namespace, which the chart's objects name." };
  const values: JsonObject = {
    type: 'object',
    additionalProperties: false,
    ...(needsNamespace && { required: ['namespace'], properties: { namespace } }),
  };
  const template: Json = { apiVersion: 'espalier.dev/v1alpha1', kind: 'Template', metadata: { name }, spec: { description, values } };
  return `# Rendered from a Helm chart by espalier chart vendor; chart.lock.yaml tells which.\n${printYaml(template)}`;
}

/** `Deployment "web"`, for people. */
export function describeObject({ kind, metadata }: KubeObject): string {
  const name = isJsonObject(metadata) ? metadata['name'] : undefined;
  return `${kind} "${String(name)}"`;
}
