import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeploymentChange } from '../../../core/drivers/codedeploy/deployment-change.ts';
import { HookEvent } from '../../../core/drivers/codedeploy/hook-event.ts';
import { AlarmChange } from '../../../core/events/alarm-change.ts';
import { ExecutionChange, isUnexpected } from '../../../core/events/execution-change.ts';
import { executionName, ImagePush, pushProblem } from '../../../core/events/image-push.ts';
import { Command, commandProblem, ordered, readCommand } from '../../../core/protocol/command.ts';
import { ecsRecord, momentAfter, record } from '../fixture.ts';

/** The guard is over. */
const verified = {
  decision: 'promote',
  phase: 'Guarding',
  times: { guardEnded: momentAfter(20) },
} as const;

describe('a command', () => {
  const command = (name: Command['command']): Command => ({
    releaseId: 'storefront-1',
    command: name,
    by: 'ada',
    reason: 'because',
  });

  it.each<[Command['command'], Parameters<typeof record>[0] | undefined, boolean]>([
    ['abort', {}, true],
    ['abort', { decision: 'promote', phase: 'Guarding' }, true],
    ['abort', { ...verified, targets: [ecsRecord({ equalReads: 2 })] }, true],
    ['abort', { ...verified, targets: [ecsRecord({ equalReads: 3 })] }, false],
    ['abort', { decision: 'rollback' }, false],
    ['abort', { end: 'Promoted' }, false],
    ['abort', undefined, false],
    ['hold', { phase: 'Staging' }, true],
    ['hold', { phase: 'Staging', commands: { hold: true } }, false],
    ['resume', { phase: 'Holding', commands: { hold: true } }, true],
    ['resume', { phase: 'Holding' }, false],
    ['abort', { commands: { abort: { by: 'eve', reason: '' } } }, false],
    ['hold', { decision: 'promote', phase: 'Guarding' }, false],
    ['promote', { phase: 'Holding' }, true],
    ['promote', { phase: 'Shifting' }, false],
    ['promote', { phase: 'Guarding', decision: 'promote' }, false],
  ])('%s of %j can be followed: %s', (name, change, isFollowed) => {
    const release = change && record(change);
    expect(commandProblem(release, command(name)) === undefined).toBe(isFollowed);
  });

  it.each(['', ' ', '\u0000', '\u2060', '\u3164'])(
    'is refused from a person whose name %j nobody can see',
    (by) => {
      expect(Command.safeParse(command('abort')).success).toBe(true);
      expect(Command.safeParse({ ...command('abort'), by }).success).toBe(false);
    },
  );

  it('is written into the record: a hold until it is resumed, the others for good', () => {
    const held = ordered(record(), command('hold'));
    expect(held.commands.hold).toBe(true);
    expect(ordered(held, command('resume')).commands.hold).toBe(false);
    expect(ordered(held, command('abort')).commands).toEqual({
      hold: true,
      abort: { by: 'ada', reason: 'because' },
    });
    expect(ordered(record(), command('promote')).commands.promote).toEqual({
      by: 'ada',
      reason: 'because',
    });
  });

  it('is read from what a person writes, and from nothing else', () => {
    expect(Command.parse({ releaseId: 'r', command: 'abort', by: 'ada' }).reason).toBe('');
  });

  it.each([
    [{ command: 'stop' }, '"stop" is no command; there are abort, hold, resume, promote'],
    [{ command: 'approve' }, 'answer on the topic tandem-approvals, as npx tandem approve does'],
    [{ command: 7 }, '7 is no command'],
    [{ command: undefined }, 'command is missing; a command looks like {"releaseId"'],
    [{ by: '' }, 'by is missing'],
    [{ releaseId: undefined }, 'releaseId is missing'],
    [{ by: 'a'.repeat(300) }, 'by: Too big: expected string to have <=256 characters'],
    [{ force: true }, 'a command has no force; it looks like {"releaseId"'],
  ])('that reads %j is answered in plain words', (change, problem) => {
    expect(readCommand({ ...command('abort'), ...change })).toEqual({
      problem: expect.stringContaining(problem),
    });
  });

  it.each([[undefined], ['abort'], [null], [[]]])(
    'that is no object is answered too: %j',
    (text) => {
      expect(readCommand(text)).toEqual({
        problem: expect.stringContaining('a command looks like {"releaseId"'),
      });
    },
  );
});

