import { parseRepoPath, repoPath } from '../../lib/path.ts';
import { parseYaml } from '../../lib/yaml/parse.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { SourceFile } from '../../model/source.ts';
import { ANY_NAMESPACE, chartPackage, describeObject } from '../chart/package-files.ts';
import { readRender } from '../chart/read-render.ts';
import type { Import } from './context.ts';
import { textAt } from './members.ts';
import type { Archive, EmcoDocument, FileWish, CloudFacts } from './model.ts';
import { packageOf } from './manifests.ts';
import { type ChartValues, chartValues } from './profiles.ts';
import { withoutCredentials } from './values.ts';

/** Where an app's objects come from, as an intent says it. */
export interface AppSource {
  readonly source: JsonObject;
  readonly values?: JsonObject;
  /** Whether the cluster's agent installs it as a chart. */
  readonly isChart: boolean;
  readonly files: readonly SourceFile[];
}

interface Sourcing {
  readonly app: EmcoDocument;
  readonly group: EmcoDocument;
  readonly cloud: CloudFacts;
  readonly context: Import;
}

interface Chart {
  readonly wish: FileWish;
  readonly archive: Archive;
  readonly about: Json;
}

/** An app's chart, made into a source; a text says why there is none. */
export async function sourceOf(sourcing: Sourcing): Promise<AppSource | string> {
  const { app, group, context } = sourcing;
  const [path] = app.files;
  if (path === undefined) return 'it names no file with its chart';
  const wish = { path, place: app.place };
  const read = await context.ports.readArchive(wish);
  if (!read.ok) return `its chart cannot be read: ${read.reason}`;
  const text = read.value.files.get('Chart.yaml');
  if (text === undefined) return 'its file holds no chart';
  const chart: Chart = { wish, archive: read.value, about: parseYaml(text).documents[0]?.value ?? null };
  const given = await chartValues(app, group, context);
  if (typeof given === 'string') return given;
  const plain = await plainSource(chart, given, sourcing);
  if (typeof plain !== 'string') return plain;
  const { charts } = context.ports;
  switch (charts.kind) {
    case 'repository':
      return repositorySource(chart, { ...sourcing, given, address: charts.address });
    case 'render':
      return renderedSource(chart, { ...sourcing, given, render: charts.render });
    case 'leave':
      return `its chart has templates (${plain}), and neither helm nor a chart repository was to be used`;
    default:
      return charts satisfies never;
  }
}

