import { describe, expect, it } from 'vitest';
import type { TargetObservation } from '../../../core/deployments/observation.ts';
import { BARRIER, START } from '../../../core/drivers/codedeploy/events.ts';
import { next } from '../../../core/protocol/next.ts';
import { targetsVote } from '../../../core/protocol/targets-vote.ts';
import { vote } from '../../../core/record/vote.ts';
import { reason } from '../../../core/release/reason.ts';
import { fail } from '../../../core/release/verdict.ts';
import {
  atMinute,
  codesOf,
  deployment,
  ecsRecord,
  held,
  lambdaRecord,
  momentAfter,
  observation,
  policy,
  reading,
  record,
} from '../fixture.ts';

type Change = Omit<NonNullable<Parameters<typeof record>[0]>, 'targets'>;

const shifted = { times: { shifted: momentAfter(0) } };

const codes = (
  change: Partial<TargetObservation>,
  about: Change = shifted,
  target = ecsRecord({ forward: 'd-1' }),
  isRed = false,
): readonly string[] =>
  codesOf(
    targetsVote(
      record({ ...about, targets: [target] }),
      observation(10, { [target.name]: reading(change) }),
      isRed,
    ).reasons,
  );

const forward = (change: Parameters<typeof deployment>[0]) => ({ forward: deployment(change) });
const begun = (event: string, minute: number) =>
  forward({ events: { [event]: { status: 'InProgress', startedAt: atMinute(minute) } } });

