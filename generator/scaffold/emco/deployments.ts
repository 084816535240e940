import type { JsonObject } from '../../model/json.ts';
import { annotationsOf } from './annotations.ts';
import { type Cloud, cloudKey, writeCloud } from './clouds.ts';
import type { Import } from './context.ts';
import { customizationsOf } from './customizations.ts';
import { dependenciesOf } from './dependencies.ts';
import { intentFile } from './intent-file.ts';
import { isYes, present, textAt } from './members.ts';
import type { EmcoDocument, CloudFacts } from './model.ts';
import { newObject } from './new-objects.ts';
import { type Chosen, chosenOf, placementOf } from './placements.ts';
import { slug } from './names.ts';
import { titleOf } from './report.ts';
import { type AppSource, sourceOf } from './sources.ts';

/** Deployment intent groups, with all that hangs on them, and the logical clouds. */
export async function importDeployments(clouds: ReadonlyMap<string, Cloud>, context: Import): Promise<void> {
  const { shelf, report } = context;
  const withCharts = new Set<CloudFacts>();
  for (const group of shelf.of('group')) {
    const [project = ''] = group.scope;
    const name = textAt(group.spec, 'logicalCloud') ?? '';
    const cloud = clouds.get(cloudKey(project, name)) ?? knownCloud(project, name, context);
    const reason = cloud
      ? await importGroup(group, cloud, { context, withCharts })
      : `its logical cloud "${name}" was not carried over, and there is none of that name`;
    if (reason !== undefined) report.left(group, reason);
  }
  for (const cloud of clouds.values()) writeCloud(cloud, { charts: withCharts.has(cloud), context });
}

/** A cloud that an earlier import, or a person, wrote. */
function knownCloud(project: string, name: string, { naming, clouds }: Import): CloudFacts | undefined {
  return clouds.get(`${naming.project(project)}/${naming.cloud(project, name)}`);
}

interface Placed {
  readonly document: EmcoDocument;
  readonly placement: JsonObject;
  readonly source: AppSource;
}

interface Grouping {
  readonly context: Import;
  readonly withCharts: Set<CloudFacts>;
}

/** Gives why the group was left out. */
async function importGroup(group: EmcoDocument, cloud: CloudFacts, { context, withCharts }: Grouping): Promise<string | undefined> {
  const { naming, report, files, shelf } = context;
  const [project = '', composite = '', version = ''] = group.scope;
  const [at, name] = [naming.project(project), naming.group(group)];
  const path = `intents/${at}/${name}.yaml`;
  const chosen = chosenOf(group, context);
  const placed = await placeApps(group, { chosen, cloud, context });
  if (placed.length === 0) return 'none of its apps was carried over';
  if (placed.some(({ source }) => source.isChart)) withCharts.add(cloud);
  for (const { source } of placed) files.push(...source.files);
  const apps = await appsOf(placed, { group, path, chosen, context });
  const label = versionLabel(version);
  const spec = { version: label, logicalCloud: cloud.name, apps };
  const metadata = present({ name, namespace: at, annotations: annotationsOf(group) });
  files.push(intentFile(path, { origin: titleOf(group), intent: { kind: 'DeploymentIntent', metadata, spec } }));
  report.carried(group, path);
  const own = textAt(group.spec, 'version');
  if (own !== undefined && own !== label)
    report.changed(group, `its version is the composite app's, "${label}": "${own}" is EMCO's name of the Helm release`);
  tellUsed([project, composite, version], { group, chosen, path, context });
  for (const { document } of placed) report.carried(document, path);
  const profile = textAt(group.spec, 'compositeProfile');
  for (const document of shelf.in('profile', [...group.scope, profile ?? '']))
    if (placed.some(({ document: app }) => app.name === textAt(document.spec, 'app'))) report.carried(document, path);
  return undefined;
}

function versionLabel(version: string): string {
  return /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(version) ? version : slug(version).slice(0, 60) || 'v1';
}

interface Placing {
  readonly chosen: Chosen;
  readonly cloud: CloudFacts;
  readonly context: Import;
}

async function placeApps(group: EmcoDocument, { chosen, cloud, context }: Placing): Promise<readonly Placed[]> {
  const placed: Placed[] = [];
  for (const document of context.shelf.in('app', group.scope)) {
    const reading = placementOf(document.name, chosen.placement, context);
    const source = 'reason' in reading ? reading.reason : await sourceOf({ app: document, group, cloud, context });
    if ('reason' in reading || typeof source === 'string') context.report.left(document, typeof source === 'string' ? source : '');
    else placed.push({ document, placement: reading.placement, source });
  }
  return placed;
}

interface Listing {
  readonly group: EmcoDocument;
  readonly path: string;
  readonly chosen: Chosen;
  readonly context: Import;
}

async function appsOf(placed: readonly Placed[], { group, path, chosen, context }: Listing): Promise<readonly JsonObject[]> {
  const { naming, report, shelf } = context;
  const names = new Set(placed.map(({ document }) => document.name));
  const resources = shelf.in('generic', [...group.scope, group.name]).flatMap((generic) => {
    const own = shelf.in('resource', [...generic.scope, generic.name]);
    if (chosen.names.has(generic.name)) {
      report.carried(generic, path);
      return own;
    }
    report.left(generic, 'the group does not list it among its intents, so that EMCO does not use it');
    return [];
  });
  const apps: JsonObject[] = [];
  for (const { document, placement, source } of placed) {
    const dependsOn = dependenciesOf(document, group, { apps: names, path, context });
    const customize: JsonObject[] = [];
    const added: JsonObject[] = [];
    for (const resource of resources.filter(({ spec }) => textAt(spec, 'app') === document.name)) {
      if (isYes(resource.spec['newObject'])) {
        const made = await newObject(resource, { group, app: document.name, placement, path, context });
        if (typeof made === 'string') report.left(resource, made);
        else added.push(made);
      } else {
        customize.push(...(await customizationsOf(resource, { path, context })));
        report.carried(resource, path);
      }
    }
    const { source: from, values } = source;
    const lists = { dependsOn: dependsOn.length > 0 ? dependsOn : undefined, customize: customize.length > 0 ? customize : undefined };
    apps.push(
      present({
        name: naming.app(group, document.name),
        source: from,
        values,
        dependsOn: lists.dependsOn,
        placement,
        customize: lists.customize,
      }),
    );
    apps.push(...added);
  }
  return apps;
}

function tellUsed(
  scope: readonly [string, string, string],
  {
    group,
    chosen,
    path,
    context,
  }: { readonly group: EmcoDocument; readonly chosen: Chosen; readonly path: string; readonly context: Import },
): void {
  const { shelf, report } = context;
  const [project, composite, version] = scope;
  for (const document of shelf.in('composite', [project])) {
    const own = textAt(document.spec, 'compositeAppVersion') ?? version;
    if (document.name === composite && own === version) report.carried(document, path);
  }
  const profile = textAt(group.spec, 'compositeProfile');
  for (const document of shelf.in('composite-profile', scope)) if (document.name === profile) report.carried(document, path);
  for (const document of shelf.in('chosen', [...group.scope, group.name])) report.carried(document, path);
  if (!chosen.placement) return;
  report.carried(chosen.placement, path);
  for (const document of shelf.in('app-placement', [...chosen.placement.scope, chosen.placement.name])) {
    if (shelf.in('app', scope).some(({ name }) => name === textAt(document.spec, 'app'))) report.carried(document, path);
    else report.left(document, 'no document describes its app');
  }
}
