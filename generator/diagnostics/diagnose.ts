import type { Diagnostic, Reach, Related } from '../model/diagnostic.ts';
import type { Source } from '../model/source.ts';
import { catalogue, type Code } from './catalogue.ts';
import type { Entry } from './entry.ts';

type Args<C extends Code> = (typeof catalogue)[C] extends Entry<infer A> ? A : never;

export interface Where {
  readonly source?: Source | undefined;
  readonly related?: readonly Related[];
  readonly reach: Reach;
}

/** Makes a finding of the catalogue's code. */
export function diagnose<C extends Code>(code: C, args: Args<C>, where: Where): Diagnostic {
  const entry = catalogue[code] as unknown as Entry<Args<C>>;
  const hint = entry.hint?.(args);
  return {
    code,
    severity: entry.severity,
    message: entry.message(args),
    ...(hint !== undefined && { hint }),
    ...(where.source && { source: where.source }),
    ...(where.related && { related: where.related }),
    reach: where.reach,
  };
}

export const RUN: Reach = { kind: 'run' };
