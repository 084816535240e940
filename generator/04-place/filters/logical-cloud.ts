import type { Filter } from '../filter.ts';
import { cloudMembers } from '../cloud-members.ts';

/** An app runs only where its logical cloud is. */
export const logicalCloudFilter: Filter = {
  name: 'logical-cloud',
  prepare: ({ cloud, fleet }) => {
    const members = cloudMembers(cloud, fleet);
    const reason = `logical cloud "${cloud.context.name}" does not span it`;
    return (cluster) => (members === 'all' || members.has(cluster.id) ? undefined : reason);
  },
};
