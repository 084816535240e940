import { sortBy } from '../../lib/order.ts';
import type { JsonObject } from '../../model/json.ts';
import type { SourceFile } from '../../model/source.ts';
import { intentFile } from '../emco/intent-file.ts';
import { present } from '../emco/members.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { type AppNames, nameApps } from './app-names.ts';
import { cloudFile, selectorOf } from './clouds.ts';
import type { FoundFleet, Surroundings, Unit } from './model.ts';
import { packageOf } from './package.ts';
import { type Part, partsOf } from './parts.ts';
import { type SortedUnit, sortOut } from './sort-out.ts';
import { chartApps } from './charts.ts';
import type { AppWish } from './app-wish.ts';

export interface FleetRequest {
  readonly found: FoundFleet;
  /** The project of new documents. */
  readonly project: string;
  readonly surroundings: Surroundings;
}

/** Logical clouds, deployments and packages of what runs. */
export async function fleetFiles({ found, project, surroundings }: FleetRequest): Promise<readonly SourceFile[]> {
  const withCharts = new Set(found.releases.map(({ namespace }) => namespace));
  const sorted = found.units.map((unit) => sortOut(unit, { ...surroundings, withCharts }));
  const parts = partsOf(sorted);
  const names = nameApps(parts, { releases: found.releases, templates: surroundings.templates });
  const files: SourceFile[] = [];
  const wishes: AppWish[] = [];
  for (const part of parts) {
    const made = await partApp(part, { names, surroundings });
    files.push(...made.files);
    wishes.push(made.wish);
  }
  wishes.push(...chartApps(found.releases));
  const namespaces = new Set(wishes.map(({ namespace }) => namespace));
  for (const namespace of [...namespaces].sort()) {
    const own = wishes.filter((wish) => wish.namespace === namespace);
    const known = surroundings.clouds.get(namespace);
    const at = known?.scope ?? project;
    if (known) tellKnown(known, { namespace, own, surroundings });
    else files.push(cloudOf({ namespace, own, sorted, found, project: at, surroundings }));
    files.push(...deploymentFiles({ namespace, own, project: at, cloud: known?.name ?? namespace, found, surroundings }));
  }
  return files;
}

async function partApp(
  part: Part,
  { names, surroundings }: { readonly names: AppNames; readonly surroundings: Surroundings },
): Promise<{ readonly files: readonly SourceFile[]; readonly wish: AppWish }> {
  const { report, from } = surroundings;
  const [name, template] = [names.app(part), names.template(part)];
  const [first] = part.units;
  if (!first) throw new Error('a part of no unit');
  const description = `${from}'s ${part.unit}, in namespace ${part.namespace}.`;
  const { files, patches, note } = await packageOf(part, { name: template, description, surroundings });
  for (const unit of part.units) {
    const what = `${unit.title}, namespace ${part.namespace}`;
    report.add('carried', { place: unit.place, what, to: `templates/apps/${template}/` });
    if (note !== undefined) report.add('changed', { place: unit.place, what, reason: note });
  }
  const customize = [...patches].map(([cluster, own]) => ({ clusters: selectorOf(cluster), patches: own }));
  return {
    files,
    wish: {
      namespace: part.namespace,
      deployment: part.namespace,
      name,
      clusters: part.clusters,
      unit: part.unit,
      names: [`unit ${part.unit}`],
      app: { source: { template }, ...(customize.length > 0 && { customize }) },
      dependsOn: part.units.flatMap((unit) => unit.dependsOn.map((on) => ({ on, unit, place: unit.place, title: unit.title }))),
      delivery: part.units.map(({ delivery }) => delivery),
      units: part.units,
      place: first.place,
      title: first.title,
      isChart: false,
    },
  };
}

interface OfNamespace {
  readonly namespace: string;
  readonly own: readonly AppWish[];
  readonly surroundings: Surroundings;
}

function tellKnown(known: { readonly scope: string; readonly name: string }, { namespace, own, surroundings }: OfNamespace): void {
  const [first] = own;
  if (!first) return;
  const clusters = [...new Set(own.flatMap((wish) => wish.clusters))].join(', ');
  surroundings.report.add('todo', {
    place: first.place,
    what: `Namespace ${namespace}`,
    reason: `logical cloud ${known.scope}/${known.name} has it already: see that it spans ${clusters}, and that its permissions suffice`,
  });
}

