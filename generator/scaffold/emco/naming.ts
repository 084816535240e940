import { printable } from '../../lib/printable.ts';
import { items, member, textAt } from './members.ts';
import type { EmcoDocument } from './model.ts';
import { assignNames, type NameRule, type NameWish, slug } from './names.ts';
import type { Report } from './report.ts';
import type { Shelf } from './shelf.ts';

/** Names here of what EMCO's documents name. What no document describes gets the nearest name that is allowed. */
export interface Naming {
  readonly provider: (provider: string) => string;
  readonly cluster: (provider: string, cluster: string) => string;
  /** Of a sync object, or of a cluster's pairs that are used as one. */
  readonly syncObject: (document: EmcoDocument) => string;
  readonly label: (label: string) => Label;
  readonly project: (project: string) => string;
  readonly cloud: (project: string, cloud: string) => string;
  readonly group: (group: EmcoDocument) => string;
  /** Name of an app in a deployment; with a resource, that of the app that the resource becomes. */
  readonly app: (group: EmcoDocument, app: string, resource?: string) => string;
  readonly template: (group: EmcoDocument, app: string, resource?: string) => string;
}

export interface Label {
  readonly key: string;
  readonly value: string;
}

const DNS_LABEL: NameRule = { longest: 63, clean: slug };
/** `<context id>-<app>` must fit a label. */
const APP: NameRule = { longest: 43, clean: slug };
const LABEL_KEY: NameRule = {
  longest: 63,
  clean: (text) =>
    /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/.test(text)
      ? text
      : text.replaceAll(/[^-A-Za-z0-9_.]+/g, '-').replaceAll(/^[-_.]+|[-_.]+$/g, ''),
};

/** Names everything; tells of each name that changed. */
export function createNaming(shelf: Shelf, report: Report): Naming {
  const names = new Map<string, string>();
  const assign = (wishes: readonly NameWish[], rule: NameRule): void => {
    for (const [key, name] of assignNames(wishes, rule)) names.set(key, name);
  };
  const scoped = (kind: 'cluster' | 'cloud'): void => {
    for (const scope of new Set(shelf.of(kind).map((document) => document.scope[0] ?? '')))
      assign(
        shelf.in(kind, [scope]).map(({ name }) => ({ key: key(kind, scope, name), wishes: [name] })),
        DNS_LABEL,
      );
  };
  assign(distinct(shelf, ['cluster', 'label', 'sync-object', 'cluster-kv'], 'provider'), DNS_LABEL);
  assign(distinct(shelf, ['cloud', 'group', 'composite'], 'project'), DNS_LABEL);
  scoped('cluster');
  for (const [provider, own] of syncObjectsOf(shelf))
    assign(
      own.map((document) => syncObjectWish(provider, document)),
      DNS_LABEL,
    );
  scoped('cloud');
  assign(groupWishes(shelf), DNS_LABEL);
  for (const group of shelf.of('group')) assign(appWishes(shelf, group, 'app'), APP);
  assign(
    shelf.of('group').flatMap((group) => appWishes(shelf, group, 'template')),
    APP,
  );
  assign(labelWishes(shelf), LABEL_KEY);
  const find = (rule: NameRule, wish: string, ...parts: readonly string[]): string => names.get(key(...parts)) ?? fallback(rule, wish);
  const naming: Naming = {
    provider: (provider) => find(DNS_LABEL, provider, 'provider', provider),
    cluster: (provider, cluster) => find(DNS_LABEL, cluster, 'cluster', provider, cluster),
    syncObject: ({ kind, scope, name }) => find(DNS_LABEL, name, kind, ...scope, name),
    label: (label) => splitLabel(label, (text) => find(LABEL_KEY, text, 'label', text)),
    project: (project) => find(DNS_LABEL, project, 'project', project),
    cloud: (project, cloud) => find(DNS_LABEL, cloud, 'cloud', project, cloud),
    group: (group) => find(DNS_LABEL, group.name, 'group', ...group.scope, group.name),
    app: (group, app, resource = '') => find(APP, app, 'app', ...group.scope, group.name, app, resource),
    template: (group, app, resource = '') => find(APP, app, 'template', ...group.scope, group.name, app, resource),
  };
  tellRenamed(shelf, naming, report);
  return naming;
}

function key(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}

function fallback({ longest, clean }: NameRule, wish: string): string {
  return clean(clean(wish).slice(0, longest)) || 'x';
}

function distinct(shelf: Shelf, kinds: readonly Parameters<Shelf['of']>[0][], kind: 'provider' | 'project'): readonly NameWish[] {
  const all = [...kinds.flatMap((each) => shelf.of(each).map(({ scope }) => scope[0] ?? '')), ...shelf.of(kind).map(({ name }) => name)];
  return [...new Set(all)].map((name) => ({ key: key(kind, name), wishes: [name] }));
}

