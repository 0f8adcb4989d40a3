import * as z from 'zod/mini';
import type { ReleaseRecord } from '../record.ts';
import { Text } from '../schema.ts';

/** What a person orders. */
export const Command = z.strictObject({
  releaseId: Text,
  command: z.enum(['abort', 'hold', 'resume', 'promote']),
  by: Text.check(z.maxLength(256)),
  reason: z._default(z.string().check(z.maxLength(1024)), ''),
});
export type Command = z.infer<typeof Command>;

/** Why an order cannot be followed now; undefined when it can. */
export const commandProblem = (
  record: ReleaseRecord | undefined,
  { command, releaseId }: Command,
): string | undefined => {
  if (!record) return `there is no release ${releaseId}`;
  if (record.end) return `release ${releaseId} has ended: ${record.end}`;
  if (record.decision === 'rollback')
    return 'the release goes back already; a way back is never stopped';
  if (command === 'promote' && record.phase !== 'Holding') {
    return `the release is ${record.phase}; it can be promoted early only while Holding, when all traffic is on green`;
  }
  if (record.decision === 'promote' && command !== 'abort')
    return 'the release is promoted already';
  return undefined;
};

/** The order in words. */
export const orderText = ({ command, by, reason }: Command): string =>
  `${by} ordered ${command}${reason ? `: ${reason}` : ''}`;

/** The record with the order in it. */
export const ordered = (record: ReleaseRecord, command: Command): ReleaseRecord => {
  const { by, reason } = command;
  const commands = {
    ...record.commands,
    orders: [...record.commands.orders, orderText(command)],
  };
  if (command.command === 'hold') return { ...record, commands: { ...commands, hold: true } };
  if (command.command === 'resume') return { ...record, commands: { ...commands, hold: false } };
  return { ...record, commands: { ...commands, [command.command]: { by, reason } } };
};
