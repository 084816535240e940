import { expect, test } from 'vitest';
import type { Json, JsonPath } from '../model/json.ts';
import { fromPointer, showPath, valueAt } from './json-path.ts';

const value: Json = { ports: [{ 'a/b~c': 1 }], '0': 'zero' };

test.each<[JsonPath, Json | undefined]>([
  [[], value],
  [['ports', 0, 'a/b~c'], 1],
  [['0'], 'zero'],
  [['ports', 1], undefined],
  [['ports', 'length'], undefined],
  [['constructor'], undefined],
  [['0', 'length'], undefined],
])('valueAt() of %j', (path, found) => {
  expect(valueAt(value, path)).toEqual(found);
});

test.each<[string, JsonPath, string]>([
  ['', [], ''],
  ['/ports/0/a~1b~0c', ['ports', 0, 'a/b~c'], 'ports[0].a/b~c'],
  ['/0', ['0'], '0'],
  ['/nowhere/0', ['nowhere', '0'], 'nowhere.0'],
])('the pointer %j leads to %j and reads "%s"', (pointer, path, text) => {
  expect(fromPointer(pointer, value)).toEqual(path);
  expect(showPath(path)).toBe(text);
});
