/**
 * Shapes of credentials. Each begins at a boundary and repeats over a bounded or disjoint class, so that matching stays linear in a long text.
 */
const SHAPES: readonly (readonly [string, RegExp])[] = [
  ['a private key', /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/],
  ['a GitHub token', /(?<![A-Za-z0-9_])(?:gh[opsur]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,})/],
  ['a GitLab token', /(?<![A-Za-z0-9_-])gl(?:pat|dt|rt|cbt|ptt|ft|agent|soat)-[A-Za-z0-9_-]{16,}/],
  ['an AWS access key', /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/],
  ['a Slack token', /(?<![A-Za-z0-9_-])xox[abeoprs]-[A-Za-z0-9-]{10,}/],
  ['a Google API key', /(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/],
  ['a JSON Web Token', /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/],
  ['an Azure client secret', /(?<![A-Za-z0-9_~.-])[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9_~.-])/],
  ['an Azure storage key', /AccountKey=[A-Za-z0-9+/]{40,88}/],
  ['an npm token', /(?<![A-Za-z0-9_])npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/],
  ['a Stripe key', /(?<![A-Za-z0-9_])[rs]k_live_[A-Za-z0-9]{16,}/],
  [
    'a token in an address',
    /[?&](?:access_token|auth_token|token|api_?key|passw(?:or)?d|(?:client_)?secret|sig)=[A-Za-z0-9+/_~.%-]{8,256}/i,
  ],
  ['an age key', /AGE-SECRET-KEY-1[A-Z0-9]{40,}/],
];

/** What one of the shapes needs: most texts have none of these, and are spared the rest. */
const HINT =
  /PRIVATE KEY|gh[opsur]_|github_pat_|gl[a-z]{2,5}-|AKIA|ASIA|xox|AIza|eyJ|Q~|AccountKey=|npm_|k_live_|AGE-SECRET|:\/\/|[?&][A-Za-z_]{3,13}=/;

/** `scheme://user:password@`; the password is captured. */
const URL_PASSWORD = /(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{0,30}:\/\/[^\s/:@"']{0,128}:([^\s/@"']{1,256})@/g;

/**
 * The same in an address without a scheme or with half of one: `user:password@host:path`, `//user:password@host/path`. It is too common a shape to be
 * called a credential; an image's digest is none. Begins where a word does, so that matching stays linear.
 */
const BARE_PASSWORD =
  /(?<![^\s/"'])(?<![^\s:/"']\/)[^\s/:"']{0,128}:([^\s/"']{1,256})@(?!sha[0-9]{3}:)[A-Za-z0-9.[-][^\s/:@"']{0,253}[:/]/g;

/** What stands for a password and is none: `$(NAME)`, `${NAME}`, `$NAME`, `{{name}}`, `<name>`, `%s`, stars. */
const PLACEHOLDER = /^(?:\$|\{\{|<|%|\*+$|x+$|ENC\[)/i;

/** What a text looks like, such as `a GitHub token`; `undefined` if it looks harmless. */
export function secretIn(text: string): string | undefined {
  if (text.length < 8 || !HINT.test(text)) return undefined;
  for (const [what, shape] of SHAPES) if (shape.test(text)) return what;
  if (!text.includes('://')) return undefined;
  for (const [, password = ''] of text.matchAll(URL_PASSWORD)) if (!PLACEHOLDER.test(password)) return IN_URL;
  return undefined;
}

/**
 * The same for a text that was rendered: what stands in an address in the place of a password may be any value of a template, so that a plain word is
 * none. A literal one is found in the template's own text.
 */
export function secretInRendered(text: string): string | undefined {
  const what = secretIn(text);
  if (what !== IN_URL) return what;
  const passwords = [...text.matchAll(URL_PASSWORD)].map(([, password = '']) => password);
  return passwords.some(
    (password) => !PLACEHOLDER.test(password) && /[0-9]/.test(password) && /[A-Za-z]/.test(password) && password.length >= 6,
  )
    ? what
    : undefined;
}

const IN_URL = 'a password in a URL';

/** The text with what looks like a credential starred out, character by character, so that columns stay. */
export function hideSecrets(text: string): string {
  const shapeless =
    secretIn(text) === undefined ? text : SHAPES.reduce((rest, [, shape]) => rest.replace(new RegExp(shape, 'g'), stars), text);
  return shapeless.includes('@') ? [URL_PASSWORD, BARE_PASSWORD].reduce(hidePasswords, shapeless) : shapeless;
}

function hidePasswords(text: string, address: RegExp): string {
  return text.replace(address, (all, password: string) => {
    const end = all.lastIndexOf('@');
    return PLACEHOLDER.test(password) ? all : `${all.slice(0, end - password.length)}${stars(password)}${all.slice(end)}`;
  });
}

function stars(text: string): string {
  return '*'.repeat(text.length);
}

const SECRET_KEY =
  /pass(?:word|wd|phrase)|(?:^|[-_.]|user)pass$|(?:^|[-_.])pwd?$|^auth(?:orization)?$|token|secret|api[-_.]?key|access[-_.]?key|private[-_.]?key|credential/i;
const SOURCE_OF_SECRET = /(?:name|ref|path|file|url|uri|class|type|key[-_.]?id|ttl|duration|mount)s?$/i;

/** Whether a value under such a key would be a credential itself, not the name of one: `password`, not `secretName`. */
export function isSecretKey(key: string): boolean {
  return SECRET_KEY.test(key) && !SOURCE_OF_SECRET.test(key);
}

/** Whether a text looks drawn at random: long, of one piece, of several kinds of characters, few of them repeated. */
export function looksRandom(text: string): boolean {
  if (text.length < 16 || text.length > 4096 || /\s/.test(text) || PLACEHOLDER.test(text)) return false;
  const longest = Math.max(...text.split(/[-_.:/@,]/).map((part) => part.length));
  if (longest < 16 || !/[0-9]/.test(text) || !/[A-Za-z]/.test(text)) return false;
  return entropyOf(text) >= 3;
}

/** Shannon's entropy, in bits per character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => bits - (count / text.length) * Math.log2(count / text.length), 0);
}
