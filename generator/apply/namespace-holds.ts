import { groupOf } from '../lib/kube-names.ts';
import type { KubeObject } from '../model/kube.ts';
import { occupants } from './judge.ts';
import type { Running } from './running.ts';
import type { Reply } from './server.ts';

/** What would be lost with a namespace, by name. Asks for all kinds that can be in one; a failure: it cannot be told. */
export async function namespaceHolds(namespace: string, { server, going }: Running): Promise<Reply<readonly string[]>> {
  const all = await server.kinds.all();
  if ('failure' in all) return all;
  const namespaced = all.value.filter(({ isNamespaced }) => isNamespaced);
  const objects: KubeObject[] = [];
  for (const resource of namespaced) {
    const listed = await server.list(resource, namespace);
    if ('failure' in listed) return listed;
    objects.push(...listed.value);
  }
  const known = new Set(namespaced.map(({ apiVersion, kind }) => `${groupOf(apiVersion)}/${kind}`));
  const isNamespaced = (apiVersion: string, kind: string): boolean => known.has(`${groupOf(apiVersion)}/${kind}`);
  return { value: occupants(objects, { going, isNamespaced }) };
}
