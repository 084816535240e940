/** A JSON value. Integers beyond 2^53 are `bigint`, so that none is ever rounded. Objects have no prototype pollution: keys are own properties only. */
export type Json = null | boolean | number | bigint | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** Keys and indexes from the root of a JSON value to one of its parts. */
export type JsonPath = readonly (string | number)[];

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
