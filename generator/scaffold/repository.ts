import { repoPath } from '../lib/path.ts';
import type { SourceFile } from '../model/source.ts';

export interface RepositoryAnswers {
  /** A README that is there already stays. */
  readonly hasReadme: boolean;
}

/** The schemas of what people write, by file name. */
export type Schemas = Readonly<Record<string, object>>;

/** The files of a new repository, without the schemas. */
export function repositoryFiles({ hasReadme }: RepositoryAnswers): readonly SourceFile[] {
  const files: Readonly<Record<string, string>> = {
    ...(!hasReadme && { 'README.md': README }),
    'intents/README.md': INTENTS,
    'templates/apps/README.md': TEMPLATES,
    '.gitignore': 'node_modules/\n.espalier/\n',
    '.gitattributes': GIT_ATTRIBUTES,
    '.vscode/settings.json': `${JSON.stringify(SETTINGS, null, 2)}\n`,
    '.vscode/extensions.json': `${JSON.stringify({ recommendations: ['redhat.vscode-yaml'] }, null, 2)}\n`,
  };
  return Object.entries(files).map(([path, text]) => ({ path: repoPath(path), text }));
}

/** Where editors find the schemas: in the repository, so that completion needs neither a network nor an installation beside it. */
const SCHEMAS = '.schemas';

/** The schemas as editors read them. They refer to each other by name. */
export function schemaFiles(schemas: Schemas): readonly SourceFile[] {
  return Object.entries(schemas)
    .filter(([name]) => name !== 'flux-lock.schema.json')
    .map(([name, schema]) => ({ path: repoPath(`${SCHEMAS}/${name}`), text: `${JSON.stringify(schema, null, 2)}\n` }));
}

const SETTINGS = {
  'yaml.schemas': {
    [`./${SCHEMAS}/intent.schema.json`]: ['intents/**/*.yaml', 'intents/**/*.yml'],
    [`./${SCHEMAS}/template.schema.json`]: ['templates/apps/*/template.yaml'],
    [`./${SCHEMAS}/seen.schema.json`]: ['seen.yaml', 'seen/*.yaml'],
  },
};

const GIT_ATTRIBUTES = `* text=auto eol=lf
# Compared byte by byte, never converted.
clusters/** -text
`;

const README = `# Fleet

Which apps run on which clusters, rendered by Espalier.

    intents/     what people write: clusters, logical clouds, deployments
    templates/   apps/<name>/: an ordinary kustomize base, with values
    clusters/    generated, never edited by hand: what each cluster's agent pulls

    espalier new cluster                    # then: new app, new cloud, new deployment
    espalier check                          # finds every mistake
    espalier generate --dry-run --diff      # shows what would change
    espalier generate                       # writes clusters/; then commit

Nothing reaches a cluster before it is committed and pushed; \`git diff\` shows all that will happen.

Visual Studio Code completes and checks intents as you type, with the YAML extension; the schemas are in \`${SCHEMAS}/\`
(\`espalier schemas\` renews them after an upgrade). For other editors with yaml-language-server, write this as a file's first
line, with as many \`../\` as lead to the top:

    # yaml-language-server: $schema=../../${SCHEMAS}/intent.schema.json
`;

const INTENTS = `# Intents

YAML documents, several in a file if you like, in any sub-folders: \`Cluster\`, \`SyncObject\`, \`LogicalCloud\`, \`DeploymentIntent\`.
\`espalier new cluster\`, \`espalier new cloud\` and \`espalier new deployment\` write one each.
`;

const TEMPLATES = `# App templates

A folder for each: a kustomize base whose \`.hbs\` files have places for values, and \`template.yaml\`, which declares the values.
\`espalier new app <name>\` makes one; with \`--from <folder>\`, of manifests or a kustomization that you have.
`;
