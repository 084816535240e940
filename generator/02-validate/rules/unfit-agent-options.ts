import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import type { ClusterGitOps } from '../../model/api.generated.ts';
import type { Rule } from '../draft.ts';

/** Options of `gitOps` that only some agents have. */
const TAKERS: readonly { readonly option: keyof ClusterGitOps; readonly agents: readonly ClusterGitOps['gitOpsType'][] }[] = [
  { option: 'install', agents: ['fluxv2'] },
  { option: 'components', agents: ['fluxv2'] },
  { option: 'lockdown', agents: ['azureArc', 'fluxv2'] },
  { option: 'decryption', agents: ['azureArc', 'fluxv2'] },
  { option: 'resourceName', agents: ['argocd', 'azureArc', 'googleAnthos'] },
  { option: 'azureArc', agents: ['azureArc'] },
  { option: 'argocd', agents: ['argocd'] },
  { option: 'googleAnthos', agents: ['googleAnthos'] },
];

/** What is asked of an agent that has no such thing would come to nothing. */
export const unfitAgentOptions: Rule = ({ clusters }) =>
  clusters.flatMap(({ id, value: { spec }, at }) => {
    const { gitOps } = spec;
    if (!gitOps) return [];
    const unfit = TAKERS.filter(({ option, agents }) => gitOps[option] !== undefined && !agents.includes(gitOps.gitOpsType));
    return unfit.map(({ option, agents }) => {
      const args = { cluster: id, agent: gitOps.gitOpsType, option, agents };
      return diagnose('unfit-agent-option', args, { source: at(['spec', 'gitOps', option], 'key'), reach: RUN });
    });
  });
