import { expect, test } from 'vitest';
import type { JsonObject } from '../model/json.ts';
import { fillDefaults } from './fill-defaults.ts';

const host = { type: 'string', default: 'localhost' };
const port = { type: 'object', properties: { port: { type: 'integer' }, protocol: { type: 'string', default: 'TCP' } } };

test.each<[string, JsonObject, JsonObject, JsonObject]>([
  ['a default that nobody gave', { properties: { host } }, {}, { host: 'localhost' }],
  ['no default over what was given', { properties: { host } }, { host: 'x' }, { host: 'x' }],
  [
    'false, zero and "" as defaults',
    { properties: { a: { default: false }, b: { default: 0 }, c: { default: '' } } },
    {},
    { a: false, b: 0, c: '' },
  ],
  ['no default back where null took it away', { properties: { host } }, { host: null }, {}],
  ['null gone where the schema says nothing', {}, { a: { b: null, c: 1 } }, { a: { c: 1 } }],
  ['null kept in a list', {}, { a: [null, { b: null }] }, { a: [null, { b: null }] }],
  [
    'nested defaults under what was given',
    { properties: { web: { properties: { host } } } },
    { web: { tls: true } },
    { web: { tls: true, host: 'localhost' } },
  ],
  ['an object from its defaults alone', { properties: { web: { properties: { host } } } }, {}, { web: { host: 'localhost' } }],
  ['no object that would lack what it requires', { properties: { web: { required: ['tls'], properties: { host, tls: {} } } } }, {}, {}],
  ['no object without defaults', { properties: { web: { properties: { tls: {} } } } }, {}, {}],
  [
    'a default object under the given one',
    { properties: { web: { default: { a: 1, b: 2 } } } },
    { web: { b: 3 } },
    { web: { a: 1, b: 3 } },
  ],
  [
    'a default object less what null takes away',
    { properties: { web: { default: { a: 1, b: 2 } } } },
    { web: { b: null } },
    { web: { a: 1 } },
  ],
  ['a default object with its own null', { properties: { web: { default: { a: null } } } }, {}, { web: { a: null } }],
  [
    'a default object with its members’ defaults',
    { properties: { web: { default: {}, properties: { host } } } },
    {},
    { web: { host: 'localhost' } },
  ],
  ['a default list only as a whole', { properties: { hosts: { default: ['a', 'b'] } } }, { hosts: ['c'] }, { hosts: ['c'] }],
  [
    'defaults in the items of a list',
    { properties: { ports: { items: port } } },
    { ports: [{ port: 80 }] },
    { ports: [{ port: 80, protocol: 'TCP' }] },
  ],
  [
    'defaults in a list of fixed items',
    { properties: { pair: { items: [{}, port] } } },
    { pair: [{}, {}] },
    { pair: [{}, { protocol: 'TCP' }] },
  ],
  ['defaults of further members', { additionalProperties: port }, { http: { port: 80 } }, { http: { port: 80, protocol: 'TCP' } }],
  [
    'defaults through a reference',
    { definitions: { port }, properties: { http: { $ref: '#/definitions/port' } } },
    { http: {} },
    { http: { protocol: 'TCP' } },
  ],
  ['defaults through allOf', { allOf: [{ properties: { host } }, { properties: { a: { default: 1 } } }] }, {}, { host: 'localhost', a: 1 }],
  ['nothing from branches that may not hold', { anyOf: [{ properties: { host } }] }, {}, {}],
  [
    'a key named like a part of every object',
    { properties: { constructor: { default: 1 } } },
    {},
    Object.fromEntries([['constructor', 1]]),
  ],
])('fillDefaults() gives %s', (_, schema, given, filled) => {
  expect(fillDefaults(schema, given)).toEqual(filled);
});

test('fillDefaults() ends where a schema refers to itself', () => {
  const node = { type: 'object', default: {}, properties: { name: { default: 'n' }, child: { $ref: '#/definitions/node' } } };
  const schema = { definitions: { node }, properties: { root: { $ref: '#/definitions/node' } } };
  expect(fillDefaults(schema, {})).toEqual({ root: { name: 'n' } });
  expect(fillDefaults(schema, { root: { child: { child: {} } } })).toEqual({
    root: { name: 'n', child: { name: 'n', child: { name: 'n' } } },
  });
  expect(fillDefaults({ $ref: '#', properties: { a: { default: 1 } } }, {})).toEqual({ a: 1 });
});

test('fillDefaults() gives up where references fan out without end', () => {
  const level = (index: number) => ({
    properties: { a: { $ref: `#/definitions/l${index + 1}` }, b: { $ref: `#/definitions/l${index + 1}` } },
  });
  const definitions = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`l${index}`, level(index)]));
  expect(fillDefaults({ definitions: { ...definitions, l40: { default: 1 } }, $ref: '#/definitions/l0' }, {})).toBeUndefined();
});
