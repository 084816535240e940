import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { namespaceOf } from '../../lib/kube-names.ts';
import { repoPath } from '../../lib/path.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { SourceFile } from '../../model/source.ts';
import { ANY_NAMESPACE, type ChartPackage, chartPackage, describeObject } from '../../scaffold/chart/package-files.ts';
import type { ReadRender } from '../../scaffold/chart/read-render.ts';
import type { FetchedChart } from './render-chart.ts';
import type { VendoredSet } from './vendored-files.ts';
import { packageName, type VendorOptions } from './vendor-options.ts';

export interface ChartSets {
  readonly sets: readonly VendoredSet[];
  /** What people should know of it, a sentence each. */
  readonly notes: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The files of a fetched chart: what its values are checked with, and its package. */
export function chartSets(fetched: FetchedChart, options: VendorOptions): ChartSets {
  const material = materialSet(fetched, options);
  const { reading } = fetched;
  const schema = fetched.material.has('values.schema.json') ? [] : ['The chart has no schema of its values: they cannot be checked.'];
  if (options.schemaOnly) {
    const unknown = reading.ok ? [] : [`Its demand is unknown, because it does not render without more values: ${reading.reason}`];
    return { sets: [material], notes: [...schema, ...unknown], diagnostics: [] };
  }
  if (!reading.ok) return { sets: [], notes: [], diagnostics: [unusable(reading.reason, options)] };
  const { render } = reading;
  const made = makePackage(fetched, render, options);
  const name = packageName(options);
  const set = {
    folder: `templates/apps/${name}`,
    folders: [`templates/apps/${name}`, `templates/crds/${name}`],
    origin: fetched.origin,
    files: [...made.files, ...made.clusterFiles],
  };
  return {
    sets: [material, set],
    notes: [...schema, ...notesOn(fetched, render, name)],
    diagnostics: [...secretsIn(render, options), ...flawsOf(render, made, options)],
  };
}

function materialSet({ origin, material }: FetchedChart, { name, version }: VendorOptions): VendoredSet {
  const folder = `templates/charts/${name}/${version}`;
  const files = [...material].map(([file, text]): SourceFile => ({ path: repoPath(`${folder}/${file}`), text }));
  return { folder, folders: [folder], origin, files };
}

function makePackage({ origin, about }: FetchedChart, render: ReadRender, options: VendorOptions): ChartPackage {
  const given = typeof about['description'] === 'string' ? about['description'].trim().replace(/\s+/g, ' ').replace(/\.$/, '') : '';
  const chart = `Helm chart ${options.name} ${options.version}`;
  const description = given === '' ? `${chart}.` : `${given} (${chart}).`;
  return chartPackage({ name: packageName(options), description, render, namespace: origin.namespace ?? ANY_NAMESPACE });
}

function unusable(reason: string, { name }: VendorOptions): Diagnostic {
  return diagnose('bad-chart', { chart: name, reason }, { reach: RUN });
}

function secretsIn({ secrets }: ReadRender, { name }: VendorOptions): readonly Diagnostic[] {
  if (secrets.length === 0) return [];
  return [diagnose('chart-secrets', { chart: name, names: secrets.map(({ metadata }) => metadata.name) }, { reach: RUN })];
}

function flawsOf(render: ReadRender, { files, clusterFiles, ambiguous }: ChartPackage, options: VendorOptions): readonly Diagnostic[] {
  const paths = [...files, ...clusterFiles].map(({ path }) => path.replace(/\.hbs$/, ''));
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  return [
    ...(render.objects.length === 0 ? [unusable('it renders no object with a namespace', options)] : []),
    ...(twice === undefined ? [] : [unusable(`it renders two objects for the file "${twice}"`, options)]),
    ...ambiguous.map((file) =>
      unusable(`"${file}" names its namespace and has braces of its own; name the namespace with --namespace`, options),
    ),
  ];
}

/** What is not as in the chart, so that nobody has to find out. */
function notesOn({ isUnsteady, origin }: FetchedChart, { hooks, clusterWide, objects }: ReadRender, name: string): readonly string[] {
  const placed = objects.filter((object) => ![undefined, ANY_NAMESPACE, origin.namespace].includes(namespaceOf(object)));
  return [
    ...hooks.map((object) => `${describeObject(object)} is a hook, which only Helm would run: left out.`),
    ...clusterWide.map(
      (object) => `${describeObject(object)} is no tenant's: in templates/crds/${name}/, for whoever looks after the cluster.`,
    ),
    ...placed.map(
      (object) =>
        `${describeObject(object)} names namespace "${namespaceOf(object) ?? ''}": only a logical cloud of that namespace can have it.`,
    ),
    ...(isUnsteady ? ['The chart renders something else each time (random, or the time): vendoring anew will show changes.'] : []),
  ];
}
