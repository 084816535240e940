import type { ApplyFailure } from '../model/apply.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';
import { definedKind } from './plan.ts';
import { refOf } from './refs.ts';
import type { Server } from './server.ts';
import { isApiVersion, isPathSegment } from './sound-ref.ts';

/** Waits until a namespace takes objects, or a definition's kind is served. Of anything else nothing is waited for. */
export async function settle(object: KubeObject, server: Server): Promise<ApplyFailure | undefined> {
  const ref = refOf(object);
  if (ref.group === '' && ref.kind === 'Namespace') {
    const live = await server.waitFor(ref, (there) => there !== undefined && isActive(there));
    if ('failure' in live) return live.failure;
    return live.value && isActive(live.value) ? undefined : late('it does not become active');
  }
  if (definedKind(object) === undefined) return undefined;
  const live = await server.waitFor(ref, (there) => there !== undefined && isEstablished(there));
  if ('failure' in live) return live.failure;
  if (!live.value || !isEstablished(live.value)) return late('the server does not establish it');
  const resource = servedIn(live.value);
  const served = resource && (await server.waitForKind(resource));
  return served && 'failure' in served ? served.failure : undefined;
}

function late(reason: string): ApplyFailure {
  return { kind: 'refused', reason: `${reason}: waited as long as --timeout says` };
}

function isActive({ status }: JsonObject): boolean {
  return isJsonObject(status) && status['phase'] === 'Active';
}

function isEstablished({ status }: JsonObject): boolean {
  const conditions = isJsonObject(status) ? status['conditions'] : undefined;
  const isTrue = (type: string): boolean =>
    ((Array.isArray(conditions) ? conditions : []) as readonly Json[]).some(
      (one) => isJsonObject(one) && one['type'] === type && one['status'] === 'True',
    );
  return isTrue('Established') && isTrue('NamesAccepted');
}

function servedIn({
  spec,
}: JsonObject): { readonly apiVersion: string; readonly plural: string; readonly isNamespaced: boolean } | undefined {
  if (!isJsonObject(spec) || !isJsonObject(spec['names']) || !Array.isArray(spec['versions'])) return undefined;
  const served = (spec['versions'] as readonly Json[]).find((one) => isJsonObject(one) && one['served'] === true);
  const { plural } = spec['names'];
  if (!isJsonObject(served) || typeof served['name'] !== 'string' || typeof spec['group'] !== 'string' || typeof plural !== 'string')
    return undefined;
  const apiVersion = `${spec['group']}/${served['name']}`;
  return isApiVersion(apiVersion) && isPathSegment(plural)
    ? { apiVersion, plural, isNamespaced: spec['scope'] === 'Namespaced' }
    : undefined;
}
