import { entry } from '../entry.ts';
import { yamlSlip } from './yaml-slips.ts';

export const loadCatalogue = {
  'not-yaml': entry<{ readonly reason: string }>({
    severity: 'error',
    title: 'A file is not YAML',
    explain: `The file breaks YAML's syntax at this place, or shortly before it. Nothing of what such a file speaks of is changed while it is broken.`,
    message: ({ reason }) => `Cannot read YAML: ${yamlSlip(reason).reason}`,
    hint: ({ reason }) => yamlSlip(reason).hint,
  }),
  'duplicate-key': entry<{ readonly key: string }>({
    severity: 'error',
    title: 'A key stands twice in one mapping',
    explain: `YAML forbids a key twice in a mapping; readers that allow it disagree which one counts.`,
    message: ({ key }) => `Cannot use key "${key}": it stands twice in this mapping`,
    hint: () => 'Remove or rename one of them',
  }),
  'alias-bomb': entry<{ readonly reason: string }>({
    severity: 'error',
    title: 'Aliases grow beyond all bounds',
    explain: `YAML's aliases (\`*name\`) repeat what an anchor (\`&name\`) marks. Repeated in each other, a few lines can grow to gigabytes; such documents are refused.`,
    message: ({ reason }) => `Cannot expand aliases: ${reason}`,
    hint: () => 'Write the repeated part out, or use fewer aliases',
  }),
  'too-deep': entry<{ readonly reason: string }>({
    severity: 'error',
    title: 'A document is nested too deeply',
    explain: `No intent and no Kubernetes object nests this deeply; what does is meant to exhaust the reader.`,
    message: ({ reason }) => `Cannot read YAML: ${reason}`,
    hint: () => 'Flatten the document',
  }),
  'forbidden-key': entry<{ readonly key: string }>({
    severity: 'error',
    title: 'A key is forbidden',
    explain: `Keys such as \`__proto__\` have a meaning of their own in programs that read YAML and JSON, and none in Kubernetes.`,
    message: ({ key }) => `Cannot use key "${key}": it is forbidden`,
    hint: () => 'Choose another name',
  }),
  'unknown-tag': entry<{ readonly reason: string }>({
    severity: 'error',
    title: 'A YAML tag is unknown',
    explain: `Intents are plain data. Tags (\`!name\`), which make programs build something else from a value, are not available.`,
    message: ({ reason }) => `Cannot read YAML: ${reason}`,
    hint: () => 'Remove the tag; put quotes around a text that begins with "!"',
  }),
  'empty-intents-file': entry<{ readonly path: string }>({
    severity: 'warning',
    title: 'A file of intents is empty',
    explain: `A YAML file below \`intents/\` holds no document: it is empty, or has comments only. What it held before is removed from the tree, with a warning of its own for each deployment and logical cloud. An editor or a script may have emptied the file by mistake.`,
    message: ({ path }) => `File "${path}" holds no document`,
    hint: () => 'Delete the file if it is no longer needed, or restore what it held',
  }),
  'missing-template-file': entry<{ readonly template: string; readonly documents: number }>({
    severity: 'error',
    title: 'A template package has no template.yaml',
    explain: `Each folder of \`templates/apps/\` is a package, and its \`template.yaml\`, one YAML document, says what it is and which values it takes.`,
    message: ({ template, documents }) =>
      documents === 0
        ? `Cannot use template "${template}": it has no template.yaml`
        : `Cannot use template "${template}": its template.yaml holds ${documents} documents`,
    hint: ({ template, documents }) =>
      documents === 0 ? `Write templates/apps/${template}/template.yaml` : 'Keep one document in template.yaml',
  }),
};
