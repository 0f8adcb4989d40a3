/** The orchestrator with its topics under a key, as the sandbox deploys it. */
import { expect, it } from 'vitest';
import { tandemApp } from '../../infra/app.ts';
import { Environment } from '../../infra/environment.ts';
import { openSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import { standIns } from '../infra/synthesized.ts';

/** What people are told when an alarm of Tandem goes red. */
const toldOfAlarm = async (sandbox: Sandbox): Promise<readonly string[]> => {
  const { clock, region, account } = sandbox;
  await sandbox.call('cloudwatch', 'SetAlarmState', {
    AlarmName: 'tandem-throttled',
    StateValue: 'ALARM',
    StateReason: 'does it arrive?',
  });
  await clock.until(clock.sleep(60_000));
  return sandbox
    .messages(`arn:aws:sns:${region}:${account}:tandem-notifications`)
    .map(({ message }) => JSON.parse(message).NewStateReason);
};

it('an alarm reaches people through a topic under the key that the stack makes', async () => {
  const { outdir, ...folders } = standIns();
  const environment = Environment.parse({ topicMasterKey: 'create' });
  tandemApp({ ...folders, outdir, environment }).synth();
  const sandbox = await openSandbox({
    setting: {
      kind: 'simulation',
      model: () => () => Promise.reject(new Error('nothing is asked')),
    },
  });

  try {
    await sandbox.deploy(outdir, { stacks: ['tandem-network', 'tandem'] });

    expect(await toldOfAlarm(sandbox)).toEqual(['does it arrive?']);
  } finally {
    await sandbox.close();
  }
});