describe('a push', () => {
  const push = (change: object = {}, detail: object = {}): ImagePush =>
    ImagePush.parse({
      version: '0',
      id: 'event-1',
      'detail-type': 'ECR Image Action',
      source: 'aws.ecr',
      account: '111122223333',
      time: '2026-11-23T09:00:00Z',
      region: 'eu-west-1',
      resources: [],
      detail: {
        result: 'SUCCESS',
        'repository-name': 'storefront/web',
        'image-digest': 'sha256:aa',
        'action-type': 'PUSH',
        'image-tag': '2.0.0',
        ...detail,
      },
      ...change,
    });
  const own = { account: '111122223333', region: 'eu-west-1' };

  it.each<[string, ImagePush, string | undefined]>([
    ['of a tagged image', push(), undefined],
    ['of another account', push({ account: '999999999999' }), 'comes from account 999999999999'],
    ['of another Region', push({ region: 'us-east-1' }), 'comes from Region us-east-1'],
    ['that is a deletion', push({}, { 'action-type': 'DELETE' }), 'is a DELETE'],
    ['that failed', push({}, { result: 'FAILURE' }), 'ended in FAILURE'],
    ['without a tag', push({}, { 'image-tag': undefined }), 'has no tag'],
  ])('%s', (_, event, problem) => {
    expect(pushProblem(event, own)).toBe(problem);
  });

  it('that does not come from ECR is not read', () => {
    expect(() => push({ source: 'my.app' })).toThrow();
  });

  it('names its execution: the same event is the same one, another event another one', () => {
    const pair = fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/);
    fc.assert(
      fc.property(
        pair,
        fc.string({ minLength: 1 }),
        fc.string({ minLength: 1 }),
        (name, id, other) => {
          expect(executionName(name, id)).toMatch(/^[a-z][a-z0-9-]{1,79}$/);
          expect(executionName(name, id) === executionName(name, other)).toBe(id === other);
        },
      ),
    );
  });
});

describe('the events of AWS', () => {
  it('are read with members that AWS may add', () => {
    const more = { version: '0', time: '2026-11-23T09:00:00Z' };
    const detail = {
      alarmName: 'web-errors',
      state: { value: 'ALARM', reason: 'x' },
      configuration: {},
    };
    expect(AlarmChange.parse({ ...more, detail }).detail.alarmName).toBe('web-errors');
    const deployment = { deploymentId: 'd-1', state: 'SUCCESS', region: 'eu-west-1' };
    expect(DeploymentChange.parse({ ...more, detail: deployment }).detail.deploymentId).toBe('d-1');
    const execution = { executionArn: 'arn', name: 'r', status: 'FAILED', stopDate: 1 };
    expect(ExecutionChange.parse({ ...more, detail: execution }).detail.status).toBe('FAILED');
  });

  it('are refused when what we need of them is missing', () => {
    for (const schema of [AlarmChange, DeploymentChange, ExecutionChange, HookEvent]) {
      expect(schema.safeParse({ time: 'now', detail: {} }).success).toBe(false);
    }
    expect(
      HookEvent.safeParse({ DeploymentId: 'd-1', LifecycleEventHookExecutionId: '' }).success,
    ).toBe(false);
  });
});

describe('an execution that ended', () => {
  it.each([
    ['FAILED', 'RolledBack', false],
    ['FAILED', 'NeedsAttention', false],
    ['FAILED', 'NotOwnerError', false],
    ['FAILED', 'States.Runtime', true],
    ['FAILED', 'toString', true],
    ['FAILED', null, true],
    ['FAILED', undefined, true],
    ['TIMED_OUT', undefined, true],
    ['ABORTED', undefined, false],
    ['SUCCEEDED', undefined, false],
  ])('%s with %s is unexpected: %s', (status, error, unexpected) => {
    const detail = { executionArn: 'arn', name: 'storefront-1', status, error };
    expect(isUnexpected({ detail })).toBe(unexpected);
  });
});
