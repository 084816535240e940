import { fillJson } from '../lib/canonical-json.ts';
import { canonical } from '../lib/canonical.ts';
import { objectIdentity } from '../lib/kube-names.ts';
import { objectFileName } from '../lib/object-file-name.ts';
import { fillYaml, yamlForm, type YamlForm } from '../lib/yaml/print.ts';
import type { KnownCloud } from '../model/intents.ts';
import type { KubeObject, ObjectHash } from '../model/kube.ts';
import type { PrintedHead, PrintedObject, Rendered } from '../model/render.ts';
import { type BuiltForm, type Gap, gapValue, type ObjectForm } from './built-form.ts';
import { type Stamp, stampObject } from './stamp-object.ts';
import { short, summaryLine } from './stamp-prepare.ts';
import { isPlaced, judge } from './tenancy.ts';
import type { Scalar } from './tokens.ts';

/** What a render shares with all of its build, and its own values. */
export interface Formed {
  readonly form: BuiltForm;
  readonly values: readonly Scalar[];
}

const formed = new WeakMap<Rendered, Formed>();

/** Notes that a render's objects come from its build's form. */
export function noteForm(rendered: Rendered, by: Formed): void {
  formed.set(rendered, by);
}

export function formOf(rendered: Rendered): Formed | undefined {
  return formed.get(rendered);
}

/** The objects of one app of one context, whatever the cluster: only late values and hashes are left open. */
export interface StampedForm {
  readonly objects: readonly StampedObjectForm[];
  readonly heads: readonly PrintedHead[];
  /** Objects of which nobody here can say whether the cloud permits them. */
  readonly doubted: readonly KubeObject[];
}

interface StampedObjectForm {
  readonly form: ObjectForm;
  /** Of the object when stamped. */
  readonly known: PrintedHead;
  readonly yaml: YamlForm<Gap | 'hash'>;
  /** Of an object without gaps: the same for all. */
  readonly constant: Printed | undefined;
}

interface Printed {
  readonly hash: ObjectHash;
  readonly object: PrintedObject;
}

type CloudStamp = Stamp & { readonly namespace: string };

interface CloudStamped {
  readonly stamp: CloudStamp;
  readonly cloud: KnownCloud;
}

const memo = new WeakMap<KnownCloud, WeakMap<BuiltForm, Map<string, StampedForm | undefined>>>();

/** `undefined` where there is something to complain of, which is seen in whole objects. Worked out once for each app. */
export function stampedForm(form: BuiltForm, { stamp, cloud }: CloudStamped): StampedForm | undefined {
  const ofCloud = memo.get(cloud) ?? new WeakMap<BuiltForm, Map<string, StampedForm | undefined>>();
  memo.set(cloud, ofCloud);
  const known = ofCloud.get(form) ?? new Map<string, StampedForm | undefined>();
  ofCloud.set(form, known);
  const key = JSON.stringify(stamp);
  if (!known.has(key)) known.set(key, toStampedForm(form, { stamp, cloud }));
  return known.get(key);
}

function toStampedForm(form: BuiltForm, { stamp, cloud }: CloudStamped): StampedForm | undefined {
  // A token in an app's name would be taken for one of ours.
  if (form.objects.length === 0 || Object.values(stamp).some((text: string) => text.includes(form.prefix))) return undefined;
  if (form.objects.some(({ object }) => !mayBe(object, cloud))) return undefined;
  const stamped = form.objects.map((object) => toStampedObject(object, form, { stamp, cloud }));
  const heads = stamped.map(({ known }) => known);
  if (new Set(heads.map(({ file }) => file)).size < heads.length) return undefined;
  const doubted = form.objects.map(({ object }) => object).filter((object) => judge(object, cloud).is !== 'fine');
  return { objects: stamped, heads, doubted };
}

/** Doubts are told of each instance, and hold nothing up. */
function mayBe(object: KubeObject, cloud: KnownCloud): boolean {
  const verdict = judge(object, cloud);
  return verdict.is === 'fine' || (verdict.is === 'forbidden' && !verdict.isCertain);
}

function toStampedObject(form: ObjectForm, { prefix, gapOf, namesPods }: BuiltForm, { stamp, cloud }: CloudStamped): StampedObjectForm {
  const { object, podTemplate, isEncrypted } = form;
  // Nothing but tokens holds the prefix, and this is none.
  const mark = `${prefix}hash` as ObjectHash;
  const by: Stamp = isPlaced(object, cloud) ? { ...stamp, namespace: undefined } : stamp;
  const stamped = stampObject(object, by, { hash: mark, podTemplate, namesPods });
  const yaml = yamlForm<Gap | 'hash'>(canonical(stamped), (text) => (text === mark ? 'hash' : gapOf(text)));
  const known = { identity: objectIdentity(stamped), file: objectFileName(stamped, stamp.namespace), isEncrypted };
  const open: StampedObjectForm = { form, known, yaml, constant: undefined };
  return form.gaps.length > 0 ? open : { ...open, constant: fill(open, []) };
}

/** An instance's objects, and its hashes one a line. */
export interface Filled {
  readonly printed: readonly PrintedObject[];
  readonly summary: string;
}

export function fillForm(stamped: StampedForm['objects'], values: readonly Scalar[]): Filled {
  const printed: PrintedObject[] = [];
  let summary = '';
  for (const each of stamped) {
    const { hash, object } = each.constant ?? fill(each, values);
    printed.push(object);
    summary += summaryLine(each.form.identity, hash);
  }
  return { printed, summary };
}

function fill({ form, known, yaml }: StampedObjectForm, values: readonly Scalar[]): Printed {
  const hash = short(fillJson(form.json, (gap) => gapValue(gap, values)));
  const text = (): string => fillYaml(yaml, (gap) => (gap === 'hash' ? hash : gapValue(gap, values)));
  const { identity, file, isEncrypted } = known;
  return { hash, object: { identity, file, isEncrypted, text } };
}
