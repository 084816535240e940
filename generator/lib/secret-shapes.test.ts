import { describe, expect, test } from 'vitest';
import { hideSecrets, isSecretKey, looksRandom, secretIn, secretInRendered } from './secret-shapes.ts';

const DRAWN = 'k9Xw2Qz7Lm4Rt8Vb1Np6';

// Put together here, so that no scanner takes them for real ones.
describe('secretIn() knows', () => {
  test.each([
    ['a GitHub token', ['ghp', DRAWN + DRAWN].join('_')],
    ['a GitHub token', ['github', 'pat', DRAWN].join('_')],
    ['a GitLab token', ['glpat', DRAWN].join('-')],
    ['an AWS access key', ['AKIA', 'IOSFODNN7EXAMPLE'].join('')],
    ['a Slack token', ['xoxb', '1234567890', DRAWN].join('-')],
    ['a Google API key', `AIza${`${DRAWN}${DRAWN}`.slice(0, 35)}`],
    ['a JSON Web Token', ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NSJ9', DRAWN].join('.')],
    ['a private key', ['-----BEGIN RSA', 'PRIVATE KEY-----\nMIIE'].join(' ')],
    ['an Azure client secret', ['abc8', `${DRAWN}${DRAWN}`.slice(0, 32)].join('Q~')],
    ['a token in an address', 'https://example.net/fleet?access_token=abc123xyz789'],
    ['a token in an address', 'git@example.net:fleet?a=b&token=abc123xyz789'],
    ['a password in a URL', 'postgres://shop:hunter2@db:5432/shop'],
  ])('%s', (what, text) => {
    expect(secretIn(text)).toBe(what);
    expect(secretIn(`a sentence with ${text} in it`)).toBe(what);
  });

  test.each([
    'https://github.com/example/fleet',
    'ssh://git@github.com/example/fleet',
    'tcp://cart:6379',
    'postgres://shop:$(PASSWORD)@db:5432/shop',
    'https://user:{{password}}@example.net',
    'http://a:80/x?mail=b@c',
    '-----BEGIN CERTIFICATE-----',
    'my-ghp_short',
    'https://example.net/?token=$(TOKEN)',
    'https://example.net/?token={{ token }}',
    'https://example.net/?page=123456789',
    'task-force-of-many-words',
  ])('nothing in %s', (text) => {
    expect(secretIn(text)).toBeUndefined();
  });

  test('its answer soon, for texts of a megabyte', () => {
    for (const part of [
      'a',
      'a ',
      'a:b@',
      '=a:b',
      '?token=',
      '&sig=a',
      'eyJ',
      'ghp_',
      'a://',
      'a:',
      'xoxb-',
      '-----BEGIN ',
      'Q~',
      'eyJaaaaaaaa.',
    ]) {
      const text = `://PRIVATE KEY${part.repeat(Math.ceil(1_000_000 / part.length))}`;
      const started = performance.now();
      secretIn(text);
      hideSecrets(`${text}@`);
      expect(performance.now() - started).toBeLessThan(2000);
    }
  });
});

test.each([
  ['nothing to hide', 'nothing to hide'],
  ['url: https://robot:hunter2@example.net/fleet', 'url: https://robot:*******@example.net/fleet'],
  ['url: https://robot:$(TOKEN)@example.net/fleet', 'url: https://robot:$(TOKEN)@example.net/fleet'],
  ['url: git:hunter2@example.net:a/b', 'url: git:*******@example.net:a/b'],
  ['{url: //u:hunter2@example.net/x, a: b}', '{url: //u:*******@example.net/x, a: b}'],
  ['url="u:hunter2@[::1]:22/x"', 'url="u:*******@[::1]:22/x"'],
  ['https:/u:hunter2@example.net/x', 'https:/u:*******@example.net/x'],
  ['https:u:hunter2@example.net/x', 'https:*********@example.net/x'],
  ['u:git@hunter2@example.net:a/b', 'u:***********@example.net:a/b'],
  ['u:$(TOKEN)@example.net:a/b', 'u:$(TOKEN)@example.net:a/b'],
  ['git@example.net:a/b', 'git@example.net:a/b'],
  ['image: registry.example.net:5000/web:1.2@sha256:0123abcd', 'image: registry.example.net:5000/web:1.2@sha256:0123abcd'],
  ['image: web:1.2@sha256:0123abcd', 'image: web:1.2@sha256:0123abcd'],
  ['to: mailto:ann@example.net', 'to: mailto:ann@example.net'],
  [`a: ghp_${DRAWN}, b: ghp_${DRAWN}`, `a: ${'*'.repeat(24)}, b: ${'*'.repeat(24)}`],
])('hideSecrets() of %s', (text, expected) => {
  expect(hideSecrets(text)).toBe(expected);
});

test.each([
  ['password', true],
  ['DB_PASSWORD', true],
  ['pass', true],
  ['smtp_pass', true],
  ['pwd', true],
  ['Authorization', true],
  ['bypass', false],
  ['authMethod', false],
  ['apiKey', true],
  ['token', true],
  ['secretName', false],
  ['tokenUrl', false],
  ['passwordFile', false],
  ['replicas', false],
])('isSecretKey() of %s is %s', (key, expected) => {
  expect(isSecretKey(key)).toBe(expected);
});

test.each([
  [DRAWN, true],
  ['9f86d081884c7d659a2feaa0c55ad015', true],
  ['shop-database-credentials-v2', false],
  ['changeme', false],
  ['$(DB_PASSWORD_FROM_ELSEWHERE_1)', false],
  ['aaaaaaaaaaaaaaaaaaaa1', false],
])('looksRandom() of %s is %s', (text, expected) => {
  expect(looksRandom(text)).toBe(expected);
});

test.each([
  ['postgres://u:hello@db/x', undefined],
  ['postgres://u:$(PASSWORD)@db/x', undefined],
  ['postgres://u:hunter2@db/x', 'a password in a URL'],
  ['ghp_0123456789abcdefghijABCDEFGHIJ012345', 'a GitHub token'],
])('secretInRendered() of %s is %s', (text, what) => {
  expect(secretInRendered(text)).toBe(what);
});
