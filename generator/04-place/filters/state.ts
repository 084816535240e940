import type { Filter } from '../filter.ts';

/** A cluster takes apps while it is Active. */
export const stateFilter: Filter = {
  name: 'state',
  prepare: () => (cluster) => {
    const state = cluster.value.spec.state ?? 'Active';
    return state === 'Active' ? undefined : `its state is ${state}`;
  },
};
