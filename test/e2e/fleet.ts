/** The example fleet as the tests use it: a copy that syncs from the rig's Git server, with one deployment more that cannot succeed. */
import { cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Rig } from './rig.ts';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const EXAMPLE_URL = 'https://github.com/example/fleet';

/** Name of the deployment and of its app whose kind no cluster knows. */
export const BROKEN_APP = 'unknown-kind';

/** Stands for the vendored install manifests: namespace, account and binding of the agent. */
export const COMPONENTS = `apiVersion: v1
kind: Namespace
metadata:
  name: flux-system
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: kustomize-controller
  namespace: flux-system
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: cluster-reconciler
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: cluster-admin
subjects:
- kind: ServiceAccount
  name: kustomize-controller
  namespace: flux-system
`;

const BROKEN_FILES: Readonly<Record<string, string>> = {
  [`templates/apps/${BROKEN_APP}/template.yaml`]: `apiVersion: espalier.dev/v1alpha1
kind: Template
metadata: {name: ${BROKEN_APP}}
spec: {description: An object of a kind that the cluster does not know.}
`,
  [`templates/apps/${BROKEN_APP}/kustomization.yaml`]: `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [widget.yaml]
`,
  [`templates/apps/${BROKEN_APP}/widget.yaml`]: `apiVersion: rig.example.net/v1
kind: Widget
metadata: {name: ${BROKEN_APP}}
spec: {size: 3}
`,
};

/** Lays the copy down in `folder` and renders it. */
export async function layDownFleet(folder: string, { rig, cluster }: { readonly rig: Rig; readonly cluster: string }): Promise<void> {
  for (const part of ['intents', 'templates']) await cp(join(REPOSITORY, part), join(folder, part), { recursive: true });
  await pointAtRig(join(folder, 'intents'), `${rig.gitUrl}/fleet.git`);
  await permitWidgets(join(folder, 'intents/retail/logical-cloud.yaml'));
  for (const [path, text] of Object.entries({ ...BROKEN_FILES, [`intents/${BROKEN_APP}.yaml`]: brokenIntent(cluster) })) {
    await write(join(folder, path), text);
  }
  await write(join(folder, 'clusters', cluster, 'flux-system/gotk-components.yaml'), COMPONENTS);
  const main = join(REPOSITORY, 'generator/main.ts');
  await execa(process.execPath, ['--import', 'tsx', main, 'generate', '--root', folder, '--no-color'], { cwd: REPOSITORY, all: true });
}

/** Commits the folder and pushes it over HTTP. Returns the commit. */
export async function push(folder: string, rig: Rig): Promise<string> {
  const bare = join(rig.gitRoot, 'fleet.git');
  await execa('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare]);
  await execa('git', ['-C', bare, 'config', 'http.receivepack', 'true']);
  const identity = ['-c', 'user.name=e2e', '-c', 'user.email=e2e@localhost', '-c', 'commit.gpgsign=false'];
  const git = execa({ cwd: folder });
  await git`git init --quiet --initial-branch=main`;
  await git`git add --all`;
  await git`git ${identity} commit --quiet --message ${'Render the fleet'}`;
  await git`git push --quiet ${`${rig.gitUrl}/fleet.git`} main`;
  return (await git`git rev-parse HEAD`).stdout;
}

async function pointAtRig(folder: string, url: string): Promise<void> {
  for (const name of (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.yaml'))) {
    const text = await readFile(join(folder, name), 'utf8');
    // The rig's repository is open, and nothing there knows ExternalSecrets.
    await writeFile(join(folder, name), text.replaceAll(EXAMPLE_URL, url).replaceAll(/^ +external: \{.*\n/gm, ''));
  }
}

/** What the cloud does not permit is not written at all. */
async function permitWidgets(cloud: string): Promise<void> {
  const text = await readFile(cloud, 'utf8');
  const rule = '  - {apiGroups: [rig.example.net], resources: [widgets], verbs: ["*"]}';
  await writeFile(cloud, text.replace('  permissions:\n', `  permissions:\n${rule}\n`));
}

function brokenIntent(cluster: string): string {
  const [provider, name] = cluster.split('+');
  return `apiVersion: espalier.dev/v1alpha1
kind: DeploymentIntent
metadata: {name: ${BROKEN_APP}, namespace: retail}
spec:
  version: "1"
  logicalCloud: retail
  apps:
  - name: ${BROKEN_APP}
    source: {template: ${BROKEN_APP}}
    placement: {allOf: [{provider: ${provider}, cluster: ${name}}]}
`;
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
