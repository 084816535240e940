import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import { sortBy } from '../../lib/order.ts';
import { compileSelector } from '../../lib/selector.ts';
import type { AgentInstallation } from '../../model/api.generated.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Json } from '../../model/json.ts';
import type { Located } from '../../model/source.ts';
import type { Drafted, Rule } from '../draft.ts';
import { takesInstallation } from '../find-installation.ts';
import { identityKey } from '../identity.ts';

type Installation = Drafted<Located<AgentInstallation>>;

/** What is installed on a cluster must not depend on which document is read first. Each is told once: of the first by name that it disagrees with. */
export const agentInstallations: Rule = ({ installations, clusters }) => {
  const sorted = sortBy(installations, ({ identity }) => identityKey(identity));
  const selected = sorted.map((installation) => {
    const { matches } = compileSelector(installation.value.spec.clusters);
    return { installation, ids: clusters.filter((cluster) => takesInstallation(cluster) && matches(cluster)).map(({ id }) => id) };
  });
  return selected.flatMap(({ installation, ids }, index) => {
    const own = new Set(ids);
    for (const other of selected.slice(0, index)) {
      const shared = other.ids.find((id) => own.has(id));
      if (shared !== undefined && saysOtherwise(installation, other.installation))
        return [report(installation, other.installation, shared)];
    }
    return [];
  });
};

function saysOtherwise(one: Installation, other: Installation): boolean {
  // One name is one document: that there are two is told already.
  return identityKey(one.identity) !== identityKey(other.identity) && whatItSays(one) !== whatItSays(other);
}

function whatItSays({ value: { spec } }: Installation): string {
  const { version, install = 'manifests', components = [] } = spec;
  return canonicalJson({ version, install, components: [...components].sort() as Json });
}

function report(one: Installation, other: Installation, cluster: string): Diagnostic {
  const args = { cluster, names: [one.identity.name, other.identity.name] as const };
  const related = [{ message: 'The other one', source: other.at(['spec', 'version']) }];
  return diagnose('agent-installations-differ', args, { source: one.at(['spec', 'version']), related, reach: RUN });
}
