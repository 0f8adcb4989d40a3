import { describe, expect, it } from 'vitest';
import { promotedBy, takenBackBy } from '../../../core/history/taken-back.ts';
import { ecsRecord, lambdaRecord, record } from '../fixture.ts';

const revision = (name: string, content: object) => ({ name, ref: name, ...content });

const moved = (change: object = {}) => [
  ecsRecord({
    from: revision('web:1', { digest: 'sha256:old' }),
    to: revision('web:2', { digest: 'sha256:new' }),
    shifted: true,
    ...change,
  }),
  lambdaRecord({
    from: revision('1', { codeSha256: 'old' }),
    to: revision('2', { codeSha256: 'new' }),
    shifted: true,
    ...change,
  }),
];

const web = { target: 'web', content: 'sha256:new' };
const api = { target: 'api', content: 'new' };
const red = (target?: string) => ({
  code: 'alarm-red' as const,
  text: 'red',
  ...(target && { target }),
});

describe('takenBackBy', () => {
  const back = { decision: 'rollback', end: 'RolledBack' } as const;

  it('is every revision that users met, where no reason names a target', () => {
    expect(takenBackBy(record({ ...back, targets: moved(), reasons: [red()] }))).toEqual([
      web,
      api,
    ]);
    const aborted = { ...back, end: 'Aborted' } as const;
    expect(takenBackBy(record({ ...aborted, targets: moved() }))).toEqual([web, api]);
  });

  it('is the revision that the reasons name, so that the other one goes with a fix', () => {
    expect(takenBackBy(record({ ...back, targets: moved(), reasons: [red('web')] }))).toEqual([
      web,
    ]);
  });

  it('is none where users were left where they are, since the record is outdated', () => {
    const stuck = { ...back, end: 'NeedsAttention', outdated: 'winter came after it' } as const;
    expect(takenBackBy(record({ ...stuck, targets: moved(), reasons: [red()] }))).toEqual([]);
  });

  it('is none that no user met', () => {
    const targets = moved({ shifted: false });
    expect(takenBackBy(record({ decision: 'rollback', end: 'Rejected', targets }))).toEqual([]);
  });

  it('is none whose content was there before: only its configuration changed', () => {
    const same = lambdaRecord({
      from: revision('1', { codeSha256: 'same' }),
      to: revision('2', { codeSha256: 'same' }),
      shifted: true,
    });
    expect(takenBackBy(record({ ...back, targets: [same] }))).toEqual([]);
  });

  it.each([
    ['the image is the same', { digest: 'same' }],
    ['blue names its image by a tag', {}],
  ])('is the settings that were named, and their clone, where %s', (_, from) => {
    const settings = ecsRecord({
      wanted: { taskDefinition: 'web:11' },
      from: revision('web:1', from),
      to: revision('web:12', { digest: 'same' }),
      shifted: true,
    });
    expect(takenBackBy(record({ ...back, targets: [settings] }))).toEqual([
      { target: settings.name, content: 'web:12' },
      { target: settings.name, content: 'web:11' },
    ]);
  });

  it('is what a rollback went back from', () => {
    const undo = { intent: 'rollback', decision: 'promote', targets: moved() } as const;
    expect(takenBackBy(record({ ...undo, end: 'Promoted' }))).toEqual([
      { target: 'web', content: 'sha256:old' },
      { target: 'api', content: 'old' },
    ]);
    expect(takenBackBy(record({ ...undo, decision: 'rollback', end: 'RolledBack' }))).toEqual([]);
  });
});

describe('promotedBy', () => {
  it('is what users are on after a promotion, and nothing else', () => {
    expect(promotedBy(record({ end: 'Promoted', targets: moved() }))).toEqual([web, api]);
    expect(promotedBy(record({ end: 'RolledBack', targets: moved() }))).toEqual([]);
  });
});
