import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type RehearseOptions, rehearse } from '../../rehearsal/scenario/rehearse.ts';
import { Scenario } from '../../rehearsal/scenario/scenario.ts';
import { functions } from './functions.ts';

const folder = join(import.meta.dirname, '../../samples/scenarios');

const scenario = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));

const played = async (value: unknown, options: RehearseOptions = {}) => {
  const lines: string[] = [];
  const terminal = {
    line: (text = '') => void lines.push(stripVTControlCharacters(text)),
    live: () => undefined,
    interactive: false,
    room: Number.POSITIVE_INFINITY,
    width: 100,
  };
  const good = await rehearse(Scenario.parse(value), terminal, { functions, ...options });
  return { good, text: lines.join('\n') };
};

it('tells how every release ended, why, and where users are', async () => {
  const { good, text } = await played(scenario('unknown-tag.json'));

  expect(good).toBe(true);
  expect(text).toContain('first     Rejected (no-such-image)');
  expect(text).toContain('Image storefront-web:9.9.9 does not exist');
  expect(text).toContain('api on 1, web on storefront-web:1');
  expect(text).toContain('00:00     ada@example.com asked to release');
  expect(text).toContain('\n1 of 1 as expected: Rejected (no-such-image)');
});

it('plays the first reading of what AWS does not document, and all of them when asked to', async () => {
  const every = scenario('aborted-while-staging.json');

  const first = await played(every);
  const all = await played(every, { all: true });

  expect(first.text).toContain('Played as documented; --all plays all 4 readings');
  expect(first.text).toContain('1 of 1 as expected');
  expect(all.text).toContain(
    'Played under 4 readings of undocumented AWS behaviour: as documented',
  );
  expect(all.text).toContain('4 of 4 as expected: Aborted (aborted)');
});

it('shows the proof cell by cell', async () => {
  const { good, text } = await played(scenario('half-breaks-live-partner.json'));

  expect(good).toBe(true);
  expect(text).toContain('proved    2×2: 1 of 2 cells pass; smoke: api 2');
  expect(text).toMatch(/blue web storefront-web:1 {2}blue api version 1 {2}1 {6}pass\n/);
  expect(text).toMatch(
    /blue web storefront-web:1 {2}green api 3\.0\.0 {5}1 {6}fail: \/api\/lambda-data/,
  );
});

it('fails when a release ends otherwise than expected, and says how', async () => {
  const expect_ = { releases: [{ release: 'first', end: 'Promoted' }] };
  const { good, text } = await played({ ...scenario('unknown-tag.json'), expect: expect_ });

  expect(good).toBe(false);
  expect(text).toContain('release first ended Rejected instead of Promoted');
});

it('fails when a fault was never hit: the scenario would prove nothing', async () => {
  const { steps, ...rest } = scenario('unknown-tag.json');
  const fault = {
    name: 'nobody calls this',
    service: 'ecs',
    operation: 'CreateCluster',
    effect: 'refuse',
  };
  const { good, text } = await played({ ...rest, steps: [{ fault }, ...steps] });

  expect(good).toBe(false);
  expect(text).toContain('"nobody calls this" was never hit');
});

it('fails when nobody missed the permission that was taken away', async () => {
  const { steps, ...rest } = scenario('unknown-tag.json');
  const deny = { deny: 'take-turn', action: 'dynamodb:PutItem' };
  const { good, text } = await played({ ...rest, steps: [deny, ...steps] });

  expect(good).toBe(false);
  expect(text).toContain('"take-turn may not dynamodb:PutItem" was never hit');
});

it('fails when a step takes an action from a role that never had it', async () => {
  const { steps, ...rest } = scenario('unknown-tag.json');
  const deny = { deny: 'listen', action: 'ecs:CreateCluster' };

  await expect(played({ ...rest, steps: [deny, ...steps] })).rejects.toThrow(
    'the role of listen does not allow ecs:CreateCluster',
  );
});

it('tells what the scenario did between the lines of the ledger, each at its moment', async () => {
  const { text } = await played(scenario('aborted-between-look-and-answer.json'));

  const lines = text.split('\n').filter((line) => /^ {3}(before|\d\d:\d\d) /.test(line));
  const at = (part: string) => lines.findIndex((line) => line.includes(part));
  const order = [
    'before    » a person: releases web 2.0.0 and api 2.0.0',
    '00:00     » the scenario: fault "aborted" begins: before lambda.Invoke',
    '00:00     ada@example.com asked to release',
    '05:19     api: holds AfterAllowTraffic',
    '13:12     » the scenario: fault "aborted" hits lambda.Invoke',
    '13:12     » a person: abort',
    '13:12     Abort requested by ada@example.com',
  ].map(at);

  expect(order).not.toContain(-1);
  expect(order).toEqual(order.toSorted((one, other) => one - other));
});

it('tells what a scenario without a release did', async () => {
  const { text } = await played({
    fault: 'nothing',
    steps: [{ note: 'Nobody releases anything.' }],
    expect: { releases: [] },
  });

  expect(text).toContain('nothing   No release was started.');
  expect(text).toContain('00:00     » note: Nobody releases anything.');
});

describe('a step that fails', () => {
  const steps = [{ note: 'first' }, { release: { web: '2.0.0' } }];
  const expect_ = { releases: [{ release: 'first', end: 'Promoted' }] };
  const playing = (...more: readonly object[]) =>
    played({ fault: 'a fault', steps: [...steps, ...more], expect: expect_ });

  it('is named by its number and its verb when what it waits for does not come', async () => {
    await expect(playing({ until: { phase: 'RollingBack' } })).rejects.toThrow(
      /^step 3 \(until\): the release ended Promoted before \{"phase":"RollingBack"\}/,
    );
  });

  it('is named when AWS refuses its call, with the code of the error', async () => {
    await expect(
      playing({ call: 'lambda.GetFunction', input: { FunctionName: 'nobody' } }),
    ).rejects.toThrow(/^step 3 \(call\): ResourceNotFoundException: /);
  });

  const inside = (...more: readonly object[]) =>
    playing(
      {
        fault: {
          name: 'at the decision',
          service: 'lambda',
          operation: 'Invoke',
          where: { FunctionName: '*tandem-decide*' },
          effect: 'before',
          do: [{ note: 'now' }, { restore: 'decide' }],
        },
      },
      ...more,
    );

  it('is named with the step that it is in, and fails the scenario', async () => {
    const { good, text } = await inside();

    expect(good).toBe(false);
    expect(text).toContain('step 3 (fault) → step 2 (restore): nothing was taken from decide');
  });

  it('is named also when a later step fails because of it', async () => {
    await expect(inside({ until: { phase: 'RollingBack' } })).rejects.toThrow(
      /^step 4 \(until\): .*; before that, step 3 \(fault\) → step 2 \(restore\): nothing was taken/,
    );
  });
});
