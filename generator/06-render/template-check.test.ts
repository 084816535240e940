import { expect, test } from 'vitest';
import { repoPath } from '../lib/path.ts';
import type { JsonObject } from '../model/json.ts';
import { parseTemplate } from './handlebars-ast.ts';
import { checkTemplate } from './template-check.ts';

const schema: JsonObject = {
  type: 'object',
  definitions: { port: { type: 'object', properties: { number: { type: 'integer' }, next: { $ref: '#/definitions/port' } } } },
  properties: {
    host: { type: 'string' },
    key: { enum: ['host', 'other'] },
    other: { type: ['string', 'null'] },
    names: { type: 'array', items: { type: 'string' } },
    ports: { type: 'array', items: { $ref: '#/definitions/port' } },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    free: {},
    tls: { anyOf: [{ type: 'object', properties: { issuer: { type: 'string' } } }, { type: 'null' }] },
  },
};

/** Codes and places of what is found, and what each says in quotes. */
function check(text: string): readonly string[] {
  const file = { path: repoPath('templates/apps/web/a.yaml.hbs'), text };
  const parsed = parseTemplate(file);
  if (!parsed.ok) return [`${parsed.line}:${parsed.column} ${parsed.reason}`];
  return checkTemplate(parsed.program, { template: 'web', file, schema }).map((finding) => {
    if (finding.scope !== 'template') throw new Error('a check without values');
    const { code, message, hint } = finding.toDiagnostic({ source: finding.source, reach: { kind: 'template', template: 'web' } });
    const { line, column, length } = finding.source;
    return `${line}:${column}+${length} ${code} ${/"([^"]*)"/.exec(message)?.[1] ?? message}${hint?.startsWith('Did') ? ` -> ${hint}` : ''}`;
  });
}

test.each([
  '{{host}} {{{host}}} {{this.host}} {{./host}} {{@root.host}} {{[host]}}',
  '{{#each names}}{{this}} {{.}} {{@index}} {{@first}} {{../host}} {{@root.host}}{{else}}{{host}}{{/each}}',
  '{{#each ports}}{{number}} {{next.next.number}} {{../host}}{{#each ../names}}{{@../index}} {{../number}}{{../../host}}{{/each}}{{/each}}',
  '{{#each ports as |port index|}}{{port.number}} {{index}} {{#if port.next}}{{../host}}{{/if}}{{/each}}',
  '{{#each labels}}{{@key}}: {{this}}{{/each}} {{labels.anything}}',
  '{{#each free}}{{a.b.c}}{{/each}} {{free}} {{free.x}}',
  '{{#with tls}}{{issuer}}{{../host}}{{else}}{{host}}{{/with}}',
  '{{#with this}}{{host}}{{/with}}',
  '{{#if host}}{{else if other}}{{host}}{{else unless names.length}}x{{/if}} {{#if names.length includeZero=true}}x{{/if}}',
  '{{lookup names 0}} {{#each names}}{{lookup ../names @index}}{{/each}}',
  '{{lookup labels host}} {{lookup this key}} {{lookup this "host"}} {{names.[0]}} {{ports.0.number}}',
  '{{! a comment }}{{!-- another {{x}} --}} \\{{nothing}}',
  '{{#each (lookup this "names")}}{{this}}{{/each}}',
])('%s is fine', (text) => {
  expect(check(text)).toEqual([]);
});

test.each([
  ['a\n  {{hots}}', ['2:5+4 undeclared-value hots -> Did you mean "host"?']],
  [
    '{{constructor}} {{__proto__}} {{host.length}}',
    ['1:3+11 undeclared-value constructor', '1:19+9 undeclared-value __proto__', '1:33+11 undeclared-value host.length'],
  ],
  ['{{#if hots}}{{/if}}', ['1:7+4 undeclared-value hots -> Did you mean "host"?']],
  ['{{#each names}}{{host}}{{/each}}', ['1:18+4 undeclared-value host']],
  ['{{#each ports}}{{nubmer}}{{/each}}', ['1:18+6 undeclared-value nubmer -> Did you mean "number"?']],
  ['{{../host}}', ['1:3+7 undeclared-value ../host']],
  ['{{#if host}}{{../host}}{{/if}}', ['1:15+7 undeclared-value ../host']],
  [
    '{{@index}} {{#with tls}}{{@key}}{{/with}} {{@espalier}}',
    ['1:3+6 undeclared-value @index', '1:27+4 undeclared-value @key', '1:45+9 undeclared-value @espalier'],
  ],
  ['{{#each names}}{{@indx}}{{/each}}', ['1:18+5 undeclared-value @indx -> Did you mean "@index"?']],
  ['{{lookup this host}}', ['1:15+4 unknown-helper lookup']],
  ['{{lookup this "hots"}}', ['1:15+6 undeclared-value this.hots -> Did you mean "host"?']],
  ['{{names}} {{ports}} {{labels}}', ['1:1+9 value-not-scalar names', '1:11+9 value-not-scalar ports', '1:21+10 value-not-scalar labels']],
  [
    '{{upper host}} {{log host}} {{host x=1}}',
    ['1:1+14 unknown-helper upper', '1:16+12 unknown-helper log', '1:29+12 unknown-helper host'],
  ],
  ['{{#iff host}}{{/iff}}', ['1:1+21 unknown-helper #iff -> Did you mean "#if"?']],
  ['{{#host}}{{/host}} {{^host}}{{/host}}', ['1:1+18 unknown-helper #host', '1:20+18 unknown-helper #host']],
  ['{{#if (eq host other)}}{{/if}}', ['1:7+15 unknown-helper eq']],
  ['{{#if host hash=1}}{{/if}} {{#each names ports}}{{/each}}', ['1:1+26 unknown-helper #if', '1:28+30 unknown-helper #each']],
  ['{{> part}} {{* deco}} {{#> layout}}{{/layout}} {{#*inline "x"}}{{/inline}}', expect.objectContaining({ length: 4 })],
  ['{{"host"}} {{1}}', expect.objectContaining({ length: 2 })],
  ['{{{{raw}}}} {{x}} {{{{/raw}}}}', ['1:1+30 unknown-helper #raw']],
])('%s is not', (text, found) => {
  expect(check(text)).toEqual(found);
});

test.each([
  ['a\n{{#if host}}\n{{/each}}', /^2:\d+ if doesn't match each$/],
  ['a: {b: {{host}}}', /^1:1 it is not Handlebars near/],
  ['\n\n{{#if host}}', /^3:1 it ends inside a block or mustache$/],
  [`${'{{#if host}}'.repeat(60)}${'{{/if}}'.repeat(60)}`, /^1:1 blocks nest deeper than 50$/],
])('%s is no template', (text, complaint) => {
  expect(check(text)[0]).toMatch(complaint);
});
