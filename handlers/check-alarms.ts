import { asItWas, mayHaveBeenRed } from '../core/checks/alarm-past.ts';
import { type AlarmReading, checkAlarms, dataOf } from '../core/checks/alarms.ts';
import { tellsOfGreen } from '../core/checks/green.ts';
import { errorText } from '../core/errors.ts';
import { reason } from '../core/reason.ts';
import { CheckAlarms } from '../core/steps/check-alarms.ts';
import { inconclusive, pass, type Verdict } from '../core/verdict.ts';
import { vote } from '../core/vote.ts';
import { isPassing } from './passing.ts';
import { readAlarms, readSteps } from './reading/alarms.ts';
import { step } from './step.ts';
import { readRelease } from './table/releases.ts';

/** That the alarms cannot be read now says nothing of them; a refusal is a failure. */
const unread = (error: unknown): Verdict => {
  if (!isPassing(error)) throw error;
  return inconclusive(reason('not-read', `The alarms could not be read: ${errorText(error)}`));
};

/** Reads the alarms, and of those that have changed since the last look, whether they were red in between. */
const read = async (names: readonly string[], seen: string | undefined) =>
  Promise.all(
    (await readAlarms(names)).map(
      async (alarm): Promise<AlarmReading> =>
        mayHaveBeenRed(alarm, seen)
          ? asItWas(alarm, await readSteps(alarm.name, seen!), seen!)
          : alarm,
    ),
  );

/** What the alarms of the pair say now, and what they said since the last look: users of a half that is left alone meet the half that moves. */
export const handler = step(CheckAlarms, async ({ pair, release, now }) => {
  const record = await readRelease(pair, release);
  // After the guard a red alarm is a new incident, not this release's.
  if (record.times.guardEnded) return vote('alarms', pass);
  const alarms = await read(record.alarms, record.alarmsSeen).catch(unread);
  if ('verdict' in alarms) return vote('alarms', alarms);
  const about = { targets: Object.values(record.targets), tellsOfGreen: tellsOfGreen(record) };
  return {
    ...vote('alarms', checkAlarms(record.alarms, alarms, 'under-way', about)),
    at: now,
    // Before users meet green there is nothing that an alarm could have data of.
    ...(record.times.shifted ? { data: dataOf(alarms, about.tellsOfGreen) } : {}),
  };
});
