import { expect, test } from 'vitest';
import { plainWords } from './plain-words.ts';

test.each([
  [
    `accumulating resources: accumulation err='merging resources from 'service.yaml': may not add resource with an already registered id: Service.v1.[noGrp]/web.[noNs]': must build at directory: 'service.yaml': file is not directory`,
    '"service.yaml": may not add resource with an already registered id: Service "web"',
  ],
  [
    `accumulating resources: accumulation err='accumulating resources from 'web.yaml': missing metadata.name in object {{v1 Service} {{ } map[] map[]}}': must build at directory: 'web.yaml': file is not directory`,
    '"web.yaml": missing metadata.name in a Service',
  ],
  [
    `accumulating resources: accumulation err='accumulating resources from 'web.yaml': missing kind in object {{v1 } {{web } map[] map[]}}': must build at directory: 'web.yaml': file is not directory`,
    '"web.yaml": missing kind in an object named "web"',
  ],
  [
    'no resource matches strategic merge patch "Deployment.v1.apps/web.shop": no matches for Id Deployment.v1.apps/web.shop; failed to find unique target for patch Deployment.v1.apps/web.shop',
    'no resource matches strategic merge patch Deployment "web": no matches for Id Deployment "web"; failed to find unique target for patch Deployment "web"',
  ],
  ['nothing selected by Service.[noVer].[noGrp]/nope.[noNs]', 'nothing selected by Service "nope"'],
  [
    'invalid Kustomization: json: cannot unmarshal array into Go struct field Kustomization.namePrefix of type string',
    'field "namePrefix" of the kustomization must be a text, not a list',
  ],
  [
    'invalid Kustomization: json: cannot unmarshal object into Go struct field Kustomization.images of type []types.Image',
    'field "images" of the kustomization must be a list, not a mapping',
  ],
  [
    'invalid Kustomization: yaml: line 3: did not find expected node content',
    'invalid Kustomization: yaml: line 3: did not find expected node content',
  ],
])('%s in plain words', (message, expected) => {
  expect(plainWords(message)).toBe(expected);
});

test('a long complaint is read soon', () => {
  for (const part of ["accumulating resources from 'a': ", "accumulation err='", 'A.v1.', 'a '.repeat(10), "merging resources from '"]) {
    const started = performance.now();
    plainWords(part.repeat(20_000));
    expect(performance.now() - started).toBeLessThan(1000);
  }
});
