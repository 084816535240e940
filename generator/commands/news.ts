import { isDeepStrictEqual } from 'node:util';
import type { Change } from '../model/change.ts';
import type { Finished } from './run-once.ts';

/** Tells whether a run came to something else than the last one that was told. */
export function createNews(): (finished: Finished) => boolean {
  let told: Finished | undefined;
  return (finished) => {
    const isNews = told === undefined || !isSame(told, finished);
    if (isNews) told = finished;
    return isNews;
  };
}

function isSame(one: Finished, other: Finished): boolean {
  const rest = ({ diagnostics, held, changeSet }: Finished): unknown => [diagnostics, held, changeSet?.unchanged, changeSet?.kept];
  const [changes, others] = [one.changeSet?.changes ?? [], other.changeSet?.changes ?? []];
  return (
    isDeepStrictEqual(rest(one), rest(other)) &&
    changes.length === others.length &&
    changes.every((change, index) => isSameChange(change, others[index]))
  );
}

function isSameChange(one: Change, other: Change | undefined): boolean {
  if (one.path !== other?.path || one.before !== other.before) return false;
  return one.after === undefined || other.after === undefined
    ? one.after === other.after
    : one.after === other.after || Buffer.from(one.after).equals(other.after);
}
