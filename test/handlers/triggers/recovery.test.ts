import '../environment.ts';

import { DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
} from '@aws-sdk/client-ecs';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListTagsCommand,
} from '@aws-sdk/client-lambda';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { RecoverInput } from '../../../core/release/input.ts';
import { rememberImages } from '../../../handlers/pushes/pushed-before.ts';
import { handler as onExecutionEnd } from '../../../handlers/triggers/on-execution-end.ts';
import { handler as onSchedule } from '../../../handlers/triggers/on-schedule.ts';
import { record, registration } from '../../core/fixture.ts';
import { type Account, openAccount } from '../account.ts';
import { countedBy } from '../emf.ts';
import { executionArn } from '../environment.ts';
import { event, invoke } from '../invoke.ts';

const owned = (release = 'storefront-1') => record({ release, owner: executionArn(release) });

let account: Account;

const started = () =>
  account.sfn
    .commandCalls(StartExecutionCommand)
    .map(({ args: [{ input }] }) => ({ name: input.name!, input: JSON.parse(input.input ?? '') }));

const die = (name = 'storefront-1') => {
  account.executions.get(executionArn(name))!.status = 'FAILED';
};

beforeEach(async () => {
  account = await openAccount();
  account.register(registration({ join: 'manual' }));
});

describe('an execution that ended', () => {
  const ended = event('step-functions-status-change');

  it('and left its release open is followed by a recovery', async () => {
    await account.release(owned());
    die();

    expect(await invoke(onExecutionEnd, ended)).toEqual({ recovered: 1 });

    const [{ input, name } = { input: {}, name: '' }] = started();
    expect(input).toEqual({ recover: 'storefront-1' });
    expect(RecoverInput.safeParse(input).success).toBe(true);
    expect(name).toMatch(/^[0-9A-Za-z_-]{1,80}$/);
  });

  it('and whose release has ended and is closed needs nothing', async () => {
    await account.release({ ...owned(), phase: 'Ended', end: 'Promoted', closed: true });
    die();

    await invoke(onExecutionEnd, ended);

    expect(started()).toEqual([]);
  });

  it('and whose release ended without leaving its turn is followed by one that leaves it', async () => {
    await account.release({ ...owned(), phase: 'Ended', end: 'Promoted' });
    die();

    expect(await invoke(onExecutionEnd, ended)).toEqual({ recovered: 1 });
  });

  it('as a recovery is followed by another one', async () => {
    const owner = executionArn('storefront-1-recover-1');
    await account.release({ ...owned(), owner });
    account.executions.set(owner, {
      input: JSON.stringify({ recover: 'storefront-1' }),
      status: 'FAILED',
    });
    const detail = { ...ended.detail, name: 'storefront-1-recover-1', executionArn: owner };

    expect(await invoke(onExecutionEnd, { ...ended, detail })).toEqual({ recovered: 1 });
  });

  it('needs nothing while another execution drives the release', async () => {
    await account.release({ ...owned(), owner: executionArn('storefront-1-recover-1') });
    account.executions.set(executionArn('storefront-1-recover-1'), {
      input: '{}',
      status: 'RUNNING',
    });
    die();

    await invoke(onExecutionEnd, ended);

    expect(started()).toEqual([]);
  });

  it('is followed by one recovery, however often it is told', async () => {
    await account.release(owned());
    die();

    await Promise.all([1, 2, 3].map(() => invoke(onExecutionEnd, ended)));

    expect(new Set(started().map(({ name }) => name)).size).toBe(1);
    expect(account.executions.size).toBe(2);
  });

  it('may have the longest name that Step Functions takes', async () => {
    const release = 's'.repeat(80);
    await account.release(owned(release));
    die(release);
    const detail = { ...ended.detail, name: release, executionArn: executionArn(release) };

    await invoke(onExecutionEnd, { ...ended, detail });

    expect(started()[0]?.name.length).toBeLessThanOrEqual(80);
  });
});

