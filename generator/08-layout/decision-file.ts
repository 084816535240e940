import { repoPath } from '../lib/path.ts';
import { printYaml } from '../lib/yaml/print.ts';
import type { Decision, Verdict } from '../model/decision.ts';
import { type GeneratedFile, HERE, MARKER } from '../model/file.ts';
import type { Json } from '../model/json.ts';

/** The record of where one app goes and why. It holds no time: it changes only when the decision does. */
export function decisionFile(decision: Decision): GeneratedFile {
  const { deployment, app, cloud, dependsOn, demand, chosen, rejected } = decision;
  const document: Json = {
    apiVersion: 'espalier.dev/v1alpha1',
    kind: 'Decision',
    metadata: { name: app, namespace: deployment.namespace },
    spec: {
      deployment: deployment.name,
      contextId: deployment.id,
      logicalCloud: cloud.name,
      dependsOn,
      ...(demand && { demand: demandJson(demand) }),
      chosen: chosen.map(toJson),
      rejected: rejected.map(toJson),
    },
  };
  return {
    target: HERE,
    owner: { kind: 'decision', namespace: deployment.namespace, deployment: deployment.name, app },
    path: repoPath(`clusters/decisions/${deployment.namespace}.${deployment.name}/${app}.yaml`),
    content: `${MARKER}\n${printYaml(document)}`,
  };
}

function demandJson({ from, total, perNode }: NonNullable<Decision['demand']>): Json {
  return { from, total, ...(Object.keys(perNode).length > 0 && { perNode }) };
}

function toJson({ cluster, reasons }: Verdict): Json {
  return { cluster, reasons };
}
