/** Counts and prints the outcome of each check. */
export interface Report {
  pass(text: string): void;
  fail(text: string, details?: readonly string[]): void;
  /** Passes where `findings` is empty; otherwise they are the details. */
  expectNone(text: string, findings: readonly string[]): void;
  readonly failed: number;
  /** The closing line. */
  close(): string;
}

const SHOWN = 12;

export function createReport(write: (line: string) => void): Report {
  const started = performance.now();
  let passed = 0;
  let failed = 0;
  const seconds = (): string => ((performance.now() - started) / 1000).toFixed(1).padStart(6);
  const report: Report = {
    pass(text) {
      passed += 1;
      write(`${seconds()} s  ok      ${text}`);
    },
    fail(text, details = []) {
      failed += 1;
      write(`${seconds()} s  FAILED  ${text}`);
      for (const detail of details.slice(0, SHOWN)) write(`            ${detail}`);
      if (details.length > SHOWN) write(`            … and ${details.length - SHOWN} more`);
    },
    expectNone: (text, findings) => (findings.length === 0 ? report.pass(text) : report.fail(text, findings)),
    get failed() {
      return failed;
    },
    close: () => `${passed} passed, ${failed} failed`,
  };
  return report;
}
