import { entry } from '../entry.ts';

export const chartsCatalogue = {
  'unclear-source': entry<{ readonly app: string; readonly given: readonly string[] }>({
    severity: 'error',
    title: 'An app has no source, or two',
    explain: `An app's \`source\` has exactly one member: \`template\`, the name of a package in \`templates/apps/\`, or \`chart\`, a Helm chart that the cluster's agent installs.`,
    message: ({ app, given }) =>
      `Cannot tell what app "${app}" is: ${given.length === 0 ? 'its source is empty' : `its source has ${given.join(' and ')}`}`,
    hint: () => 'Give exactly one of template, chart',
  }),
  'charts-not-allowed': entry<{ readonly app: string; readonly cloud: string }>({
    severity: 'error',
    title: 'A logical cloud does not allow charts',
    explain: `To install a chart, the cloud's account must hold more than an app's own objects: HelmReleases and their sources, and Secrets in the namespace, where Helm keeps a record of each release. Whoever owns the logical cloud says so once, with \`charts: true\`; the rights are then part of its Role. What the chart installs must be allowed by \`permissions\` as well.`,
    message: ({ app, cloud }) => `Cannot install the chart of app "${app}": logical cloud "${cloud}" does not allow charts`,
    hint: ({ cloud }) =>
      `Write "charts: true" below "spec:" of LogicalCloud "${cloud}", or render the chart with espalier chart vendor and use source.template`,
  }),
  'digest-without-oci': entry<{ readonly app: string; readonly repository: string }>({
    severity: 'error',
    title: 'A digest for a repository that has none',
    explain: `Agents can insist on a chart's digest in an OCI registry only. A repository with an \`index.yaml\` is asked for a version, and whatever it answers is installed.`,
    message: ({ app, repository }) =>
      `Cannot pin the chart of app "${app}" by its digest: repository "${repository}" is not an OCI registry`,
    hint: () => 'Remove the digest, or take the chart from an oci:// repository',
  }),
  'merge-patch-on-chart': entry<{ readonly app: string }>({
    severity: 'error',
    title: 'A merge patch on a chart',
    explain: `What a chart renders is patched by the agent, which has kustomize's two kinds of patches: \`strategic\` and \`json6902\`. A JSON merge patch (RFC 7386) is not among them.`,
    message: ({ app }) => `Cannot apply a merge patch to app "${app}": it is a chart, which the agent renders`,
    hint: () => 'Write the patch as strategic or json6902, or say the same with values',
  }),
  'bad-quantity': entry<{ readonly app: string; readonly resource: string; readonly quantity: string }>({
    severity: 'error',
    title: 'An amount that is no quantity',
    explain: `Amounts of resources are written as Kubernetes does it: a number that is not negative, with one of the suffixes \`n u m k M G T P E\`, \`Ki Mi Gi Ti Pi Ei\` or an exponent, such as \`500m\`, \`1.5Gi\`, \`2e3\`.`,
    message: ({ app, resource, quantity }) => `Cannot read the demand of app "${app}" for "${resource}": "${quantity}" is no quantity`,
    hint: () => 'Write it as Kubernetes does, such as 500m or 1.5Gi',
  }),
  'chart-without-agent': entry<{ readonly app: string; readonly chart: string }>({
    severity: 'error',
    title: 'A chart on a cluster without an agent that installs it',
    explain: `Espalier does not render charts when it generates: the cluster's agent installs them. A cluster with direct access has no agent, so that there would be nothing to apply. \`espalier chart vendor\` renders a chart once into a template package, which works everywhere.`,
    message: ({ app, chart }) => `Cannot install chart "${chart}" of app "${app}" on every cluster that it is placed on: one has no agent`,
    hint: ({ chart }) =>
      `Run espalier chart vendor for "${chart}" and use source.template, or place the app on clusters with an agent only`,
  }),
};
