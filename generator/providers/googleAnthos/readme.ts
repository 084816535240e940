import { type Command, shellBlock } from '../shared/shell-text.ts';
import { CREDENTIALS, FLEET_SECRET, NAMESPACE, ROOT_SYNC } from './names.ts';
import { needsSecret, type Setting } from './setting.ts';

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
  if (needsSecret(auth) && git.secretRef?.external)
    return [
      `The repository's credentials are made by External Secrets: \`${FLEET_SECRET}\` in namespace \`${NAMESPACE}\` for the RootSync, of the files in \`../${CREDENTIALS}\`, and \`${git.secretRef.name}\` in the namespace of each logical cloud for its RepoSync. Config Sync cannot pull these files before it has the first Secret. So once, when namespace \`${NAMESPACE}\` and External Secrets are there:`,
      shellBlock(applyCredentials('..')),
    ];
  if (needsSecret(auth))
    return [
      `The repository's credentials must be in a Secret of namespace \`${NAMESPACE}\`: \`${FLEET_SECRET}\` for the RootSync that the fleet makes, \`${git.secretRef?.name ?? ''}\` for that of \`root-sync.yaml\`; and as \`${git.secretRef?.name ?? ''}\` in the namespace of each logical cloud, for its RepoSync.`,
    ];
  if (auth !== 'gcpserviceaccount') return [];
  return [
    `The accounts of \`${ROOT_SYNC}\` (\`root-reconciler\`) and of each logical cloud (\`ns-reconciler-<namespace>\`) in namespace \`${NAMESPACE}\` must be allowed to act as \`${google.serviceAccountEmail ?? ''}\` (\`roles/iam.workloadIdentityUser\`).`,
  ];
}

/** From the cluster's folder, or one below it. */
export function applyCredentials(from?: '..'): Command {
  const folder = `${from === undefined ? '' : `${from}/`}${CREDENTIALS.slice(0, -1)}`;
  return { words: ['kubectl', 'apply', '--server-side'], options: [['--filename', folder]] };
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
