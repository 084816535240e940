/** Lines of one change, and of all that comes and goes together, that are shown unless everything is asked for. */
const LONGEST = 40;
const ALL_CONTENT = 1000;

/** Shares out the lines of a preview. */
export interface Budget {
  /** As many of the lines as may be shown, and how many were left out. What comes or goes whole shares one allowance; updates are always shown. */
  take(lines: readonly string[], isUpdate: boolean): readonly string[];
  hasCut(): boolean;
}

/** With `isFull` there is no limit. */
export function createBudget(isFull: boolean): Budget {
  let left = ALL_CONTENT;
  let hasCut = false;
  return {
    take(lines, isUpdate) {
      const most = isFull ? lines.length : isUpdate ? LONGEST : Math.min(LONGEST, left);
      if (!isUpdate) left = Math.max(0, left - Math.min(most, lines.length));
      // A line that says that one line is missing is no shorter than that line.
      if (lines.length <= most + 1) return lines;
      hasCut = true;
      const missing = lines.length - most;
      return [...lines.slice(0, most), `… ${missing} ${most === 0 ? 'lines' : 'more lines'}`];
    },
    hasCut: () => hasCut,
  };
}
