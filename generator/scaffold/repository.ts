import { repoPath } from '../lib/path.ts';
import type { SourceFile } from '../model/source.ts';

export interface RepositoryAnswers {
  /** The program's own version: the repository is rendered with the version that it was made for. */
  readonly version: string;
  /** A README that is there already stays. */
  readonly hasReadme: boolean;
}

/** All files of a new repository. */
export function repositoryFiles({ version, hasReadme }: RepositoryAnswers): readonly SourceFile[] {
  const files: Readonly<Record<string, string>> = {
    ...(!hasReadme && { 'README.md': README }),
    'intents/README.md': INTENTS,
    'templates/apps/README.md': TEMPLATES,
    'package.json': packageJson(version),
    '.gitignore': 'node_modules/\n.espalier/\n',
    '.gitattributes': GIT_ATTRIBUTES,
    '.vscode/settings.json': `${JSON.stringify(SETTINGS, null, 2)}\n`,
    '.vscode/extensions.json': `${JSON.stringify({ recommendations: ['redhat.vscode-yaml'] }, null, 2)}\n`,
  };
  return Object.entries(files).map(([path, text]) => ({ path: repoPath(path), text }));
}

function packageJson(version: string): string {
  const scripts = {
    check: 'espalier check',
    diff: 'espalier generate --dry-run --diff',
    generate: 'espalier generate',
  };
  return `${JSON.stringify({ private: true, scripts, devDependencies: { espalier: version } }, null, 2)}\n`;
}

const SCHEMAS = './node_modules/espalier/api/v1alpha1';

/** The schemas come with the package, so that completion needs no network. */
const SETTINGS = {
  'yaml.schemas': {
    [`${SCHEMAS}/intent.schema.json`]: ['intents/**/*.yaml', 'intents/**/*.yml'],
    [`${SCHEMAS}/template.schema.json`]: ['templates/apps/*/template.yaml'],
  },
};

const GIT_ATTRIBUTES = `* text=auto eol=lf
# Compared byte by byte, never converted.
clusters/** -text
`;

const README = `# Fleet

Which apps run on which clusters, rendered by [Espalier](node_modules/espalier/README.md).

    intents/     what people write: clusters, logical clouds, deployments
    templates/   apps/<name>/: an ordinary kustomize base, with values
    clusters/    generated, never edited by hand: what each cluster's agent pulls

    npm install                    # once, and after the version in package.json changed
    npx espalier new cluster       # then: new app, new cloud, new deployment
    npx espalier check             # finds every mistake
    npx espalier generate --dry-run --diff
    npx espalier generate          # writes clusters/; then commit

Nothing reaches a cluster before it is committed and pushed; \`git diff\` shows all that will happen.

Visual Studio Code completes and checks intents as you type, with the YAML extension. For other editors with yaml-language-server, write this as a file's
first line, with as many \`../\` as lead to the top:

    # yaml-language-server: $schema=../../node_modules/espalier/api/v1alpha1/intent.schema.json
`;

const INTENTS = `# Intents

YAML documents, several in a file if you like, in any sub-folders: \`Cluster\`, \`SyncObject\`, \`LogicalCloud\`, \`DeploymentIntent\`.
\`espalier new cluster\`, \`espalier new cloud\` and \`espalier new deployment\` write one each.
`;

const TEMPLATES = `# App templates

A folder for each: a kustomize base whose \`.hbs\` files have places for values, and \`template.yaml\`, which declares the values.
\`espalier new app <name>\` makes one; with \`--from <folder>\`, of manifests or a kustomization that you have.
`;
