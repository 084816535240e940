import { entry } from '../entry.ts';

export const scaffoldCatalogue = {
  'bad-arguments': entry<{ readonly problem: string; readonly hint?: string | undefined }>({
    severity: 'error',
    title: 'The command line cannot be understood',
    explain: `A command or an option is unknown or missing, or has a value that it does not take. Nothing was done. \`espalier <command> --help\` lists what there is, with examples. With \`--json\`, this is told as JSON too.`,
    message: ({ problem }) => `Cannot understand the command line: ${problem}`,
    hint: ({ hint }) => hint ?? 'See espalier --help',
  }),
  'missing-answer': entry<{ readonly what: string; readonly flag: string; readonly hint?: string | undefined }>({
    severity: 'error',
    title: 'A question has no answer',
    explain: `\`espalier new\` asks for what it was not told. Where there is no terminal to ask on (in a script, in CI, with \`--json\`), every answer must come as an argument or a flag.`,
    message: ({ what, flag }) => `Cannot make ${what}: ${flag} is not given, and there is no terminal to ask on`,
    hint: ({ flag, hint }) => hint ?? `Give ${flag}`,
  }),
  'bad-answer': entry<{ readonly flag: string; readonly answer: string; readonly reason: string; readonly hint?: string | undefined }>({
    severity: 'error',
    title: 'An answer cannot be used',
    explain: `Names and values given to \`espalier new\` and \`espalier init\` are held to the rules of the documents that they would go into, and names of other things must exist. Nothing was written.`,
    message: ({ flag, answer, reason }) => `Cannot use ${flag} ${answer}: ${reason}`,
    hint: ({ hint }) => hint,
  }),
  'name-taken': entry<{ readonly what: string; readonly name: string }>({
    severity: 'error',
    title: 'A name is taken',
    explain: `\`espalier new\` makes new things and changes none. One of that name is there already; its place is shown.`,
    message: ({ what, name }) => `Cannot make ${what} "${name}": there is one of that name`,
    hint: () => 'Choose another name, or edit the one that is there',
  }),
  'file-in-the-way': entry<{ readonly path: string }>({
    severity: 'error',
    title: 'A file stands where a new one would be written',
    explain: `\`espalier new\` and \`espalier init\` never overwrite a file. Nothing was written.`,
    message: ({ path }) => `Cannot write "${path}": something stands there already`,
    hint: () => 'Move it away, or choose another name',
  }),
  'folder-not-empty': entry<{ readonly names: readonly string[] }>({
    severity: 'error',
    title: 'A new repository needs an empty folder',
    explain: `\`espalier init\` sets up a repository in an empty folder, or in one that holds nothing but \`.git\`, a README and a licence. Nothing was written.`,
    message: ({ names }) => `Cannot set up a repository here: the folder holds ${list(names)}`,
    hint: () => 'Name an empty or new folder: espalier init <folder>',
  }),
  'no-manifests': entry<{ readonly reason: string; readonly hint: string }>({
    severity: 'error',
    title: 'A folder holds no manifests',
    explain: `\`espalier new app --from <folder>\` takes a folder with a kustomization, or with Kubernetes manifests (\`.yaml\`, \`.yml\`) of its own; those in sub-folders are taken where the kustomization lists them.`,
    message: ({ reason }) => `Cannot take over manifests: ${reason}`,
    hint: ({ hint }) => hint,
  }),
  'manifest-not-taken': entry<{ readonly what: string; readonly reason: string; readonly hint: string }>({
    severity: 'error',
    title: 'A manifest cannot become part of a template',
    explain: `A template package holds what an app consists of inside its logical cloud's namespace, from files of its own. So these are refused, and nothing is written: Secrets with readable data, objects without a namespace such as custom resource definitions and cluster roles, and files that a kustomization fetches or that lie outside the folder.

Namespaces and \`namespace\` fields are left out, with a note: the logical cloud brings the namespace.`,
    message: ({ what, reason }) => `Cannot take over ${what}: ${reason}`,
    hint: ({ hint }) => hint,
  }),
};

function list(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `"${name}"`);
  return names.length > 3 ? `${shown.join(', ')} and ${names.length - 3} more` : shown.join(', ');
}
