/** What a CustomResourceDefinition says of a kind. */
export interface KnownKind {
  /** What permissions call it: the plural. */
  readonly resource: string;
  readonly isClusterScoped: boolean;
}

/** By `<group>/<Kind>`. */
export type Kinds = ReadonlyMap<string, KnownKind>;
