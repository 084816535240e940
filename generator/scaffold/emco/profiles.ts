import type { Json, JsonObject } from '../../model/json.ts';
import { parseYaml } from '../../lib/yaml/parse.ts';
import type { Import } from './context.ts';
import { items, member, textAt } from './members.ts';
import type { EmcoDocument } from './model.ts';
import { overridesOf, readValuesFile, setValue } from './values.ts';

/** What a group gives an app's chart. */
export interface ChartValues {
  readonly values: JsonObject;
  /** Files of the chart that the profile replaces, by path in the chart. */
  readonly replaced: ReadonlyMap<string, string>;
  readonly profile: EmcoDocument | undefined;
}

/** The values of an app in a group: its profile's, and over them the group's own. A text says why they cannot be had. */
export async function chartValues(app: EmcoDocument, group: EmcoDocument, context: Import): Promise<ChartValues | string> {
  const { shelf, report } = context;
  const composite = textAt(group.spec, 'compositeProfile') ?? '';
  const profile = shelf.in('profile', [...app.scope, composite]).find(({ spec }) => textAt(spec, 'app') === app.name);
  const read = profile ? await readProfile(profile, context) : { values: {}, replaced: new Map<string, string>() };
  if (typeof read === 'string') return `its profile cannot be read: ${read}`;
  let values = read.values;
  for (const [path, text] of overridesOf(group, app.name)) {
    const next = setValue(values, path, text);
    if (next) values = next;
    else report.leftPart(group, { what: `override value "${path}"`, reason: 'its path names a list, which is not understood here' });
  }
  return { values, replaced: read.replaced, profile };
}

async function readProfile(profile: EmcoDocument, { ports }: Import): Promise<Omit<ChartValues, 'profile'> | string> {
  const [path] = profile.files;
  if (path === undefined) return 'it names no file';
  const archive = await ports.readArchive({ path, place: profile.place });
  if (!archive.ok) return archive.reason;
  const { files } = archive.value;
  const manifest = files.get('manifest.yaml');
  if (manifest === undefined) return 'it holds no "manifest.yaml"';
  const { documents, problems } = parseYaml(manifest);
  if (problems[0]) return `"manifest.yaml", line ${problems[0].line}: ${problems[0].message}`;
  const type = member(documents[0]?.value, 'type');
  const values = readValues(type, files);
  const replaced = readReplaced(type, files);
  if (typeof values === 'string') return values;
  return typeof replaced === 'string' ? replaced : { values, replaced };
}

type Files = ReadonlyMap<string, string>;

function readValues(type: Json | undefined, files: Files): JsonObject | string {
  const name = textAt(type, 'values');
  if (name === undefined) return {};
  const text = files.get(name);
  const values = text === undefined ? 'it is not there' : readValuesFile(text);
  return typeof values === 'string' ? `"${name}": ${values}` : values;
}

function readReplaced(type: Json | undefined, files: Files): ReadonlyMap<string, string> | string {
  const replaced = new Map<string, string>();
  for (const item of items(member(type, 'configresource'))) {
    const [from, to] = [textAt(item, 'filepath') ?? '', textAt(item, 'chartpath')];
    const content = files.get(from);
    if (content === undefined || to === undefined) return `it holds no "${from}" for the chart`;
    replaced.set(to, content);
  }
  return replaced;
}
