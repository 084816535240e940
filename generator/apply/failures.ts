import { compareText } from '../lib/order.ts';
import { hideSecrets } from '../lib/secret-shapes.ts';
import type { ApplyFailure, FieldConflict } from '../model/apply.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { KubeAnswer } from '../model/ports.ts';

const LONGEST = 500;

/** What the server said instead of doing it. `isSecret`: its sentence may quote what nobody may see, and is left out. */
export function refusal(answer: KubeAnswer, isSecret = false): ApplyFailure {
  if (answer.kind === 'lost') return answer;
  const conflicts = conflictsIn(answer.body);
  if (answer.status === 409 && conflicts.length > 0) return { kind: 'conflict', conflicts };
  return { kind: 'refused', reason: reasonIn(answer.status, { body: answer.body, isSecret }) };
}

function reasonIn(status: number, { body, isSecret }: { readonly body: JsonObject; readonly isSecret: boolean }): string {
  if (status === 401) return 'the server does not accept the credentials';
  const { message, reason } = body;
  if (isSecret && status !== 403) {
    const fields = causesIn(body).flatMap(({ field }) => (typeof field === 'string' ? [field] : []));
    return `the server says ${typeof reason === 'string' ? reason : status}${fields.length > 0 ? ` of ${fields.join(', ')}` : ''} (the sentence is not shown, because it may quote the Secret)`;
  }
  const text = typeof message === 'string' && message !== '' ? hideSecrets(message) : `the server answers ${status}`;
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** Fields by manager. Source: k8s.io/apimachinery, NewApplyConflict: a cause for each field, whose message names the manager. */
function conflictsIn(body: JsonObject): readonly FieldConflict[] {
  const managers = new Map<string, string[]>();
  for (const { reason, message, field } of causesIn(body)) {
    if (reason !== 'FieldManagerConflict' || typeof message !== 'string' || typeof field !== 'string') continue;
    const manager = /^conflict with "((?:[^"\\]|\\.)*)"/.exec(message)?.[1] ?? message;
    managers.set(manager, [...(managers.get(manager) ?? []), field.replace(/^\./, '')]);
  }
  return [...managers].map(([manager, fields]) => ({ manager, fields: fields.sort(compareText) }));
}

function causesIn({ details }: JsonObject): readonly JsonObject[] {
  const causes = isJsonObject(details) ? details['causes'] : undefined;
  return Array.isArray(causes) ? (causes as readonly Json[]).filter(isJsonObject) : [];
}

/** Who applied or changed an object, each once. */
export function managersOf({ metadata }: JsonObject): readonly string[] {
  const fields = isJsonObject(metadata) ? metadata['managedFields'] : undefined;
  if (!Array.isArray(fields)) return [];
  const managers = (fields as readonly Json[]).flatMap((one) => {
    if (!isJsonObject(one) || one['subresource'] !== undefined) return [];
    return typeof one['manager'] === 'string' ? [one['manager']] : [];
  });
  return [...new Set(managers)].sort(compareText);
}

const MANAGERS: readonly (readonly [RegExp, string])[] = [
  [/^kubectl-client-side-apply$/, 'somebody applied it with kubectl'],
  [/^kubectl/, 'somebody changed it with kubectl'],
  [/^(kustomize-controller|helm-controller|flux)/, 'Flux applied it'],
  [/^argocd/, 'Argo CD applied it'],
  [/^(configsync|configmanagement|reconciler)/, 'Config Sync applied it'],
  [/^(helm|Helm)$/, 'Helm installed it'],
  [/^(kube-controller-manager|vpa-|keda)/, 'a controller of the cluster sets it'],
];

/** What is known of a field manager; `undefined`: nothing. */
export function describeManager(manager: string): string | undefined {
  return MANAGERS.find(([names]) => names.test(manager))?.[1];
}

/** Whether it is an agent, which would set its values again. */
export function isAgent(manager: string): boolean {
  return /^(kustomize-controller|helm-controller|flux|argocd|configsync|configmanagement|reconciler)/.test(manager);
}
