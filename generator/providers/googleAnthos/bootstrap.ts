import { canonical } from '../../lib/canonical.ts';
import { goDuration, wholeSeconds } from '../../lib/go-duration.ts';
import { printYaml } from '../../lib/yaml/print.ts';
import type { GeneratedFile } from '../../model/file.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KubeObject } from '../../model/kube.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import { clusterFile } from '../shared/cluster-files.ts';
import { ofRoot, rootCredentials } from './credentials.ts';
import { dirOf, gitSource } from './git-source.ts';
import { FOLDER, MANAGED, NAMESPACE, ROOT, ROOT_SYNC } from './names.ts';
import { readme } from './readme.ts';
import { login, type Setting, settingOf } from './setting.ts';

/** What the fleet is told, in both of gcloud's forms, the equal RootSync, and what keeps the folder that the RootSync reads. */
export function bootstrap(at: ProviderCluster): readonly GeneratedFile[] {
  const setting = settingOf(at);
  if (!setting) return [];
  const { id } = setting.cluster;
  return [
    clusterFile(id, `${FOLDER}README.md`, readme(setting)),
    clusterFile(id, `${FOLDER}apply-spec.yaml`, printYaml(applySpec(setting))),
    clusterFile(id, `${FOLDER}membership.yaml`, printYaml(membership(setting))),
    clusterFile(id, `${FOLDER}root-sync.yaml`, printYaml(canonical(rootSync(setting)))),
    clusterFile(id, `${ROOT}README.md`, ROOT_README),
    ...rootCredentials(setting),
  ];
}

const ROOT_README = `
What RootSync \`${ROOT_SYNC}\` applies: every YAML and JSON file below this folder. A \`kustomization.yaml\` anywhere in it would make Config Sync
refuse all of it.
`;

/** It cannot manage itself, and lies where it does not read. */
function rootSync(setting: Setting): KubeObject {
  return {
    apiVersion: 'configsync.gke.io/v1beta1',
    kind: 'RootSync',
    metadata: { name: ROOT_SYNC, namespace: NAMESPACE, labels: MANAGED },
    spec: {
      ...gitSource(ofRoot(setting), ROOT),
      override: { namespaceStrategy: 'explicit', reconcileTimeout: goDuration(setting.timeout) },
    },
  };
}

/** For `gcloud … apply`. No Kubernetes object. Source: Google Cloud SDK, config_management/utils.py. */
function applySpec(setting: Setting): JsonObject {
  const { git, auth, period } = setting;
  const { gcpServiceAccountEmail } = login(setting);
  return {
    applySpecVersion: 1,
    spec: {
      ...version(setting),
      configSync: {
        enabled: true,
        sourceFormat: 'unstructured',
        sourceType: 'git',
        syncRepo: git.url,
        syncRev: git.branch,
        policyDir: dirOf(setting, ROOT),
        secretType: auth,
        ...(gcpServiceAccountEmail !== undefined && { gcpServiceAccountEmail }),
        syncWait: wholeSeconds(period),
        preventDrift: setting.options.preventDrift ?? false,
      },
    },
  };
}

/** For `gcloud … update`: the fields of the fleet's API. */
function membership(setting: Setting): JsonObject {
  const { git, auth, period } = setting;
  const { gcpServiceAccountEmail } = login(setting);
  return {
    ...version(setting),
    configSync: {
      enabled: true,
      sourceFormat: 'unstructured',
      preventDrift: setting.options.preventDrift ?? false,
      git: {
        syncRepo: git.url,
        syncRev: git.branch,
        policyDir: dirOf(setting, ROOT),
        secretType: auth,
        ...(gcpServiceAccountEmail !== undefined && { gcpServiceAccountEmail }),
        // 64 bits are a string in the API's JSON.
        syncWaitSecs: String(wholeSeconds(period)),
      },
    },
  };
}

function version({ cluster }: Setting): JsonObject {
  const { agentVersion } = cluster.value.spec.gitOps ?? {};
  return agentVersion === undefined ? {} : { version: agentVersion };
}
