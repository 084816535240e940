import type { Json, JsonObject } from '../../model/json.ts';
import type { Import } from './context.ts';
import { readPairs } from './kv.ts';
import type { EmcoDocument } from './model.ts';
import { tellCredentials } from './sync-objects.ts';

/** A cluster's key-value pairs as variables. Those that a sync object was made of are told already. */
export function variablesOf(cluster: EmcoDocument, path: string, { shelf, report }: Import): JsonObject | undefined {
  const variables = new Map<string, Json>();
  for (const document of shelf.in('cluster-kv', [...cluster.scope, cluster.name])) {
    if (report.isTold(document)) continue;
    const pairs = readPairs(document);
    for (const [key, value] of pairs.values) {
      const name = nameFor(key);
      const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
      const reason = !isScalar
        ? 'a variable is a text, a number, true or false'
        : name === undefined
          ? 'its name has no letter to begin with'
          : variables.has(name)
            ? `there is a variable "${name}" already`
            : undefined;
      if (reason !== undefined || name === undefined) report.leftPart(document, { what: `"${key}"`, reason: reason ?? '' });
      else {
        variables.set(name, value);
        if (name !== key) report.changed(document, `the variable is called "${name}": names have letters, digits and "_"`);
      }
    }
    report.carried(document, path);
    tellCredentials(document, pairs, { report });
  }
  return variables.size === 0 ? undefined : Object.fromEntries(variables);
}

function nameFor(key: string): string | undefined {
  const name = key.replaceAll(/[^A-Za-z0-9_]+/g, '_').replace(/^[^A-Za-z]+/, '');
  return name === '' ? undefined : name;
}
