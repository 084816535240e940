import { entry } from '../entry.ts';

interface PathArgs {
  readonly path: string;
}

export const inputCatalogue = {
  'not-a-fleet': entry<object>({
    severity: 'error',
    title: 'The folder is no fleet',
    explain: `Espalier works in a folder that holds \`intents/\`: the current one, or the one that \`--root\` names. There is none: either this is another folder, or the fleet is yet to be set up with \`espalier init\`. A missing folder is never taken for an empty one, because that would mean that everything is to be removed.`,
    message: () => 'Cannot find a fleet: the folder has no sub-folder "intents"',
    hint: () => 'Go to the folder that holds intents/, or name it with --root; espalier init <folder> sets up a new one',
  }),
  'missing-folder': entry<PathArgs>({
    severity: 'error',
    title: 'A folder is missing',
    explain: `Espalier reads \`templates/apps/\` below the root folder, beside \`intents/\`. A folder that is not there is an error, never an empty set: an empty set would mean that everything is to be removed.`,
    message: ({ path }) => `Cannot read folder "${path}": it does not exist`,
    hint: ({ path }) => `Create ${path}/, or name the folder that holds intents/ and templates/ with --root`,
  }),
  'no-intents': entry<object>({
    severity: 'error',
    title: 'There is no intent at all',
    explain: `\`intents/\` holds no YAML document (files ending in \`.yaml\` or \`.yml\`). That is an error, never an empty set: an empty set would mean that everything is to be removed.`,
    message: () => 'Cannot find any intent: folder "intents" has no YAML document',
    hint: () => 'Write a first document, such as a Cluster, into intents/',
  }),
  'unread-file': entry<PathArgs & { readonly rename: string }>({
    severity: 'error',
    title: 'A file is called so that it would not be read',
    explain: `In \`intents/\` and \`templates/crds/\`, files are read whose names end in \`.yaml\` or \`.yml\`; in a template package, \`template.yaml\` describes it, and values are written into files that end in \`.hbs\`. All of it is in lower case. This file looks as if it were one of them (\`.YAML\`, \`.Yml\`, \`.json\`, \`template.yml\`, \`.HBS\`), but under its name it would be passed over: what it describes would be missing, and removed from the clusters where it was there before. Other files, such as \`README.md\`, and hidden ones may lie beside the documents.`,
    message: ({ path }) => `Cannot read "${path}": under this name it would be passed over`,
    hint: ({ rename }) => `Rename it to ${rename}, or put it elsewhere if it is something else`,
  }),
  symlink: entry<PathArgs>({
    severity: 'error',
    title: 'A file or folder is a symbolic link',
    explain: `Symbolic links are not followed: one in a pull request could point to any file of the machine that runs Espalier.`,
    message: ({ path }) => `Cannot read "${path}": it is a symbolic link`,
    hint: () => 'Put a copy of the file or folder in its place',
  }),
  'file-too-large': entry<PathArgs & { readonly limit: string }>({
    severity: 'error',
    title: 'A file is too large',
    explain: `Files of \`intents/\` and \`templates/\` may have 1 MiB each. Nobody reviews a larger one, and Kubernetes stores no object of that size.`,
    message: ({ path, limit }) => `Cannot read "${path}": it is larger than ${limit}`,
    hint: () => 'Split the file',
  }),
  'not-utf8': entry<PathArgs>({
    severity: 'error',
    title: 'A file is not UTF-8 text',
    explain: `Intents and templates are text in UTF-8. Other encodings would be read differently by Git, editors and Kubernetes.`,
    message: ({ path }) => `Cannot read "${path}": it is not UTF-8 text`,
    hint: () => 'Save the file as UTF-8',
  }),
  'binary-file': entry<PathArgs>({
    severity: 'error',
    title: 'A file is binary',
    explain: `The file holds NUL bytes, so that it is no text (or text in UTF-16). Templates are text only: everything in them is rendered, compared and reviewed as text.`,
    message: ({ path }) => `Cannot read "${path}": it is a binary file`,
    hint: () => 'Move it elsewhere, or save it as UTF-8 text',
  }),
  unreadable: entry<PathArgs & { readonly reason: string }>({
    severity: 'error',
    title: 'A file or folder cannot be read',
    explain: `Something that Espalier must read is there but cannot be read: permissions are missing, it is no ordinary file (a pipe or a device), or the disk failed. What cannot be read is an error, never absent.`,
    message: ({ path, reason }) => `Cannot read "${path}": ${reason}`,
    hint: () => 'Make it an ordinary file or folder that you may read, or remove it',
  }),
  // The path comes with invisible characters escaped.
  'odd-path': entry<PathArgs & { readonly reason: string }>({
    severity: 'error',
    title: 'A name is not fit for a path',
    explain: `A name of a file or folder holds control characters, a backslash or something else that other systems would read as another path, or that hides what it is. Paths stay inside the repository and read the same everywhere.`,
    message: ({ path, reason }) => `Cannot use path "${path}": ${reason}`,
    hint: () => 'Rename it',
  }),
  'path-collision': entry<PathArgs & { readonly other: string }>({
    severity: 'error',
    title: 'Two paths differ in case only',
    explain: `On macOS and Windows both paths are one file, so that a clone there has only one of them.`,
    message: ({ path, other }) => `Cannot tell "${path}" from "${other}": the paths are one on systems that ignore case`,
    hint: () => 'Rename one of them',
  }),
};
