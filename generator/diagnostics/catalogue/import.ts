import { entry } from '../entry.ts';

export const importCatalogue = {
  'bad-emco': entry<{ readonly place: string; readonly reason: string; readonly hint?: string | undefined }>({
    severity: 'error',
    title: 'A document of EMCO cannot be read',
    explain: `\`espalier import emco\` reads documents as emcoctl takes them: YAML with \`version: emco/v2\` and \`resourceContext.anchor\`, or Go templates of it with a values file (\`--values\`). What cannot be read at all, or stands twice with different contents, is an error, and nothing is written: a guess could leave something out.

Of Go's templates, fields, variables, \`if\`, \`with\`, \`range\` and Go's own functions are known. A value that the values file does not have is an error, where emcoctl would print \`<no value>\`.

What can be read and cannot be carried over is no error: the report says what and why.`,
    message: ({ place, reason }) => `Cannot read ${place}: ${reason}`,
    hint: ({ hint }) => hint ?? 'Mend it, or leave it out',
  }),
  'no-helm-for-import': entry<{ readonly app: string; readonly problem: string }>({
    severity: 'error',
    title: 'An imported app is a Helm chart, and there is no helm',
    explain: `EMCO's apps are charts, which EMCO renders. Here there are three ways, of which one must be chosen:

- \`--helm <path>\` (without it, \`helm\` in PATH) renders each chart once into a template package, with the values that EMCO would have used.
- \`--chart-repository <address>\` refers to a repository to which you push the charts: the cluster's own agent installs them, and values stay values.
- \`--no-charts\` leaves such apps out; the report names them.

Charts without template actions need none of these: their manifests are taken over as they are.`,
    message: ({ app, problem }) => `Cannot render the chart of app "${app}": ${problem}`,
    hint: () => 'Name a helm program with --helm, or a repository with --chart-repository, or leave such apps out with --no-charts',
  }),
};
