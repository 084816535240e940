import { toContext } from '../lib/hash.ts';
import type { Reason } from '../model/change.ts';
import { type ContextId, type ContextRef, LOGICAL_CLOUD_APP } from '../model/context.ts';
import type { Diagnostic, Reach } from '../model/diagnostic.ts';
import type { Intents } from '../model/intents.ts';

/** An app of a context, on any cluster. */
export interface AppRef {
  readonly context: ContextId;
  readonly app: string;
}

/** What errors hold back, as questions about one app; the answer is the reason. */
export interface Holds {
  /** Of an app that is wanted. */
  readonly ofWanted: (ref: AppRef) => Reason | undefined;
  /** Of an app that stands in the tree where no intent that could be read asks for it. */
  readonly ofUnwanted: (ref: AppRef) => Reason | undefined;
}

export interface HoldsRequest {
  readonly intents: Pick<Intents, 'clouds' | 'deployments'>;
  readonly diagnostics: readonly Diagnostic[];
  readonly isolate: boolean;
}

/** Reasons by what they hold. The first error that reaches something is its reason. */
interface Found {
  readonly contexts: Map<ContextId, Reason>;
  readonly apps: Map<string, Reason>;
  readonly templates: Map<string, Reason>;
  /** Contexts with any error at all: nothing of them is removed. */
  readonly touched: Map<ContextId, Reason>;
  everything?: Reason;
  /** Holds all that no intent asks for. */
  unwanted?: Reason;
  /** Holds what the intents do not know: an error may be why they do not. */
  unknown?: Reason;
}

/** Collects what the errors reach. */
export function findHolds({ intents, diagnostics, isolate }: HoldsRequest): Holds {
  const found: Found = { contexts: new Map(), apps: new Map(), templates: new Map(), touched: new Map() };
  for (const { severity, reach, message } of isolate ? diagnostics : []) {
    if (severity === 'error') record(reach, { found, intents, reason: { code: 'error', message } });
  }
  const templates = templatesOf(intents);
  const clouds = new Set(intents.clouds.map(({ context }) => context.id));
  const ofWanted = (ref: AppRef): Reason | undefined =>
    found.everything ??
    found.contexts.get(ref.context) ??
    found.apps.get(appKey(ref)) ??
    found.templates.get(templates.get(appKey(ref)) ?? '');
  const ofUnwanted = (ref: AppRef): Reason | undefined => {
    const isKnown = ref.app === LOGICAL_CLOUD_APP ? clouds.has(ref.context) : templates.has(appKey(ref));
    return ofWanted(ref) ?? found.unwanted ?? found.touched.get(ref.context) ?? (isKnown ? undefined : found.unknown);
  };
  return { ofWanted, ofUnwanted };
}

interface Recording {
  readonly found: Found;
  readonly intents: HoldsRequest['intents'];
  readonly reason: Reason;
}

function record(reach: Reach, { found, intents, reason }: Recording): void {
  switch (reach.kind) {
    case 'run':
      found.everything ??= reason;
      return;
    case 'unaccounted':
      found.unwanted ??= reason;
      return;
    // The gate knows by itself which clusters are away.
    case 'clusters':
      return;
    case 'template':
      setFirst(found.templates, reach.template, reason);
      // Apps of a package that could not be read may be missing from the intents.
      found.unknown ??= reason;
      return;
    case 'context':
      recordContext(reach, { found, intents, reason });
      return;
    default:
      reach satisfies never;
  }
}

function recordContext({ context, app, committed }: Extract<Reach, { kind: 'context' }>, { found, intents, reason }: Recording): void {
  const id = context.id ?? toContext(context).id;
  setFirst(found.touched, id, reason);
  if (app === undefined) setFirst(found.contexts, id, reason);
  else setFirst(found.apps, appKey({ context: id, app }), reason);
  if (committed !== undefined) {
    setFirst(found.contexts, committed, reason);
    setFirst(found.touched, committed, reason);
  }
  if (context.kind === 'DeploymentIntent') return;
  for (const tenant of intents.deployments.filter(({ context: { namespace }, value }) =>
    isIn(context, namespace, value.spec.logicalCloud),
  )) {
    setFirst(found.contexts, tenant.context.id, reason);
    setFirst(found.touched, tenant.context.id, reason);
  }
  // A deployment in this cloud may have mistakes of its own, and be missing from the intents.
  found.unknown ??= reason;
}

function isIn(cloud: ContextRef, namespace: string, name: string): boolean {
  return cloud.namespace === namespace && cloud.name === name;
}

/** The template of each known app. */
function templatesOf({ deployments }: HoldsRequest['intents']): ReadonlyMap<string, string> {
  return new Map(
    deployments.flatMap(({ context, value }) =>
      value.spec.apps.map(({ name, source }) => [appKey({ context: context.id, app: name }), source.template ?? ''] as const),
    ),
  );
}

function appKey({ context, app }: AppRef): string {
  return `${context}/${app}`;
}

function setFirst<K>(map: Map<K, Reason>, key: K, reason: Reason): void {
  if (!map.has(key)) map.set(key, reason);
}