describe('two releases whose long names begin alike', () => {
  it('are recovered each by an execution of its own', async () => {
    const names = ['a', 'b'].map((last) => `${'s'.repeat(79)}${last}`);
    for (const name of names) {
      await account.release(owned(name));
      die(name);
    }

    await invoke(onSchedule, event('scheduled-event'));

    expect(
      started()
        .map(({ input }) => input.recover)
        .sort(),
    ).toEqual(names);
    expect(new Set(started().map(({ name }) => name)).size).toBe(2);
  });
});

describe('an execution that failed', () => {
  const ended = event('step-functions-status-change');
  const failed = (error: string) => ({
    ...ended,
    detail: { ...ended.detail, status: 'FAILED', error },
  });

  it('is counted when it failed otherwise than releases do', async () => {
    const unexpected = () => invoke(onExecutionEnd, failed('States.Runtime'));
    expect(await countedBy(unexpected)).toEqual(['Tandem UnexpectedFailures Service=tandem 1']);

    expect(await countedBy(() => invoke(onExecutionEnd, failed('RolledBack')))).toEqual([]);
  });
});

describe('every five minutes', () => {
  const tick = event('scheduled-event');

  it('people could be told how many releases are overdue, also that none is', async () => {
    const gauge = () => countedBy(() => invoke(onSchedule, tick));
    expect(await gauge()).toEqual(['Tandem OverdueReleases Service=tandem 0']);

    await account.release({ ...owned(), times: { started: '2026-11-23T05:00:00.000Z' } });
    expect(await gauge()).toEqual(['Tandem OverdueReleases Service=tandem 1']);
  });

  it('releases whose execution is gone are recovered, and those that run are left alone', async () => {
    await account.release(owned('storefront-1'));
    await account.release(owned('storefront-2'));
    die('storefront-1');

    await invoke(onSchedule, tick);

    expect(started().map(({ input }) => input)).toEqual([{ recover: 'storefront-1' }]);
  });

  it('the execution of an overdue release is stopped, and its release recovered', async () => {
    await account.release({ ...owned(), times: { started: '2026-11-23T05:00:00.000Z' } });

    await invoke(onSchedule, tick);

    expect(account.executions.get(executionArn('storefront-1'))?.status).toBe('ABORTED');
    expect(started().map(({ input }) => input)).toEqual([{ recover: 'storefront-1' }]);
  });

  it('are enough for a pair whose registration broke, or is gone', async () => {
    await account.release(owned());
    die();
    account.values.clear();
    account.values.set('/tandem/storefront/pair', '{');

    expect(await invoke(onSchedule, tick)).toEqual({ open: 1, pairs: 0 });

    expect(started().map(({ input }) => input)).toEqual([{ recover: 'storefront-1' }]);
  });

  it('a recovery that died itself is followed by another one', async () => {
    const release = await account.release(owned());
    die();
    await invoke(onSchedule, tick);
    const [first] = started();

    const owner = executionArn(first!.name);
    await account.release({
      ...release,
      owner,
      facts: { count: 1, hash: 'f'.repeat(64), told: { kind: 'taken-over', at: tick.time } },
    });
    account.executions.get(owner)!.status = 'FAILED';
    await invoke(onSchedule, { ...tick, time: '2026-11-23T09:35:00Z' });

    expect(new Set(started().map(({ name }) => name)).size).toBe(2);
  });

  it('a recovery that died before it could write anything is followed by another one', async () => {
    await account.release(owned());
    die();
    await invoke(onSchedule, tick);
    die(started()[0]!.name);

    await invoke(onSchedule, { ...tick, time: '2026-11-23T09:35:00Z' });

    expect(new Set(started().map(({ name }) => name)).size).toBe(2);
  });

  it('recovers other releases though the recovery of one cannot be started', async () => {
    await account.release(owned('storefront-1'));
    await account.release(owned('storefront-2'));
    die('storefront-1');
    die('storefront-2');
    account.sfn
      .on(StartExecutionCommand, { input: JSON.stringify({ recover: 'storefront-1' }) })
      .rejects(new Error('Rate exceeded'));

    await invoke(onSchedule, tick).catch(() => undefined);

    expect(started().map(({ input }) => input.recover)).toContain('storefront-2');
  });
});

