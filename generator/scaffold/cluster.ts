import { repoPath } from '../lib/path.ts';
import { printYaml } from '../lib/yaml/print.ts';
import type { SourceFile } from '../model/source.ts';
import { block, yamlText } from './yaml-text.ts';

export interface ClusterAnswers {
  readonly provider: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string | number | boolean>>;
  /** `undefined`: no agent. */
  readonly gitOps: GitOpsAnswers | undefined;
  /** `undefined`: the default, or what an AgentInstallation says. */
  readonly agentVersion: string | undefined;
}

export interface GitOpsAnswers {
  readonly type: string;
  /** Names of sync objects: through what it is reached, and where its tree is. */
  readonly reference: string;
  readonly resource: string;
}

/** A sync object of a service that reaches clusters, by the member that describes it. */
export interface ServiceAnswers {
  readonly provider: string;
  readonly name: string;
  readonly type: string;
  readonly members: Readonly<Record<string, string>>;
}

export interface SyncObjectAnswers {
  readonly provider: string;
  readonly name: string;
  readonly url: string;
  readonly branch: string;
  /** Type of the agent that pulls from it. */
  readonly agent: string;
  /** Name of the Secret with the credentials; `undefined`: the repository is public. */
  readonly secret: string | undefined;
}

export function clusterFile({ provider, name, labels, variables, gitOps: agent, agentVersion }: ClusterAnswers): SourceFile {
  const version =
    agentVersion !== undefined
      ? yamlText`agentVersion: ${agentVersion}`
      : agent?.type === 'fluxv2'
        ? '# agentVersion: "2.9" is the default. One AgentInstallation can say it for many clusters.\n'
        : '';
  const gitOps =
    agent === undefined
      ? `# No agent: clusters/${provider}+${name}/ holds plain manifests, for espalier apply.\n`
      : yamlText`
        # The agent that pulls clusters/${`${provider}+${name}`}/, ${agent.reference === agent.resource ? 'and the sync object that says from where' : 'and the sync objects that say through what and from where'}.
        gitOps:
          gitOpsType: ${agent.type}
          gitOpsReferenceObject: ${agent.reference}
          gitOpsResourceObject: ${agent.resource}
          ${version === '' ? undefined : block(version)}`;
  const text = yamlText`
    apiVersion: espalier.dev/v1alpha1
    kind: Cluster
    metadata:
      name: ${name}
      # Placements select clusters by labels.
      labels: ${labels}
    spec:
      provider: ${provider}
      ${block(gitOps)}
      # Facts about the cluster that templates may take values from.
      variables: ${variables}`;
  return { path: repoPath(`intents/clusters/${provider}/${name}.yaml`), text };
}

export function syncObjectFile({ provider, name, url, branch, agent, secret }: SyncObjectAnswers): SourceFile {
  const access =
    secret === undefined
      ? '# No secretRef: the repository is public.\n'
      : yamlText`
        # The Secret in the agent's namespace that holds the credentials; ${agent === 'fluxv2' ? 'flux bootstrap makes it' : `who makes it: docs/providers/${agent}.md`}.
        secretRef:
          name: ${secret}`;
  const text = yamlText`
    # Where the clusters of provider ${provider} pull their trees from.
    apiVersion: espalier.dev/v1alpha1
    kind: SyncObject
    metadata:
      name: ${name}
    spec:
      provider: ${provider}
      type: git
      git:
        url: ${url}
        branch: ${branch}
        ${block(access)}`;
  // No name holds a dot, so that no cluster's file has this path.
  return { path: repoPath(`intents/clusters/${provider}/${name}.sync.yaml`), text };
}

/** What reaches the clusters of a provider, beside Git. */
export function serviceFile({ provider, name, type, members }: ServiceAnswers): SourceFile {
  const text = yamlText`
    # What reaches the clusters of provider ${provider} beside Git.
    apiVersion: espalier.dev/v1alpha1
    kind: SyncObject
    metadata:
      name: ${name}
    spec:
      provider: ${provider}
      type: ${type}
      ${block(printYaml({ [type]: members }))}`;
  return { path: repoPath(`intents/clusters/${provider}/${name}.sync.yaml`), text };
}
