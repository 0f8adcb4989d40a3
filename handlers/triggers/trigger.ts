import middy from '@middy/core';
import type * as z from 'zod/mini';
import { parsed } from '../../core/text/parsed.ts';
import { logInvocation } from '../function/log.ts';
import { answerVisits } from '../function/visit.ts';

/** A function that an event starts: the event is parsed, and one that does not follow its schema is refused. */
export const trigger = <Schema extends z.ZodMiniType>(
  schema: Schema,
  run: (event: z.output<Schema>) => Promise<unknown>,
) =>
  middy<unknown, unknown>()
    .use(logInvocation)
    .use(answerVisits())
    .handler(async (event: unknown) => run(parsed(schema, event, 'event')));
