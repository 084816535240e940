import type { BootstrapStep, ExpectedObject } from '../../model/bootstrap.ts';
import type { Command } from './shell-text.ts';

type Parts = Pick<BootstrapStep, 'title'> & Partial<BootstrapStep>;

/** A step that Espalier may run, in the cluster's folder. */
export function step({ folder = 'cluster', reads = [], makes = [], isByHand = false, ...rest }: Parts): BootstrapStep {
  return { folder, reads, makes, isByHand, ...rest };
}

/** A Secret that a person makes. Only its name is known here, and it is looked at by name alone. */
export function secretStep(
  title: string,
  { namespace, name, ...rest }: { readonly namespace: string; readonly name: string; readonly note: string } & Partial<BootstrapStep>,
): BootstrapStep {
  return step({ title, isByHand: true, makes: [there('secrets', { namespace, name })], ...rest });
}

/** An object that only has to be there. */
export function there(resource: string, { namespace, name }: { readonly namespace?: string; readonly name: string }): ExpectedObject {
  return { resource, ...(namespace !== undefined && { namespace }), name, fields: {} };
}

export function wordsOf({ words, options }: Command): readonly string[] {
  return [...words, ...options.flat()];
}
