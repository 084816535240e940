/** A small fleet of clusters without an agent, in a Git repository of its own, and the program that applies it. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { parse } from 'yaml';
import { printYaml } from '../../generator/lib/yaml/print.ts';
import { MARKER } from '../../generator/model/file.ts';
import type { KubeObject } from '../../generator/model/kube.ts';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export const CLUSTER = 'lab+bench';

const FILES: Readonly<Record<string, string>> = {
  'intents/fleet.yaml': `apiVersion: espalier.dev/v1alpha1
kind: SyncObject
metadata: {name: by-hand}
spec: {provider: lab, type: kubeconfig, kubeconfig: {context: rig-admin}}
---
apiVersion: espalier.dev/v1alpha1
kind: SyncObject
metadata: {name: nowhere}
spec: {provider: lab, type: kubeconfig, kubeconfig: {context: nowhere}}
---
apiVersion: espalier.dev/v1alpha1
kind: SyncObject
metadata: {name: absent}
spec: {provider: lab, type: kubeconfig, kubeconfig: {context: no-such-context}}
---
apiVersion: espalier.dev/v1alpha1
kind: SyncObject
metadata: {name: fleet-git}
spec: {provider: lab, type: git, git: {url: https://github.com/example/fleet}}
---
apiVersion: espalier.dev/v1alpha1
kind: Cluster
metadata: {name: bench, labels: {shop: ""}}
spec: {provider: lab, kubeconfigObject: by-hand}
---
apiVersion: espalier.dev/v1alpha1
kind: Cluster
metadata: {name: far, labels: {shop: ""}}
spec: {provider: lab, kubeconfigObject: nowhere}
---
apiVersion: espalier.dev/v1alpha1
kind: Cluster
metadata: {name: lost}
spec: {provider: lab, kubeconfigObject: absent}
---
apiVersion: espalier.dev/v1alpha1
kind: Cluster
metadata: {name: second, labels: {shop: ""}}
spec: {provider: lab, kubeconfigObject: by-hand}
---
apiVersion: espalier.dev/v1alpha1
kind: Cluster
metadata: {name: pulled}
spec:
  provider: lab
  gitOps: {gitOpsType: fluxv2, gitOpsReferenceObject: fleet-git, gitOpsResourceObject: fleet-git}
`,
  'intents/shop.yaml': `apiVersion: espalier.dev/v1alpha1
kind: LogicalCloud
metadata: {name: retail, namespace: retail}
spec:
  quota: {pods: "20"}
  permissions:
  - {apiGroups: ["", apps], resources: [services, configmaps, persistentvolumeclaims, deployments], verbs: [get, list, watch, create, update, patch, delete]}
---
apiVersion: espalier.dev/v1alpha1
kind: DeploymentIntent
metadata: {name: shop, namespace: retail}
spec:
  version: "1.0.0"
  logicalCloud: retail
  apps:
  - name: cart
    source: {template: store}
    values: {name: cart, replicas: 2}
    placement: {allOf: [{clusterLabel: shop}]}
  - name: api
    source: {template: store}
    values: {name: api}
    dependsOn: [{app: cart}]
    placement: {allOf: [{clusterLabel: shop}]}
`,
  'templates/apps/store/template.yaml': `apiVersion: espalier.dev/v1alpha1
kind: Template
metadata: {name: store}
spec:
  description: A server with settings and a volume.
  values:
    type: object
    additionalProperties: false
    properties:
      replicas: {type: integer, default: 1, description: Number of pods.}
      name: {type: string, default: store, description: What its objects are called.}
`,
  'templates/apps/store/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources: [store.yaml]
`,
  'templates/apps/store/store.yaml.hbs': `apiVersion: v1
kind: ConfigMap
metadata: {name: "{{name}}-settings"}
data: {replicas: "{{replicas}}"}
---
apiVersion: v1
kind: Service
metadata: {name: "{{name}}"}
spec:
  selector: {app: "{{name}}"}
  ports:
  - {name: http, port: 80}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: "{{name}}"}
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 1Gi}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: "{{name}}"}
spec:
  replicas: {{replicas}}
  selector:
    matchLabels: {app: "{{name}}"}
  template:
    metadata:
      labels: {app: "{{name}}"}
    spec:
      containers:
      - {name: server, image: "nginx:1.29"}
`,
};

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, as people see them. */
  readonly all: string;
}

