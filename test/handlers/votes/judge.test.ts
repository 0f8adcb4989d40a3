import 'aws-sdk-client-mock-vitest/extend';
import '../environment.ts';

import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, it } from 'vitest';
import { vote } from '../../../core/record/vote.ts';
import { pass } from '../../../core/release/verdict.ts';
import { toMilliseconds } from '../../../core/text/time.ts';
import { voteOfJudge } from '../../../handlers/votes/judge.ts';
import { momentAfter } from '../../core/fixture.ts';
import { openAccount } from '../account.ts';
import { balancerHas, countsIn, FINE, shifting } from '../figures.ts';

let cloudwatch: ReturnType<typeof mockClient>;

const said = vote('judge', pass);

/** A release whose judge voted ten seconds before now. */
const judged = shifting({
  look: {
    machine: 'release',
    observation: { now: toMilliseconds(momentAfter(8.5)) - 10_000, targets: {} },
    votes: [said],
  },
});

beforeEach(async () => {
  const account = await openAccount();
  await account.release(judged);
  cloudwatch = mockClient(CloudWatchClient);
  balancerHas();
  countsIn(cloudwatch, FINE);
});

it('is repeated between two minutes: each metric has its price', async () => {
  expect(await voteOfJudge(judged, momentAfter(8.5), { anew: false })).toEqual(said);
  expect(cloudwatch).toHaveReceivedCommandTimes(GetMetricDataCommand, 0);
});

it('rests on what is known now where it shall read anew', async () => {
  const { says } = await voteOfJudge(judged, momentAfter(8.5), { anew: true });

  expect(says).toHaveLength(2);
  expect(cloudwatch).toHaveReceivedCommand(GetMetricDataCommand);
});
