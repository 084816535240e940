import { diagnose } from '../diagnostics/diagnose.ts';
import { isClusterScoped, namespaceOf } from '../lib/kube-names.ts';
import { objectFileName } from '../lib/object-file-name.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import type { KnownCloud } from '../model/intents.ts';
import type { KubeObject } from '../model/kube.ts';
import { type Instance, isChartJob, type Rendered, type StampedInstance } from '../model/render.ts';
import { type Stamp, stampObject } from './stamp-object.ts';
import { prepare, type PreparedObject, revisionOf } from './stamp-prepare.ts';

/** Makes a render's objects those of one instance: namespace, labels, hashes. Refuses what does not belong into a tenant or into Git. */
export function stamp(instance: Instance, rendered: Rendered, cloud: KnownCloud): Outcome<StampedInstance> {
  const prepared = prepare(rendered);
  const report = reporter(instance, cloud);
  const diagnostics: Diagnostic[] = prepared.objects.flatMap((object) => report.object(object));
  const { namespace } = cloud;
  const by: Stamp = { deploymentId: `${instance.context}-${instance.app}`, app: instance.app, partOf: instance.owner.name, namespace };
  const objects = prepared.objects.map(({ object, ...parts }) =>
    stampObject(object, namespaceOf(object) === undefined ? by : { ...by, namespace: undefined }, parts),
  );
  diagnostics.push(...report.sameFile(objects));
  if (objects.length === 0) diagnostics.push(report.nothing());
  const { cluster, context, app, owner } = instance;
  return { value: { instance: { cluster, context, app }, owner, objects, revision: revisionOf(prepared, namespace) }, diagnostics };
}

function reporter({ app, owner, origin, job }: Instance, cloud: KnownCloud) {
  const isChart = isChartJob(job);
  const template = isChart ? job.chart.name : job.template;
  const where = () =>
    ({ source: origin.at(['source', isChart ? 'chart' : 'template']), reach: { kind: 'context', context: owner, app } }) as const;
  return {
    object: ({ object, isReadableSecret, faults }: PreparedObject): Diagnostic[] => {
      const { kind, metadata } = object;
      const found = faults.map((fault) => diagnose('bad-metadata', { app, kind, name: metadata.name, ...fault }, where()));
      const namespace = namespaceOf(object);
      if (isClusterScoped(object) || (namespace !== undefined && namespace !== cloud.namespace)) {
        const args = { app, kind, name: metadata.name, cloud: cloud.context.name, cloudNamespace: cloud.namespace };
        found.push(diagnose('outside-cloud', { ...args, ...(!isClusterScoped(object) && namespace && { namespace }) }, where()));
      }
      // A chart's values are the intents' own, which validation has searched.
      if (isReadableSecret && !isChart) found.push(diagnose('secret-data', { app, template, name: metadata.name }, where()));
      return found;
    },
    sameFile: (objects: readonly KubeObject[]): Diagnostic[] => {
      const seen = new Set<string>();
      const found: Diagnostic[] = [];
      for (const object of objects) {
        const file = objectFileName(object, cloud.namespace);
        if (seen.has(file)) {
          found.push(diagnose('duplicate-object', { app, kind: object.kind, name: object.metadata.name, file }, where()));
        }
        seen.add(file);
      }
      return found;
    },
    nothing: (): Diagnostic => diagnose('renders-nothing', { app, template }, where()),
  };
}
