import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { type Helm, type HelmResult, openHelm } from '../../io/helm.ts';
import { readArchive } from '../../io/read-archive.ts';
import { explainFailure } from '../../io/read-text.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { demandOf } from '../../lib/demand.ts';
import { sha256 } from '../../lib/hash.ts';
import { parseYaml } from '../../lib/yaml/parse.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import type { ChartOrigin } from '../../scaffold/chart/lock.ts';
import { ANY_NAMESPACE } from '../../scaffold/chart/package-files.ts';
import { readRender, type RenderReading } from '../../scaffold/chart/read-render.ts';
import { packageName, type VendorOptions } from './vendor-options.ts';

/** A chart as it was fetched and rendered. */
export interface FetchedChart {
  readonly origin: ChartOrigin;
  /** `Chart.yaml`, `values.yaml`, `values.schema.json`: those that it has. */
  readonly material: ReadonlyMap<string, string>;
  readonly about: JsonObject;
  readonly reading: RenderReading;
  /** Whether a second rendering came out otherwise: the chart draws something at random, or looks at the clock. */
  readonly isUnsteady: boolean;
}

const MATERIAL: ReadonlySet<string> = new Set(['Chart.yaml', 'values.yaml', 'values.schema.json']);

/** Fetches a chart with helm and renders it, in a folder of its own. */
export async function fetchChart(options: VendorOptions, folder: string): Promise<FetchedChart | Diagnostic> {
  const values = options.values === undefined ? undefined : await readValues(options.values);
  if (values && 'code' in values) return values;
  const opened = await openHelm(options.helm, folder);
  if (!opened.value) return soleFinding(opened.diagnostics);
  const fetched = await fetchWith(opened.value, { ...options, values: values?.path });
  if (!fetched.ok) return diagnose('helm-failed', { chart: options.name, reason: fetched.reason }, { reach: RUN });
  const { origin } = fetched.value;
  return { ...fetched.value, origin: { ...origin, ...(values && { values: values.digest }) } };
}

function soleFinding([finding]: readonly Diagnostic[]): Diagnostic {
  if (!finding) throw new Error('no helm and no finding');
  return finding;
}

async function fetchWith(helm: Helm, options: VendorOptions): Promise<HelmResult<FetchedChart>> {
  const { namespace = ANY_NAMESPACE, kubeVersion, values, schemaOnly } = options;
  const pulled = await helm.pull(options);
  if (!pulled.ok) return pulled;
  const { path: chart, bytes, digest } = pulled.value;
  const material = readArchive(bytes, (path) => MATERIAL.has(path));
  if (!material?.has('Chart.yaml')) return { ok: false, reason: 'what the repository sent is no chart' };
  const request = { release: schemaOnly ? 'release' : packageName(options), chart, namespace, values, kubeVersion };
  const [first, second] = [await helm.template(request), await helm.template(request)];
  if (!first.ok && !schemaOnly) return first;
  const reading = first.ok ? readRender(first.value) : first;
  const about = parseYaml(material.get('Chart.yaml') ?? '').documents[0]?.value;
  const known = isJsonObject(about) ? about : {};
  const origin = {
    ...originOf(options, known),
    digest,
    helm: helm.version,
    ...(reading.ok && { demand: demandOf(reading.render.objects) }),
  };
  const isUnsteady = second.ok && reading.ok && written(reading) !== written(readRender(second.value));
  return { ok: true, value: { origin, material, about: known, reading, isUnsteady } };
}

/** What of a rendering is written: hooks are not, whatever they draw. */
function written(reading: RenderReading): string | undefined {
  return reading.ok ? canonicalJson([...reading.render.objects, ...reading.render.clusterWide]) : undefined;
}

function originOf({ repository, name, version, kubeVersion, namespace }: VendorOptions, { appVersion }: JsonObject) {
  return {
    ...{ repository, name, version },
    ...(typeof appVersion === 'string' && { appVersion }),
    ...(kubeVersion !== undefined && { kubeVersion }),
    ...(namespace !== undefined && { namespace }),
  };
}

async function readValues(given: string): Promise<{ readonly path: string; readonly digest: string } | Diagnostic> {
  const path = resolve(given);
  try {
    return { path, digest: `sha256:${sha256(await readFile(path, 'utf8'))}` };
  } catch (error) {
    const { reason } = explainFailure(error);
    return diagnose('bad-answer', { flag: '--values', answer: `"${given}"`, reason }, { reach: RUN });
  }
}
