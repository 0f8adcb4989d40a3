import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Scenario } from '../../rehearsal/scenario/scenario.ts';
import { ASSEMBLY } from '../../rehearsal/stage/synthesis.ts';

const folder = join(import.meta.dirname, '../../samples/scenarios');

const template = JSON.parse(
  readFileSync(join(ASSEMBLY, 'tandem-storefront.template.json'), 'utf8'),
);

/** Names of the alarms that guard releases of the sample. */
const guards = Object.values<any>(template.Resources)
  .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
  .map(({ Properties }) => Properties.AlarmName);

/** Scenarios in which users are served, and in which no alarm is set by hand. */
const byTraffic = readdirSync(folder)
  .map((file) => Scenario.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))))
  .filter(
    ({ steps }) =>
      steps.some((step) => 'traffic' in step) && !steps.some((step) => 'alarm' in step),
  );

it.each(guards)('%s ends a release in a scenario by the traffic of users alone', (alarm) => {
  const proofs = byTraffic.filter(({ expect: { releases } }) =>
    releases.some(({ end, says }) => end === 'RolledBack' && says === alarm),
  );

  expect(proofs.map(({ fault }) => fault)).not.toEqual([]);
});
