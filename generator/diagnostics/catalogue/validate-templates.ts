import { entry } from '../entry.ts';

interface TemplateArgs {
  readonly template: string;
}

interface NearArgs {
  readonly near?: string | undefined;
}

export const packageCatalogue = {
  'template-name': entry<TemplateArgs & { readonly name: string }>({
    severity: 'error',
    title: 'A template is not named like its folder',
    explain: `A package's \`metadata.name\` in \`template.yaml\` equals the name of its folder in \`templates/apps/\`, so that there is one name to look for.`,
    message: ({ template, name }) => `Cannot use name "${name}" for the template in folder "${template}": they must be equal`,
    hint: ({ template }) => `Write name: ${template}, or rename the folder`,
  }),
  'unknown-schema-keyword': entry<TemplateArgs & NearArgs & { readonly keyword: string }>({
    severity: 'error',
    title: "A template's schema of its values has an unknown keyword",
    explain: `\`spec.values\` of \`template.yaml\` is a JSON Schema of draft 7. JSON Schema ignores keywords that it does not know; a misspelt one would check nothing, so that they are refused. Keywords that begin with \`x-\` are free for notes.`,
    message: ({ template, keyword }) =>
      `Cannot use keyword ${keyword} in the values schema of template "${template}": draft 7 does not know it`,
    hint: ({ near }) => (near === undefined ? 'Remove it, or let it begin with "x-" if it is a note' : `Did you mean "${near}"?`),
  }),
  'bad-default': entry<TemplateArgs & { readonly value: string; readonly reason: string }>({
    severity: 'error',
    title: "A template's default breaks its own schema",
    explain: `The default of a value must be one that the schema takes: whoever gives no value gets the default.`,
    message: ({ template, value, reason }) => `Cannot use the default of value "${value}" of template "${template}": ${reason}`,
    hint: () => 'Change the default, or what the schema asks for',
  }),
  'unknown-template-variable': entry<TemplateArgs & NearArgs & { readonly value: string }>({
    severity: 'error',
    title: 'A template takes a cluster variable for a value that it does not have',
    explain: `\`spec.variables\` of \`template.yaml\` says which value takes which cluster variable: the value's path (\`ingress.host\`) to the variable's name. The path must be one of the values schema's properties.`,
    message: ({ template, value }) =>
      `Cannot take value ${value} of template "${template}" from a cluster variable: the values schema has no such property`,
    hint: ({ near }) => (near === undefined ? 'Add the property to spec.values' : `Did you mean "${near}"?`),
  }),
};
