import { compileSelector } from '../lib/selector.ts';
import type { Customization } from '../model/api.generated.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { KnownCluster } from '../model/intents.ts';
import type { Compose, ComposeRequest } from '../model/render.ts';

/**
 * What would be wrong with customizations that match none of the app's clusters, which nobody composes: each is tried as if it matched the
 * first. What is wrong anyway reads the same, and is folded.
 */
export function tryIdle(
  clusters: readonly KnownCluster[],
  { compose, ...request }: Omit<ComposeRequest, 'cluster'> & { readonly compose: Compose },
): readonly Diagnostic[] {
  const { app } = request;
  const [cluster] = clusters;
  const customize = app.value.customize ?? [];
  if (!cluster) return [];
  return customize.flatMap(({ clusters: selector }, index) => {
    const { matches, problems } = compileSelector(selector);
    if (problems.length > 0 || clusters.some((one) => matches(one))) return [];
    const tried = customize.map((one, at): Customization => (at === index ? { ...one, clusters: {} } : one));
    return compose({ ...request, app: { ...app, value: { ...app.value, customize: tried } }, cluster }).diagnostics;
  });
}
