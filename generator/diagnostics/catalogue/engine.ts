import { entry } from '../entry.ts';

export const engineCatalogue = {
  'kustomize-not-found': entry<{ readonly path: string; readonly problem: string }>({
    severity: 'error',
    title: 'The kustomize binary cannot be run',
    explain: `\`--kustomize <path>\` names a kustomize binary to be used instead of the engine that comes with Espalier. No program could be started there: the file is missing, is not executable, or was made for another machine. A name without a slash is looked up in \`PATH\`.`,
    message: ({ path, problem }) => `Cannot run kustomize at "${path}": ${problem}`,
    hint: () => 'Correct the path, or leave --kustomize out: an engine comes with Espalier',
  }),
  'kustomize-too-old': entry<{ readonly path: string; readonly version: string; readonly oldest: string }>({
    severity: 'error',
    title: 'The kustomize binary is too old',
    explain: `\`--kustomize <path>\` names a kustomize binary that is older than the library inside Espalier and inside the GitOps agents (5.8.1). Older versions lack fields and give other results, so that the same intents would give other files on another machine.`,
    message: ({ path, version, oldest }) => `Cannot use kustomize at "${path}": it is version ${version}, and ${oldest} or newer is needed`,
    hint: ({ oldest }) => `Install kustomize ${oldest} or newer, or leave --kustomize out: an engine comes with Espalier`,
  }),
};
