import { diagnose, RUN } from '../diagnostics/diagnose.ts';
import { nearestName } from '../lib/did-you-mean.ts';
import { objectTitle } from '../lib/object-title.ts';
import { objectKey } from '../lib/reference-object.ts';
import type { Seen as SeenDocument, SeenObjects } from '../model/api.generated.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import type { IntentDocument, Intents } from '../model/intents.ts';
import type { JsonObject } from '../model/json.ts';
import type { KubeObject } from '../model/kube.ts';
import type { Seen, SeenCluster } from '../model/seen.ts';
import { checkVersion, isAboutVersion } from './check-document.ts';
import { SCHEMA_FILES } from './kinds.ts';
import { schemaErrors } from './schema-errors.ts';
import { schemaFindings } from './schema-findings.ts';

/** What was seen, by cluster. With any mistake nothing was seen. */
export function checkSeen(documents: readonly IntentDocument[], { clusters }: Pick<Intents, 'clusters'>): Outcome<Seen> {
  const ids = clusters.map(({ id }) => id as string);
  const seen = new Map<string, SeenCluster>();
  const diagnostics: Diagnostic[] = [];
  for (const document of documents) {
    const faults = checkDocument(document);
    diagnostics.push(...faults);
    if (faults.length > 0) continue;
    // The schema's word is what makes the type true.
    const value = document.value as unknown as SeenDocument;
    diagnostics.push(...repeated(value, document));
    const { cluster } = value;
    const where = { source: document.at(['cluster']), reach: RUN };
    if (!ids.includes(cluster)) {
      const near = nearestName(cluster, ids);
      const hint = near === undefined ? 'Name a cluster that intents/ describes, as provider+name' : `Did you mean "${near}"?`;
      diagnostics.push(diagnose('bad-seen', { cluster, reason: 'no Cluster document describes it', hint }, where));
    } else if (seen.has(cluster)) {
      const hint = 'Keep the later one, or put both together';
      diagnostics.push(diagnose('bad-seen', { cluster, reason: 'two documents speak of it', hint }, where));
    } else seen.set(cluster, toSeen(value, document));
  }
  return { value: diagnostics.length > 0 ? new Map() : seen, diagnostics };
}

function checkDocument(document: IntentDocument): readonly Diagnostic[] {
  const version = checkVersion(document, RUN);
  if (version) return [version];
  // A wrong kind is a wrong field here: there is one kind only.
  const errors = schemaErrors(SCHEMA_FILES.Seen, document.value).filter(
    (error) => error.instancePath === '/kind' || !isAboutVersion(error),
  );
  return schemaFindings(errors, { document, reachOf: () => RUN, reach: RUN });
}

function toSeen({ agents, references, objects }: SeenDocument, { at }: IntentDocument): SeenCluster {
  return {
    ...(agents && { agents: new Set(agents) }),
    ...(references && { references: byKey(references) }),
    ...(objects && { objects: byKey(objects) }),
    at,
  };
}

/** One object cannot have been seen in two forms: nobody could tell which it has. */
function repeated({ cluster, references }: SeenDocument, { at }: IntentDocument): readonly Diagnostic[] {
  const first = new Map<string, number>();
  return (references?.items ?? []).flatMap((item, index) => {
    const object = item as unknown as JsonObject;
    const key = objectKey(object);
    const other = key === undefined ? undefined : first.get(key);
    if (key !== undefined && other === undefined) first.set(key, index);
    if (other === undefined) return [];
    const reason = `${objectTitle(object as KubeObject)} is there twice`;
    const place = (one: number) => at(['references', 'items', one, 'metadata', 'name']);
    const related = [{ message: 'The same object', source: place(other) }];
    const hint = 'Keep the one that was seen later';
    return [diagnose('bad-seen', { cluster, reason, hint }, { source: place(index), reach: RUN, related })];
  });
}

function byKey({ items }: SeenObjects): ReadonlyMap<string, JsonObject> {
  return new Map(
    items.flatMap((item) => {
      const object = item as unknown as JsonObject;
      const key = objectKey(object);
      return key === undefined ? [] : [[key, object] as const];
    }),
  );
}
