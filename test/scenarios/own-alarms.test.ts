/** The orchestrator's own alarms, driven by what they are for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { playOn } from '../../rehearsal/scenario/play.ts';
import { Scenario } from '../../rehearsal/scenario/scenario.ts';
import { openStage, type Stage } from '../../rehearsal/stage/stage.ts';
import { functions } from './functions.ts';

const samples = join(import.meta.dirname, '../../samples/scenarios');

const stepsOf = (name: string) =>
  Scenario.parse(JSON.parse(readFileSync(join(samples, `${name}.json`), 'utf8'))).steps;

/** Plays a bad day, and gives the alarm that tells people, with what they were told. */
const alarmAfter = async (scenario: string, alarm: string) => {
  const stage = await openStage({ setting: { kind: 'simulation', functions } });
  const { sandbox } = stage;
  const { play, state } = playOn(stage);
  const stateOf = async ({ sandbox: { call } }: Stage): Promise<string> => {
    const { MetricAlarms } = await call('cloudwatch', 'DescribeAlarms', { AlarmNames: [alarm] });
    return MetricAlarms[0].StateValue;
  };
  try {
    const before = await stateOf(stage);
    await play([...stepsOf(scenario), { ended: 'first' }, { minutes: 11 }]);
    const told = sandbox
      .messages(`arn:aws:sns:${sandbox.region}:${sandbox.account}:tandem-notifications`)
      .filter(({ message }) => message.includes(alarm));
    return {
      before,
      told: told.length,
      red: told.some(({ message }) => message.includes('"ALARM"')),
    };
  } finally {
    await state.stop();
    await stage.close();
  }
};

it.each([
  ['way-back-of-api-fails-three-times', 'tandem-needs-attention'],
  ['denied-close-release', 'tandem-unexpected-failures'],
])('%s: %s tells people', async (scenario, alarm) => {
  const { before, told, red } = await alarmAfter(scenario, alarm);

  expect(before).not.toBe('ALARM');
  expect(red).toBe(true);
  // Once it is red, and once it is over at the most.
  expect(told).toBeLessThanOrEqual(2);
});
