import { parseYaml } from '../../lib/yaml/parse.ts';
import { isSecretKey, secretIn } from '../../lib/secret-shapes.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { items, member, textAt } from './members.ts';
import type { EmcoDocument } from './model.ts';

/** A group's override values for an app, as `helm --set` takes them: a dotted path and a text. */
export function overridesOf(group: EmcoDocument, app: string): readonly (readonly [path: string, value: string])[] {
  return items(group.spec['overrideValues'])
    .filter((item) => textAt(item, 'app') === app)
    .flatMap((item) => {
      const values = member(item, 'values');
      return isJsonObject(values)
        ? Object.entries(values).flatMap(([path, value]) =>
            typeof value === 'object' && value !== null ? [] : [[path, String(value)] as const],
          )
        : [];
    });
}

/** Values with one more, as `helm --set path=value` puts it; `undefined` for paths with lists, which are not understood here. */
export function setValue(values: JsonObject, path: string, text: string): JsonObject | undefined {
  const steps = path.split(/(?<!\\)\./).map((step) => step.replaceAll('\\.', '.'));
  if (steps.some((step) => step === '' || /[[\]{},]/.test(step)) || steps.length > 50) return undefined;
  return put(values, steps, typed(text));
}

function put(values: JsonObject, [step = '', ...rest]: readonly string[], value: Json): JsonObject {
  const old = Object.hasOwn(values, step) ? values[step] : undefined;
  const next = rest.length === 0 ? value : put(isJsonObject(old) ? old : {}, rest, value);
  return Object.fromEntries([...Object.entries(values).filter(([key]) => key !== step), [step, next]]);
}

/** As Helm reads the text after `--set x=`. Source: Helm, pkg/strvals, typedVal. */
function typed(text: string): Json {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  return text === '0' || /^-?[1-9][0-9]{0,14}$/.test(text) ? Number(text) : text;
}

/** Later values over earlier ones: mappings are merged, all else replaced. */
export function merge(lower: JsonObject, upper: JsonObject): JsonObject {
  const merged = new Map(Object.entries(lower));
  for (const [key, value] of Object.entries(upper)) {
    const old = merged.get(key);
    merged.set(key, isJsonObject(old) && isJsonObject(value) ? merge(old, value) : value);
  }
  return Object.fromEntries(merged);
}

/** A file of values; a text says why it is none. */
export function readValuesFile(text: string): JsonObject | string {
  const { documents, problems } = parseYaml(text);
  const [problem] = problems;
  if (problem) return `line ${problem.line}: ${problem.message}`;
  const value = documents.find((document) => document.value !== null)?.value ?? {};
  return isJsonObject(value) ? value : 'it holds no mapping';
}

/** Values without those that look like credentials, and the paths of those. */
export function withoutCredentials(
  values: JsonObject,
  path: readonly string[] = [],
): { readonly values: JsonObject; readonly hidden: readonly string[] } {
  const hidden: string[] = [];
  const kept = Object.entries(values).flatMap(([key, value]): readonly (readonly [string, Json])[] => {
    const own = [...path, key];
    if (isJsonObject(value)) {
      const inner = withoutCredentials(value, own);
      hidden.push(...inner.hidden);
      return [[key, inner.values]];
    }
    const isCredential =
      typeof value === 'string' ? value !== '' && (isSecretKey(key) || secretIn(value) !== undefined) : holdsSecret(value);
    if (isCredential) hidden.push(own.join('.'));
    return isCredential ? [] : [[key, value]];
  });
  return { values: Object.fromEntries(kept), hidden };
}

/** Whether a credential stands anywhere in a value. */
export function holdsSecret(value: Json | undefined): boolean {
  if (typeof value === 'string') return secretIn(value) !== undefined;
  if (Array.isArray(value)) return (value as readonly Json[]).some(holdsSecret);
  if (!isJsonObject(value)) return false;
  return Object.entries(value).some(
    ([key, inner]) => (typeof inner === 'string' && inner !== '' && isSecretKey(key)) || holdsSecret(inner),
  );
}
