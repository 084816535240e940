import { createMemory, type Memory } from '../lib/memo.ts';
import { parseYaml } from '../lib/yaml/parse.ts';
import type { InputFiles } from '../model/intents.ts';
import { isJsonObject, type Json, type JsonObject } from '../model/json.ts';
import type { Kinds, KnownKind } from '../model/kinds.ts';
import type { RepoPath } from '../model/source.ts';

type Entry = readonly [string, KnownKind];

/** Reads which kinds the definitions in `templates/crds/` define. What is no definition there is nobody's business here. */
export function createKindLoader(memory: Memory): (input: Pick<InputFiles, 'crds'>) => Kinds {
  const files = memory.memo<RepoPath, readonly Entry[]>();
  const all = memory.memo<'kinds', Kinds>();
  return ({ crds = [] }) => {
    const found = crds.map(({ path, text }) => files.get(path, [text], () => kindsIn(text)));
    return all.get('kinds', found, () => new Map(found.flat()));
  };
}

/** The same once. */
export function loadKinds(input: Pick<InputFiles, 'crds'>): Kinds {
  return createKindLoader(createMemory())(input);
}

function kindsIn(text: string): readonly Entry[] {
  if (!/kind["']?:\s*["']?CustomResourceDefinition/.test(text)) return [];
  return text.split(/^---.*$/m).flatMap((document) => asUsual(document) ?? parsed(document));
}

/** As tools print definitions: two spaces a level. They are long, and little of them counts here. */
function asUsual(document: string): readonly Entry[] | undefined {
  const valueOf = (key: string, indent: number): string | undefined =>
    new RegExp(`^ {${indent}}${key}: ["']?([A-Za-z0-9.-]+)["']?[ \\t\\r]*$`, 'm').exec(document)?.[1];
  if (!/^kind: ["']?CustomResourceDefinition["']?[ \t\r]*$/m.test(document)) return undefined;
  const [group, scope, kind, plural] = [valueOf('group', 2), valueOf('scope', 2), valueOf('kind', 4), valueOf('plural', 4)];
  return group && scope && kind && plural ? [entry(group, kind, { plural, scope })] : undefined;
}

function parsed(document: string): readonly Entry[] {
  return parseYaml(document).documents.flatMap(({ value }) => {
    if (!isJsonObject(value) || value['kind'] !== 'CustomResourceDefinition') return [];
    const spec = members(value['spec']);
    const { kind, plural } = members(spec['names']);
    const texts = [spec['group'], kind, plural, spec['scope']].filter((text) => typeof text === 'string');
    const [group = '', ofKind = '', ofPlural = '', scope = ''] = texts;
    return texts.length === 4 ? [entry(group, ofKind, { plural: ofPlural, scope })] : [];
  });
}

function entry(group: string, kind: string, { plural, scope }: { readonly plural: string; readonly scope: string }): Entry {
  return [`${group}/${kind}`, { resource: plural, isClusterScoped: scope === 'Cluster' }];
}

function members(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
