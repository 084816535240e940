import { type Command, shellBlock } from '../shared/shell-text.ts';
import { NAMESPACE, ROOT_SYNC } from './names.ts';
import { needsSecret, type Setting } from './setting.ts';

/** The name that the fleet gives the Secret of the RootSync that it makes. Source: cloud.google.com, gcloud apply spec fields. */
export const FLEET_SECRET = 'git-creds';

/** `google/README.md`: how the fleet is told to have the cluster follow this tree. */
export function readme(setting: Setting): string {
  const { cluster, google } = setting;
  return `${[
    `\nHow cluster \`${cluster.id}\`, member \`${setting.membership}\` of the fleet of project \`${google.project}\`, is told to follow this tree. Config Sync reads nothing of this folder.`,
    ...loginOf(setting),
    'Through the fleet, from this folder. It installs Config Sync and makes the RootSync:',
    shellBlock(enable(setting), apply(setting)),
    'The same in the newer form, which takes the fields of the API:',
    shellBlock(enable(setting), update(setting)),
    'Without a fleet, where Config Sync is installed already:',
    shellBlock({ words: ['kubectl', 'apply'], options: [['-f', 'root-sync.yaml']] }),
  ].join('\n\n')}\n`;
}

function loginOf({ auth, git, google }: Setting): readonly string[] {
  if (needsSecret(auth))
    return [
      `The repository's credentials must be in a Secret of namespace \`${NAMESPACE}\`: \`${FLEET_SECRET}\` for the RootSync that the fleet makes, \`${git.secretRef?.name ?? ''}\` for that of \`root-sync.yaml\`; and as \`${git.secretRef?.name ?? ''}\` in the namespace of each logical cloud, for its RepoSync.`,
    ];
  if (auth !== 'gcpserviceaccount') return [];
  return [
    `The accounts of \`${ROOT_SYNC}\` (\`root-reconciler\`) and of each logical cloud (\`ns-reconciler-<namespace>\`) in namespace \`${NAMESPACE}\` must be allowed to act as \`${google.serviceAccountEmail ?? ''}\` (\`roles/iam.workloadIdentityUser\`).`,
  ];
}

const WORDS = ['container', 'fleet', 'config-management'] as const;

export function enable({ google }: Setting): Command {
  return { words: ['gcloud', 'beta', ...WORDS, 'enable'], options: [['--project', google.project]] };
}

export function apply({ google, location, membership }: Setting): Command {
  return {
    words: ['gcloud', 'beta', ...WORDS, 'apply'],
    options: [
      ['--project', google.project],
      ['--membership', membership],
      ['--location', location],
      ['--config', 'apply-spec.yaml'],
    ],
  };
}

function update({ google, location, membership }: Setting): Command {
  return {
    words: ['gcloud', 'alpha', ...WORDS, 'update'],
    options: [
      ['--project', google.project],
      ['--memberships', membership],
      ['--location', location],
      ['--config', 'membership.yaml'],
    ],
  };
}
