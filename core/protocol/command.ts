import * as z from 'zod/mini';
import { isFinal } from '../deployments/final.ts';
import { APPROVALS_TOPIC } from '../names.ts';
import type { ReleaseRecord } from '../record/record.ts';
import { ORDERS } from '../record/waiting.ts';
import { type Reason, reason } from '../release/reason.ts';
import { Person } from '../text/filled.ts';
import { oneLine } from '../text/one-line.ts';
import { Text } from '../text/schema.ts';

/** What a person orders. */
export const Command = z.strictObject({
  releaseId: Text.check(z.describe('Id of the release.')),
  command: z.enum(ORDERS).check(z.describe('What the release shall do.')),
  by: Person.check(z.describe('Who orders it.')),
  reason: z
    ._default(z.string().check(z.maxLength(1024)), '')
    .check(z.describe('Why; people read it in the ledger.')),
});
export type Command = z.infer<typeof Command>;

const EXAMPLE = '{"releaseId":"<release>","command":"abort","by":"<you>","reason":"<why>"}';

/** Characters of what a person wrote that an answer repeats. */
const REPEATED = 200;

const short = (text: string): string => oneLine(text, REPEATED);

/** What is wrong with one member of an order, in words; `message` is the schema's. */
const memberProblem = (member: string, given: unknown, message: string): string => {
  if (given === undefined || given === '')
    return `${member} is missing; a command looks like ${EXAMPLE}`;
  if (member !== 'command') return `${member}: ${message}; a command looks like ${EXAMPLE}`;
  return given === 'approve' || given === 'reject'
    ? `${given} is no command of this function: approvers answer on the topic ${APPROVALS_TOPIC}, as npx tandem ${given} does`
    : `${short(JSON.stringify(given))} is no command; there are ${ORDERS.join(', ')}`;
};

/** Reads an order as a person wrote it; what is wrong with it is said in one sentence for that person. */
export const readCommand = (
  written: unknown,
): { readonly command: Command } | { readonly problem: string } => {
  const read = Command.safeParse(written);
  if (read.success) return { command: read.data };
  const [issue] = read.error.issues;
  if (issue?.code === 'unrecognized_keys')
    return {
      problem: `a command has no ${short(issue.keys.join(', '))}; it looks like ${EXAMPLE}`,
    };
  const member = issue?.path[0];
  if (member === undefined) return { problem: `a command looks like ${EXAMPLE}` };
  const given = (written as Readonly<Record<PropertyKey, unknown>>)[member];
  return { problem: memberProblem(String(member), given, issue?.message ?? '') };
};

/** Why an order changes nothing that was ordered before; undefined when it does. */
const givenAlready = (
  { commands }: ReleaseRecord,
  command: Command['command'],
): string | undefined => {
  if (command === 'hold') return commands.hold ? 'the release is held already' : undefined;
  if (command === 'resume')
    return commands.hold ? undefined : 'nothing holds the release: it continues by itself';
  const before = commands[command];
  return before && `${before.by} gave ${command} already`;
};

/** Why an order cannot be followed now; undefined when it can. */
export const commandProblem = (
  record: ReleaseRecord | undefined,
  { command, releaseId }: Command,
): string | undefined => {
  if (!record) return `there is no release ${releaseId}`;
  if (record.end) return `release ${releaseId} has ended: ${record.end}`;
  if (record.decision === 'rollback')
    return 'the release is rolling back already, and a rollback is never stopped';
  if (command === 'promote' && record.phase !== 'Holding') {
    return `the release is ${record.phase}; it can be promoted early only while Holding, when all traffic is on green`;
  }
  if (record.decision === 'promote' && (command !== 'abort' || isFinal(record)))
    return 'the release is promoted already';
  return givenAlready(record, command);
};

/** The data of a command's fact. */
export const orderOf = ({ command, by, reason: why }: Command) => ({ command, by, reason: why });

/** The reason of a release that a person ends. */
export const abortReason = ({ by, reason: why }: { by: string; reason: string }): Reason =>
  reason('aborted', `${by} aborted the release${why ? `: ${why}` : ''}`);

/** The record with the order in it. */
export const ordered = (record: ReleaseRecord, command: Command): ReleaseRecord => {
  const { by, reason: why } = command;
  const { commands } = record;
  if (command.command === 'hold') return { ...record, commands: { ...commands, hold: true } };
  if (command.command === 'resume') return { ...record, commands: { ...commands, hold: false } };
  return { ...record, commands: { ...commands, [command.command]: { by, reason: why } } };
};
