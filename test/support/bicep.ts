import type { Json, JsonObject } from '../../generator/model/json.ts';

/** What a Bicep file says, in an ARM template's words as far as both have them. */
export interface BicepFile {
  readonly parameters: ReadonlyMap<string, { readonly type: string; readonly description: string }>;
  readonly resources: readonly BicepResource[];
}

export interface BicepResource {
  readonly symbol: string;
  readonly type: string;
  readonly apiVersion: string;
  readonly isExisting: boolean;
  readonly body: JsonObject;
}

/** Reads the part of Bicep that is written here: parameters, resources, objects, lists, plain strings. Names are read as `[name]`. Throws at anything else. */
export function readBicep(text: string): BicepFile {
  const tokens = tokenize(text);
  const parameters = new Map<string, { type: string; description: string }>();
  const resources: BicepResource[] = [];
  const take = (expected?: string): Token => {
    const token = tokens.shift();
    if (!token || (expected !== undefined && token.text !== expected))
      throw new Error(`Expected ${expected ?? 'more'}, found ${token?.text}`);
    return token;
  };
  const peek = (): string | undefined => tokens[0]?.text;
  const value = (): Json => {
    const token = take();
    if (token.kind === 'string') return token.text;
    if (token.kind === 'number') return Number(token.text);
    if (token.text === 'true' || token.text === 'false') return token.text === 'true';
    if (token.text === '{') {
      const members: [string, Json][] = [];
      while (peek() !== '}') {
        const key = take().text;
        take(':');
        members.push([key, value()]);
      }
      take('}');
      return Object.fromEntries(members);
    }
    if (token.text === '[') {
      const items: Json[] = [];
      while (peek() !== ']') items.push(value());
      take(']');
      return items;
    }
    if (token.kind === 'word') return `[${token.text}]`;
    throw new Error(`Unexpected ${token.text}`);
  };
  while (tokens.length > 0) {
    if (peek() === '@') {
      for (const expected of ['@', 'description', '(']) take(expected);
      const description = take().text;
      for (const expected of [')', 'param']) take(expected);
      parameters.set(take().text, { type: take().text, description });
    } else {
      take('resource');
      const symbol = take().text;
      const [type = '', apiVersion = ''] = take().text.split('@');
      const isExisting = peek() === 'existing';
      if (isExisting) take('existing');
      take('=');
      resources.push({ symbol, type, apiVersion, isExisting, body: value() as JsonObject });
    }
  }
  return { parameters, resources };
}

interface Token {
  readonly kind: 'string' | 'number' | 'word' | 'mark';
  readonly text: string;
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /\/\/[^\n]*|\s+|'((?:[^'\\\n$]|\$(?!\{)|\\(?:[nrt'\\]|\$\{|u\{[0-9a-f]+\}))*)'|([0-9]+)|([A-Za-z_]\w*)|([{}[\]():=@])/gy;
  for (let at = 0; at < text.length; at = pattern.lastIndex) {
    pattern.lastIndex = at;
    const [found, string, number, word, mark] = pattern.exec(text) ?? [];
    if (found === undefined) throw new Error(`No Bicep: ${text.slice(at, at + 40)}`);
    if (string !== undefined) tokens.push({ kind: 'string', text: unescaped(string) });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word });
    else if (mark !== undefined) tokens.push({ kind: 'mark', text: mark });
  }
  return tokens;
}

function unescaped(text: string): string {
  const plain: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '${': '${' };
  return text.replace(/\\(?:u\{([0-9a-f]+)\}|(\$\{|.))/g, (_, code: string | undefined, one = '') =>
    code === undefined ? (plain[one as string] ?? (one as string)) : String.fromCodePoint(Number.parseInt(code, 16)),
  );
}
