import { resolve } from 'node:path';
import { accessOptions, type ClusterAccess } from '../../io/kubectl.ts';

/** What these programs call the context of a kubeconfig. */
const CONTEXT: ReadonlyMap<string, string> = new Map([
  ['kubectl', '--context'],
  ['flux', '--context'],
  ['helm', '--kube-context'],
]);

/** The command as it is run: it is told which cluster is meant, and the current context is never used. Without access a place for the context's name is left. */
export function commandOn(
  [program = '', ...args]: readonly string[],
  { access, cluster }: { readonly access: ClusterAccess | undefined; readonly cluster: string },
): readonly string[] {
  const option = CONTEXT.get(program);
  if (option === undefined) return [program, ...args];
  if (!access) return [program, option, `<context of ${cluster}>`, ...args];
  const kubeconfig = access.kubeconfig === undefined ? undefined : resolve(access.kubeconfig);
  const told = accessOptions({ context: access.context, kubeconfig }).map((word) => (word === '--context' ? option : word));
  return [program === 'kubectl' ? kubectlIn(access) : program, ...told, ...args];
}

/** A path is from here, and the command is run elsewhere. */
function kubectlIn({ kubectl }: ClusterAccess): string {
  return /[/\\]/.test(kubectl) ? resolve(kubectl) : kubectl;
}
