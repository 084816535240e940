import { repoPath } from '../lib/path.ts';
import type { SourceFile } from '../model/source.ts';
import { yamlText } from './yaml-text.ts';

/** A fleet of one cluster that runs a template with its defaults: what `check` would say about the template, it says about this. */
export function trialFiles(template: string): readonly SourceFile[] {
  const text = yamlText`
    apiVersion: espalier.dev/v1alpha1
    kind: Cluster
    metadata: {name: trial}
    spec: {provider: trial}
    ---
    apiVersion: espalier.dev/v1alpha1
    kind: LogicalCloud
    metadata: {name: trial, namespace: trial}
    spec:
      permissions:
      - {apiGroups: ["*"], resources: ["*"], verbs: ["*"]}
    ---
    apiVersion: espalier.dev/v1alpha1
    kind: DeploymentIntent
    metadata: {name: trial, namespace: trial}
    spec:
      version: "1"
      logicalCloud: trial
      apps:
      - name: app
        source:
          template: ${template}
        placement: {allOf: [{}]}`;
  return [{ path: repoPath('intents/trial.yaml'), text }];
}
