import type { BootstrapStep } from '../../model/bootstrap.ts';
import type { ProviderCluster } from '../../model/provider.ts';
import { secretStep, step, wordsOf } from '../shared/bootstrap-step.ts';
import { CREDENTIALS, FLEET_SECRET, FOLDER, NAMESPACE, ROOT_SYNC } from './names.ts';
import { apply, applyCredentials, enable } from './readme.ts';
import { needsSecret, settingOf } from './setting.ts';

/** The fleet is told once, installs Config Sync, and makes the RootSync. */
export function bootstrapSteps(at: ProviderCluster): readonly BootstrapStep[] {
  const setting = settingOf(at);
  if (!setting) return [];
  const { auth, git } = setting;
  const spec = `${FOLDER}apply-spec.yaml`;
  const isExternal = git.secretRef?.external !== undefined;
  const login = needsSecret(auth)
    ? [
        secretStep(`Make the Secret "${FLEET_SECRET}" with the repository's credentials in namespace ${NAMESPACE}`, {
          namespace: NAMESPACE,
          name: FLEET_SECRET,
          note: isExternal
            ? 'once External Secrets is installed; those of the logical clouds follow from the tree'
            : `and the Secret "${git.secretRef?.name ?? ''}" in the namespace of each logical cloud, for its RepoSync`,
          ...(isExternal && { command: wordsOf(applyCredentials()), reads: [`${CREDENTIALS}external-secret.yaml`] }),
        }),
      ]
    : [];
  return [
    step({ title: 'Enable Config Sync in the fleet', command: wordsOf(enable(setting)), note: 'gcloud auth login comes first' }),
    step({
      title: 'Have the fleet install Config Sync and point it at the tree',
      command: wordsOf(apply(setting)).map((word) => (word === 'apply-spec.yaml' ? spec : word)),
      reads: [spec],
      makes: [
        {
          resource: 'rootsyncs.configsync.gke.io',
          namespace: NAMESPACE,
          name: ROOT_SYNC,
          fields: { 'spec.git.repo': git.url, 'spec.git.branch': git.branch },
        },
      ],
    }),
    ...login,
  ];
}
