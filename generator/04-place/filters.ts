import type { Filter } from './filter.ts';
import { logicalCloudFilter } from './filters/logical-cloud.ts';
import { stateFilter } from './filters/state.ts';

/** Every filter, in the order in which their reasons are given. */
export const filters: readonly Filter[] = [stateFilter, logicalCloudFilter];