/** A chart whose files are plain manifests needs nobody to render it: they are taken as they are. A text says why it is none. */
async function plainSource({ archive, wish }: Chart, given: ChartValues, { app, group, context }: Sourcing): Promise<AppSource | string> {
  const files = new Map(
    [...archive.files].filter(([path]) => path.startsWith('templates/')).map(([path, text]) => [path.slice('templates/'.length), text]),
  );
  const manifests = new Map([...files].filter(([path]) => /\.(?:ya?ml|json)$/.test(path)));
  const templated = [...manifests].find(([path, text]) => text.includes('{{') || path.includes('/') || text.includes('helm.sh/hook'));
  if (templated) return `such as ${templated[0]}`;
  if ([...archive.files.keys()].some((path) => /^(?:charts|crds)\//.test(path)) || given.replaced.size > 0)
    return 'or charts, CRDs or replaced files of its own';
  const name = context.naming.template(group, app.name);
  const found = await packageOf(manifests, { name, description: `The app ${app.name}.`, from: wish.path });
  if (typeof found === 'string') return found;
  for (const note of found.notes) context.report.changed(app, note);
  if (Object.keys(given.values).length > 0) context.report.changed(app, 'values are of no effect: none of its files has a place for one');
  return { source: { template: name }, isChart: false, files: found.files };
}

const CHART_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,98}[A-Za-z0-9])?$/;
const CHART_VERSION = /^v?[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

function repositorySource(
  { about, wish }: Chart,
  { app, cloud, context, given, address }: Sourcing & { readonly given: ChartValues; readonly address: string },
): AppSource | string {
  const { report } = context;
  if (cloud.isAdmins) return 'its logical cloud is of level 0, which takes no chart of a repository: have it rendered, with --helm';
  const [name, version] = [textAt(about, 'name') ?? '', textAt(about, 'version') ?? ''];
  if (!CHART_NAME.test(name) || !CHART_VERSION.test(version)) return 'its Chart.yaml does not say a name and an exact version';
  if (given.replaced.size > 0 && given.profile)
    report.leftPart(given.profile, {
      what: 'configresource',
      reason: 'a chart of a repository is what it is: put the files into it before you push it',
    });
  const { values, hidden } = withoutCredentials(given.values);
  for (const path of hidden)
    report.todo(app, `the value "${path}" looks like a credential and was not copied: name a Secret in source.chart.valuesFrom`);
  const command = address.startsWith('oci://') ? `helm push ${wish.path} ${address}` : `put ${wish.path} into ${address}, and its index`;
  report.todo(app, `its chart must be in the repository: ${command}`);
  const isEmpty = Object.keys(values).length === 0;
  return { source: { chart: { repository: address, name, version } }, ...(!isEmpty && { values }), isChart: true, files: [] };
}

type Render = Extract<Import['ports']['charts'], { readonly kind: 'render' }>['render'];

async function renderedSource(
  { about, wish }: Chart,
  { app, group, cloud, context, given, render }: Sourcing & { readonly given: ChartValues; readonly render: Render },
): Promise<AppSource | string> {
  const name = context.naming.template(group, app.name);
  if ([...given.replaced.keys()].some((path) => parseRepoPath(path) === undefined))
    return 'its profile replaces a file outside of the chart';
  const release = releaseName(group, app);
  const { namespace, isAdmins } = cloud;
  const rendered = await render({ app: app.name, wish, release, namespace, values: given.values, replaced: given.replaced });
  if (!rendered.ok) return `helm cannot render its chart: ${rendered.reason}`;
  const reading = readRender(rendered.value);
  if (!reading.ok) return `what helm renders cannot be used: ${reading.reason}`;
  const { secrets, hooks } = reading.render;
  // The administrators' apps hold what has no namespace as well.
  const clusterWide = isAdmins ? [] : reading.render.clusterWide;
  const own = isAdmins ? [...reading.render.objects, ...reading.render.clusterWide] : reading.render.objects;
  const objects = own.filter((object) => !secrets.includes(object));
  if (objects.length === 0) return isAdmins ? 'its chart renders no object' : 'its chart renders no object with a namespace';
  const { report } = context;
  for (const object of secrets)
    report.todo(
      app,
      `${describeObject(object)} was not written, because secrets do not belong into Git: it must exist in the namespace "${namespace}"`,
    );
  for (const object of hooks) report.leftPart(app, { what: describeObject(object), reason: 'it is a hook, which only Helm would run' });
  for (const object of clusterWide)
    report.todo(app, `${describeObject(object)} is no tenant's: it is in templates/crds/${name}/, for whoever looks after the cluster`);
  report.changed(
    app,
    'its chart is rendered once, with the values of its profile and group: differences between clusters are patches from now on',
  );
  const told = textAt(about, 'description');
  const description = `${told?.replace(/\s+/g, ' ').replace(/\.$/, '') ?? `The app ${app.name}`}.`;
  const made = chartPackage({ name, description, render: { ...reading.render, objects, clusterWide, secrets: [] }, namespace });
  const files = [...made.files, ...made.clusterFiles].map((file) => withOrigin(file, name));
  const paths = files.map((file) => file.path);
  if (new Set(paths).size < paths.length) return 'its chart renders two objects of one name';
  if (paths.some((path) => path.endsWith('.hbs'))) return `its chart names the namespace "${ANY_NAMESPACE}"`;
  return { source: { template: name }, isChart: false, files };
}

/** As EMCO names its Helm releases: by the group's version. */
function releaseName(group: EmcoDocument, app: EmcoDocument): string {
  const version = textAt(group.spec, 'version') ?? app.name;
  return /^[a-z0-9]([-a-z0-9]{0,51}[a-z0-9])?$/.test(version) ? version : 'release';
}

/** The package says where it comes from. */
function withOrigin({ path, text }: SourceFile, name: string): SourceFile {
  const isManifest = path === `templates/apps/${name}/template.yaml`;
  return {
    path: repoPath(path),
    text: isManifest ? text.replace(/^# .*\n/, '# Rendered from the Helm chart of an app of EMCO by espalier import emco.\n') : text,
  };
}
