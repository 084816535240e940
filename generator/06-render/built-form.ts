import { jsonForm, type JsonForm } from '../lib/canonical-json.ts';
import { isSopsEncrypted, objectIdentity, podTemplatePath } from '../lib/kube-names.ts';
import { sortBy } from '../lib/order.ts';
import { secretIn } from '../lib/secret-shapes.ts';
import type { Json } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';
import { isLabelValue, metadataFaults } from './metadata-faults.ts';
import { hasReadableData, isSecret } from './secret-data.ts';
import { APP_NAME, isJob, mayNamePods } from './stamp-prepare.ts';
import { type Parts, type Scalar, scalarText, splitTokens } from './tokens.ts';

/** A scalar that holds late values. */
export interface Gap {
  readonly parts: Parts;
  /** It is one token alone, whose value keeps its type. */
  readonly isTyped: boolean;
}

/** Finds the gap that a text of a built object is; `undefined`: it is none. */
export type GapOf = (text: string) => Gap | undefined;

/** A build's objects, made ready once, so that each job that shares the build costs only what its values cost. */
export interface BuiltForm {
  readonly prefix: string;
  readonly gapOf: GapOf;
  /** Sorted by identity. */
  readonly objects: readonly ObjectForm[];
  readonly namesPods: boolean;
}

/** An object with tokens in the place of late values. */
export interface ObjectForm {
  readonly object: KubeObject;
  readonly identity: string;
  /** The canonical text, for its hash. */
  readonly json: JsonForm<Gap>;
  readonly gaps: readonly Gap[];
  readonly labels: readonly Gap[];
  readonly annotations: readonly Gap[];
  readonly podTemplate: readonly string[] | undefined;
  readonly isEncrypted: boolean;
}

export interface FormSource {
  readonly objects: readonly KubeObject[];
  readonly prefix: string;
  readonly isTyped: (token: number) => boolean;
}

/**
 * `undefined` where objects must be seen whole: a late value says what one is or how it is called, a name depends on contents, it is a Secret, or
 * there is something to complain of.
 */
export function toBuiltForm({ objects, prefix, isTyped }: FormSource): BuiltForm | undefined {
  if (objects.some((object) => !hasForm(object, prefix))) return undefined;
  const gapOf: GapOf = (text) => toGap(text, prefix, isTyped);
  const forms = objects.map((object) => toObjectForm(object, gapOf));
  return { prefix, gapOf, objects: sortBy(forms, ({ identity }) => identity), namesPods: mayNamePods(objects) };
}

function hasForm(object: KubeObject, prefix: string): boolean {
  const { apiVersion, kind, metadata } = object;
  const identity: readonly Json[] = [apiVersion, kind, metadata.name, metadata['namespace'] ?? ''];
  if (identity.some((part) => typeof part !== 'string' || part.includes(prefix))) return false;
  return !isJob(object) && !isSecret(object) && !hasReadableData(object) && metadataFaults(metadata).length === 0;
}

function toGap(text: string, prefix: string, isTyped: (token: number) => boolean): Gap | undefined {
  const parts = splitTokens(text, prefix);
  const [only] = parts;
  if (!parts.some((part) => typeof part === 'number')) return undefined;
  return { parts, isTyped: parts.length === 1 && typeof only === 'number' && isTyped(only) };
}

function toObjectForm(object: KubeObject, gapOf: GapOf): ObjectForm {
  const json = jsonForm(object, gapOf);
  const { labels, annotations } = object.metadata;
  return {
    object,
    identity: objectIdentity(object),
    json,
    gaps: gapsOf(json),
    labels: gapsOf(jsonForm(labels ?? null, gapOf)),
    annotations: gapsOf(jsonForm(annotations ?? null, gapOf)),
    podTemplate: podTemplatePath(object),
    isEncrypted: isSopsEncrypted(object),
  };
}

function gapsOf(form: JsonForm<Gap>): readonly Gap[] {
  return form.flatMap((part) => (typeof part === 'string' ? [] : [part.gap]));
}

/** What stands in a gap for one job. */
export function gapValue({ parts, isTyped }: Gap, values: readonly Scalar[]): Scalar {
  const [only] = parts;
  if (isTyped && typeof only === 'number') return values[only] ?? null;
  let text = '';
  for (const part of parts) text += typeof part === 'string' ? part : scalarText(values[part] ?? null);
  return text;
}

/** Whether these values leave nothing to complain of, nor anything that objects must be seen whole for. */
export function fits({ objects }: BuiltForm, values: readonly Scalar[]): boolean {
  const isPlain = (gap: Gap): boolean => {
    const value = gapValue(gap, values);
    return typeof value !== 'string' || (secretIn(value) === undefined && !value.includes(APP_NAME));
  };
  const isText = (gap: Gap): boolean => typeof gapValue(gap, values) === 'string';
  const isLabel = (gap: Gap): boolean => {
    const value = gapValue(gap, values);
    return typeof value === 'string' && isLabelValue(value);
  };
  return objects.every(({ gaps, labels, annotations }) => gaps.every(isPlain) && labels.every(isLabel) && annotations.every(isText));
}
