/** What kustomize puts around a resource's complaint, because it then also tries to read the file as a folder. */
const WRAP_START = "accumulating resources: accumulation err='";
const WRAP_END = "': must build at directory: ";
const STEP = /^(?:accumulating|merging) resources from '([^']{1,200})': /;
const OBJECT_DUMP = / in object \{\{(\S{0,100}) (\S{0,100})\} \{\{?(\S{0,260}) .*$/;
const ID = /\b([A-Z]\w{0,80})\.(?:\[noVer\]|v\w{1,20})\.(?:\[noGrp\]|[\w.-]{1,260})\/([\w.-]{1,260})\.(?:\[noNs\]|[\w-]{1,63})/g;
const WRONG_TYPE = /^invalid Kustomization: json: cannot unmarshal (\w+) into Go struct field Kustomization\.(\S+) of type (\S+)$/;

/** A complaint of kustomize without the steps that led to it, and without Go's way of writing objects and types. */
export function plainWords(message: string): string {
  return unwrap(message.slice(0, LONGEST))
    .replace(STEP, '"$1": ')
    .replace(
      OBJECT_DUMP,
      (_, __, kind: string, name: string) => ` in ${kind === '' ? 'an object' : `a ${kind}`}${name === '' ? '' : ` named "${name}"`}`,
    )
    .replace(ID, '$1 "$2"')
    .replace(/"([A-Z]\w{0,80} "[\w.-]{1,260}")"/g, '$1')
    .replace(
      WRONG_TYPE,
      (_, found: string, field: string, wanted: string) =>
        `field "${field}" of the kustomization must be ${typeOf(wanted)}, not ${nameOf(found)}`,
    );
}

const LONGEST = 2000;

function unwrap(message: string): string {
  const end = message.lastIndexOf(WRAP_END);
  return message.startsWith(WRAP_START) && end > 0 ? message.slice(WRAP_START.length, end) : message;
}

function nameOf(found: string): string {
  const names: Readonly<Record<string, string>> = {
    array: 'a list',
    object: 'a mapping',
    string: 'a text',
    number: 'a number',
    bool: 'true or false',
  };
  return Object.hasOwn(names, found) ? (names[found] ?? found) : found;
}

function typeOf(wanted: string): string {
  if (wanted.startsWith('[]')) return 'a list';
  if (wanted === 'string') return 'a text';
  if (wanted === 'bool') return 'true or false';
  return /^u?int/.test(wanted) ? 'a number' : 'a mapping';
}
