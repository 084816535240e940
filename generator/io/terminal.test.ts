import { afterEach, expect, test, vi } from 'vitest';
import { plain } from '../diagnostics/report/paint.ts';
import { createTerminal } from './terminal.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

interface Surroundings {
  readonly isTTY: boolean;
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly color?: boolean;
}

/** What the terminal is taken for where standard error is one like that. */
function seen({ isTTY, columns = 80, env = {}, color = true }: Surroundings) {
  for (const name of ['CI', 'NO_COLOR', 'FORCE_COLOR', 'TERM']) vi.stubEnv(name, env[name]);
  const own = ['isTTY', 'columns'].map((name) => [name, Object.getOwnPropertyDescriptor(process.stderr, name)] as const);
  Object.defineProperty(process.stderr, 'isTTY', { value: isTTY, configurable: true });
  Object.defineProperty(process.stderr, 'columns', { value: columns, configurable: true });
  const { isInteractive, errPaint } = createTerminal({ color });
  for (const [name, descriptor] of own) {
    if (descriptor) Object.defineProperty(process.stderr, name, descriptor);
    else Reflect.deleteProperty(process.stderr, name);
  }
  return { isInteractive, hasColor: errPaint !== plain };
}

test.each<readonly [string, Surroundings, boolean, boolean]>([
  ['a terminal', { isTTY: true }, true, true],
  ['a file', { isTTY: false }, false, false],
  ['a terminal without a width', { isTTY: true, columns: 0 }, false, true],
  ['a dumb terminal', { isTTY: true, env: { TERM: 'dumb' } }, false, false],
  ['a terminal in CI', { isTTY: true, env: { CI: 'true' } }, false, true],
  ['NO_COLOR', { isTTY: true, env: { NO_COLOR: '1' } }, true, false],
  ['an empty NO_COLOR', { isTTY: true, env: { NO_COLOR: '' } }, true, true],
  ['--no-color', { isTTY: true, color: false }, true, false],
  ['FORCE_COLOR', { isTTY: false, env: { FORCE_COLOR: '1' } }, false, true],
  ['FORCE_COLOR=0', { isTTY: true, env: { FORCE_COLOR: '0' } }, true, false],
  ['NO_COLOR against FORCE_COLOR', { isTTY: false, env: { FORCE_COLOR: '1', NO_COLOR: '1' } }, false, false],
])('createTerminal() with %s', (_name, surroundings, isInteractive, hasColor) => {
  expect(seen(surroundings)).toEqual({ isInteractive, hasColor });
});
