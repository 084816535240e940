/** Kinds of Kubernetes whose removal may lose data, by the form that they have in file names. */
const KINDS: Readonly<Record<string, string>> = { statefulset: 'StatefulSet', persistentvolumeclaim: 'PersistentVolumeClaim' };

/** What a generated file holds that may keep data, such as `StatefulSet "db"`, read from the file's name; `undefined`: nothing of that kind. */
export function statefulObject(file: string): string | undefined {
  const [, name, kind = ''] = /^(.+)-(statefulset|persistentvolumeclaim)(?:\.[a-z0-9-]+)?\.yaml$/.exec(file) ?? [];
  const word = KINDS[kind];
  return name === undefined || word === undefined ? undefined : `${word} "${name}"`;
}