describe('a push whose event was lost', () => {
  const tick = event('scheduled-event');
  const digest = `sha256:${'a'.repeat(64)}`;

  /** The registry holds an image that was pushed at this time; the service runs another one. */
  const pushedAt = (moment: string, runs = 'registry/storefront/web@sha256:old', tag = '2.0.0') => {
    mockClient(ECRClient)
      .on(DescribeImagesCommand)
      .resolves({
        imageDetails: [{ imageDigest: digest, imageTags: [tag], imagePushedAt: new Date(moment) }],
      });
    const ecs = mockClient(ECSClient);
    ecs.on(DescribeServicesCommand).resolves({
      services: [{ taskSets: [{ status: 'PRIMARY', taskDefinition: 'web:1' }] }],
    });
    ecs.on(DescribeTaskDefinitionCommand).resolves({
      taskDefinition: { containerDefinitions: [{ name: 'app', image: runs }] },
    });
    const lambda = mockClient(LambdaClient);
    lambda.on(GetFunctionConfigurationCommand).resolves({ FunctionArn: 'arn:aws:lambda:f' });
    lambda.on(ListTagsCommand).resolves({ Tags: {} });
  };

  beforeEach(() => account.register(registration({ tags: ['[0-9]*.[0-9]*.[0-9]*'] })));

  it('is released all the same, and once', async () => {
    pushedAt('2026-11-23T09:20:00Z');

    await invoke(onSchedule, tick);
    await invoke(onSchedule, { ...tick, time: '2026-11-23T09:35:00Z' });

    expect(started()[0]?.input.targets).toEqual({ web: { image: `storefront/web@${digest}` } });
    expect(account.executions.size).toBe(1);
  });

  it.each([
    ['its event may still come', '2026-11-23T09:28:00Z', undefined],
    ['it is older than a day', '2026-11-22T09:00:00Z', undefined],
    ['it runs already', '2026-11-23T09:20:00Z', `registry/storefront/web@${digest}`],
  ])('is left alone when %s', async (_what, moment, runs) => {
    pushedAt(moment, runs);

    await invoke(onSchedule, tick);

    expect(started()).toEqual([]);
  });

  it('is left alone when its tag does not count', async () => {
    pushedAt('2026-11-23T09:20:00Z', undefined, 'pr-42');

    await invoke(onSchedule, tick);

    expect(started()).toEqual([]);
  });

  it('is left alone when it lay there before the pair was adopted, or joined otherwise', async () => {
    pushedAt('2026-11-23T09:20:00Z');
    account.written.at = new Date('2026-11-23T09:22:00Z');

    await invoke(onSchedule, tick);
    // A later change of the policy alone does not move the moment.
    account.written.at = new Date('2026-11-23T09:31:00Z');
    account.written.version += 1;
    pushedAt('2026-11-23T09:24:00Z');
    await invoke(onSchedule, { ...tick, time: '2026-11-23T09:35:00Z' });

    expect(started().map(({ input }) => input.pushed.at)).toEqual(['2026-11-23T09:24:00.000Z']);
  });

  it('is left alone when a release wanted it before, however that ended', async () => {
    pushedAt('2026-11-23T09:20:00Z');
    const { web } = record().targets;
    await rememberImages({
      ...record(),
      targets: { web: { ...web!, wanted: { image: `registry/storefront/web@${digest}` } } },
    });

    await invoke(onSchedule, tick);

    expect(started()).toEqual([]);
  });
});
