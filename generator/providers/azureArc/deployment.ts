/** What a deployment says, whatever the language: JSON, with places where a parameter stands. */
export type Value = string | number | boolean | ParameterUse | readonly Value[] | Properties;

export interface Properties {
  readonly [name: string]: Value;
}

/** The value of a parameter. The key is none that Azure's properties have. */
export interface ParameterUse {
  readonly $parameter: string;
}

export interface Parameter {
  readonly name: string;
  readonly description: string;
  /** For the parameter file. */
  readonly value: string;
}

/** A resource that extends the cluster. */
export interface Resource {
  /** Its name within a Bicep file. */
  readonly symbol: string;
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly properties: Properties;
  /** What must be there first. */
  readonly after?: Resource;
}

export interface Deployment {
  readonly parameters: readonly Parameter[];
  /** The cluster, which is there already; `parameter` has its name. */
  readonly cluster: { readonly type: string; readonly apiVersion: string; readonly parameter: string };
  readonly resources: readonly Resource[];
}

export function isParameterUse(value: Value): value is ParameterUse {
  return typeof value === 'object' && '$parameter' in value;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
