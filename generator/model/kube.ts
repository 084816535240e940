import type { Json, JsonObject } from './json.ts';

/** A Kubernetes object as JSON. */
export interface KubeObject extends JsonObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: KubeMetadata;
}

export interface KubeMetadata extends JsonObject {
  readonly name: string;
  readonly [key: string]: Json;
}

/** `sha256-` and 12 hex digits, over an object before it was stamped. */
export type ObjectHash = `sha256-${string}`;

/** The same shape, over the hashes of an instance's objects. */
export type Revision = `sha256-${string}`;
