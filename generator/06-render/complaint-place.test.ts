import { expect, test } from 'vitest';
import { repoPath } from '../lib/path.ts';
import { placeOfComplaint } from './complaint-place.ts';

const text = `kind: ConfigMap
metadata:
  name: web
---
apiVersion: v1
kind: Service
metadata:
  name: "web"
  labels: {app: web}
---
kind: Job
metadata: {name: web-1, namespace: x}
`;
const files = [
  { path: repoPath('templates/apps/web/a.yaml'), text: 'kind: Secret\n' },
  { path: repoPath('templates/apps/web/b.yaml'), text },
];

test.each([
  ['may not add resource with an already registered id: Service "web"', [8, 10, 3]],
  ['no matches for Id in a ConfigMap named "web"', [3, 9, 3]],
  ['something about Job "web-1"', [12, 18, 5]],
])('placeOfComplaint() finds what %s speaks of', (reason, [line, column, length]) => {
  expect(placeOfComplaint(reason, files)).toEqual({ file: 'templates/apps/web/b.yaml', line, column, length });
});

test.each(['Service "other"', 'Deployment "web"', 'no object is named'])('placeOfComplaint() guesses nothing for %s', (reason) => {
  expect(placeOfComplaint(reason, files)).toBeUndefined();
});
