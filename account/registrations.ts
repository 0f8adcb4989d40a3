/** Reads which pairs an account has, and what they are, as the caller may. */
import { paginateGetParametersByPath, SSMClient } from '@aws-sdk/client-ssm';
import {
  type FoundRegistration,
  pairPath,
  parseRegistration,
  type Registration,
} from '../core/drivers/registration.ts';
import type { Account } from './account.ts';

/** What reads the registrations of an account. */
export interface Registrations {
  /** Names of all pairs, in order. */
  names(): Promise<readonly string[]>;
  find(pair: string): Promise<FoundRegistration>;
  /** All pairs that are registered soundly, in the order of their names. */
  all(): Promise<readonly Registration[]>;
}

/** Opens the registrations of an account. */
export const registrationsOf = (account: Account): Registrations => {
  const client = account.client(SSMClient);

  const below = async (path: string): Promise<ReadonlyMap<string, string>> => {
    const values = new Map<string, string>();
    const input = { Path: path, Recursive: true };
    for await (const { Parameters = [] } of paginateGetParametersByPath({ client }, input))
      for (const { Name = '', Value = '' } of Parameters) values.set(Name, Value);
    return values;
  };

  const named = (parameters: ReadonlyMap<string, string>): readonly string[] =>
    [...new Set([...parameters.keys()].flatMap((name) => name.split('/')[2] ?? []))].toSorted();

  return {
    names: async () => named(await below('/tandem/')),
    find: async (pair) => parseRegistration(pair, await below(pairPath(pair))),
    all: async () => {
      const parameters = await below('/tandem/');
      return named(parameters).flatMap((pair) => {
        const own = [...parameters].filter(([name]) => name.startsWith(pairPath(pair)));
        const found = parseRegistration(pair, new Map(own));
        return 'registration' in found ? [found.registration] : [];
      });
    },
  };
};