describe('what the targets say', () => {
  it.each<[string, Partial<TargetObservation>, readonly string[]]>([
    ['none while a deployment runs', forward({}), []],
    ['none for a status that AWS may add', forward({ status: 'Baking' }), []],
    ['a failed deployment', forward({ status: 'Failed' }), ['deployment-failed']],
    ['a stopped deployment', forward({ status: 'Stopped' }), ['deployment-stopped']],
    [
      'a deployment that CodeDeploy stopped for an alarm',
      forward({ status: 'Stopped', error: { code: 'ALARM_ACTIVE', message: 'red' } }),
      ['alarm-red'],
    ],
    ['a deployment that succeeded too early', forward({ status: 'Succeeded' }), ['not-as-planned']],
    ['a barrier that has just begun', begun(BARRIER, 8), []],
    ['a barrier whose hook never reported', begun(BARRIER, 7), ['hook-lost']],
    ['a start that holds no service', begun(START, 0), []],
    ['a deployment of somebody else', { foreign: 'd-9', ...forward({}) }, ['foreign-deployment']],
  ])('finds %s', (_, change, expected) => {
    expect(codes(change)).toEqual(expected);
  });

  it('names what a hook said before the bare failure that CodeDeploy tells', () => {
    const said = reason('smoke-failed', 'GET /health of green web answered 500', { target: 'web' });
    const failedHooks = [
      { deploymentId: 'd-1', event: 'AfterAllowTestTraffic', reasons: [said] },
      { deploymentId: 'd-0', event: 'AfterInstall', reasons: [reason('busy', 'Another one')] },
    ];
    expect(codes(forward({ status: 'Failed' }), { ...shifted, failedHooks })).toEqual([
      'smoke-failed',
      'deployment-failed',
    ]);
    expect(codes(forward({}), { ...shifted, failedHooks })).toEqual([]);
  });

  it('says once what a hook and the alarms have both seen', () => {
    const red = reason('alarm-red', 'It is red');
    const failedHooks = [{ deploymentId: 'd-1', event: 'BeforeAllowTraffic', reasons: [red] }];
    const chosen = next(
      record({ ...shifted, failedHooks, targets: [ecsRecord({ forward: 'd-1' })] }),
      observation(10, { web: reading(forward({ status: 'Failed' })) }),
      [vote('alarms', fail(red))],
    );
    expect(chosen.action === 'rollback' && codesOf(chosen.reasons)).toEqual([
      'alarm-red',
      'deployment-failed',
    ]);
  });

  it('finds a lost start of a function, unless its hook was recorded', () => {
    const function_ = lambdaRecord({ forward: 'd-1' });
    expect(codes(begun(START, 7), shifted, function_)).toEqual(['hook-lost']);
    expect(codes(begun(START, 7), { ...shifted, hooks: [held('d-1', START)] }, function_)).toEqual(
      [],
    );
  });

  it('finds users on green before the release let it go', () => {
    expect(codes({ share: 10, ...forward({}) }, {})).toEqual(['not-as-planned']);
    expect(codes({ share: 10, ...forward({}) }, shifted)).toEqual([]);
  });

  it('finds users on green before CodeDeploy has moved any traffic', () => {
    const pending = forward({ events: { AllowTraffic: { status: 'Pending' } } });
    expect(codes({ share: 10, ...pending })).toEqual(['not-as-planned']);
    const letGo = ecsRecord({ forward: 'd-1', shifted: true, released: true });
    expect(codes({ share: 10, ...pending }, shifted, letGo)).toEqual([]);
    const moving = forward({ events: { AllowTraffic: { status: 'InProgress' } } });
    expect(codes({ share: 10, ...moving })).toEqual([]);
  });

  it('finds a target that others have moved since it was looked at, unless they are at it still', () => {
    const before = ecsRecord();
    expect(codes({ live: 'web:9' }, {}, before)).toEqual(['not-as-planned']);
    expect(codes({ live: 'mixed', foreign: 'd-9' }, {}, before)).toEqual([]);
    expect(codes({ live: 'web:1' }, {}, before)).toEqual([]);
    expect(codes({ live: 'mixed', ...forward({}) })).toEqual([]);
  });

  it('finds a barrier that CodeDeploy had ended before the release could answer it', () => {
    const answered = (answer: 'Succeeded' | 'Failed', status = 'InProgress') =>
      codes(forward({ status }), {
        ...shifted,
        decision: 'promote',
        hooks: [held('d-1', BARRIER, { answer })],
      });
    expect(answered('Failed')).toEqual(['deployment-failed']);
    expect(answered('Failed', 'Stopped')).toEqual(['deployment-stopped']);
    expect(answered('Succeeded')).toEqual([]);
  });

  it('finds that others left another revision live before the launch, but only when they are done', () => {
    const unlaunched = ecsRecord();
    expect(codes({ live: 'web:9' }, shifted, unlaunched)).toEqual(['not-as-planned']);
    expect(codes({ live: 'mixed', foreign: 'd-9' }, shifted, unlaunched)).toEqual([]);
    expect(codes({ live: 'web:1' }, shifted, unlaunched)).toEqual([]);
  });

  it('finds traffic that somebody else moved before CodeDeploy began to', () => {
    const at = (status: string) =>
      codes({ share: 100, ...forward({ events: { AllowTraffic: { status } } }) });
    expect(at('Pending')).toEqual(['not-as-planned']);
    expect(at('InProgress')).toEqual([]);
  });

  it('finds a third revision that others put live, or mix in, while the release moves the traffic', () => {
    const released = ecsRecord({ forward: 'd-1', launching: true, released: true });
    expect(codes({ live: 'web:9', ...forward({}) }, shifted, released)).toEqual([
      'traffic-not-moved',
    ]);
    expect(codes({ live: 'mixed', third: 'web:9', ...forward({}) }, shifted, released)).toEqual([
      'traffic-not-moved',
    ]);
    expect(codes({ live: 'mixed', ...forward({}) }, shifted, released)).toEqual([]);
  });

  it('finds that others deploy to a target that the release leaves alone, unless the pair allows it', () => {
    const seen = { ...observation(10, { web: reading({}) }), neighbours: { api: 'd-9' } };
    const under = (foreignDeployments: 'refuse' | 'allow') =>
      targetsVote(record({ ...shifted, policy: policy({ foreignDeployments }) }), seen, false);
    expect(under('refuse').reasons).toMatchObject([{ code: 'foreign-deployment', target: 'api' }]);
    expect(under('allow').reasons).toEqual([]);
  });

  it('takes a success for what it is once that is decided', () => {
    expect(codes(forward({ status: 'Succeeded' }), { ...shifted, decision: 'promote' })).toEqual(
      [],
    );
  });

  it('lets others deploy where the pair allows it, and before there is anything of ours', () => {
    const allowed = { ...shifted, policy: policy({ foreignDeployments: 'allow' }) };
    expect(codes({ foreign: 'd-9' }, allowed)).toEqual([]);
    expect(codes({ foreign: 'd-9' }, shifted, ecsRecord())).toEqual([]);
  });

  it('does not say again that an alarm is red', () => {
    const stopped = forward({ status: 'Stopped', error: { code: 'ALARM_ACTIVE', message: 'red' } });
    expect(codes(stopped, shifted, ecsRecord({ forward: 'd-1' }), true)).toEqual([]);
    expect(
      codes(forward({ status: 'Failed' }), shifted, ecsRecord({ forward: 'd-1' }), true),
    ).toEqual(['deployment-failed']);
  });
});
