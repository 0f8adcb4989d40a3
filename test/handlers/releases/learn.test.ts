import 'aws-sdk-client-mock-vitest/extend';
import '../environment.ts';

import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler as closeRelease } from '../../../handlers/steps/close-release.ts';
import { readProfile } from '../../../handlers/table/figures.ts';
import { ecsRecord, lambdaRecord, momentAfter, record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { invoke } from '../invoke.ts';

let account: Account;

/** What was counted of a target: three minutes of both sides, then one of green alone. */
const figures = {
  from: '1',
  to: '2',
  marks: [],
  tally: {
    errors: {
      seconds: 60,
      rows: [
        [0, 600, 5400, 4, 5],
        [1, 600, 5400, 1, 5],
        [2, 600, 0, 3, 0],
      ],
    },
  },
};

/** Opens a release that is to be promoted, with its figures. */
const open = async (
  release: string,
  change: Parameters<typeof record>[0] = {},
  evidence: unknown = { release, targets: { web: figures, api: figures } },
) => {
  await account.release(
    record({
      targets: [
        ecsRecord({ shifted: true, equalReads: 3 }),
        lambdaRecord({ shifted: true, equalReads: 3 }),
      ],
      times: { shifted: momentAfter(2), guardEnded: momentAfter(50) },
      decision: 'promote',
      ...change,
      release,
    }),
  );
  if (evidence) await account.put('storefront', `evidence#${release}`, evidence);
};

const close = (release: string) =>
  invoke(closeRelease, { pair: 'storefront', release, now: momentAfter(60) });

const profileOf = (target = 'web') => readProfile('storefront', target);

beforeEach(async () => {
  account = await openAccount();
  mockClient(SNSClient).on(PublishCommand).resolves({});
});

describe('a release that closes', () => {
  it('teaches how each of its targets starts, when it was promoted', async () => {
    await open('one');
    expect(await close('one')).toMatchObject({ end: 'Promoted' });
    expect(await profileOf('api')).toEqual(await profileOf('web'));
    expect(await profileOf()).toEqual({
      slot: 60,
      releases: 1,
      errors: [
        [600, 5400, 4, 5],
        [600, 5400, 1, 5],
        [0, 0, 0, 0],
      ],
      slow: [],
    });
  });

  it('teaches once, however often the step is tried again', async () => {
    await open('one');
    await close('one');
    await open('two');
    await close('two');
    await Promise.all([close('one'), close('two'), close('one')]);
    expect(await profileOf()).toMatchObject({ releases: 2, errors: { 0: [1200, 10800, 8, 10] } });
  });

  it.each<[string, Parameters<typeof record>[0]]>([
    ['was rolled back', { decision: 'rollback', takenBack: 'back' }],
    ['rolls back', { intent: 'rollback' }],
    ['moved nothing of it', { targets: [lambdaRecord({ shifted: true, equalReads: 3 })] }],
    [
      'had no users on it',
      {
        targets: [ecsRecord({ equalReads: 3 }), lambdaRecord({ shifted: true, equalReads: 3 })],
      },
    ],
  ])('teaches nothing of a target when it %s', async (_, change) => {
    await open('one', change);
    await close('one');
    expect(await profileOf()).toBeUndefined();
  });

  it.each([
    ['no figures', undefined],
    ['figures of another version of Tandem', { release: 'one', figures: [] }],
    ['figures of none of its targets', { release: 'one', targets: {} }],
  ])('closes with %s', async (_, evidence) => {
    await open('one', {}, evidence ?? null);
    expect(await close('one')).toMatchObject({ end: 'Promoted' });
    expect((await account.recordOf('one')).closed).toBe(true);
    expect(await profileOf()).toBeUndefined();
  });

  it('begins anew where what was learned cannot be read', async () => {
    await account.put('storefront', 'profile#web', { slots: 7 });
    expect(await profileOf()).toBeUndefined();
    await open('one');
    expect(await close('one')).toMatchObject({ end: 'Promoted' });
    expect(await profileOf()).toMatchObject({ releases: 1 });
  });

  it.each([
    ['read', GetItemCommand, 'evidence#one'],
    ['read', GetItemCommand, 'profile#web'],
    ['written', PutItemCommand, 'profile#web'],
  ] as const)(
    'closes, and its other half learns, when an item cannot be %s',
    async (_, command, sk) => {
      await open('one');
      const of = command === GetItemCommand ? 'Key' : 'Item';
      account.dynamodb
        .on(command as typeof GetItemCommand, { [of]: { sk: { S: sk } } } as object)
        .rejects(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));
      expect(await close('one')).toMatchObject({ end: 'Promoted' });
      const half = await profileOf('api');
      expect(half?.releases).toBe(sk === 'evidence#one' ? undefined : 1);
    },
  );
});
