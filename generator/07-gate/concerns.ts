import { type ContextId, instanceKey, type InstanceRef } from '../model/context.ts';
import { toContext } from '../lib/hash.ts';
import type { Diagnostic, Reach } from '../model/diagnostic.ts';
import type { GateRequest } from './gate.ts';
import { findHolds } from './holds.ts';
import { inScope } from './in-scope.ts';

/**
 * Tells whether a finding concerns what `--only` names: it is about everything, about a deployment that is named (or the logical cloud it runs in),
 * or would hold something that is in scope. Warnings always do, and without a scope everything does.
 */
export function concernOf(request: Omit<GateRequest, 'diagnostics'>): (diagnostic: Diagnostic) => boolean {
  const { scope, wanted, committed } = request;
  if (!scope) return () => true;
  const isInScope = inScope(request);
  const contexts = new Set(scope.flatMap((part) => (part.kind === 'deployment' ? [part.deployment.id, part.cloud] : [])));
  const wantedKeys = new Set(wanted.map(instanceKey));
  const here = wanted.filter(isInScope);
  const unwanted = committed.filter((ref) => !wantedKeys.has(instanceKey(ref)) && isInScope(ref));
  const known = new Map<string, boolean>();
  const clusters = new Set<string>([
    ...scope.flatMap((part) => (part.kind === 'cluster' ? [part.cluster] : [])),
    ...[...here, ...unwanted].map(({ cluster }) => cluster),
  ]);
  return (diagnostic) => {
    if (diagnostic.severity === 'warning') return true;
    if (diagnostic.reach.kind === 'clusters') return diagnostic.reach.clusters.some((cluster) => clusters.has(cluster));
    const key = JSON.stringify(diagnostic.reach);
    const concerns = known.get(key) ?? (namedBy(diagnostic.reach, contexts) || holdsAny(request, { diagnostic, wanted: here, unwanted }));
    known.set(key, concerns);
    return concerns;
  };
}

function namedBy(reach: Reach, contexts: ReadonlySet<ContextId | undefined>): boolean {
  if (reach.kind !== 'context') return reach.kind === 'run';
  return contexts.has(reach.context.id ?? toContext(reach.context).id);
}

interface Within {
  readonly diagnostic: Diagnostic;
  /** In scope, and wanted. */
  readonly wanted: readonly InstanceRef[];
  /** In scope, and only committed. */
  readonly unwanted: readonly InstanceRef[];
}

function holdsAny({ intents }: Pick<GateRequest, 'intents'>, { diagnostic, wanted, unwanted }: Within): boolean {
  const holds = findHolds({ intents, diagnostics: [diagnostic], isolate: true });
  return wanted.some((ref) => holds.ofWanted(ref) !== undefined) || unwanted.some((ref) => holds.ofUnwanted(ref) !== undefined);
}
