/** `tandem pairs`: the pairs that an account has. */

import { Command } from 'commander';
import type { Registration } from '../../core/drivers/registration.ts';
import { inColumns } from '../columns.ts';
import { JSON_ONLY } from '../option-texts.ts';

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
const pairLines = (all: readonly Registration[]): readonly string[] =>
  inColumns([HEAD, ...all.map(rowOf)]);

/** Prints the pairs of the account. */
const pairs = async ({ json }: { readonly json?: boolean }): Promise<void> => {
  const { openNamedAccount } = await import('../named-account.ts');
  const { registrationsOf } = await import('../../account/registrations.ts');
  const account = await openNamedAccount();
  const all = await registrationsOf(account).all();
  const lines = json
    ? [JSON.stringify(all, null, 2)]
    : all.length === 0
      ? [`There is no pair in ${account.place}.`]
      : pairLines(all);
  for (const line of lines) process.stdout.write(`${line}\n`);
};

/** `tandem pairs`. */
export const pairsVerb = () =>
  new Command('pairs')
    .description('lists the pairs of the account')
    .option('--json', JSON_ONLY)
    .action(pairs);
