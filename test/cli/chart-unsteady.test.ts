import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createFleet } from './espalier.ts';

/** A program that answers as helm does; each rendering names itself. */
const HELM = `#!/bin/sh
case "$1" in
version) echo v3.16.0 ;;
pull) while [ "$1" != --destination ]; do shift; done; cp "$CHART" "$2/web.tgz" ;;
template)
  run=$(date +%N)$$
  printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: web}\\ndata: {seed: "%s"}\\n---\\n' "$([ "$WHERE" = object ] && echo $run)"
  printf 'apiVersion: v1\\nkind: ConfigMap\\nmetadata: {name: hook, annotations: {helm.sh/hook: test}}\\ndata: {seed: "%s"}\\n' $run ;;
esac
`;

test.each([
  ['object', true],
  ['hook', false],
])('a chart that draws at random (%s) is told of: %s', async (where, isTold) => {
  const fleet = createFleet();
  mkdirSync(join(fleet.root, 'web'));
  writeFileSync(join(fleet.root, 'web/Chart.yaml'), 'apiVersion: v2\nname: web\nversion: 1.2.3\n');
  execFileSync('tar', ['-czf', 'web.tgz', 'web'], { cwd: fleet.root });
  const helm = join(fleet.root, 'helm');
  writeFileSync(helm, HELM.replace('$CHART', join(fleet.root, 'web.tgz')).replace('$WHERE', where));
  chmodSync(helm, 0o755);
  const args = ['chart', 'vendor', 'https://charts.example.net', 'web', '--version', '1.2.3', '--into', 'shop', '--helm', helm];
  const { exitCode, stdout, stderr } = await fleet.run(...args);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout.includes('renders something else each time')).toBe(isTold);
  fleet.remove();
});
