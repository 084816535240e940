import { diagnose } from '../../diagnostics/diagnose.ts';
import type { Diagnostic, Reach } from '../../model/diagnostic.ts';
import type { Checked } from '../check-document.ts';
import type { Rule } from '../draft.ts';
import { type Identity, identityKey, reachAt, showIdentity } from '../identity.ts';

type Identified = Checked & { readonly identity: Identity };

/** An identity stands for one document, wherever it is written. */
export const duplicateIdentities: Rule = ({ checked }) => {
  const groups = new Map<string, Identified[]>();
  for (const one of checked) {
    const { identity } = one;
    if (!identity) continue;
    const key = identityKey(identity);
    const group = groups.get(key) ?? [];
    group.push({ ...one, identity });
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(([first, ...others]) => (first ? reportGroup(first, others) : []));
};

function reportGroup(first: Identified, others: readonly Identified[]): readonly Diagnostic[] {
  const found = others.map((other) => report(other, first));
  const [other] = others;
  // With a contextId in one of them they are two contexts, and both are in doubt.
  const isReached = found.some(({ reach }) => JSON.stringify(reach) === JSON.stringify(reachOf(first)));
  return other && !isReached ? [report(first, other), ...found] : found;
}

function report(one: Identified, other: Identified): Diagnostic {
  const { kind } = one.identity;
  return diagnose(
    'duplicate-identity',
    { kind, identity: showIdentity(one.identity) },
    { source: nameOf(one), related: [{ message: 'The other one', source: nameOf(other) }], reach: reachOf(one) },
  );
}

function reachOf({ document, identity }: Identified): Reach {
  return reachAt(document, { kind: identity.kind, path: [] });
}

function nameOf({ document }: Identified): ReturnType<Identified['document']['at']> {
  return document.at(['metadata', 'name']);
}
