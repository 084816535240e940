import { expect, test } from 'vitest';
import type { Json } from '../model/json.ts';
import { KINDS, SCHEMA_FILES } from './kinds.ts';
import { schemaErrors } from './schema-errors.ts';
import { schemas } from './schemas.generated.ts';

const files = [...new Set([...KINDS.map((kind) => SCHEMA_FILES[kind]), SCHEMA_FILES.Template])];

test.each(files)('%s has an example, and takes it', (file) => {
  const examples = schemas[file]?.['examples'] as readonly Json[] | undefined;
  expect(examples?.length).toBeGreaterThan(0);
  for (const example of examples ?? []) expect(schemaErrors(file, example)).toEqual([]);
});

test.each(files)('%s takes no example with a field more', (file) => {
  const [example] = schemas[file]?.['examples'] as readonly { readonly [key: string]: Json }[];
  expect(schemaErrors(file, { ...example, surplus: 1 })).toHaveLength(1);
});
