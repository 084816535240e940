import { compareFiles, type ObjectChange } from '../../09-plan/compare-files.ts';
import type { FieldChange } from '../../09-plan/compare-values.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { isInContexts } from '../../lib/instance-path.ts';
import { fileAction, type FileAction } from '../../lib/file-action.ts';
import { namespaceOf } from '../../lib/kube-names.ts';
import { instanceKey, type InstanceKey } from '../../model/context.ts';
import { hideSecrets } from '../../lib/secret-shapes.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import { isChecksum, withoutChecksums } from './checksums.ts';
import { reasonToStay } from './reason-to-stay.ts';
import type { TextChange } from './text-changes.ts';
import { hideInField, hideInObject } from './veil.ts';

/** One object of a changed file. Credentials are veiled. */
export interface ObjectDiff {
  readonly action: FileAction;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** Of an update: every field that differs, checksums included. */
  readonly fields: readonly FieldChange[];
  /** What comes or goes, whole. */
  readonly content?: JsonObject;
  /** Why it stays in the cluster although its file goes. */
  readonly stays?: string;
  /** Equal for equal changes of different clusters: the real change, each cluster's own id left out. */
  readonly likeness: string;
}

/** A changed file: by object, or by text where it holds anything else. */
export type FileDiff = {
  readonly action: FileAction;
  readonly path: string;
  /** The cluster whose tree it is in. */
  readonly cluster?: string;
  /** The target whose tree it is in; absent: it is in the repository at hand. */
  readonly target?: string;
} & (
  | { readonly objects: readonly ObjectDiff[] }
  | { readonly text: { readonly before: string; readonly after: string; readonly likeness: string } }
);

const LEFT = 'it stays in the cluster: its agent was told to leave what it applied';

/** What stands for a cluster's own id in what several clusters share. */
export const EACH_CLUSTER = '<cluster>';

const NOTHING_LEFT: ReadonlySet<InstanceKey> = new Set();

/** What a change means, for people and programs. `left`: instances that go, but leave their objects in the cluster. */
export function describeChange({ change, before, after }: TextChange, left: ReadonlySet<InstanceKey> = NOTHING_LEFT): FileDiff {
  const cluster = /^clusters\/([^/]+\+[^/]+)\//.exec(change.path)?.[1];
  const { name: target } = change.target;
  const file = {
    action: fileAction(change),
    path: change.path,
    ...(cluster !== undefined && { cluster }),
    ...(target !== '' && { target }),
  };
  const compared = compareFiles(before, after);
  // What agents apply, other than what makes them apply it.
  const isApplied = isInContexts(change.path);
  const isLeft = isApplied && change.owner.kind === 'instance' && left.has(instanceKey(change.owner.instance));
  const liken = (text: string): string => (cluster === undefined ? text : text.replaceAll(cluster, EACH_CLUSTER));
  if (compared.kind === 'objects') return { ...file, objects: compared.objects.map((object) => describeObject(object, { liken, isLeft })) };
  return { ...file, text: { before: hideSecrets(before), after: hideSecrets(after), likeness: liken(JSON.stringify([before, after])) } };
}

/** What a change of one object means. `liken`: what it is with a cluster's own id left out. */
export function describeObject(
  change: ObjectChange,
  { liken, isLeft }: { readonly liken: (text: string) => string; readonly isLeft: boolean },
): ObjectDiff {
  const { action, object } = change;
  const { apiVersion, kind, metadata } = object;
  const namespace = namespaceOf(object);
  const names = { action, apiVersion, kind, ...(namespace !== undefined && { namespace }), name: metadata.name };
  if (change.action === 'update') {
    const told = change.fields.filter(({ path }) => !isChecksum(path));
    const likeness = liken(told.map(({ path, before, after }) => JSON.stringify(path) + json(before) + json(after)).join());
    return { ...names, fields: change.fields.map((field) => hideInField(field, kind)), likeness };
  }
  const stays = action === 'delete' ? (reasonToStay(object) ?? (isLeft ? LEFT : undefined)) : undefined;
  const likeness = liken(canonicalJson(withoutChecksums(object)));
  return { ...names, fields: [], content: hideInObject(object), ...(stays !== undefined && { stays }), likeness };
}

function json(value: KubeObject[string] | undefined): string {
  return value === undefined ? '-' : canonicalJson(value);
}
