/** What others do to a release: people, and the alarm that CodeDeploy watches itself. */
import { type Command, commandProblem, ordered } from '../../../core/protocol/command.ts';
import type { ReleaseRecord } from '../../../core/record/record.ts';
import type { Deployment } from './deployment.ts';
import type { Happening, Scenario } from './scenario.ts';
import type { Party } from './world.ts';

/** What others can reach. */
export interface Reach {
  readonly parties: readonly Party[];
  /** Does something at a minute of the release. */
  readonly at: (minute: number, act: () => void) => void;
  readonly now: () => number;
  readonly record: () => ReleaseRecord;
  readonly signal: (edit: (record: ReleaseRecord) => ReleaseRecord) => void;
  readonly forwardOf: (party: Party) => Deployment | undefined;
  readonly turnRed: () => void;
}

/** A person gives a command. */
const order = ({ record, signal }: Reach, command: Command['command']): void => {
  const given = { releaseId: record().release, command, by: 'ada', reason: '' };
  if (!commandProblem(record(), given)) signal((current) => ordered(current, given));
};

/** A person points the alias of a function at a third version. */
const move = ({ now }: Reach, party: Party): void => {
  if (party.side.kind !== 'lambda') return;
  party.movedAt = now();
  party.theirs = true;
  party.group.setTraffic('hotfix');
};

/** Something happens to the release now. */
export const happen = (reach: Reach, what: Happening): void => {
  const { parties, forwardOf } = reach;
  if (what === 'abort' || what === 'hold') order(reach, what);
  if (what === 'red') {
    reach.turnRed();
    reach.signal((same) => same);
  }
  if (what === 'stop') {
    const forward = forwardOf(parties[0]!);
    if (forward) parties[0]!.group.stop(forward.id);
  }
  if (what === 'moved') move(reach, parties.at(-1)!);
};

/** Somebody else deploys to a group. */
const deploy = (
  { record, now }: Reach,
  party: Party,
  { minutes, what }: { readonly minutes: number; readonly what: 'same' | 'another' },
): void => {
  const id = party.group.create({
    description: 'by hand',
    creator: 'foreign',
    wanted: what === 'same' ? record().targets[party.name]!.from!.name : 'something else',
    hooks: false,
    curve: { type: 'canary', percent: 50, minutes },
  });
  if (id !== undefined) party.theirs = true;
  if (id !== undefined && what === 'another') party.movedAt = now();
};

/** Puts everything that others will do on the agenda. */
export const schedule = (scenario: Scenario, reach: Reach): void => {
  const { parties, at, forwardOf } = reach;
  for (const { minute, command } of scenario.commands) at(minute, () => order(reach, command));
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
    const { stop, goOn, foreign, moved } = party.side;
    if (stop) {
      at(stop.minute, () => {
        const forward = forwardOf(party);
        if (forward) party.group.stop(forward.id, stop.rollsBack);
      });
    }
    if (goOn !== undefined) {
      at(goOn, () => {
        const forward = forwardOf(party);
        if (forward) party.group.goOn(forward.id, 'start');
      });
    }
    if (moved !== undefined) at(moved, () => move(reach, party));
    if (foreign) at(foreign.minute, () => deploy(reach, party, foreign));
  }
};
