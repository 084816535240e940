import { entry } from '../entry.ts';

interface ValueArgs {
  readonly app: string;
  readonly value: string;
  /** What takes the value, and its name. */
  readonly taker: 'template' | 'chart';
  readonly name: string;
}

const LAYERS = `Values are laid over each other before they are checked: the template's defaults, cluster variables that the template declares, the app's \`values\`, and the \`values\` of every customization that matches, in order. The finding points to the one that gave the value.

A chart's values are checked where its schema is vendored in \`templates/charts/<name>/<version>/\`, over the chart's own defaults.`;

export const composeCatalogue = {
  'bad-value': entry<ValueArgs & { readonly reason: string; readonly from?: string; readonly help?: string }>({
    severity: 'error',
    title: "A value breaks the template's schema",
    explain: `Each template says in \`template.yaml\`, as a JSON Schema, which values it takes. They are checked before anything is rendered.

${LAYERS}`,
    message: ({ app, value, reason, from }) =>
      `Cannot use ${value === '' ? 'the values' : `value "${value}"`} of app "${app}": ${reason}${from === undefined ? '' : ` (from ${from})`}`,
    hint: ({ value, taker, help }) =>
      help === undefined ? undefined : `The ${taker} describes ${value === '' ? 'the values' : `"${value}"`} as: ${help}`,
  }),
  'missing-value': entry<ValueArgs & { readonly isRemoved: boolean; readonly help?: string }>({
    severity: 'error',
    title: 'A value that the template requires is missing',
    explain: `The template's schema requires the value and has no default for it, and neither a cluster variable nor the intent gives it. A \`null\` in \`values\` takes a value away, the template's default included.

${LAYERS}`,
    message: ({ app, value, taker, name, isRemoved }) =>
      isRemoved
        ? `Cannot take value "${value}" away from app "${app}": ${taker} "${name}" requires it`
        : `Cannot render app "${app}": ${taker} "${name}" requires value "${value}"`,
    hint: ({ value, help }) => (help === undefined ? `Give "${value}" in the app's values` : `Give "${value}": ${help}`),
  }),
  'unknown-value': entry<ValueArgs & { readonly known: readonly string[]; readonly near?: string }>({
    severity: 'error',
    title: 'A template does not know a value',
    explain: `The template's schema lists the values that it takes and allows no others (\`additionalProperties: false\`), so that a misspelt name cannot pass unseen.

${LAYERS}`,
    message: ({ app, value, taker, name }) => `Cannot use value "${value}" of app "${app}": ${taker} "${name}" does not know it`,
    hint: ({ near, known, taker }) => {
      if (near !== undefined) return `Did you mean "${near}"?`;
      return known.length === 0
        ? `Remove it: the ${taker} takes no values here`
        : `Known here: ${[...known].sort().slice(0, 12).join(', ')}`;
    },
  }),
  'bad-values-schema': entry<{ readonly template: string; readonly reason: string }>({
    severity: 'error',
    title: "A template's schema of its values cannot be used",
    explain: `\`spec.values\` of \`template.yaml\` is a JSON Schema (draft 7). References must stay within it (\`#/definitions/…\`).`,
    message: ({ template, reason }) => `Cannot read the values schema of template "${template}": ${reason}`,
    hint: () => 'Write a JSON Schema of draft 7 without references to other files',
  }),
  'values-unchecked': entry<{ readonly chart: string; readonly reason: string }>({
    severity: 'warning',
    title: "A chart's values are not checked",
    explain: `The chart's schema of its values is vendored in \`templates/charts/<name>/<version>/values.schema.json\`, but cannot be used here: only JSON Schema of drafts 4 to 7, 2019-09 and 2020-12 is, without references that leave the file, and with patterns that RE2 knows. Helm will check the values when the chart is installed.`,
    message: ({ chart, reason }) => `Cannot check the values of chart "${chart}": ${reason}`,
    hint: () => 'Ask the chart for a schema that stands alone; remove values.schema.json from templates/charts/ to do without',
  }),
  'unclear-patch': entry<{ readonly app: string; readonly given: readonly string[] }>({
    severity: 'error',
    title: 'A patch has no form, or several',
    explain: `A patch has a \`target\` and exactly one of \`strategic\` (a strategic merge patch), \`json6902\` (a JSON patch) and \`merge\` (a JSON merge patch, applied last).`,
    message: ({ app, given }) =>
      `Cannot apply a patch of app "${app}": ${given.length === 0 ? 'it changes nothing' : `it has ${given.join(' and ')}`}`,
    hint: () => 'Give exactly one of strategic, json6902, merge',
  }),
};
