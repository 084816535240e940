import { diagnose } from '../../diagnostics/diagnose.ts';
import { namespacePath } from '../../lib/cloud-namespaces.ts';
import type { Diagnostic, Outcome } from '../../model/diagnostic.ts';
import type { GeneratedFile } from '../../model/file.ts';
import type { ProviderCluster, ReferenceRequest } from '../../model/provider.ts';
import { chartSync } from './chart-sync.ts';
import { cloudSync } from './cloud-sync.ts';
import { checkDelivery } from './delivery.ts';
import { LONGEST_NAMESPACE } from './names.ts';
import { refused } from './refused.ts';
import { settingOf } from './setting.ts';

/** The RepoSync of a logical cloud, which reads all of its apps, or of a chart. Other apps have none: they lie in the cloud's folder. */
export function reference(at: ProviderCluster, request: ReferenceRequest): Outcome<readonly GeneratedFile[]> {
  const setting = settingOf(at);
  if (!setting) return { value: [], diagnostics: [] };
  const { owner, chart } = request.instance;
  if (owner.kind === 'LogicalCloud') return { value: cloudSync(setting, request), diagnostics: checkNamespace(request) };
  const diagnostics = [...checkDelivery(request), ...checkOrder(request), ...refused(request)];
  return { value: chart ? chartSync(setting, request, chart) : [], diagnostics };
}

/** No object waits for one of another sync, and a chart is a sync of its own. The first name is the cloud's. */
function checkOrder({ instance: { instance, chart }, dependsOn, chartsFirst, asked }: ReferenceRequest): readonly Diagnostic[] {
  const others = chart ? dependsOn.slice(1).map((name) => name.slice(instance.context.length + 1)) : chartsFirst;
  return others.map((other) => diagnose('google-order-ignored', { app: instance.app, other }, asked()));
}

function checkNamespace({ cloud }: ReferenceRequest): readonly Diagnostic[] {
  const { namespace, context } = cloud;
  if (namespace.length <= LONGEST_NAMESPACE) return [];
  const where = { source: cloud.at(namespacePath(cloud)), reach: { kind: 'context', context } } as const;
  return [diagnose('google-namespace-too-long', { cloud: context.name, namespace, longest: LONGEST_NAMESPACE }, where)];
}
