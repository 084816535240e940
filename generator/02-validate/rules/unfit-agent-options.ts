import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import type { ClusterGitOps } from '../../model/api.generated.ts';
import type { Rule } from '../draft.ts';

type Option = Exclude<keyof ClusterGitOps, 'gitOpsType' | 'gitOpsReferenceObject' | 'gitOpsResourceObject' | 'agentVersion'>;

/** Options of `gitOps` that only some agents have. One that is missing does not compile. */
const TAKERS: Readonly<Record<Option, readonly ClusterGitOps['gitOpsType'][]>> = {
  install: ['fluxv2'],
  components: ['fluxv2'],
  lockdown: ['azureArc', 'fluxv2'],
  decryption: ['azureArc', 'fluxv2'],
  resourceName: ['argocd', 'azureArc', 'googleAnthos'],
  azureArc: ['azureArc'],
  argocd: ['argocd'],
  googleAnthos: ['googleAnthos'],
};
const OPTIONS = Object.keys(TAKERS) as readonly Option[];

/** What is asked of an agent that has no such thing would come to nothing. */
export const unfitAgentOptions: Rule = ({ clusters }) =>
  clusters.flatMap(({ id, value: { spec }, at }) => {
    const { gitOps } = spec;
    if (!gitOps) return [];
    const unfit = OPTIONS.filter((option) => gitOps[option] !== undefined && !TAKERS[option].includes(gitOps.gitOpsType));
    return unfit.map((option) => {
      const args = { cluster: id, agent: gitOps.gitOpsType, option, agents: TAKERS[option] };
      return diagnose('unfit-agent-option', args, { source: at(['spec', 'gitOps', option], 'key'), reach: RUN });
    });
  });
