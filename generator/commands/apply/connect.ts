import { createServer, type Server } from '../../apply/server.ts';
import { describeFailure } from '../../apply/describe-failure.ts';
import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { chooseContext } from '../../io/kube/kubeconfig.ts';
import { createKubeApi } from '../../io/kube/kube-api.ts';
import type { StoredInventory } from '../../model/apply.ts';
import type { Diagnostic, Outcome } from '../../model/diagnostic.ts';
import type { KubeApi } from '../../model/ports.ts';
import type { DirectCluster } from './choose-clusters.ts';
import type { ApplyOptions } from './options.ts';

/** A cluster whose API server answered. */
export interface Connected {
  readonly api: KubeApi;
  readonly server: Server;
  readonly version: string;
  readonly context: string;
  readonly inventories: readonly StoredInventory[];
}

/** At the beginning nobody waits long for a server that is not there. */
const FIRST_PATIENCE = 5;

/** Finds the way to the cluster's server, and asks what was applied there before. Changes nothing. */
export async function connect(
  { cluster: { id }, context }: DirectCluster,
  { kubeconfig, timeout, formerly }: ApplyOptions,
  signal: AbortSignal,
): Promise<Outcome<Connected | undefined>> {
  const chosen = await chooseContext({ file: kubeconfig, context });
  if ('problem' in chosen) {
    const { from, problem, contexts } = chosen;
    return refuse(diagnose('kubeconfig-unusable', { cluster: id, from, problem, context, contexts }, { reach: RUN }));
  }
  const first = createKubeApi(chosen.config, { patience: Math.min(timeout, FIRST_PATIENCE), signal });
  const unreachable = (reason: string): Diagnostic =>
    diagnose('server-unreachable', { cluster: id, server: first.server, reason }, { reach: RUN });
  const version = await first.ask({ method: 'GET', path: '/version' });
  first.close();
  if (version.kind === 'lost') return refuse(unreachable(version.reason));
  if (version.status !== 200)
    return refuse(
      unreachable(
        version.status === 401 ? 'it does not accept the credentials' : `it answers ${version.status} when asked for its version`,
      ),
    );
  const api = createKubeApi(chosen.config, { patience: timeout, signal });
  const server = createServer(api);
  const read = await server.inventories();
  const problem = 'failure' in read ? unreachable(describeFailure(read.failure)) : problemIn(read.value, { id, formerly, context });
  if (problem || 'failure' in read) {
    api.close();
    return refuse(problem ?? unreachable(''));
  }
  const inventories = read.value.filter((one) => typeof one !== 'string');
  const { gitVersion } = version.body;
  return {
    value: { api, server, version: typeof gitVersion === 'string' ? gitVersion : 'of unknown version', context, inventories },
    diagnostics: [],
  };
}

function refuse(diagnostic: Diagnostic): Outcome<undefined> {
  return { value: undefined, diagnostics: [diagnostic] };
}

interface Asked {
  readonly id: string;
  readonly formerly: string | undefined;
  readonly context: string;
}

function problemIn(inventories: readonly (StoredInventory | string)[], { id, formerly, context }: Asked): Diagnostic | undefined {
  const damaged = inventories.find((one) => typeof one === 'string');
  if (damaged !== undefined) return diagnose('inventory-damaged', { cluster: id, name: damaged }, { reach: RUN });
  const other = inventories.find((one) => typeof one !== 'string' && one.cluster !== id && one.cluster !== formerly);
  return typeof other === 'object'
    ? diagnose('server-of-another-cluster', { cluster: id, context, other: other.cluster }, { reach: RUN })
    : undefined;
}
