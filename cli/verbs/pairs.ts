/** `tandem pairs`: the pairs that an account has. */

import { openAccount } from '../../account/account.ts';
import { registrationsOf } from '../../account/registrations.ts';
import type { Registration } from '../../core/release/registration.ts';
import { inColumns } from '../columns.ts';

const HEAD = ['PAIR', 'TARGETS', 'JOIN', 'APPROVAL'];

const KINDS = { ecs: 'ECS service', lambda: 'function' } as const;

const rowOf = ({ pair, targets, join, policy }: Registration): readonly string[] => [
  pair,
  Object.values(targets)
    .map(({ name, kind }) => `${name} (${KINDS[kind]})`)
    .join(', '),
  join,
  policy.approval,
];

/** Lines of a table of pairs, in columns. */
export const pairLines = (all: readonly Registration[]): readonly string[] =>
  inColumns([HEAD, ...all.map(rowOf)]);

/** Prints the pairs of the account. */
export const pairs = async ({ json }: { readonly json?: boolean }): Promise<void> => {
  const account = await openAccount();
  const all = await registrationsOf(account).all();
  const lines = json
    ? [JSON.stringify(all, null, 2)]
    : all.length === 0
      ? [`There is no pair in ${account.place}.`]
      : pairLines(all);
  for (const line of lines) process.stdout.write(`${line}\n`);
};
