import { createListKeeper, createMemory, isClean, type Memory } from '../lib/memo.ts';
import { sortBy } from '../lib/order.ts';
import type { Source } from '../model/api.generated.ts';
import type { Diagnostic, Outcome } from '../model/diagnostic.ts';
import type { Kinds } from '../model/kinds.ts';
import type { IntentDocument, Intents, KnownCloud, KnownCluster, KnownDeployment, Loaded } from '../model/intents.ts';
import { type Checked, checkDocument } from './check-document.ts';
import { checkFlux } from './check-flux.ts';
import { createTemplateCheck } from './check-templates.ts';
import { createDrafter, type Drafted, withoutApps } from './draft.ts';
import { findInstallation } from './find-installation.ts';
import { identityKey } from './identity.ts';
import { collectNames } from './names.ts';
import { rules } from './rules.ts';
import { literalSecretsIn } from './rules/literal-secrets.ts';
import { unreadVariables } from './unread-variables.ts';

/**
 * Checks documents against their schemas and against each other. What is wrong is left out of the result, and a finding's reach tells whom
 * that holds back; names of what was left out still count, so that one mistake is told once.
 */
export function validate(loaded: Loaded): Outcome<Intents> {
  return createValidator(createMemory())(loaded);
}

/** Validates again and again; what did not change in between is the same object as before. */
export function createValidator(memory: Memory): (loaded: Loaded) => Outcome<Intents> {
  const checks = memory.memo<IntentDocument, Checked>(isClean);
  const secrets = memory.memo<Checked, readonly Diagnostic[]>((found) => found.length === 0);
  const drafter = createDrafter(memory);
  const checkTemplates = createTemplateCheck(memory);
  const fluxChecks = memory.memo<'flux', ReturnType<typeof checkFlux>>();
  const known = createKnown(memory);
  const sameClusters = createListKeeper<KnownCluster>();
  return (loaded) => {
    const checked = sortBy(loaded.documents, ({ file }) => file).map((document) => checks.get(document, [], () => checkDocument(document)));
    const names = collectNames(checked, loaded);
    const draft = drafter(checked, names);
    const lacksClusters = names.mayBeUnread('Cluster') || checked.some(({ kind, isSound }) => kind === 'Cluster' && !isSound);
    const templates = checkTemplates(loaded);
    const flux = fluxChecks.get('flux', [loaded.flux], () => checkFlux(loaded.flux));
    const found = [...rules.flatMap((rule) => rule(draft)), ...checked.flatMap((one) => secrets.get(one, [], () => literalSecretsIn(one)))];
    const mistakes = [...checked.flatMap((one) => one.diagnostics), ...templates.diagnostics, ...flux.diagnostics, ...found];
    // What has mistakes may be what reads a variable.
    const isWhole = isAllRead(loaded) && !mistakes.some(({ severity }) => severity === 'error');
    const diagnostics = isWhole ? [...mistakes, ...unreadVariables(draft, templates.value)] : mistakes;
    const unusable = unusableApps(found);
    const installations = firsts(draft.installations, checked);
    const intents: Intents = {
      clusters: sameClusters(
        firsts(draft.clusters, checked).map((cluster) => known.cluster(cluster, findInstallation(cluster, installations))),
      ),
      ...(lacksClusters && { lacksClusters }),
      syncObjects: firsts(draft.syncObjects, checked),
      clouds: usable(draft.clouds, { checked, loaded }).map((cloud) =>
        known.cloud(cloud, { spansAll: isMisplaced(cloud, found), kinds: loaded.kinds }),
      ),
      deployments: usable(draft.deployments, { checked, loaded }).flatMap(
        (deployment) => known.deployment(deployment, droppedApps(deployment, { unusable, templates: templates.value })) ?? [],
      ),
      templates: templates.value,
      charts: loaded.charts,
      installations,
      vendoredFlux: flux.value,
    };
    return { value: intents, diagnostics };
  };
}

function isAllRead({ broken, unreadKinds, unreadTemplates }: Loaded): boolean {
  return broken.size === 0 && unreadKinds !== 'all' && unreadKinds.size === 0 && unreadTemplates !== 'all' && unreadTemplates.size === 0;
}

/** What later steps see of the drafts. */
function createKnown(memory: Memory) {
  const clusters = memory.memo<object, KnownCluster>();
  const clouds = memory.memo<object, KnownCloud>();
  const deployments = memory.memo<object, KnownDeployment | undefined>();
  return {
    cluster: (draft: Drafted<KnownCluster>, installation: KnownCluster['installation']): KnownCluster =>
      clusters.get(draft, [installation], () => {
        const { value, at, id, slug } = draft;
        return { value, at, id, slug, ...(installation && { installation }) };
      }),
    cloud: (
      draft: Drafted<KnownCloud>,
      { spansAll, kinds }: { readonly spansAll: boolean; readonly kinds: Kinds | undefined },
    ): KnownCloud =>
      clouds.get(draft, [spansAll, kinds], () => {
        const { value, at, context, namespace } = spansAll ? spanningAll(draft) : draft;
        return { value, at, context, namespace, ...(kinds && { kinds }) };
      }),
    deployment: (draft: Drafted<KnownDeployment>, dropped: ReadonlySet<number>): KnownDeployment | undefined =>
      deployments.get(draft, [[...dropped].join()], () => {
        const left = withoutApps(draft, dropped);
        return left && { value: left.value, at: left.at, context: left.context };
      }),
  };
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

/** Whether a cloud's selectors name what does not exist. */
function isMisplaced({ context: { id } }: KnownCloud, found: readonly Diagnostic[]): boolean {
  return found.some(
    ({ code, reach }) => UNUSABLE.has(code) && reach.kind === 'context' && reach.context.kind === 'LogicalCloud' && reach.context.id === id,
  );
}

/** Such a cloud spans all clusters, lest every app in it be told that it fits nowhere. */
function spanningAll(cloud: Drafted<KnownCloud>): Drafted<KnownCloud> {
  return { ...cloud, value: { ...cloud.value, spec: { ...cloud.value.spec, clusters: [{}] } } };
}
