import { describe, expect, it } from 'vitest';
import { stuckReason } from '../../core/attention.ts';
import { deployment, ecsRecord, lambdaRecord, reading } from './fixture.ts';

describe('stuckReason', () => {
  it('gives a person the exact command', () => {
    const { code, text } = stuckReason(
      lambdaRecord({ lane: { live: '2', share: 100, status: '' } }),
      undefined,
    );
    expect(code).toBe('take-back-failed');
    expect(text).toContain('api serves version 2 and could not be brought back to version 1');
    expect(text).toContain(
      'aws lambda update-alias --function-name storefront-api --name live --function-version 1',
    );
    const service = stuckReason(ecsRecord(), undefined).text;
    expect(service).toContain('aws deploy create-deployment --application-name');
    expect(service).toContain('arn:web:1');
    expect(service).toContain('--override-alarm-configuration enabled=false');
    const launched = ecsRecord({ launch: { platformVersion: '1.3.0' } });
    expect(stuckReason(launched, undefined).text).toContain('PlatformVersion');
  });

  it('tells of a deployment that could not be stopped, whatever users see, and what refused it', () => {
    const refused = [{ do: 'stop', why: 'AccessDeniedException: no' }];
    const read = reading({ forward: deployment({ status: 'Ready' }) });
    const lane = { live: 'web:1', share: 0, status: 'Ready' };
    const { text } = stuckReason(ecsRecord({ lane, refused }), read);
    expect(text).toBe(
      'web serves web:1, but its deployment d-1 is still Ready and could not be stopped; nothing more is touched. Stop it with: aws deploy stop-deployment --deployment-id d-1 --auto-rollback-enabled. It was refused last: AccessDeniedException: no',
    );
    const half = stuckReason(ecsRecord({ lane: { ...lane, live: 'mixed' } }), read).text;
    expect(half).toContain('--auto-rollback-enabled, and then: aws deploy create-deployment');
  });

  it('begins with what keeps the group busy: a command that must fail is none', () => {
    const lane = { live: 'web:2', share: 100, status: '' };
    const forward = deployment({ status: 'Succeeded' });
    const back = deployment({ id: 'd-back', status: 'InProgress' });
    const own = stuckReason(ecsRecord({ lane }), reading({ live: 'web:2', forward, back })).text;
    expect(own).toContain('deployment d-back, is still InProgress');
    expect(own).toMatch(
      /stop-deployment --deployment-id d-back, and then: aws deploy create-deployment/,
    );
    const others = reading({ live: 'web:2', forward, foreign: 'd-9' });
    const foreign = stuckReason(ecsRecord({ lane }), others).text;
    expect(foreign).toContain('aws deploy wait deployment-successful --deployment-id d-9');
    expect(foreign.indexOf('d-9')).toBeLessThan(foreign.indexOf('create-deployment'));
  });

  it('says that others have put a third revision live', () => {
    const lane = { live: 'web:9', share: 0, status: '' };
    const read = reading({ live: 'web:9', forward: deployment({ status: 'Succeeded' }) });
    expect(stuckReason(ecsRecord({ lane }), read).text).toContain(
      'web serves web:9, which others have put live since this release began',
    );
  });

  it('tells of a way back that could not be continued', () => {
    const read = reading({
      forward: deployment({ status: 'Succeeded' }),
      back: deployment({ id: 'd-back', status: 'Ready' }),
    });
    const { text } = stuckReason(
      ecsRecord({ lane: { live: 'web:2', share: 100, status: '' } }),
      read,
    );
    expect(text).toContain('its way back to web:1, deployment d-back, is Ready');
    expect(text).toContain('aws deploy continue-deployment --deployment-id d-back');
  });
});
