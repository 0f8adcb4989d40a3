import { describe, expect, it } from 'vitest';
import type { TargetObservation } from '../../../core/deployments/observation.ts';
import { outdatedReason, stuckReason } from '../../../core/way-back/attention.ts';
import { deployment, ecsRecord, lambdaRecord, reading } from '../fixture.ts';

const FREE =
  'Repeat until it prints nothing: aws deploy list-deployments --application-name storefront-web --deployment-group-name storefront-web --include-only-statuses Created Queued InProgress Baking Ready --query deployments --output text';

const ALIAS =
  'aws lambda update-alias --function-name storefront-api --name live --function-version 1 --routing-config AdditionalVersionWeights={}';

const onGreen = { lane: { live: 'web:2', share: 100, status: '' } };
const forward = deployment({ status: 'Succeeded' });

const web = (read: Partial<TargetObservation> | undefined, change = {}) => {
  const { text, run = [] } = stuckReason(
    ecsRecord({ ...onGreen, ...change }),
    read && reading(read),
  );
  return { text, run };
};

/** What stands before the first flag of each command, without what is said before it. */
const verbs = (run: readonly string[]): readonly string[] =>
  run.map((line) => / ?(aws \S+ \S+)/.exec(line)?.[1] ?? line);

const DEPLOY = [
  'aws deploy create-deployment',
  'aws deploy get-deployment',
  'aws deploy continue-deployment',
  'aws deploy get-deployment',
  'aws deploy continue-deployment',
  'aws deploy get-deployment',
];

