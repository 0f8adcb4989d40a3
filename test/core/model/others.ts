/** What others do to a release: people, and the alarm that CodeDeploy watches itself. */
import { commandProblem, ordered } from '../../../core/events/command.ts';
import type { ReleaseRecord } from '../../../core/record.ts';
import type { Deployment } from './deployment.ts';
import type { Scenario } from './scenario.ts';
import type { Party } from './world.ts';

/** What others can reach. */
interface Reach {
  readonly parties: readonly Party[];
  /** Does something at a minute of the release. */
  readonly at: (minute: number, act: () => void) => void;
  readonly record: () => ReleaseRecord;
  readonly signal: (edit: (record: ReleaseRecord) => ReleaseRecord) => void;
  readonly forwardOf: (party: Party) => Deployment | undefined;
}

/** Puts everything that others will do on the agenda. */
export const schedule = (
  scenario: Scenario,
  { parties, at, record, signal, forwardOf }: Reach,
): void => {
  for (const { minute, command } of scenario.commands) {
    const order = { releaseId: record().release, command, by: 'ada', reason: '' };
    at(minute, () => {
      if (!commandProblem(record(), order)) signal((current) => ordered(current, order));
    });
  }
  const { red, armed } = scenario.alarm;
  if (red && armed && scenario.intent === 'release') {
    at(red.from, () => {
      for (const party of parties) {
        const forward = forwardOf(party);
        if (forward) party.group.stop(forward.id);
      }
    });
  }
  for (const party of parties) {
    const { stop, goOn, foreign } = party.side;
    if (stop) {
      at(stop.minute, () => {
        const forward = forwardOf(party);
        if (forward) party.group.stop(forward.id, stop.rollsBack);
      });
    }
    if (goOn !== undefined) {
      at(goOn, () => {
        const forward = forwardOf(party);
        if (forward) party.group.goOn(forward.id, 'ready');
      });
    }
    if (foreign) {
      at(foreign.minute, () => {
        party.group.create({
          description: 'by hand',
          creator: 'foreign',
          wanted:
            foreign.what === 'same' ? record().targets[party.name]!.from!.name : 'something else',
          hooks: false,
          curve: { type: 'canary', percent: 50, minutes: foreign.minutes },
        });
      });
    }
  }
};
