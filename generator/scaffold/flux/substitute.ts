import { parseYaml } from '../../lib/yaml/parse.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import { isJsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import { member } from '../emco/members.ts';

const DISABLED = 'kustomize.toolkit.fluxcd.io/substitute';
const EXPRESSION = /\$(\$?)\{([^{}]*)\}/g;
const PLAIN = /^([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-=])([^]*))?$/;

/** The objects with their variables replaced, or why that cannot be. Source of the rules: fluxcd.io, Kustomization, post build variable substitution. */
export function substitute(objects: readonly KubeObject[], variables: ReadonlyMap<string, string>): readonly KubeObject[] | string {
  const result: KubeObject[] = [];
  for (const object of objects) {
    const changed = isDisabled(object) ? object : inObject(object, variables);
    if (typeof changed === 'string') return changed;
    result.push(changed);
  }
  return result;
}

function isDisabled({ metadata }: KubeObject): boolean {
  return ['labels', 'annotations'].some((key) => member(metadata[key], DISABLED) === 'disabled');
}

/** As Flux does: in the object's text, so that a text may become a number. */
function inObject(object: KubeObject, variables: ReadonlyMap<string, string>): KubeObject | string {
  const text = printYaml(object);
  if (!text.includes('${')) return object;
  let problem: string | undefined;
  const changed = text.replaceAll(EXPRESSION, (all, escape: string, expression: string) => {
    if (escape !== '') return `\${${expression}}`;
    const [, name, operator, fallback = ''] = PLAIN.exec(expression) ?? [];
    if (name === undefined) {
      problem ??= `"${all}" is more than a variable with a default, which is not understood here`;
      return all;
    }
    const value = variables.get(name);
    return value === undefined || (operator?.startsWith(':') === true && value === '') ? fallback : value;
  });
  if (problem !== undefined) return problem;
  const { documents, problems } = parseYaml(changed);
  const value = documents[0]?.value;
  if (problems.length > 0 || documents.length !== 1 || !isJsonObject(value) || typeof member(value['metadata'], 'name') !== 'string')
    return `${object.kind} ${object.metadata.name} is no object after the variables were replaced`;
  return value as KubeObject;
}
