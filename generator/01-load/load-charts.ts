import type { Memory } from '../lib/memo.ts';
import { parseYaml } from '../lib/yaml/parse.ts';
import type { Demand } from '../model/demand.ts';
import type { InputFiles, VendoredChart } from '../model/intents.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';

type Charts = ReadonlyMap<string, VendoredChart>;

/**
 * Reads what is kept of charts. Nobody here wrote these files: a part that cannot be read is as if it were missing, and values are checked as far
 * as what is left allows.
 */
export function createChartLoader(memory: Memory): (input: Pick<InputFiles, 'charts'>) => Charts {
  const charts = memory.memo<string, VendoredChart>();
  return ({ charts: files = [] }) => {
    const texts = new Map<string, Map<string, string>>();
    for (const { path, text } of files) {
      const [, key, name] = /^templates\/charts\/([^/]+\/[^/]+)\/([^/]+)$/.exec(path) ?? [];
      if (key === undefined || name === undefined) continue;
      texts.set(key, (texts.get(key) ?? new Map<string, string>()).set(name, text));
    }
    return new Map(
      [...texts].map(([key, parts]) => {
        const [lock, values, schema] = ['chart.lock.yaml', 'values.yaml', 'values.schema.json'].map((name) => parts.get(name));
        return [key, charts.get(key, [lock, values, schema], () => toChart({ lock, values, schema }))] as const;
      }),
    );
  };
}

interface Texts {
  readonly lock: string | undefined;
  readonly values: string | undefined;
  readonly schema: string | undefined;
}

function toChart({ lock, values, schema }: Texts): VendoredChart {
  const { repository, demand } = members(members(yaml(lock))['spec']);
  return {
    repository: typeof repository === 'string' ? repository : undefined,
    defaults: members(yaml(values)),
    schema: schema === undefined ? undefined : toSchema(schema),
    demand: isJsonObject(demand) ? { total: quantities(demand['total']), perNode: quantities(demand['perNode']) } : undefined,
  };
}

function yaml(text: string | undefined): Json | undefined {
  return text === undefined ? undefined : parseYaml(text).documents[0]?.value;
}

function toSchema(text: string): JsonObject | string {
  try {
    const schema = JSON.parse(text) as Json;
    return isJsonObject(schema) ? schema : 'its schema is no JSON object';
  } catch {
    return 'its schema is no JSON';
  }
}

function quantities(value: Json | undefined): Demand['total'] {
  return Object.fromEntries(
    Object.entries(members(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].length <= 40),
  );
}

function members(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
