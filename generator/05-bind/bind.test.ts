import { expect, test } from 'vitest';
import { makeApp, makeCluster, makeDeployment, makeIntents, makeTemplate } from '../../test/support/intents.ts';
import { place } from '../04-place/place.ts';
import { diagnose } from '../diagnostics/diagnose.ts';
import type { App } from '../model/api.generated.ts';
import type { VendoredChart } from '../model/intents.ts';
import type { Compose, RenderKey } from '../model/render.ts';
import { bind } from './bind.ts';

const packages = { templates: new Map([['web', makeTemplate()]]), charts: new Map<string, VendoredChart>() };
const clusters = ['metal+roof', 'azure+zurich', 'azure+berlin'].map((id) => makeCluster(id));

const composed: Compose = ({ app, cluster, template }) => ({
  value: { key: `${app.value.name}@${cluster.id}` as RenderKey, template: template!.name, values: {}, patches: [] },
  diagnostics: [],
});

function placements(...deployments: readonly (readonly App[])[]) {
  return place(makeIntents({ clusters, deployments: deployments.map((apps, index) => makeDeployment(apps, `d${index}`)) })).value;
}

test('bind() makes an instance of each app on each of its clusters, sorted by cluster, context, app', () => {
  const given = placements([makeApp({ name: 'b' }), makeApp({ name: 'a', placement: { allOf: [{ provider: 'azure' }] } })], [makeApp()]);
  const { value, diagnostics } = bind(given, packages, composed);
  expect(diagnostics).toEqual([]);
  const keys = value.map(({ cluster, context, app }) => `${cluster}/${context}/${app}`);
  expect(keys).toEqual([...keys].sort());
  expect(value.map(({ job }) => job.key as string).sort()).toEqual([
    'a@azure+berlin',
    'a@azure+zurich',
    'b@azure+berlin',
    'b@azure+zurich',
    'b@metal+roof',
    'web@azure+berlin',
    'web@azure+zurich',
    'web@metal+roof',
  ]);
  expect(bind([...given].reverse(), packages, composed).value).toEqual(value);
});

test('an instance knows its deployment and its place in the intent', () => {
  const [instance] = bind(placements([makeApp()]), packages, composed).value;
  expect(instance).toMatchObject({ cluster: 'azure+berlin', app: 'web', owner: { name: 'd0' } });
  expect(instance!.context).toBe(instance!.owner.id);
  expect(instance!.origin.at(['name']).file).toBe('d0#spec.apps.0.name');
});

test('bind() leaves out what could not be composed and what has no template', () => {
  const failing: Compose = (request) => (request.cluster.id === 'azure+berlin' ? { value: undefined, diagnostics: [] } : composed(request));
  const given = placements([makeApp(), makeApp({ name: 'other', source: { template: 'none' } })]);
  expect(bind(given, packages, failing).value.map(({ cluster, app }) => `${cluster}/${app}`)).toEqual([
    'azure+zurich/web',
    'metal+roof/web',
  ]);
});

test('bind() reports a mistake once, with the places of the first few clusters', () => {
  const many = Array.from({ length: 9 }, (_, index) => makeCluster(`p+c${index}`));
  const given = place(makeIntents({ clusters: many, deployments: [makeDeployment([makeApp(), makeApp({ name: 'api' })])] })).value;
  const failing: Compose = ({ app, cluster, deployment }) => {
    const where = { source: app.at(['name']), reach: { kind: 'context', context: deployment.context } as const };
    const related = [{ message: `Variable "size" of cluster "${cluster.id}"`, source: cluster.at(['spec']) }];
    const args = { taker: 'template', name: 'web', app: app.value.name, value: 'replicas', reason: 'must be integer' } as const;
    return {
      value: undefined,
      diagnostics: [
        diagnose('bad-value', args, { ...where, related }),
        diagnose('unclear-patch', { app: app.value.name, given: [] }, where),
      ],
    };
  };
  const { diagnostics } = bind(given, packages, failing);
  expect(diagnostics.map(({ code, source }) => `${code} ${source?.file ?? ''}`)).toEqual([
    'bad-value shop#spec.apps.1.name',
    'unclear-patch shop#spec.apps.1.name',
    'bad-value shop#spec.apps.0.name',
    'unclear-patch shop#spec.apps.0.name',
  ]);
  expect(diagnostics[0]?.related?.map(({ source }) => source.file)).toEqual([
    'p+c0#spec',
    'p+c1#spec',
    'p+c2#spec',
    'p+c3#spec',
    'p+c4#spec',
  ]);
  expect(diagnostics[1]?.related).toBeUndefined();
});

test('bind() keeps what says different things of one place', () => {
  const failing: Compose = ({ app, cluster, deployment }) => {
    const args = {
      taker: 'template',
      name: 'web',
      app: app.value.name,
      value: 'replicas',
      reason: `must be integer, is "${cluster.id}"`,
    } as const;
    const diagnostic = diagnose('bad-value', args, { source: app.at(['name']), reach: { kind: 'context', context: deployment.context } });
    return { value: undefined, diagnostics: [diagnostic] };
  };
  expect(bind(placements([makeApp()]), packages, failing).diagnostics).toHaveLength(clusters.length);
});

test('a customization that matches none of the clusters is tried as if it did, and makes no instance', () => {
  const app = makeApp({
    placement: { allOf: [{ provider: 'metal' }] },
    customize: [{ clusters: { provider: 'azure' } }, { clusters: { provider: 'metal' } }],
  });
  const reach = { kind: 'run' } as const;
  const strict: Compose = (request) =>
    request.app.value.customize?.some(({ clusters: { provider } }) => provider === undefined) === true
      ? { value: undefined, diagnostics: [diagnose('unreadable', { path: 'x', reason: 'tried' }, { reach })] }
      : composed(request);
  const { value, diagnostics } = bind(placements([app]), packages, strict);
  expect(value).toHaveLength(1);
  expect(diagnostics).toMatchObject([{ message: 'Cannot read "x": tried' }]);
});