function cloudOf({
  namespace,
  own,
  sorted,
  found,
  project,
  surroundings,
}: OfNamespace & { readonly sorted: readonly SortedUnit[]; readonly found: FoundFleet; readonly project: string }): SourceFile {
  const [first] = own;
  if (!first) throw new Error('a namespace without apps');
  const units: readonly Unit[] = [...new Set(own.flatMap((wish) => wish.units))];
  const clusters = [...new Set(own.flatMap((wish) => wish.clusters))].sort();
  // Who applies the namespace itself may be another than who applies into it.
  const appliers = sorted
    .filter(({ namespaces }) => namespaces.some(({ object }) => object.metadata.name === namespace))
    .map(({ unit }) => unit);
  const namespaces = sorted.flatMap((one) => one.namespaces);
  const releaseUnits = found.units.filter(({ name }) => own.some((wish) => wish.isChart && wish.unit === name));
  return cloudFile(
    {
      namespace,
      project,
      clusters,
      units: units.length > 0 ? units : [...releaseUnits, ...appliers],
      namespaces,
      hasCharts: own.some(({ isChart }) => isChart),
      place: first.place,
    },
    surroundings,
  );
}

interface OfDeployments extends OfNamespace {
  readonly project: string;
  readonly cloud: string;
  readonly found: FoundFleet;
}

function deploymentFiles(request: OfDeployments): readonly SourceFile[] {
  const names = [...new Set(request.own.map(({ deployment }) => deployment))].sort();
  return names.map((name) => {
    const own = sortBy(
      request.own.filter(({ deployment }) => deployment === name),
      (wish) => wish.name,
    );
    return deploymentFile(name, own, request);
  });
}

function deploymentFile(name: string, own: readonly AppWish[], { project, cloud, surroundings }: OfDeployments): SourceFile {
  const { report, from } = surroundings;
  const path = `intents/${project}/${name}.yaml`;
  const apps = own.map((wish): JsonObject => {
    const dependsOn = dependenciesOf(wish, own, surroundings);
    return {
      name: wish.name,
      ...wish.app,
      ...(dependsOn.length > 0 && { dependsOn: dependsOn.map((app) => ({ app })) }),
      placement: { allOf: wish.clusters.map(selectorOf) },
    };
  });
  for (const wish of own) report.add('carried', { place: wish.place, what: `app ${wish.name} in namespace ${wish.namespace}`, to: path });
  const delivery = agreed(name, own, surroundings);
  const spec = { version: '1', logicalCloud: cloud, ...(Object.keys(delivery).length > 0 && { delivery }), apps: apps.map(inOrder) };
  const origin = [...new Set(own.map((wish) => wish.title))].join(', ');
  return intentFile(path, { origin, from, intent: { kind: 'DeploymentIntent', metadata: present({ name, namespace: project }), spec } });
}

/** Keys in the order that people read them in. */
function inOrder(app: JsonObject): JsonObject {
  const keys = ['name', 'source', 'values', 'dependsOn', 'placement', 'customize'];
  return present(Object.fromEntries(keys.map((key) => [key, app[key]])));
}

function dependenciesOf(wish: AppWish, own: readonly AppWish[], { report }: Surroundings): readonly string[] {
  const found = new Set<string>();
  for (const { on, place, title } of wish.dependsOn) {
    const matches = own.filter((other) => other !== wish && other.names.includes(on));
    for (const { name } of matches) found.add(name);
    if (matches.length === 0)
      report.add('left', {
        place,
        what: `dependsOn "${on.slice(on.indexOf(' ') + 1)}" of ${title}`,
        reason: `nothing of it is in namespace ${wish.namespace}, and apps wait for apps of their own deployment`,
      });
  }
  return [...found].sort();
}

/** What all say alike of delivery. */
function agreed(name: string, own: readonly AppWish[], { report }: Surroundings): JsonObject {
  const all = own.flatMap(({ delivery }) => delivery);
  const keys = [...new Set(all.flatMap((delivery) => Object.keys(delivery)))].sort();
  const isAgreed = (key: string): boolean => new Set(all.map((delivery) => canonicalJson(delivery[key] ?? null))).size === 1;
  const differing = keys.filter((key) => !isAgreed(key));
  const [first] = own;
  if (first && differing.length > 0) {
    const reason = `${differing.join(', ')}: the default, because what is deployed together does not say the same`;
    report.add('changed', { place: first.place, what: `deployment ${name}`, reason });
  }
  return present(Object.fromEntries(keys.filter(isAgreed).map((key) => [key, all[0]?.[key]])));
}
