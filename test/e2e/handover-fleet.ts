/** One cluster with one app, whose agent changes: the fleet's folder, its Git repository and the program that renders it. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { COMPONENTS } from './fleet.ts';
import type { Rig } from './rig.ts';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export const CLUSTER = 'lab+bench';

export const GIT_OPS = '  gitOps: {gitOpsType: fluxv2, gitOpsReferenceObject: fleet-git, gitOpsResourceObject: fleet-git}\n';

const CLUSTERS = `apiVersion: espalier.dev/v1alpha1
kind: SyncObject
metadata: {name: fleet-git}
spec: {provider: lab, type: git, git: {url: URL, interval: 2s}}
---
apiVersion: espalier.dev/v1alpha1
kind: SyncObject
metadata: {name: by-hand}
spec: {provider: lab, type: kubeconfig, kubeconfig: {context: rig}}
---
apiVersion: espalier.dev/v1alpha1
kind: Cluster
metadata: {name: bench}
spec:
  provider: lab
${GIT_OPS}  kubeconfigObject: by-hand
`;

const CLOUD = `apiVersion: espalier.dev/v1alpha1
kind: LogicalCloud
metadata: {name: retail, namespace: retail}
spec:
  podSecurity: privileged
  quota: {pods: "20"}
  permissions:
  - {apiGroups: ["", apps], resources: [services, configmaps, deployments], verbs: [get, list, watch, create, update, patch, delete]}
`;

const SHOP = `apiVersion: espalier.dev/v1alpha1
kind: DeploymentIntent
metadata: {name: shop, namespace: retail}
spec:
  version: 1.0.0
  logicalCloud: retail
  apps:
  - name: web
    source: {template: web}
    placement: {allOf: [{provider: lab}]}
`;

/** Keeps the fleet from having no deployment at all, elsewhere. */
const OTHER = `apiVersion: espalier.dev/v1alpha1
kind: LogicalCloud
metadata: {name: media, namespace: media}
spec:
  podSecurity: privileged
  permissions: [{apiGroups: [""], resources: [services], verbs: [get, list, watch, create, update, patch, delete]}]
---
apiVersion: espalier.dev/v1alpha1
kind: DeploymentIntent
metadata: {name: site, namespace: media}
spec:
  version: 1.0.0
  logicalCloud: media
  apps:
  - name: front
    source: {template: front}
    placement: {allOf: [{provider: lab}]}
`;

/** A tenant with references of its own. */
const DESK_CLOUD = `apiVersion: espalier.dev/v1alpha1
kind: LogicalCloud
metadata: {name: desk, namespace: desk}
spec:
  references: tenant
  podSecurity: privileged
  permissions:
  - {apiGroups: ["", apps], resources: [services, deployments], verbs: [get, list, watch, create, update, patch, delete]}
`;

const DESK = `apiVersion: espalier.dev/v1alpha1
kind: DeploymentIntent
metadata: {name: desk, namespace: desk}
spec:
  version: 1.0.0
  logicalCloud: desk
  delivery: {retryInterval: 2s}
  apps:
  - name: web
    source: {template: web}
    placement: {allOf: [{provider: lab}]}
  - name: front
    source: {template: front}
    dependsOn: [{app: web}]
    placement: {allOf: [{provider: lab}]}
`;

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: web, image: "nginx:1.29"}]
`;

const SERVICE = `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
`;

function template(name: string): string {
  return `apiVersion: espalier.dev/v1alpha1\nkind: Template\nmetadata: {name: ${name}}\nspec: {description: For tests.}\n`;
}

function index(...resources: readonly string[]): string {
  return `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${resources.join(', ')}]\n`;
}

export interface HandoverFleet {
  readonly folder: string;
  readonly cluster: string;
  edit(path: string, change: (text: string) => string): Promise<void>;
  write(path: string, text: string): Promise<void>;
  /** Puts what stands for Flux's manifests into the tree. */
  addFlux(): Promise<void>;
  /** Runs Espalier; what it prints, whatever the exit code. */
  run(...args: readonly string[]): Promise<{ readonly exitCode: number; readonly text: string }>;
  /** Commits all, pushes it, and gives the commit. */
  push(message: string): Promise<string>;
}

export async function layDownHandoverFleet(folder: string, rig: Rig): Promise<HandoverFleet> {
  const url = `${rig.gitUrl}/handover.git`;
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  const files = {
    'intents/clusters.yaml': CLUSTERS.replace('URL', url),
    'intents/cloud.yaml': CLOUD,
    'intents/shop.yaml': SHOP,
    'intents/media.yaml': OTHER,
    'intents/desk-cloud.yaml': DESK_CLOUD,
    'intents/desk.yaml': DESK,
    'templates/apps/web/template.yaml': template('web'),
    'templates/apps/web/kustomization.yaml': index('deployment.yaml', 'service.yaml'),
    'templates/apps/web/deployment.yaml': DEPLOYMENT,
    'templates/apps/web/service.yaml': SERVICE,
    'templates/apps/front/template.yaml': template('front'),
    'templates/apps/front/kustomization.yaml': index('service.yaml'),
    'templates/apps/front/service.yaml': SERVICE.replaceAll('web', 'front'),
    '.gitignore': 'seen.yaml\n',
  };
  for (const [path, text] of Object.entries(files)) await write(path, text);
  const addFlux = async (): Promise<void> => write(`clusters/${CLUSTER}/flux-system/gotk-components.yaml`, COMPONENTS);
  await addFlux();
  const bare = join(rig.gitRoot, 'handover.git');
  await execa('git', ['init', '--quiet', '--bare', '--initial-branch=main', bare]);
  await execa('git', ['-C', bare, 'config', 'http.receivepack', 'true']);
  const git = execa({ cwd: folder });
  await git`git init --quiet --initial-branch=main`;
  const identity = ['-c', 'user.name=e2e', '-c', 'user.email=e2e@localhost', '-c', 'commit.gpgsign=false'];
  return {
    folder,
    cluster: CLUSTER,
    write,
    addFlux,
    edit: async (path, change) => writeFile(join(folder, path), change(await readFile(join(folder, path), 'utf8'))),
    run: async (...args) => {
      const env = { KUBECONFIG: rig.kubeconfig, PATH: `${rig.bin}:${process.env['PATH'] ?? ''}` };
      const { exitCode = 2, all } = await execa(process.execPath, [MAIN, ...args, '--no-color'], {
        cwd: folder,
        all: true,
        reject: false,
        env,
      });
      return { exitCode, text: all };
    },
    push: async (message) => {
      await git`git add --all`;
      await git`git ${identity} commit --quiet --allow-empty --message ${message}`;
      await git`git push --quiet ${url} main`;
      return (await git`git rev-parse HEAD`).stdout;
    },
  };
}
