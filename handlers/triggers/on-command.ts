import * as z from 'zod/mini';
import { orderText } from '../../core/facts/sentences.ts';
import { commandProblem, ordered, orderOf, readCommand } from '../../core/protocol/command.ts';
import type { ReleaseRecord } from '../../core/record/record.ts';
import { calledAt } from '../function/called-at.ts';
import { logger } from '../function/log.ts';
import { pairOf } from '../releases/executions.ts';
import { complete, signal } from '../releases/signal.ts';
import { findRelease } from '../table/releases.ts';
import { readTurn } from '../table/turns.ts';
import { trigger } from './trigger.ts';

const refused = (text: string | undefined) => ({ accepted: false, text });

/** A release that waits for its turn is told not to; should the word be lost, it asks again within minutes. */
const leaveQueue = async ({ pair, release }: ReleaseRecord): Promise<void> => {
  try {
    const { waiting } = await readTurn(pair);
    if (waiting?.release === release) await complete(waiting.token, { turn: 'aborted' });
  } catch (error) {
    // The order is taken all the same.
    logger.warn('nobody was told to leave the queue', error as Error);
  }
};

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
  await signal(
    record,
    (current) => {
      problem = commandProblem(current, command);
      return problem ? current : ordered(current, command);
    },
    {
      at: calledAt(),
      by: { person: command.by },
      fact: () =>
        problem
          ? { kind: 'woken', data: { by: `an order that was refused: ${problem}` } }
          : { kind: 'ordered', data: orderOf(command) },
    },
  );
  if (problem) return refused(problem);
  if (command.command === 'abort') await leaveQueue(record);
  return { accepted: true, text: orderText(orderOf(command)) };
});
