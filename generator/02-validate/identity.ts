import { toContext } from '../lib/hash.ts';
import { valueAt } from '../lib/json-path.ts';
import type { Context, ContextKind } from '../model/context.ts';
import type { Reach } from '../model/diagnostic.ts';
import type { IntentDocument } from '../model/intents.ts';
import type { Json, JsonPath } from '../model/json.ts';
import { type Kind, SCOPES } from './kinds.ts';
import { textAt } from './text-at.ts';

/** Who a document speaks of: unique among the documents of its kind. */
export interface Identity {
  readonly kind: Kind;
  /** Provider or namespace; empty where the name alone is unique. */
  readonly scope: string;
  readonly name: string;
}

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

export function isLabel(value: Json | undefined, longest = 63): value is string {
  return typeof value === 'string' && value.length <= longest && LABEL.test(value);
}

/** The identity, if both of its halves are names. */
export function identify(value: Json, kind: Kind): Identity | undefined {
  const name = textAt(value, ['metadata', 'name']);
  if (SCOPES[kind] === 'none') return isLabel(name) ? { kind, scope: '', name } : undefined;
  const scope = textAt(value, SCOPES[kind] === 'provider' ? ['spec', 'provider'] : ['metadata', 'namespace']);
  return isLabel(scope) && isLabel(name) ? { kind, scope, name } : undefined;
}

/** As people write it: `provider1+cluster1`, `retail/shop`. */
export function showIdentity({ kind, scope, name }: Identity): string {
  if (SCOPES[kind] === 'none') return name;
  return SCOPES[kind] === 'provider' ? `${scope}+${name}` : `${scope}/${name}`;
}

/** For maps and for sorting. */
export function identityKey(identity: Identity): string {
  return `${identity.kind} ${showIdentity(identity)}`;
}

/** The context that a document is written as; `undefined` if it is none, or cannot be told. */
export function contextOf(value: Json, identity: Identity | undefined): Context | undefined {
  if (!identity || !isContextKind(identity.kind)) return undefined;
  const kept = valueAt(value, ['spec', 'contextId']);
  if (kept !== undefined && !(typeof kept === 'string' && /^[0-9]{1,19}$/.test(kept))) return undefined;
  return toContext({ kind: identity.kind, namespace: identity.scope, name: identity.name }, kept);
}

function isContextKind(kind: Kind): kind is ContextKind {
  return kind === 'DeploymentIntent' || kind === 'LogicalCloud';
}

/**
 * What a mistake at a path of a document holds back. One inside an app's entry reaches that app, if its name can be read; one in a document
 * whose context cannot be told reaches everything that nobody else speaks of.
 */
export function reachAt({ value }: IntentDocument, { kind, path }: { readonly kind: Kind; readonly path: JsonPath }): Reach {
  if (!isContextKind(kind)) return { kind: 'run' };
  const context = contextOf(value, identify(value, kind));
  if (!context) return { kind: 'unaccounted' };
  const app = kind === 'DeploymentIntent' ? appAt(value, path) : undefined;
  return { kind: 'context', context, ...(app !== undefined && { app: app.name }) };
}

/** The app whose entry a path lies in, if it has a name. */
export function appAt(value: Json, [spec, apps, index]: JsonPath): { readonly index: number; readonly name: string } | undefined {
  if (spec !== 'spec' || apps !== 'apps' || typeof index !== 'number') return undefined;
  const name = valueAt(value, ['spec', 'apps', index, 'name']);
  return isLabel(name, 43) ? { index, name } : undefined;
}
