import { expect, it } from 'vitest';
import { withArtefact, zipOf } from '../../rehearsal/stage/artefacts.ts';
import { openStage, REPOSITORY } from '../../rehearsal/stage/stage.ts';
import { ASSEMBLY } from '../../rehearsal/stage/synthesis.ts';
import { functions } from './functions.ts';

const REGIONS = ['us-east-1', 'eu-west-1'];

it('the same stacks stand in two Regions side by side, and each releases its own pair only', async () => {
  const stage = await openStage({ setting: { kind: 'simulation', functions } });
  const { sandbox } = stage;
  const there = sandbox.in('eu-west-1');

  try {
    await there.deploy(ASSEMBLY, { stacks: ['tandem-network', 'tandem-registry', 'tandem'] });
    await withArtefact('web-app', '1.0.0', (folder) => there.push(REPOSITORY, '1.0.0', folder));
    await there.deploy(ASSEMBLY);
    const ZipFile = await withArtefact('api-function', '2.0.0', zipOf);
    await there.call('lambda', 'UpdateFunctionCode', { FunctionName: 'storefront-api', ZipFile });
    const { executionArn } = await there.call('states', 'StartExecution', {
      stateMachineArn: `arn:aws:states:eu-west-1:${sandbox.account}:stateMachine:tandem-release`,
      input: JSON.stringify({
        pair: 'storefront',
        targets: { api: { version: 'latest' } },
        requestedBy: 'ada',
      }),
    });
    const ended = await stage.until('the end of the release', async () => {
      const found = await there.call('states', 'DescribeExecution', { executionArn });
      return found.status === 'RUNNING' ? undefined : found;
    });

    expect(JSON.parse(ended.output)).toMatchObject({ end: 'Promoted' });
    const live = REGIONS.map(async (region) => {
      const alias = { FunctionName: 'storefront-api', Name: 'live' };
      return (await sandbox.in(region).call('lambda', 'GetAlias', alias)).FunctionVersion;
    });
    expect(await Promise.all(live)).toEqual(['1', '2']);
  } finally {
    await stage.close();
  }
});
