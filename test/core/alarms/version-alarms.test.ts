import { describe, expect, it } from 'vitest';
import type { AlarmReading } from '../../../core/alarms/alarms.ts';
import { strayedAlarms } from '../../../core/alarms/version-alarms.ts';
import { api, codesOf, ecsRecord, lambdaRecord, record } from '../fixture.ts';

const target = lambdaRecord({
  registration: api({ versionAlarms: { blue: ['blue-errors'], green: ['green-errors'] } }),
});
const release = record({ targets: [ecsRecord(), target] });

const alarm = (name: string, ...versions: string[]): AlarmReading => ({
  name,
  state: 'OK',
  stateReason: '',
  since: '2026-11-23T09:00:00.000Z',
  dimensions: versions.map((value) => ({ name: 'ExecutedVersion', value })),
});

describe('alarms of versions while a release is under way', () => {
  it('watch the version that the release pointed them at', () => {
    expect(strayedAlarms(release, [alarm('blue-errors', '1'), alarm('green-errors', '2')])).toEqual(
      [],
    );
  });

  it('guard nothing when somebody points them elsewhere', () => {
    const strayed = strayedAlarms(release, [alarm('blue-errors', '1'), alarm('green-errors', '1')]);

    expect(codesOf(strayed)).toEqual(['alarm-missing']);
    expect(strayed[0]?.text).toContain(
      'Alarm green-errors should watch version 2 of api, but watches version 1',
    );
  });

  it('are not told twice where one is missing', () => {
    expect(strayedAlarms(release, [])).toEqual([]);
  });
});
