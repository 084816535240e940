import { listed } from '../../lib/words.ts';
import { entry } from '../entry.ts';

const STRUCTURE = `A mustache stands for one value inside a YAML scalar. The text around it is read as YAML before the value is put in, so that no value can change a document's structure.`;

export const templateCatalogue = {
  'bad-template': entry<{ readonly file: string; readonly reason: string }>({
    severity: 'error',
    title: 'A template file is not Handlebars',
    explain: `Files that end in \`.hbs\` are read as Handlebars templates. Write \`\\{{\` for two braces that are meant as text.`,
    message: ({ file, reason }) => `Cannot read template file "${file}": ${reason}`,
    hint: () => 'Close every block, write \\{{ for braces that are text, and leave a space before a brace of YAML: {a: {{b}} }',
  }),
  'unknown-helper': entry<{ readonly what: string; readonly near?: string }>({
    severity: 'error',
    title: 'A template uses what is not available',
    explain: `Templates may use \`{{path}}\`, \`{{{path}}}\`, comments, \`{{#each}}\`, \`{{#if}}\`, \`{{#unless}}\`, \`{{#with}}\`, \`{{else}}\` and \`lookup\`. There are no other helpers, no partials and no decorators: a template says where values go, and kustomize does the rest.`,
    message: ({ what }) => `Cannot use ${what}: templates have #each, #if, #unless, #with, else and lookup only`,
    hint: ({ near }) =>
      near === undefined ? 'Compute the value in the intent, or in a default of the values schema' : `Did you mean "${near}"?`,
  }),
  'undeclared-value': entry<{
    readonly value: string;
    readonly template: string;
    readonly known: readonly string[];
    readonly near?: string;
  }>({
    severity: 'error',
    title: 'A template reads a value that its schema does not declare',
    explain: `Every name that a template reads must be declared by the schema of its values, \`spec.values\` in \`template.yaml\`. Handlebars itself passes missing names silently, so that a misspelt name in an \`{{#if}}\` would drop a part of the output unseen.

Inside \`{{#each}}\` and \`{{#with}}\` names belong to the item; \`../\` leads out.`,
    message: ({ value, template }) => `Cannot read value "${value}": the schema of template "${template}" does not declare it`,
    hint: ({ near, known }) => {
      if (near !== undefined) return `Did you mean "${near}"?`;
      if (known.length === 0) return 'Declare it in spec.values of template.yaml';
      return `Declare it in spec.values of template.yaml; known here: ${[...known].sort().slice(0, 12).join(', ')}`;
    },
  }),
  'absent-value': entry<{
    readonly value: string;
    readonly template: string;
    /** The cluster variable that the template takes it from. */
    readonly variable?: string | undefined;
    readonly clusters: readonly string[];
  }>({
    severity: 'error',
    title: 'A template reads a value that nobody gave',
    explain: `The value is optional in the template's schema and has no default, and the template writes it unconditionally. Neither the app gives it, nor, where the template takes it from a cluster variable (\`spec.variables\` of \`template.yaml\`), the cluster.`,
    message: ({ value, template, variable, clusters }) => {
      const on =
        clusters.length === 0 ? '' : ` on ${clusters.length === 1 ? 'cluster' : 'clusters'} ${listed(clusters.map((id) => `"${id}"`))}`;
      const why = variable === undefined ? 'the app does not give it' : `neither the app nor cluster variable "${variable}" gives it`;
      return `Cannot write value "${value}" of template "${template}"${on}: ${why}, and it has no default`;
    },
    hint: ({ value, variable }) =>
      variable === undefined
        ? `Give "${value}" in the app's values or a default in the template, or wrap the lines in {{#if ${value}}}`
        : `Set "${variable}" in spec.variables of the cluster, give "${value}" in the app's values or a default in the template, or wrap the lines in {{#if ${value}}}`,
  }),
  'value-not-scalar': entry<{ readonly value: string; readonly is: 'a list' | 'an object' | 'a list or an object' }>({
    severity: 'error',
    title: 'A mustache stands for a list or an object',
    explain: `${STRUCTURE} Lists and objects are written out with \`{{#each}}\`; whole sub-trees go through patches in the intent.`,
    message: ({ value, is }) => `Cannot write value "${value}": it is ${is}`,
    hint: ({ value }) => `Write its parts with {{#each ${value}}}`,
  }),
  'token-outside-scalar': entry<{ readonly value: string; readonly where: string }>({
    severity: 'error',
    title: 'A mustache stands outside a YAML scalar',
    explain: `${STRUCTURE} Keys of mappings, anchors, aliases, tags and directives are structure.`,
    message: ({ value, where }) => `Cannot write value "${value}" in ${where}: values stand inside scalars only`,
    hint: () => 'Write the key out, choose between lines with {{#if}}, or use a patch in the intent',
  }),
  'bad-template-yaml': entry<{ readonly file: string; readonly reason: string }>({
    severity: 'error',
    title: 'A template does not give YAML',
    explain: `The text that a template gives, with placeholders for its values, must be YAML. A value that contains quotes or colons is never the reason: values are put in after the text was read.`,
    message: ({ file, reason }) => `Cannot read "${file}" as YAML: ${reason}`,
    hint: () => 'Quote mustaches that begin a scalar followed by other text: "{{name}}-config"',
  }),
  'template-file-twice': entry<{ readonly file: string }>({
    severity: 'error',
    title: 'Two template files give one file',
    explain: `\`name.yaml.hbs\` gives \`name.yaml\`: both cannot stand in one package.`,
    message: ({ file }) => `Cannot write "${file}" twice: "${file}" and "${file}.hbs" both give it`,
    hint: ({ file }) => `Remove "${file}" or "${file}.hbs"`,
  }),
  'too-many-objects': entry<{ readonly template: string; readonly most: number }>({
    severity: 'error',
    title: 'A template holds too many objects',
    explain: `Kustomize looks every object up among all others, so that the time of a build grows with the square of their number: a thousand take seconds, four thousand a minute. All documents of the package's YAML files count, items of lists too.`,
    message: ({ template, most }) => `Cannot render template "${template}": its YAML files hold more than ${most} objects`,
    hint: () => 'Split it into several templates',
  }),
  'too-many-keys': entry<{ readonly file: string; readonly keys: number; readonly most: number }>({
    severity: 'error',
    title: 'A mapping has too many keys',
    explain: `Kustomize compares the keys of a mapping with each other, so that the time of a build grows with the square of their number: fifty thousand keys take a minute. No object that a cluster accepts has that many.`,
    message: ({ file, keys, most }) => `Cannot render "${file}": a mapping has ${keys} keys, more than ${most}`,
    hint: () => 'Keep such data in a file, and list it under files of a configMapGenerator',
  }),
};
