import { entry } from '../entry.ts';

export const vendorCatalogue = {
  'helm-not-found': entry<{ readonly path: string; readonly problem: string }>({
    severity: 'error',
    title: 'There is no helm program',
    explain: `\`espalier chart vendor\` renders charts with Helm itself, 3.8 or newer: \`helm\` in PATH, or the program that \`--helm\` names. Nothing else in Espalier needs it.`,
    message: ({ path, problem }) => `Cannot run helm program "${path}": ${problem}`,
    hint: () => 'Install Helm 3.8 or newer, or name the program with --helm',
  }),
  'helm-too-old': entry<{ readonly path: string; readonly version: string; readonly oldest: string }>({
    severity: 'error',
    title: 'The helm program is too old',
    explain: `Helm 3.8 is the first that takes charts from OCI registries as a matter of course.`,
    message: ({ path, version, oldest }) =>
      `Cannot use helm program "${path}": it is version ${version}, and ${oldest} is the oldest that will do`,
    hint: ({ oldest }) => `Install Helm ${oldest} or newer, or name another program with --helm`,
  }),
  'helm-failed': entry<{ readonly chart: string; readonly reason: string }>({
    severity: 'error',
    title: 'Helm could not fetch or render a chart',
    explain: `The sentence is Helm's own. Often the repository, the chart's name or the version is misspelt, a login is missing (\`helm registry login\`), or the chart requires a value (\`--values FILE\`). Nothing was written.`,
    message: ({ chart, reason }) => `Cannot vendor chart "${chart}": ${reason}`,
    hint: () => 'Check the repository, the name, the version and the values',
  }),
  'bad-chart': entry<{ readonly chart: string; readonly reason: string }>({
    severity: 'error',
    title: 'What a chart renders cannot be a package',
    explain: `A rendered chart becomes a template package: sound YAML, objects with names, one file each. Nothing was written.`,
    message: ({ chart, reason }) => `Cannot make a package of chart "${chart}": ${reason}`,
    hint: () => 'Change the values that it is rendered with',
  }),
  'chart-secrets': entry<{ readonly chart: string; readonly names: readonly string[] }>({
    severity: 'error',
    title: 'A chart renders Secrets',
    explain: `What is rendered is committed, and Git keeps it. A chart that renders a Secret with data (a password that it draws at random, a certificate) is therefore refused; the data is not shown. Most charts take the name of a Secret instead, by a value such as \`existingSecret\`. With an agent that installs charts, \`source.chart\` needs no rendering.`,
    message: ({ chart, names }) =>
      `Cannot make a package of chart "${chart}": it renders ${names.length === 1 ? 'Secret' : 'Secrets'} ${names.map((name) => `"${name}"`).join(', ')} with data`,
    hint: () => 'Give the chart the name of a Secret that is in the cluster, with --values FILE',
  }),
  'edited-by-hand': entry<{ readonly paths: readonly string[] }>({
    severity: 'error',
    title: 'Vendored files were edited by hand',
    explain: `\`chart.lock.yaml\` records what \`espalier chart vendor\` wrote. A file that reads otherwise now, or is gone, was edited, and vendoring anew would undo that. Nothing was written.

Better than editing: say it with the chart's values, or with patches in the intent.`,
    message: ({ paths }) => `Cannot vendor anew: ${list(paths)} ${paths.length === 1 ? 'was' : 'were'} edited by hand`,
    hint: () => 'Keep the edits elsewhere and give --force, which undoes them; --dry-run --force shows what would change',
  }),
};

function list(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).map((path) => `"${path}"`);
  return paths.length > 3 ? `${shown.join(', ')} and ${paths.length - 3} more` : shown.join(', ');
}
