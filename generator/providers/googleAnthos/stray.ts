import { diagnose, RUN } from '../../diagnostics/diagnose.ts';
import type { CommittedFile } from '../../model/file.ts';
import type { Stray } from '../../model/provider.ts';
import { NAMESPACES, ROOT } from './names.ts';

/** Config Sync reads whatever lies below its folders, and a kustomization in a sub-folder makes it refuse everything. Source: kpt-config-sync, pkg/hydrate. */
export function stray(path: string, { path: file }: CommittedFile): Stray | undefined {
  if (!path.startsWith(ROOT) && !path.startsWith(NAMESPACES)) return undefined;
  const source = { file, line: 1, column: 1, length: 1 };
  if (KUSTOMIZATION.test(path)) return { is: 'refused', finding: diagnose('google-kustomization', { path: file }, { source, reach: RUN }) };
  return READ.test(path) ? { is: 'applied' } : undefined;
}

const KUSTOMIZATION = /\/(?:kustomization\.ya?ml|Kustomization)$/;
const READ = /\.(?:ya?ml|json)$/;