export interface DirectFleet {
  readonly folder: string;
  /** Writes, renders and commits. */
  change(files: Readonly<Record<string, (text: string) => string>>): Promise<void>;
  /** An instance that no template makes: objects as the tree would have them, or none, which takes it away. */
  lay(instance: LaidInstance): Promise<void>;
  commit(): Promise<void>;
  espalier(...args: readonly string[]): Promise<Ended>;
}

export interface LaidInstance {
  readonly cluster?: string;
  readonly context: string;
  readonly app: string;
  readonly objects: readonly KubeObject[];
}

/** Lays the fleet down in `folder`, renders and commits it. Its kubeconfig is a copy of the rig's with a context of another name, and one that leads nowhere. */
export async function layDownDirectFleet(folder: string, kubeconfig: string): Promise<DirectFleet> {
  const git = execa({ cwd: folder, env: { GIT_CONFIG_GLOBAL: '/dev/null' } });
  const fleet: DirectFleet = {
    folder,
    async change(files) {
      for (const [path, edit] of Object.entries(files)) {
        const at = join(folder, path);
        await mkdir(dirname(at), { recursive: true });
        await writeFile(at, edit(await readFile(at, 'utf8').catch(() => '')));
      }
      const rendered = await fleet.espalier('generate');
      if (rendered.exitCode !== 0) throw new Error(rendered.all);
      await fleet.commit();
    },
    async lay({ cluster = CLUSTER, context, app, objects }) {
      const at = join(folder, 'clusters', cluster, 'context', context, 'app', app);
      await rm(at, { recursive: true, force: true });
      if (objects.length > 0) await mkdir(at, { recursive: true });
      for (const object of objects) {
        const labels = { ...(object.metadata['labels'] as Record<string, string> | undefined), 'emco/deployment-id': `${context}-${app}` };
        const labelled = { ...object, metadata: { ...object.metadata, labels } };
        const name = `${object.metadata.name}-${object.kind.toLowerCase()}.yaml`;
        await writeFile(join(at, name), `${MARKER}\n${printYaml(labelled)}`);
      }
      await layDecision(folder, { context, app, isInCloud: objects.some(({ metadata }) => metadata['namespace'] === CLOUD) });
      await fleet.commit();
    },
    async commit() {
      await git`git add --all`;
      await git`git -c user.name=e2e -c user.email=e2e@localhost -c commit.gpgsign=false commit --quiet --allow-empty --message ${'Change the fleet'}`;
    },
    async espalier(...args) {
      const env = { KUBECONFIG: join(folder, '../kubeconfig'), CI: 'true', ESPALIER_DEBUG: '1' };
      const ended = await execa(process.execPath, [MAIN, ...args, '--root', folder, '--no-color'], { env, all: true, reject: false });
      return { exitCode: ended.exitCode ?? 2, stdout: ended.stdout, stderr: ended.stderr, all: ended.all };
    },
  };
  await mkdir(folder, { recursive: true });
  await git`git init --quiet --initial-branch=main`;
  await writeFile(join(folder, '../kubeconfig'), await contextsOf(kubeconfig));
  await fleet.change(Object.fromEntries(Object.entries(FILES).map(([path, text]) => [path, () => text])));
  return fleet;
}

const CLOUD = 'retail';

interface LaidDecision {
  readonly context: string;
  readonly app: string;
  readonly isInCloud: boolean;
}

/** What gives an app to the tenant, in whose namespace its objects are. */
async function layDecision(folder: string, { context, app, isInCloud }: LaidDecision): Promise<void> {
  const at = join(folder, 'clusters/decisions', `${CLOUD}.laid-${context}`);
  await rm(at, { recursive: true, force: true });
  if (!isInCloud) return;
  const spec = { deployment: `laid-${context}`, contextId: context, logicalCloud: CLOUD, dependsOn: [], chosen: [], rejected: [] };
  const decision = { apiVersion: 'espalier.dev/v1alpha1', kind: 'Decision', metadata: { name: app, namespace: CLOUD }, spec };
  await mkdir(at, { recursive: true });
  await writeFile(join(at, `${app}.yaml`), `${MARKER}\n${printYaml(decision)}`);
}

async function contextsOf(kubeconfig: string): Promise<string> {
  const rig = parse(await readFile(kubeconfig, 'utf8')) as { clusters: object[]; users: object[]; contexts: object[] };
  rig.clusters.push({ name: 'nowhere', cluster: { server: 'https://127.0.0.1:1' } });
  rig.contexts = [
    { name: 'rig-admin', context: { cluster: 'rig', user: 'admin' } },
    { name: 'nowhere', context: { cluster: 'nowhere', user: 'admin' } },
  ];
  return JSON.stringify(rig);
}
