import type { Clock } from '../clock/clock.ts';
import type { Answer } from '../http.ts';

/** Dates every response with service time: a client has no other way to know what time it is in the sandbox. */
export const dated =
  (answer: Answer, clock: Pick<Clock, 'now'>): Answer =>
  async (request) => {
    const response = await answer(request);
    return {
      ...response,
      headers: { ...response.headers, date: new Date(clock.now()).toUTCString() },
    };
  };
