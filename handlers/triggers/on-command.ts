import { Command, commandProblem, ordered, orderText } from '../../core/events/command.ts';
import { pairOf } from '../executions.ts';
import { signal } from '../signal.ts';
import { findRelease } from '../table/releases.ts';
import { trigger } from './trigger.ts';

/** An order of a person who may invoke this function: abort, hold, resume or promote. It says whether it was taken. */
export const handler = trigger(Command, async (command) => {
  const pair = await pairOf(command.releaseId);
  const record = pair ? await findRelease(pair, command.releaseId) : undefined;
  const problem = commandProblem(record, command);
  if (problem || !record) return { accepted: false, text: problem };
  await signal(record, (current) =>
    commandProblem(current, command) ? current : ordered(current, command),
  );
  return { accepted: true, text: orderText(command) };
});
