/** Reads the fleet in the folder given and places it, no more: for the figure of placement alone. */
import { load } from '../../generator/01-load/load.ts';
import { validate } from '../../generator/02-validate/validate.ts';
import { place } from '../../generator/04-place/place.ts';
import { begin } from '../../generator/io/phases.ts';
import { readInput } from '../../generator/io/read-input.ts';

const [root = '.'] = process.argv.slice(2);
begin('read');
const files = (await readInput(root)).value;
begin('load');
const loaded = load(files).value;
begin('validate');
const intents = validate(loaded).value;
begin('place');
const placements = place(intents).value;
begin('report');
const chosen = placements.reduce((sum, { clusters }) => sum + clusters.length, 0);
if (chosen === 0) throw new Error('nothing was placed');
console.log(`${placements.length} apps on ${intents.clusters.length} clusters: ${chosen} instances`);
