/** First 63 bits of SHA-256 of `<Kind>/<namespace>/<name>`, in decimal. A string, never a number. */
export type ContextId = string & { readonly __brand: 'ContextId' };

export type ContextKind = 'DeploymentIntent' | 'LogicalCloud';

/** The identity of what is written into clusters: one deployment intent or one logical cloud. */
export interface ContextRef {
  readonly kind: ContextKind;
  readonly namespace: string;
  readonly name: string;
}

export interface Context extends ContextRef {
  readonly id: ContextId;
}

/** `<provider>+<cluster>`; the `+` lives in paths only. */
export type ClusterId = `${string}+${string}`;

export function clusterId(provider: string, name: string): ClusterId {
  return `${provider}+${name}`;
}

/** One app of one context on one cluster: the unit that is rendered, referenced, held and reported. */
export interface InstanceRef {
  readonly cluster: ClusterId;
  readonly context: ContextId;
  readonly app: string;
}

/** `<cluster>/<cid>/<app>`, for maps and sets. */
export type InstanceKey = string & { readonly __brand: 'InstanceKey' };

export function instanceKey(ref: InstanceRef): InstanceKey {
  return `${ref.cluster}/${ref.context}/${ref.app}` as InstanceKey;
}

/** The app name under which a logical cloud's own objects are written. */
export const LOGICAL_CLOUD_APP = 'logical-cloud';
