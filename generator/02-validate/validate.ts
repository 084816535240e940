import { sortBy } from '../lib/order.ts';
import type { Source } from '../model/api.generated.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import type { IntentDocument, Intents, KnownDeployment, Loaded } from '../model/intents.ts';
import { type Checked, checkDocument } from './check-document.ts';
import { checkTemplates } from './check-templates.ts';
import { type Draft, draftOf, type Drafted, withoutApps } from './draft.ts';
import { identityKey } from './identity.ts';
import { collectNames } from './names.ts';
import { rules } from './rules.ts';

/**
 * Checks documents against their schemas and against each other. What is wrong is left out of the result, and a finding's reach tells whom
 * that holds back; names of what was left out still count, so that one mistake is told once.
 */
export function validate(loaded: Loaded): Outcome<Intents> {
  const checked = sortBy(loaded.documents, ({ file }) => file).map(checkDocument);
  const names = collectNames(checked, loaded);
  const draft = draftOf(checked, names);
  const lacksClusters = names.mayBeUnread('Cluster') || checked.some(({ kind, isSound }) => kind === 'Cluster' && !isSound);
  const templates = checkTemplates(loaded);
  const found = rules.flatMap((rule) => rule(draft));
  const diagnostics = [...checked.flatMap((one) => one.diagnostics), ...templates.diagnostics, ...found];
  const unusable = unusableApps(found);
  const deployments = usable(draft.deployments, { checked, loaded }).flatMap((deployment) => {
    const dropped = droppedApps(deployment, { unusable, templates: templates.value });
    return withoutApps(deployment, dropped) ?? [];
  });
  const intents: Intents = {
    clusters: firsts(draft.clusters, checked).map(({ value, at, id, slug }) => ({ value, at, id, slug })),
    ...(lacksClusters && { lacksClusters }),
    syncObjects: firsts(draft.syncObjects, checked).map(({ value, at }) => ({ value, at })),
    clouds: usable(draft.clouds, { checked, loaded })
      .map((cloud) => spanningAll(cloud, found))
      .map(({ value, at, context, namespace }) => ({ value, at, context, namespace })),
    deployments: deployments.map(({ value, at, context }) => ({ value, at, context })),
    templates: templates.value,
  };
  return { value: intents, diagnostics };
}

interface Everything {
  readonly checked: readonly Checked[];
  readonly loaded: Loaded;
}

/** Of files that are not sound YAML nothing is made: what they hold back is whatever no other document speaks of. */
function usable<T extends Drafted<object>>(drafted: readonly T[], { checked, loaded }: Everything): readonly T[] {
  return firsts(drafted, checked).filter(({ document }) => !loaded.broken.has(document.file));
}

/** The first of each identity, by file and line; sorted by identity. A first one with mistakes is not replaced by the second. */
function firsts<T extends Drafted<object>>(drafted: readonly T[], checked: readonly Checked[]): readonly T[] {
  const owners = new Map<string, IntentDocument>();
  for (const { identity, document } of checked) {
    if (identity && !owners.has(identityKey(identity))) owners.set(identityKey(identity), document);
  }
  return sortBy(
    drafted.filter(({ identity, document }) => owners.get(identityKey(identity)) === document),
    ({ identity }) => identityKey(identity),
  );
}

/** Findings after which an app would only be told the same again. */
const UNUSABLE: ReadonlySet<string> = new Set([
  'unknown-template',
  'unknown-cluster',
  'unknown-provider',
  'unclear-patch',
  'reserved-app-name',
]);

function unusableApps(diagnostics: readonly Diagnostic[]): ReadonlySet<string> {
  return new Set(
    diagnostics.flatMap(({ code, reach }) =>
      UNUSABLE.has(code) && reach.kind === 'context' && reach.app !== undefined ? [`${reach.context.id ?? ''} ${reach.app}`] : [],
    ),
  );
}

/** Indexes of apps that cannot be used, or of which there is an earlier one. */
function droppedApps(
  { value, context }: KnownDeployment,
  { unusable, templates }: { readonly unusable: ReadonlySet<string>; readonly templates: Intents['templates'] },
): ReadonlySet<number> {
  const seen = new Set<string>();
  const dropped = new Set<number>();
  for (const [index, { name, source }] of value.spec.apps.entries()) {
    if (seen.has(name) || unusable.has(`${context.id} ${name}`) || !isUsable(source, templates)) dropped.add(index);
    seen.add(name);
  }
  return dropped;
}

function isUsable({ template, chart }: Source, templates: Intents['templates']): boolean {
  return template === undefined ? chart !== undefined : chart === undefined && templates.has(template);
}

/** A cloud whose selectors name what does not exist spans all clusters, lest every app in it be told that it fits nowhere. */
function spanningAll(cloud: Draft['clouds'][number], found: readonly Diagnostic[]): Draft['clouds'][number] {
  const isWrong = found.some(
    ({ code, reach }) =>
      UNUSABLE.has(code) && reach.kind === 'context' && reach.context.kind === 'LogicalCloud' && reach.context.id === cloud.context.id,
  );
  if (!isWrong) return cloud;
  return { ...cloud, value: { ...cloud.value, spec: { ...cloud.value.spec, clusters: [{}] } } };
}
