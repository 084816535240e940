import type { Loaded } from '../model/intents.ts';
import type { Checked } from './check-document.ts';
import type { Kind } from './kinds.ts';

/** All names that documents give themselves, those of documents with mistakes too: a mistake there is no second one here. */
export interface Names {
  /** Names by provider or namespace. */
  readonly of: (kind: Kind) => ReadonlyMap<string, ReadonlySet<string>>;
  readonly templates: ReadonlySet<string>;
  /** Whether some document of the kind could not be read, so that a name that nobody has may be its. */
  readonly mayBeUnread: (kind: Kind | 'Template') => boolean;
}

export function collectNames(checked: readonly Checked[], { templates, unreadKinds, unreadTemplates }: Loaded): Names {
  const names = new Map<Kind, Map<string, Set<string>>>();
  const nameless = new Set<Kind>();
  for (const { kind, identity } of checked) {
    if (identity) addName(names, identity);
    else if (kind) nameless.add(kind);
  }
  return {
    of: (kind) => names.get(kind) ?? new Map(),
    templates: new Set([...templates.keys(), ...(unreadTemplates === 'all' ? [] : unreadTemplates)]),
    mayBeUnread: (kind) => {
      if (kind === 'Template') return unreadTemplates === 'all';
      return unreadKinds === 'all' || unreadKinds.has(kind) || nameless.has(kind);
    },
  };
}

function addName(names: Map<Kind, Map<string, Set<string>>>, { kind, scope, name }: NonNullable<Checked['identity']>): void {
  const scopes = names.get(kind) ?? new Map<string, Set<string>>();
  const known = scopes.get(scope) ?? new Set<string>();
  names.set(kind, scopes.set(scope, known.add(name)));
}

/** Scopes in which a name is known, sorted. */
export function scopesOf(name: string, scopes: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  return [...scopes].flatMap(([scope, names]) => (names.has(name) ? [scope] : [])).sort();
}
