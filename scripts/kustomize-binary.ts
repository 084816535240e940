/** Prints, as its last line, the path of a kustomize binary for tests to compare the engine with; builds it where Go is present. Nothing: there is none. */
import { buildRig, findProgram } from '../test/e2e/rig.ts';

if ((await findProgram('kustomize')) === undefined && (await findProgram('go')) !== undefined) await buildRig(['kustomize']);
const path = await findProgram('kustomize');
if (path === undefined) console.error('No kustomize binary and no Go to build one: tests run with the built-in engine only');
console.log(path ?? '');
