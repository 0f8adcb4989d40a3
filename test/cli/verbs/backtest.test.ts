/** What `tandem backtest` prints, out of a table in memory. */
import '../../handlers/environment.ts';

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetParameterCommand, ParameterNotFound } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { changesOf } from '../../../cli/changed-judgement.ts';
import { type BacktestOptions, backtest } from '../../../cli/verbs/backtest.ts';
import { JudgeSettings } from '../../../core/release/judge-settings.ts';
import { ecsRecord, momentAfter, policy, record } from '../../core/fixture.ts';
import { type Account, openAccount } from '../../handlers/account.ts';
import { captureOutput } from '../captured.ts';

let account: Account;
const said = captureOutput();

/** A release with figures: so many of its 600 requests a minute fail, 5 of blue's 5,400. */
const release = async (
  name: string,
  started: number,
  failures: readonly number[],
  change: Parameters<typeof record>[0] = {},
) => {
  await account.put(
    'storefront',
    `release#${name}`,
    record({
      targets: [ecsRecord({ shifted: true })],
      end: 'Promoted',
      ...change,
      times: { started: momentAfter(started), shifted: momentAfter(started + 2) },
      release: name,
    }),
  );
  const rows = failures.map((count, i) => [i, 600, 5400, count, 5]);
  const first = momentAfter(started + 2);
  const web = { from: '1', to: '2', marks: [], first, tally: { errors: { seconds: 60, rows } } };
  await account.put('storefront', `evidence#${name}`, { release: name, targets: { web } });
};

const run = (options: Partial<BacktestOptions> = {}) =>
  backtest('storefront', { limit: 50, all: true, ...options });

beforeEach(async () => {
  for (const name of ['AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])
    vi.stubEnv(name, 'us-east-1');
  account = await openAccount();
  account.ssm
    .on(GetParameterCommand)
    .rejects(new ParameterNotFound({ message: 'none', $metadata: {} }));
  mockClient(STSClient)
    .on(GetCallerIdentityCommand)
    .resolves({ Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/ada' });
  await release('fine', 0, [1, 0, 1, 0]);
  await release('tolerated', 60, [5, 5, 5, 5]);
  await release('bad', 120, [20, 20], { end: 'RolledBack' });
  await account.put('storefront', 'release#never', record({ release: 'never', end: 'Rejected' }));
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('tandem backtest', () => {
  it('judges past releases by the policy of today and by a changed one, the newest first', async () => {
    await run({ set: ['margin=6', 'falseAborts=0.00001'] });

    expect(said.out).toMatchInlineSnapshot(`
      "RELEASE    END         TODAY             GREEN HAD  CHANGED           GREEN HAD
      bad        RolledBack  stopped at 01:00  600        too few requests  1,200
      tolerated  Promoted    stopped at 04:00  2,400      too few requests  2,400
      fine       Promoted    passed            2,400      too few requests  2,400

      Of 1 that were rolled back anyway it would have stopped 0, today's policy 1.
      Of 2 that were promoted and have stayed it would have stopped 0 wrongly, today's policy 1.
      Of what was bad green had 1,200 requests by then, by today's policy 600.
      "
    `);
  });

  it('judges by the policy that the pair has today, when nothing is changed', async () => {
    const judgement = JudgeSettings.parse({ margin: 10 });
    account.ssm.on(GetParameterCommand, { Name: '/tandem/storefront/pair' }).resolves({
      Parameter: {
        Value: JSON.stringify({ pair: 'storefront', policy: policy({ judgement }) }),
      },
    });
    await run();

    expect(said.out).toMatchInlineSnapshot(`
      "RELEASE    END         TODAY             GREEN HAD
      bad        RolledBack  too few requests  1,200
      tolerated  Promoted    too few requests  2,400
      fine       Promoted    too few requests  2,400

      Of 1 that were rolled back anyway today's policy would have stopped 0.
      Of 2 that were promoted and have stayed today's policy would have stopped 0 wrongly.
      Of what was bad green had 1,200 requests by then.
      "
    `);
  });

  it('prints one document for programs', async () => {
    await run({ json: true, set: ['mode=tell'] });

    expect(JSON.parse(said.out)).toMatchObject({
      policies: { storefront: { today: { mode: 'act' }, changed: { mode: 'tell' } } },
      releases: [
        {
          release: 'bad',
          fate: 'rolled back',
          today: { outcome: 'stopped', second: 60, green: 600 },
          changed: { outcome: 'told' },
        },
        { release: 'tolerated' },
        { release: 'fine' },
      ],
      summary: { takenBack: { releases: 1, today: 1, changed: 0 } },
    });
  });

  it('leaves out what another version wrote, and says so', async () => {
    await account.put('storefront', 'evidence#bad', { release: 'bad', targets: [] });
    await run();

    expect(said.err).toMatch(
      /^In account .*\nevidence#bad is left out: another version of Tandem wrote it\.\n$/,
    );
    expect(said.out).not.toContain('bad ');
  });

  it('says when there is nothing to judge', async () => {
    for (const name of ['fine', 'tolerated', 'bad'])
      await account.put('storefront', `release#${name}`, record({ release: name }));
    await run();

    expect(said.out).toMatch(/^No release of storefront has figures yet in account 111122223333/);
  });
});

describe('a changed policy', () => {
  const file = (text: string): string => {
    const path = join(mkdtempSync(join(tmpdir(), 'policy-')), 'policy.json');
    writeFileSync(path, text);
    return path;
  };

  it('is that of a file, in which options replace what they name', async () => {
    const path = file('{ "margin": 2, "mode": "tell" }');
    expect(await changesOf({ policy: path, set: ['mode=act', 'falseAborts=1e-4'] })).toEqual({
      ...{ margin: 2, mode: 'act', falseAborts: 0.0001 },
    });
    expect(await changesOf({})).toBeUndefined();
  });

  it.each([
    [['margins=2'], 'judgement has no member margins; it has mode, falseAborts, margin,'],
    [['margin=0.5'], 'judgement cannot have margin 0.5: '],
    [['margin=wide'], 'judgement cannot have margin "wide": '],
    [['mode=maybe'], 'judgement cannot have mode "maybe": '],
    [['margin'], '"margin" is not <member>=<value>, for example margin=1.5'],
  ])('of %j is refused in one sentence', async (set, sentence) => {
    const refusal = await changesOf({ set }).catch((error: Error) => error.message);
    expect(refusal).toContain(sentence);
    expect(refusal).not.toContain('\n');
  });

  it.each([
    ['[1]', 'holds no policy'],
    ['margin: 2', 'is not JSON'],
    ['{ "judgement": {} }', 'judgement has no member judgement'],
  ])('in a file that holds %s is refused', async (text, sentence) => {
    await expect(changesOf({ policy: file(text) })).rejects.toThrow(sentence);
  });

  it('in a file that is not there is refused', async () => {
    await expect(changesOf({ policy: '/nowhere.json' })).rejects.toThrow(
      'There is no file /nowhere.json. Name a file that holds members of judgement',
    );
  });

  it('in a folder is refused', async () => {
    await expect(changesOf({ policy: import.meta.dirname })).rejects.toThrow(
      / is a folder\. Name a file that holds members of judgement as one JSON object/,
    );
  });
});
