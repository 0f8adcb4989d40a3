import { Listen } from '../../core/steps/listen.ts';
import { step } from '../function/step.ts';
import { complete } from '../releases/signal.ts';
import { leaveToken } from '../table/releases.ts';

/** Stores the token of the state that waits, unless a signal came since the last observation: then it goes on at once. */
export const handler = step(Listen, async ({ pair, release, token, signals }) => {
  const listening = await leaveToken(pair, release, token, signals);
  if (!listening) await complete(token, {});
  return { listening };
});
