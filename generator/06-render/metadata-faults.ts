import { type Json, isJsonObject, type JsonObject } from '../model/json.ts';

/** A part of an object's metadata that the API server would refuse. */
export interface MetadataFault {
  /** Such as `metadata.labels["version"]`. */
  readonly path: string;
  readonly reason: string;
}

/** Whether the API server takes a text as a label's value. */
export function isLabelValue(text: string): boolean {
  return LABEL_VALUE.test(text);
}

const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** What is wrong with namespace, labels and annotations: all are text, and labels are short. One bad label makes an agent refuse the whole app. */
export function metadataFaults(metadata: JsonObject): readonly MetadataFault[] {
  const { namespace, labels, annotations } = metadata;
  return [
    ...(namespace === undefined || namespace === null || typeof namespace === 'string'
      ? []
      : [{ path: 'metadata.namespace', reason: notText(namespace) }]),
    ...mapFaults('metadata.labels', labels, (value) => (isLabelValue(value) ? undefined : 'it is no label value')),
    ...mapFaults('metadata.annotations', annotations, () => undefined),
  ];
}

function mapFaults(path: string, map: Json | undefined, judge: (value: string) => string | undefined): readonly MetadataFault[] {
  if (map === undefined || map === null) return [];
  if (!isJsonObject(map)) return [{ path, reason: 'it is no map' }];
  return Object.entries(map).flatMap(([key, value]) => {
    const reason = typeof value === 'string' ? judge(value) : notText(value);
    return reason === undefined ? [] : [{ path: `${path}["${key}"]`, reason }];
  });
}

function notText(value: Json): string {
  if (value === null) return 'it is null, not text';
  if (Array.isArray(value)) return 'it is a list, not text';
  return `it is ${typeof value === 'object' ? 'a map' : `a ${typeof value === 'bigint' ? 'number' : typeof value}`}, not text`;
}
