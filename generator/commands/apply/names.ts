import { LOGICAL_CLOUD_APP, type ContextId } from '../../model/context.ts';
import type { DeploymentId } from '../../model/apply.ts';
import type { Intents } from '../../model/intents.ts';

export interface Named {
  readonly id: DeploymentId;
  readonly context: ContextId;
  readonly app: string;
}

/** How instances are called. */
export interface Names {
  /** Such as `app cart of retail/shop`. */
  titleOf(instance: Pick<Named, 'context' | 'app'>): string;
  /** Whether `--only` means the instance: `namespace/name`, `namespace/name/app`, or its id. */
  isCalled(instance: Named, name: string): boolean;
}

/** What documents say, and where there are none any more, decisions. */
export function namesFrom(
  { deployments, clouds }: Pick<Intents, 'deployments' | 'clouds'>,
  decided: ReadonlyMap<ContextId, string>,
): Names {
  const names = new Map([
    ...decided,
    ...[...deployments, ...clouds].map(({ context }) => [context.id, `${context.namespace}/${context.name}`] as const),
  ]);
  return {
    titleOf({ context, app }) {
      const owner = names.get(context) ?? `context ${context}`;
      return app === LOGICAL_CLOUD_APP ? `logical cloud ${owner}` : `app ${app} of ${owner}`;
    },
    isCalled({ id, context, app }, name) {
      const owner = names.get(context) ?? context;
      return name === id || name === owner || name === `${owner}/${app}`;
    },
  };
}
