/** Namespace of the configuration: what Arc makes from it (source, first Kustomization, account) is there, and so are all references. */
export const NAMESPACE = 'fleet-config';

/** The account that Arc makes in the configuration's namespace; with the scope `cluster` it has the rights of the whole cluster. */
export const ACCOUNT = 'flux-applier';

/** The configuration, and the source that Arc names after it. */
export const CONFIGURATION = 'fleet';

/** The configuration's one Kustomization. In the cluster it is called `<configuration>-tree`. */
export const KUSTOMIZATION = 'tree';

/** Arc's extension, as Azure itself names it where it installs it unasked, and the namespace that it is in. */
export const EXTENSION = { name: 'flux', type: 'microsoft.flux', namespace: 'flux-system' } as const;

export const BICEP = 'azure/main.bicep';
export const TEMPLATE = 'azure/azuredeploy.json';
export const PARAMETERS = 'azure/azuredeploy.parameters.json';
export const README = 'azure/README.md';

/**
 * A tenant's account lives in the configuration's namespace under the name of the tenant's namespace, so that a tenant of these names would get
 * Arc's own accounts, or its namespaces.
 */
export const RESERVED: ReadonlySet<string> = new Set([NAMESPACE, ACCOUNT, EXTENSION.namespace, 'azure-arc', 'default']);
