/** The kinds of documents in `intents/`, and what their names are unique in. */
export const SCOPES = {
  Cluster: 'provider',
  SyncObject: 'provider',
  LogicalCloud: 'namespace',
  DeploymentIntent: 'namespace',
  AgentInstallation: 'none',
} as const;

export type Kind = keyof typeof SCOPES;

export const KINDS = Object.keys(SCOPES) as readonly Kind[];

export const API_VERSION = 'espalier.dev/v1alpha1';

/** The schema that documents of a kind are checked against. */
export const SCHEMA_FILES = {
  Cluster: 'cluster.schema.json',
  SyncObject: 'sync-object.schema.json',
  LogicalCloud: 'logical-cloud.schema.json',
  DeploymentIntent: 'deployment-intent.schema.json',
  AgentInstallation: 'agent-installation.schema.json',
  Template: 'template.schema.json',
  FluxLock: 'flux-lock.schema.json',
  Seen: 'seen.schema.json',
} as const satisfies Record<Kind | 'Template' | 'FluxLock' | 'Seen', string>;

export type SchemaFile = (typeof SCHEMA_FILES)[keyof typeof SCHEMA_FILES];

export function isKind(value: unknown): value is Kind {
  return typeof value === 'string' && Object.hasOwn(SCOPES, value);
}