function syncObjectsOf(shelf: Shelf): ReadonlyMap<string, readonly EmcoDocument[]> {
  const all = [...shelf.of('sync-object'), ...shelf.of('cluster-kv')];
  const providers = [...new Set(all.map(({ scope }) => scope[0] ?? ''))];
  return new Map(providers.map((provider) => [provider, all.filter(({ scope }) => scope[0] === provider)]));
}

function syncObjectWish(provider: string, { kind, scope, name }: EmcoDocument): NameWish {
  const [, cluster] = scope;
  return { key: key(kind, ...scope, name), wishes: cluster === undefined ? [name, `${provider}-${name}`] : [`${cluster}-${name}`] };
}

/** A group's name counts in its composite app only; here, deployments of a project have names of their own. */
function groupWishes(shelf: Shelf): readonly NameWish[] {
  return shelf.of('group').map((group) => {
    const [project = '', composite = '', version = ''] = group.scope;
    // The project is the deployment's namespace: names of several may be the same.
    const own = [group.name, `${composite}-${group.name}`, `${composite}-${version}-${group.name}`];
    const isOnly = shelf.of('group').every((other) => other === group || other.scope[0] === project);
    return { key: key('group', ...group.scope, group.name), wishes: isOnly ? own : [...own, `${project}-${group.name}`] };
  });
}

function appWishes(shelf: Shelf, group: EmcoDocument, kind: 'app' | 'template'): readonly NameWish[] {
  const [project = '', composite = ''] = group.scope;
  const longer = (name: string): readonly string[] =>
    kind === 'app'
      ? [name]
      : [name, `${group.name}-${name}`, `${composite}-${group.name}-${name}`, `${project}-${composite}-${group.name}-${name}`];
  const wish = (app: string, resource: string, name: string): NameWish => ({
    key: key(kind, ...group.scope, group.name, app, resource),
    wishes: longer(name),
  });
  const resources = shelf
    .in('generic', [...group.scope, group.name])
    .flatMap((generic) => shelf.in('resource', [...generic.scope, generic.name]));
  return [
    ...shelf.in('app', group.scope).map(({ name }) => wish(name, '', name)),
    ...resources.map((resource) => {
      const app = textAt(resource.spec, 'app') ?? '';
      return wish(app, key(resource.scope.at(-1) ?? '', resource.name), `${app}-${resource.name}`);
    }),
  ];
}

const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

/** EMCO's labels are texts of one piece. One that reads `key=value` becomes that; another is a key without a value. */
function splitLabel(label: string, nameOf: (text: string) => string): Label {
  const at = label.indexOf('=');
  const value = at < 0 ? '' : label.slice(at + 1);
  return at > 0 && LABEL_VALUE.test(value) ? { key: nameOf(label.slice(0, at)), value } : { key: nameOf(label), value: '' };
}

function labelWishes(shelf: Shelf): readonly NameWish[] {
  const keys = new Set<string>();
  const note = (label: string): void => {
    splitLabel(label, (text) => {
      keys.add(text);
      return text;
    });
  };
  for (const { name } of shelf.of('label')) note(name);
  for (const { spec } of shelf.of('app-placement')) for (const label of labelsIn(member(spec, 'intent'))) note(label);
  return [...keys].map((text) => ({ key: key('label', text), wishes: [text] }));
}

function labelsIn(intent: ReturnType<typeof member>): readonly string[] {
  const all = [...items(member(intent, 'allOf')), ...items(member(intent, 'anyOf'))];
  return [...all, ...all.flatMap((item) => items(member(item, 'anyOf')))].flatMap((item) => textAt(item, 'clusterLabel') ?? []);
}

/** Tells that something is called otherwise here. */
export function tellName(document: EmcoDocument, name: string, report: Report): void {
  if (name !== document.name)
    report.changed(document, `its name here is "${name}": "${printable(document.name)}" is not allowed, or taken`);
}

function tellRenamed(shelf: Shelf, naming: Naming, report: Report): void {
  const tell = (document: EmcoDocument, name: string): void => tellName(document, name, report);
  for (const document of shelf.of('provider')) tell(document, naming.provider(document.name));
  for (const document of shelf.of('cluster')) tell(document, naming.cluster(document.scope[0] ?? '', document.name));
  for (const document of shelf.of('project')) tell(document, naming.project(document.name));
  for (const document of shelf.of('cloud')) tell(document, naming.cloud(document.scope[0] ?? '', document.name));
  for (const document of shelf.of('group')) tell(document, naming.group(document));
  for (const document of shelf.of('label')) {
    const { key: own, value } = naming.label(document.name);
    tell(document, value === '' ? own : `${own}=${value}`);
  }
}
