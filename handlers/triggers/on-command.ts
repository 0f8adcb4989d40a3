import * as z from 'zod/mini';
import { commandProblem, ordered, orderText, readCommand } from '../../core/events/command.ts';
import { pairOf } from '../executions.ts';
import { signal } from '../signal.ts';
import { findRelease } from '../table/releases.ts';
import { trigger } from './trigger.ts';

const refused = (text: string | undefined) => ({ accepted: false, text });

/** An order of a person who may invoke this function: abort, hold, resume or promote. It says whether it was taken. */
export const handler = trigger(z.unknown(), async (event) => {
  const read = readCommand(event);
  if ('problem' in read) return refused(read.problem);
  const { command } = read;
  const pair = await pairOf(command.releaseId);
  const record = pair ? await findRelease(pair, command.releaseId) : undefined;
  let problem = commandProblem(record, command);
  if (problem || !record) return refused(problem);
  // Somebody else's order may have come first: what counts is the record that is written.
  await signal(record, (current) => {
    problem = commandProblem(current, command);
    return problem ? current : ordered(current, command);
  });
  return problem ? refused(problem) : { accepted: true, text: orderText(command) };
});
