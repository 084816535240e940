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
  'bad-import': entry<{ readonly place: string; readonly reason: string; readonly hint?: string | undefined }>({
    severity: 'error',
    title: 'What shall be imported cannot be read',
    explain: `\`espalier import flux\` reads the folder of a cluster as \`flux bootstrap\` writes it: a sub-folder with \`gotk-sync.yaml\`, beside it (or in other folders of the same repository) what Flux applies. \`espalier import argocd\` reads Applications, ApplicationSets and AppProjects. A folder or file that is none of these is an error, as is one that cannot be read at all, and nothing is written.

What can be read and cannot be carried over is no error: the report says what and why. Symbolic links are not followed, and nothing outside of the repository is read.`,
    message: ({ place, reason }) => `Cannot import ${place}: ${reason}`,
    hint: ({ hint }) => hint ?? 'Mend it, or name another folder',
  }),
  'import-recreates': entry<{ readonly cluster: string; readonly kind: string; readonly name: string; readonly field: string }>({
    severity: 'error',
    title: 'What runs could not be taken over as it is',
    explain: `An import ends with a comparison: each object that the cluster would be given is held against what the old agent builds from its files. A field that Kubernetes does not allow to change (a selector, a claim template of a StatefulSet, the role of a binding) would make the agent fail, or delete the object and make it anew. So nothing is written.`,
    message: ({ cluster, kind, name, field }) =>
      `Cannot take over ${kind} "${name}" on ${cluster}: its field ${field} would change, and may not`,
    hint: () => 'Look at where the field comes from in the old files; make it there what it is here, or leave the object out of the folder',
  }),
  'import-not-compared': entry<Readonly<Record<string, never>>>({
    severity: 'error',
    title: 'An import could not be compared with what runs',
    explain: `What an import would give to the clusters is worked out by a whole run and compared with what runs, before anything is written. With errors in the intents or templates that were there before, there is no such run.`,
    message: () => 'Cannot compare the import with what runs: the intents that are there have errors',
    hint: () => 'Mend what espalier check shows, and import again',
  }),
};
