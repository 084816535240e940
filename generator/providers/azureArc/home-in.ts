import { member, referenceObject } from '../../lib/reference-object.ts';
import type { Json } from '../../model/json.ts';
import { TEMPLATE } from './names.ts';

const FORM = /\/(fluxConfigurations|sourceControlConfigurations)$/;

/** The configuration's form and name: from what Azure is told, and from the list, whose source is called like the configuration. */
export function homeIn(path: string, text: string): Readonly<Record<string, string>> {
  if (path === TEMPLATE) return told(referenceObject(text)?.['resources']);
  if (path !== 'references.yaml') return {};
  const name = member(member(referenceObject(text)?.['spec'], 'sourceRef'), 'name');
  return typeof name === 'string' ? { form: 'fluxConfigurations', configuration: name } : {};
}

function told(resources: Json | undefined): Readonly<Record<string, string>> {
  if (!Array.isArray(resources)) return {};
  for (const resource of resources as readonly Json[]) {
    const [type, name] = [member(resource, 'type'), member(resource, 'name')];
    const form = typeof type === 'string' ? FORM.exec(type)?.[1] : undefined;
    if (form !== undefined && typeof name === 'string') return { form, configuration: name };
  }
  return {};
}
