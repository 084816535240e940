import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import { valueAt } from './json-path.ts';
import { parseYaml } from './yaml/parse.ts';

/** Flux's controllers, in Flux's own order. The first four are what `flux install` installs if nothing else is said. */
export const FLUX_COMPONENTS = [
  'source-controller',
  'kustomize-controller',
  'helm-controller',
  'notification-controller',
  'image-reflector-controller',
  'image-automation-controller',
  'source-watcher',
] as const;

export type FluxComponent = (typeof FLUX_COMPONENTS)[number];

export const DEFAULT_COMPONENTS: readonly FluxComponent[] = FLUX_COMPONENTS.slice(0, 4);

export function isFluxComponent(name: unknown): name is FluxComponent {
  return FLUX_COMPONENTS.some((known) => known === name);
}

/** What install manifests hold, or why they are none. */
export type Inspected = { readonly components: readonly FluxComponent[] } | { readonly problem: string };

/** Without these no tree is synced. */
const NEEDED: readonly FluxComponent[] = ['source-controller', 'kustomize-controller'];
const CRDS = ['kustomizations.kustomize.toolkit.fluxcd.io', 'gitrepositories.source.toolkit.fluxcd.io'];

/** Reads install manifests of a version: they must be whole, Flux's, for the namespace flux-system, and without Secrets. */
export function inspectFlux(
  text: string,
  version: string,
  { wanted = [] }: { readonly wanted?: readonly FluxComponent[] | undefined } = {},
): Inspected {
  const { documents, problems } = parseYaml(text);
  const [problem] = problems;
  if (problem) return { problem: `line ${problem.line} is not sound YAML: ${problem.message}` };
  const objects = documents.map(({ value }) => value).filter((value) => value !== null);
  if (objects.length === 0) return { problem: 'there is nothing in it' };
  const odd = objects.find((object) => !isKubeObject(object));
  if (odd !== undefined) return { problem: 'not everything in it is a Kubernetes object' };
  const named = (objects as readonly JsonObject[]).map(nameOf);
  if (named.some(({ kind }) => kind === 'Secret')) return { problem: 'it holds a Secret' };
  const other = saidVersion(text);
  if (other !== undefined && other !== version) return { problem: `it is Flux ${other}` };
  const deployments = named.filter(({ kind }) => kind === 'Deployment').map(({ name }) => name);
  const unknown = deployments.find((name) => !isFluxComponent(name));
  if (unknown !== undefined) return { problem: `its Deployment ${JSON.stringify(unknown)} is no controller of Flux's` };
  const lacks = (kind: string, name: string): boolean => !named.some((one) => one.kind === kind && one.name === name);
  const missing = [
    ...['flux-system'].filter((name) => lacks('Namespace', name)).map((name) => `Namespace "${name}"`),
    ...FLUX_COMPONENTS.filter((name) => [...NEEDED, ...wanted].includes(name) && lacks('Deployment', name)),
    ...CRDS.filter((name) => lacks('CustomResourceDefinition', name)).map((name) => `CustomResourceDefinition "${name}"`),
  ];
  if (missing.length > 0) return { problem: `it has no ${missing.join(', no ')}` };
  return { components: FLUX_COMPONENTS.filter((component) => deployments.includes(component)) };
}

function isKubeObject(value: Json): value is JsonObject {
  return (
    isJsonObject(value) && ['apiVersion', 'kind'].every((key) => typeof valueAt(value, [key]) === 'string') && nameOf(value).name !== ''
  );
}

function nameOf(object: Json): { readonly kind: string; readonly name: string } {
  const [kind, name] = [valueAt(object, ['kind']), valueAt(object, ['metadata', 'name'])];
  return { kind: typeof kind === 'string' ? kind : '', name: typeof name === 'string' ? name : '' };
}

/** The version that the text says it is, as `flux install --export` begins and labels its objects. */
function saidVersion(text: string): string | undefined {
  return /^# Flux Version: v?(\S+)/m.exec(text)?.[1] ?? /^ +app\.kubernetes\.io\/version: "?v([0-9][^"\s]*)/m.exec(text)?.[1];
}

/** The documents of ready-made manifests without those of other controllers, byte for byte; or why that cannot be. */
export function selectComponents(text: string, wanted: readonly FluxComponent[]): { readonly text: string } | { readonly problem: string } {
  if (!wanted.includes('notification-controller') && text.includes('notification-controller'))
    return { problem: 'its controllers send their events to notification-controller, so that it cannot be left out' };
  const parts = text.split(/^(?=---[ \t]*\r?$)/m);
  const kept = parts.filter((part) => {
    const component = componentOf(part);
    return !isFluxComponent(component) || wanted.includes(component);
  });
  return { text: kept.join('') };
}

function componentOf(part: string): Json | undefined {
  const [document] = parseYaml(part).documents;
  return document && valueAt(document.value, ['metadata', 'labels', 'app.kubernetes.io/component']);
}
