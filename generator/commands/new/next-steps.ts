import type { Known } from '../../scaffold/known.ts';

type Step = 'cluster' | 'app' | 'cloud' | 'deployment';

/** What is still missing to a first tree, after one thing more was made; then how to see what it does. */
export function nextSteps(known: Known, made: Step): readonly string[] {
  const counts = {
    cluster: known.clusters.length,
    app: known.templates.size,
    cloud: known.clouds.length,
    deployment: known.deployments.length,
  };
  const isThere = (step: Step): boolean => step === made || counts[step] > 0;
  const missing = (['cluster', 'app', 'cloud', 'deployment'] as const).find((step) => !isThere(step));
  if (missing !== undefined) return [`espalier new ${missing}`];
  return made === 'app' || made === 'cloud' ? ['espalier new deployment'] : ['espalier generate --dry-run --diff'];
}
