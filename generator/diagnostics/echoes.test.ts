import { expect, test } from 'vitest';
import type { Diagnostic } from '../model/diagnostic.ts';
import { withoutEchoes } from './echoes.ts';

function finding(code: string, what: string, { name = 'shop', app }: { readonly name?: string; readonly app?: string } = {}): Diagnostic {
  const context = { kind: 'DeploymentIntent', namespace: 'retail', name } as const;
  return { code, severity: 'error', message: `Cannot: "x" looks like ${what}`, reach: { kind: 'context', context, ...(app && { app }) } };
}

const rendered = finding('secret-data', 'a GitHub token', { app: 'web' });

test.each([
  ['where the app has it in its values', finding('literal-secret', 'a GitHub token', { app: 'web' }), 1],
  ['where its deployment has it', finding('literal-secret', 'a GitHub token'), 1],
  ['but not where it looks like something else', finding('literal-secret', 'an npm token', { app: 'web' }), 2],
  ['but not where another app has one', finding('literal-secret', 'a GitHub token', { app: 'api' }), 2],
  ['but not where another deployment has one', finding('literal-secret', 'a GitHub token', { name: 'desk' }), 2],
])('withoutEchoes() leaves a rendered credential out %s', (_where, written, count) => {
  expect(withoutEchoes([rendered, written])).toHaveLength(count);
});
