import { diagnose } from '../../diagnostics/diagnose.ts';
import { showPath } from '../../lib/json-path.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { isJsonObject, type Json, type JsonPath } from '../../model/json.ts';
import type { Checked } from '../check-document.ts';
import { reachAt } from '../identity.ts';
import { isSecretKey, looksRandom, secretIn } from '../../lib/secret-shapes.ts';

/** No document, with or without other mistakes, may hold a credential. The finding never shows it. */
export function literalSecretsIn({ document, kind }: Checked): readonly Diagnostic[] {
  return findSecrets(document.value).map(({ path, what }) => {
    const reach = kind ? reachAt(document, { kind, path }) : ({ kind: 'run' } as const);
    return diagnose('literal-secret', { field: showPath(path), what }, { source: document.at(path), reach });
  });
}

interface Secret {
  readonly path: JsonPath;
  readonly what: string;
}

/** Texts of a value that look like credentials: by their shape, or because they look random under a key such as `password`. */
export function findSecrets(value: Json, path: JsonPath = []): readonly Secret[] {
  if (typeof value === 'string') {
    const what =
      secretIn(value) ??
      randomUnder(
        path.findLast((key) => typeof key === 'string'),
        value,
      ) ??
      userIn(path, value);
    return what === undefined ? [] : [{ path, what }];
  }
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => findSecrets(item, [...path, index]));
  if (!isJsonObject(value)) return [];
  const found = Object.entries(value).flatMap(([key, member]) => findSecrets(member, [...path, key]));
  if (found.some((secret) => secret.path.length === path.length + 1 && secret.path.at(-1) === 'value')) return found;
  return [...found, ...namedSecret(value, path)];
}

function randomUnder(key: string | number | undefined, text: string): string | undefined {
  return typeof key === 'string' && isSecretKey(key) && looksRandom(text) ? 'a password or key, drawn at random' : undefined;
}

/** `{name: DB_PASSWORD, value: …}`, as in a container's environment. */
function namedSecret({ name, value }: { readonly [key: string]: Json }, path: JsonPath): readonly Secret[] {
  if (typeof name !== 'string' || typeof value !== 'string') return [];
  const what = randomUnder(name, value);
  return what === undefined ? [] : [{ path: [...path, 'value'], what }];
}

/** A sync object's address names no user either, but for SSH. */
function userIn(path: JsonPath, text: string): string | undefined {
  return showPath(path) === 'spec.git.url' && /^https?:\/\/[^/?#@]+@/i.test(text) ? 'an address with a user or token in it' : undefined;
}
