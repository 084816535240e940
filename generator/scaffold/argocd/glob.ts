/** A directory's `include` and `exclude`: `*` and `?` mean any characters, slashes too, and braces hold a list. `undefined`: nothing is understood by it. */
export function globMatcher(pattern: string): ((path: string) => boolean) | undefined {
  if (pattern.length > 500 || /[[\]\\]/.test(pattern) || /\{[^}]*\{/.test(pattern)) return undefined;
  const alternatives = expand(pattern);
  return alternatives && ((path) => alternatives.some((one) => matches(one, path)));
}

const MOST = 200;

function expand(pattern: string): readonly string[] | undefined {
  const found = /^([^{]*)\{([^}]*)\}(.*)$/s.exec(pattern);
  if (!found) return pattern.includes('{') || pattern.includes('}') ? undefined : [pattern];
  const [, before = '', list = '', after = ''] = found;
  const rest = expand(after);
  const all = rest && list.split(',').flatMap((item) => rest.map((end) => before + item + end));
  return all && all.length <= MOST ? all : undefined;
}

/** In steps of one character, so that no pattern takes long. */
function matches(pattern: string, text: string): boolean {
  let states = new Set([0]);
  const close = (from: Set<number>): Set<number> => {
    for (const state of from) if (pattern[state] === '*') from.add(state + 1);
    return from;
  };
  close(states);
  for (const character of text) {
    const next = new Set<number>();
    for (const state of states) {
      if (pattern[state] === '*') next.add(state);
      else if (pattern[state] === '?' || pattern[state] === character) next.add(state + 1);
    }
    states = close(next);
  }
  return states.has(pattern.length);
}
