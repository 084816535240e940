import { describe, expect, test } from 'vitest';
import { argoSyncs, makeArgoCluster } from '../../../test/support/argocd.ts';
import { hasSchemas, schemaFaults } from '../../../test/support/crd-schemas.ts';
import { makeInstance, makeLayoutRequest } from '../../../test/support/fleet.ts';
import { makeApp, makeCloud, makeDeployment } from '../../../test/support/intents.ts';
import { compose } from '../../03-compose/compose.ts';
import { renderChart } from '../../06-render/render-charts.ts';
import { stamp } from '../../06-render/stamp.ts';
import { layout } from '../../08-layout/layout.ts';
import { valueAt } from '../../lib/json-path.ts';
import { parseYaml } from '../../lib/yaml/parse.ts';
import type { App, Chart, Delivery } from '../../model/api.generated.ts';
import { instanceKey } from '../../model/context.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { JsonObject } from '../../model/json.ts';
import { isChartJob } from '../../model/render.ts';
import { argocd } from './argocd.ts';

const oci: Chart = { repository: 'oci://ghcr.io/stefanprodan/charts/', name: 'podinfo', version: '6.14.1' };
const http: Chart = { repository: 'https://charts.example.net/stable', name: 'podinfo', version: '6.14.1' };
const cloud = makeCloud({ charts: true });
const cluster = makeArgoCluster('provider1+edge1', 'own-argocd', { variables: { site: 'lisbon' } });

interface Laid {
  readonly files: ReadonlyMap<string, string>;
  readonly application: JsonObject;
  readonly diagnostics: readonly Diagnostic[];
}

/** An app that is a chart, on its way through the steps. */
function lay(chart: Chart, app: Partial<App> = {}, delivery?: Delivery): Laid {
  const base = makeDeployment([makeApp({ name: 'pod', source: { chart }, ...app })]);
  const deployment = { ...base, value: { ...base.value, spec: { ...base.value.spec, ...(delivery && { delivery }) } } };
  const job = compose({ deployment, app: { value: deployment.value.spec.apps[0], at: deployment.at }, cluster }).value;
  if (!job || !isChartJob(job)) throw new Error('no chart');
  const instance = { ...makeInstance(deployment, cluster), job };
  const rendered = renderChart(instance, { deployment, cloud, cluster, provider: argocd });
  if (!rendered.value) throw new Error('nothing rendered');
  const stamped = stamp(instance, rendered.value, cloud);
  const request = makeLayoutRequest([{ cloud, deployment, clusters: [cluster], objects: [] }], { sync: argoSyncs });
  const gates = new Map([...request.gates, [instanceKey(stamped.value.instance), { do: 'write' }] as const]);
  const laid = layout({ ...request, gates, instances: [...request.instances, stamped.value], wanted: [...request.wanted, instance] });
  const files = new Map<string, string>(laid.value.map(({ path, content }) => [path, content]));
  const path = `clusters/provider1+edge1/argocd/applications/${deployment.context.id}-pod.yaml`;
  const application = parseYaml(files.get(path) ?? '').documents[0]?.value as JsonObject;
  return { files, application, diagnostics: [...rendered.diagnostics, ...stamped.diagnostics, ...laid.diagnostics] };
}

describe('a chart', () => {
  test('is the source of its Application, and its folder holds no objects', () => {
    const { files, application, diagnostics } = lay(oci, { values: { ui: { message: 'hello', color: null }, replicaCount: 2 } });
    expect(diagnostics).toEqual([]);
    expect(valueAt(application, ['spec', 'source'])).toEqual({
      repoURL: 'ghcr.io/stefanprodan/charts',
      chart: 'podinfo',
      targetRevision: '6.14.1',
      helm: { releaseName: 'pod', skipCrds: true, values: 'replicaCount: 2\nui:\n  color: null\n  message: hello\n' },
    });
    expect(valueAt(application, ['spec', 'project'])).toBe('2698366390668718506-logical-cloud');
    const folder = [...files].filter(([path]) => path.includes('/app/pod/'));
    expect(folder.map(([path]) => path.replace(/.*\//, ''))).toEqual(['kustomization.yaml']);
    expect(folder[0]?.[1]).toContain('resources: []\n');
  });

  test('comes from a repository as it is written, and without values there are none', () => {
    const { application } = lay(http);
    expect(valueAt(application, ['spec', 'source', 'repoURL'])).toBe('https://charts.example.net/stable');
    expect(valueAt(application, ['spec', 'source', 'helm'])).toEqual({ releaseName: 'pod', skipCrds: true });
  });

  test('gets the values of the cluster’s variables', () => {
    const { application } = lay({ ...http, variables: { 'ui.message': 'site' } });
    expect(valueAt(application, ['spec', 'source', 'helm', 'values'])).toBe('ui:\n  message: lisbon\n');
  });

  test('has another revision with other values, another version, and nothing else', () => {
    const revision = ({ application }: Laid) => valueAt(application, ['metadata', 'annotations', 'espalier.dev/revision']);
    const all = [lay(http), lay(http, { values: { a: 1 } }), lay({ ...http, version: '6.14.2' })].map(revision);
    expect(new Set(all).size).toBe(3);
    expect(revision(lay(http, {}, { retryInterval: '2m' }))).toBe(all[0]);
  });

  test('is no reason to read the folder of the repository', () => {
    const annotations = valueAt(lay(http).application, ['metadata', 'annotations']);
    expect(annotations).not.toHaveProperty(['argocd.argoproj.io/manifest-generate-paths']);
  });

  test('stays when its reference goes, if it is asked for', () => {
    expect(lay(http, {}, { deletionPolicy: 'Orphan' }).application['metadata']).not.toHaveProperty('finalizers');
  });

  test.runIf(hasSchemas)('makes an Application that is valid against the published schema', () => {
    expect(schemaFaults(lay(oci, { values: { a: [1, 'b', null] } }).application)).toEqual([]);
  });

  test.each<[string, Chart, Partial<App>, string]>([
    ['values from a Secret', { ...http, valuesFrom: [{ kind: 'Secret', name: 'login' }] }, {}, 'error argocd-chart-field'],
    ['a digest', { ...oci, digest: `sha256:${'0'.repeat(64)}` }, {}, 'error argocd-chart-field'],
    [
      'patches',
      http,
      { customize: [{ clusters: {}, patches: [{ target: { kind: 'Deployment' }, strategic: { spec: { paused: true } } }] }] },
      'error argocd-chart-field',
    ],
    ['a login', { ...http, secretRef: { name: 'login' } }, {}, 'warning argocd-chart-login'],
  ])('with %s is told', (_, chart, app, expected) => {
    const { diagnostics } = lay(chart, app);
    expect(diagnostics.map(({ severity, code }) => `${severity} ${code}`)).toEqual([expected]);
    expect(diagnostics[0]?.reach).toMatchObject({ kind: 'context', app: 'pod' });
  });
});
