import { sha256 } from '../../lib/hash.ts';
import { sortBy } from '../../lib/order.ts';

/** Something that needs a name: what it would like to be called, the dearest first. */
export interface NameWish {
  readonly key: string;
  readonly wishes: readonly string[];
}

export interface NameRule {
  readonly longest: number;
  /** The nearest name that is allowed; a name that is allowed comes out as it is. */
  readonly clean: (text: string) => string;
}

/** A name by our schemas: lower-case letters, digits and `-`. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}

/**
 * Gives each its name, no two the same, whatever their order: who wishes for a name as it is comes before who would have to change it; where several
 * wish for one, none gets it, and they go on to their next wish; in the end the key's hash tells them apart.
 */
export function assignNames(wishes: readonly NameWish[], { longest, clean }: NameRule): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const fit = (text: string): string | undefined => {
    const name = clean(text);
    return name !== '' && name.length <= longest ? name : undefined;
  };
  let open = sortBy(wishes, ({ key }) => key);
  const rounds = Math.max(0, ...open.map((wish) => wish.wishes.length));
  for (let round = 0; round < rounds; round += 1) {
    for (const isExact of [true, false]) {
      const wanted = open.flatMap(({ key, wishes: own }) => {
        const wish = own[round];
        const name = wish === undefined ? undefined : fit(wish);
        return name === undefined || (isExact && name !== wish) || taken.has(name) ? [] : [{ key, name }];
      });
      for (const { key, name } of wanted.filter(({ name: each }) => wanted.filter((other) => other.name === each).length === 1)) {
        names.set(key, name);
        taken.add(name);
      }
      open = open.filter(({ key }) => !names.has(key));
    }
  }
  for (const wish of open) {
    const name = hashedName(wish, { longest, clean }, taken);
    names.set(wish.key, name);
    taken.add(name);
  }
  return names;
}

function hashedName({ key, wishes: [wish = ''] }: NameWish, { longest, clean }: NameRule, taken: ReadonlySet<string>): string {
  const digest = sha256(key);
  for (let digits = 6; ; digits += 1) {
    const base = clean(clean(wish).slice(0, longest - digits - 1));
    const name = `${base === '' ? 'x' : base}-${digest.slice(0, digits)}`;
    if (!taken.has(name) || digits === digest.length) return name;
  }
}
