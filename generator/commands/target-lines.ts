import { countChanges } from '../lib/file-action.ts';
import { groupBy } from '../lib/group-by.ts';
import { printable } from '../lib/printable.ts';
import type { Change } from '../model/change.ts';
import { HERE } from '../model/file.ts';

export interface Told {
  readonly isWritten: boolean;
  /** `create` and so on are wishes: nothing is written in this mode. */
  readonly isPreview: boolean;
}

/** What is written to other repositories, a line for each sync object: who commits must know where. Empty where there is none. */
export function targetLines(changes: readonly Change[], { isWritten, isPreview }: Told): string {
  if (!isWritten && !isPreview) return '';
  const elsewhere = changes.filter(({ target }) => target.name !== HERE.name);
  return [...groupBy(elsewhere, ({ target }) => target.name)]
    .map(([name, own]) => {
      const { created, updated, deleted } = countChanges(own);
      const words = isWritten
        ? `created ${created}, updated ${updated}, deleted ${deleted}`
        : `would create ${created}, update ${updated}, delete ${deleted}`;
      return `in the checkout of ${printable(name)}: ${words}\n`;
    })
    .join('');
}