describe('stuckReason', () => {
  it('sets the alias of a function back', () => {
    const lane = { live: '2', share: 100, status: '' };
    const { code, text, run } = stuckReason(lambdaRecord({ lane }), undefined);

    expect(code).toBe('take-back-failed');
    expect(text).toBe(
      'api serves version 2 and could not be rolled back to version 1. Tandem changes nothing more.',
    );
    expect(run).toEqual([ALIAS]);
  });

  it('makes an alias again that is gone', () => {
    const unread = 'ResourceNotFoundException: Function not found';

    expect(stuckReason(lambdaRecord({ unread }), undefined).run?.at(-1)).toBe(
      'aws lambda create-alias --function-name storefront-api --name live --function-version 1',
    );
  });

  it('deploys a service, lets it take the traffic when it is ready, and ends what keeps its group busy', () => {
    const { run } = web({ live: 'web:2', forward });

    expect(verbs(run)).toEqual(DEPLOY);
    expect(run[0]).toContain('arn:web:1');
    expect(run[0]).toContain('--override-alarm-configuration enabled=false');
    expect(run[1]).toMatch(/^Repeat until it prints Ready: .*--deployment-id <id> /);
    expect(run[2]).toMatch(/--deployment-id <id> --deployment-wait-type READY_WAIT$/);
    expect(run[3]).toMatch(/^Repeat until it prints True: .*instanceTerminationWaitTimeStarted/);
    expect(run[4]).toMatch(/--deployment-wait-type TERMINATION_WAIT$/);
    const launched = web(undefined, { launch: { platformVersion: '1.3.0' } });
    expect(launched.run[0]).toContain('PlatformVersion');
  });

  it('stops a deployment that could not be stopped, and deploys only if users are not on the old revision', () => {
    const read = { forward: deployment({ status: 'Ready' }) };
    const refused = [{ do: 'stop', why: 'AccessDeniedException: no' }];
    const lane = { live: 'web:1', share: 0, status: 'Ready' };
    const { text, run } = web(read, { lane, refused });

    expect(text).toBe(
      'web serves web:1, but its deployment d-1 is still Ready and could not be stopped. Tandem changes nothing more. It was refused last: AccessDeniedException: no.',
    );
    expect(run).toEqual([
      'aws deploy stop-deployment --deployment-id d-1 --auto-rollback-enabled',
      FREE,
    ]);
    const mixed = web(read, { lane: { ...lane, live: 'mixed' } });
    expect(mixed.text).toContain('web serves more than one revision, but');
    expect(verbs(mixed.run).slice(2)).toEqual(DEPLOY);
  });

  it('names the share of each revision, the largest first', () => {
    const lane = { live: 'mixed', share: 33, shares: { 3: 0.1, 2: 33.333, 1: 66.567 }, status: '' };
    const { text } = stuckReason(lambdaRecord({ lane }), undefined);

    expect(text).toContain(
      'api serves more than one revision (66.6 % of traffic on version 1, 33.3 % on version 2, 0.1 % on version 3) and could not be rolled back to version 1.',
    );
  });

  it('stops a rollback that does not end before it begins another one', () => {
    const back = deployment({ id: 'd-back', status: 'InProgress' });
    const { text, run } = web({ live: 'web:2', forward, back });

    expect(text).toContain('deployment d-back, is still InProgress');
    const known = web({ live: 'web:2', forward, back }, { back: ['d-back'] });
    expect(known.text).not.toContain('Tandem tried');
    expect(run.slice(0, 2)).toEqual([
      'aws deploy stop-deployment --deployment-id d-back --no-auto-rollback-enabled',
      FREE,
    ]);
    expect(verbs(run).slice(2)).toEqual(DEPLOY);
  });

  it('names the deployments that failed, why the last one did, and how to look at it', () => {
    const error = {
      code: 'ECS_UPDATE_ERROR',
      message: `no task set can be made${'!'.repeat(900)}`,
    };
    const back = deployment({ id: 'd-4', status: 'Failed', error });
    const { text } = web({ live: 'web:2', forward, back }, { back: ['d-2', 'd-3', 'd-4'] });

    expect(text).toMatch(
      /and could not be rolled back to web:1\. Tandem changes nothing more\. Tandem tried the deployments d-2, d-3, d-4\. CodeDeploy's deployment d-4 of web is Failed: ECS_UPDATE_ERROR: no task set can be made!+…\. See the last one: aws deploy get-deployment --deployment-id d-4$/,
    );
    expect(text.length).toBeLessThan(700);
    const stopped = deployment({ id: 'd-2', status: 'Stopped' });
    expect(web({ forward, back: stopped }, { back: ['d-2'] }).text).toMatch(
      /Tandem tried the deployment d-2\. CodeDeploy's deployment d-2 of web is Stopped\. See it: aws deploy/,
    );
  });

  it('continues a rollback that waits at READY, and begins no other one', () => {
    const back = deployment({ id: 'd-back', status: 'Ready' });
    const { text, run } = web({ forward, back });

    expect(text).toContain('its rollback to web:1, deployment d-back, is Ready');
    expect(verbs(run)).toEqual(DEPLOY.slice(2));
    expect(run[0]).toContain('--deployment-id d-back --deployment-wait-type READY_WAIT');
  });

  it('ends a rollback that only keeps the other tasks', () => {
    const back = deployment({ id: 'd-back', status: 'InProgress', terminationWait: true });
    const { text, run } = web({ live: 'web:1', forward, back });

    expect(text).toContain('still keeps the other tasks');
    expect(run[0]).toBe(
      'aws deploy continue-deployment --deployment-id d-back --deployment-wait-type TERMINATION_WAIT',
    );
    expect(run).toHaveLength(2);
  });

  it('waits for the deployment of somebody else, which a person may stop', () => {
    const { text, run } = web({ live: 'web:2', forward, foreign: 'd-9' });

    expect(text).toContain('deployment d-9, which Tandem did not start, keeps its group busy');
    expect(run.slice(0, 2)).toEqual([
      'If it should not go on: aws deploy stop-deployment --deployment-id d-9 --auto-rollback-enabled',
      FREE,
    ]);
    expect(verbs(run).slice(2)).toEqual(DEPLOY);
  });

  it('says that others have put a third revision live, and how it would go', () => {
    const { text, run } = web(
      { live: 'web:9', forward },
      { lane: { live: 'web:9', share: 0, status: '' } },
    );

    expect(text).toContain(
      'web serves web:9, which somebody else has put live since this release began',
    );
    expect(text).toContain('only if it is to serve web:1 again');
    expect(verbs(run).slice(1)).toEqual(DEPLOY);
  });

  it('looks first for what keeps the group busy where the target could not be read', () => {
    const { text, run } = web(undefined, { unread: 'AccessDeniedException: no' });

    expect(text).toContain('web could not be read: AccessDeniedException: no. It served web:2');
    expect(verbs(run).slice(0, 2)).toEqual([
      'aws deploy list-deployments',
      'aws deploy stop-deployment',
    ]);
    expect(run[2]).toBe(FREE);
  });
});

describe('outdatedReason', () => {
  it('says what is live, why it is left there, and how it would be brought back', () => {
    const lane = { live: '2', share: 100, status: '' };
    const { code, text, run = [] } = outdatedReason(lambdaRecord({ lane }), 'release winter came');

    expect(code).toBe('record-outdated');
    expect(text).toContain('api serves version 2, and Tandem leaves it there');
    expect(text).toContain('release winter came');
    expect(run.at(-1)).toBe(ALIAS);
  });
});
