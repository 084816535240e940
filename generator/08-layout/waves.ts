import type { App } from '../model/api.generated.ts';
import type { Placement } from '../model/decision.ts';
import type { KnownDeployment } from '../model/intents.ts';

/** Tells how many apps of its deployment come one after the other until an app's turn, itself included, on whatever clusters they are. */
export function createWaves(): (placement: Placement) => number {
  const deployments = new Map<KnownDeployment, ReadonlyMap<string, number>>();
  return ({ deployment, app }) => {
    const known = deployments.get(deployment) ?? wavesOf(deployment.value.spec.apps);
    deployments.set(deployment, known);
    return known.get(app.value.name) ?? 1;
  };
}

function wavesOf(apps: readonly App[]): ReadonlyMap<string, number> {
  const byName = new Map(apps.map((app) => [app.name, app]));
  const waves = new Map<string, number>();
  const find = (name: string): number => {
    const known = waves.get(name);
    if (known !== undefined) return known;
    // Validation reports a circle; here it only must end.
    waves.set(name, 1);
    const before = (byName.get(name)?.dependsOn ?? []).map((dependency) => find(dependency.app));
    const wave = 1 + Math.max(0, ...before);
    waves.set(name, wave);
    return wave;
  };
  for (const { name } of apps) find(name);
  return waves;
}
