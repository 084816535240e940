import { InvalidArgumentError, Option } from 'commander';
import type { GivenCheckout } from '../../model/checkout.ts';

/** `--checkout <provider>/<name>=<folder>`, which may be repeated. */
export function checkoutOption(): Option {
  const description = "where a sync object's repository (provider/name) is checked out that other trees are written to, may be repeated";
  return new Option('--checkout <name=folder>', description).argParser(toCheckouts);
}

function toCheckouts(text: string, before: readonly GivenCheckout[] = []): readonly GivenCheckout[] {
  const [, name, folder] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (name === undefined || folder === undefined) throw new InvalidArgumentError('It is not of the form <provider>/<name>=<folder>.');
  return [...before, { name, folder }];
}
