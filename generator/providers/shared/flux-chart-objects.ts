import { diagnose } from '../../diagnostics/diagnose.ts';
import type { Outcome } from '../../model/diagnostic.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { ChartRelease } from '../../model/provider.ts';
import { fluxChart } from './flux-chart.ts';
import { type FluxVersion, formatVersion, isOlder } from './flux-version.ts';

/** The first release with each API, and the first whose HelmRelease can retry without end. Sources: changelogs of helm-controller (1.0.0, 1.4.0) and source-controller (1.6.0). */
const HELM_RELEASE: FluxVersion = { major: 2, minor: 3 };
const OCI_REPOSITORY: FluxVersion = { major: 2, minor: 6 };
const RETRY_ON_FAILURE: FluxVersion = { major: 2, minor: 7 };

/** A HelmRelease and the source that its chart comes from. An agent without these APIs would fail the whole instance, so that it is told here. */
export function fluxChartObjects(release: ChartRelease, version: FluxVersion): Outcome<readonly KubeObject[]> {
  const { cluster, job, asked } = release;
  const isOci = job.chart.repository.startsWith('oci://');
  const [needed, field] = isOci ? [OCI_REPOSITORY, 'kind: OCIRepository'] : [HELM_RELEASE, 'kind: HelmRelease'];
  if (isOlder(version, needed)) {
    const args = { field, since: formatVersion(needed), cluster: cluster.id, version: formatVersion(version) };
    return { value: [], diagnostics: [diagnose('field-unknown-to-agent', args, asked)] };
  }
  return { value: fluxChart(release, { retriesForEver: !isOlder(version, RETRY_ON_FAILURE) }), diagnostics: [] };
}
