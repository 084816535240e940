import type { ClusterGitOps } from '../../model/api.generated.ts';
import type { KnownCluster } from '../../model/intents.ts';
import type { Source } from '../../model/source.ts';
import { NEWEST_FLUX } from '../shared/flux-version.ts';

/** Which agent a cluster shall have: what it says itself, then what the AgentInstallation says that selects it. */
export interface Agent {
  /** `major.minor` or `major.minor.patch`. */
  readonly version: string;
  /** `undefined`: nobody said. */
  readonly install: ClusterGitOps['install'];
  readonly components: readonly string[] | undefined;
  /** Where the version is asked for, or could be. */
  readonly source: Source;
}

export function agentOf({ value, at, installation }: KnownCluster): Agent {
  const own: Partial<ClusterGitOps> = value.spec.gitOps ?? {};
  const given = installation?.value.spec;
  const isGiven = own.agentVersion === undefined && installation !== undefined;
  return {
    version: own.agentVersion ?? given?.version ?? NEWEST_FLUX,
    install: own.install ?? (given && (given.install ?? 'manifests')),
    components: own.components ?? given?.components,
    // Places cost a second reading of their file: they are looked up for those who ask.
    get source() {
      return isGiven ? installation.at(['spec', 'version']) : at(['spec', 'gitOps', 'agentVersion']);
    },
  };
}
