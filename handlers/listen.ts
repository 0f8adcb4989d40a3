import { Listen } from '../core/steps/listen.ts';
import { complete } from './signal.ts';
import { step } from './step.ts';
import { changeRelease } from './table/releases.ts';

/** Stores the token of the state that waits, unless a signal came since the last observation: then it goes on at once. */
export const handler = step(Listen, async ({ pair, release, token, signals }) => {
  const record = await changeRelease(pair, release, (current) =>
    current.signals === signals ? { ...current, listener: token } : current,
  );
  const listening = record.listener === token;
  if (!listening) await complete(token, { signals: record.signals });
  return { listening };
});
