/** What the release does to CodeDeploy and to traffic, and the laws of its deeds. */
import { isDeepStrictEqual } from 'node:util';
import { BARRIER, START } from '../../../core/drivers/codedeploy/events.ts';
import { readMarker, renderMarker } from '../../../core/drivers/codedeploy/marker.ts';
import { answerShown, continued } from '../../../core/drivers/codedeploy/read-back.ts';
import type { Continued, HookAnswer, WaitName } from '../../../core/drivers/driver.ts';
import type { ReleaseRecord, TargetRecord } from '../../../core/record/record.ts';
import { SUSPENDED, type SuspendedState } from '../../../core/record/scaling.ts';
import { TryAgainError } from '../../../core/text/errors.ts';
import { SEEN } from '../../../rehearsal/laws/law.ts';
import type { Deployment } from './deployment.ts';
import { marked } from './reading.ts';
import type { Scenario } from './scenario.ts';
import type { Party } from './world.ts';

/** Thrown where AWS refuses a call for good. */
export class Refused extends Error {
  override readonly name = 'AccessDeniedException';
}

/** Makes the deeds of a release. */
export const deedsOf = (
  scenario: Scenario,
  about: {
    readonly now: () => number;
    readonly record: () => ReleaseRecord;
    readonly parties: readonly Party[];
    readonly forwardOf: (party: Party) => Deployment | undefined;
    readonly scaling: Map<string, SuspendedState>;
    readonly wrong: Set<string>;
    /** What the scenario wanted to happen, and did. */
    readonly met: Set<string>;
    readonly actor: () => string;
    /** What was ordered before the Invoke that acts now has begun. */
    readonly orderedBefore: (command: 'abort' | 'hold') => boolean;
  },
) => {
  const { record, parties, forwardOf, wrong, now } = about;
  const markers = new Set<string>();
  let words = 0;

  /** A deed of the release: only its owner does any, and none comes after its end. */
  const deed = (what: string): void => {
    const { end, owner } = record();
    if (end) wrong.add(`${what} for a release after its end`);
    if (about.actor() !== owner) wrong.add(`${what} by an execution that does not own the release`);
  };

  /** Says a word to CodeDeploy; the SDK says it again where it gets no answer. `taken` is the answer to one without effect. */
  const say = <T>(kind: string, word: () => T, taken?: T): T => {
    const fate = scenario.words.find((one) => one.word === words)?.fate;
    words += 1;
    if (fate) about.met.add(`word: ${fate} ${kind}`);
    if (fate === 'refused') throw new Refused('not authorized');
    if (fate === 'ineffective' && taken !== undefined) return taken;
    if (fate === 'unanswered') word();
    return word();
  };

  /** What others put live, neither the old nor the new revision and not by CodeDeploy's own rollback, is never touched. */
  const touchTraffic = (party: Party): void => {
    const { from, to } = record().targets[party.name]!;
    const live = [...party.group.traffic().keys()];
    const isTheirs = party.movedAt !== undefined && now() - party.movedAt > SEEN;
    const isThird = live.length === 1 && ![from?.name, to?.name].includes(live[0]);
    if (isTheirs && isThird && forwardOf(party)?.rollbackId === undefined)
      wrong.add('a revision that others had put live was touched');
  };

  /** Ends a wait, and reads the deployment where CodeDeploy refuses. */
  const endWait = ({ group }: Party, id: string, wait: WaitName): Continued => {
    deed(`${wait} was ended`);
    if (say(wait, () => group.goOn(id, wait), true)) return 'goes-on';
    const became = continued(wait, group.read(id));
    if (became) return became;
    throw new TryAgainError(`CodeDeploy shows that ${id} waits`);
  };

  /** Answers a held hook; a barrier may succeed only once that is decided. */
  const answer = (party: Party, id: string, event: string, value: HookAnswer): HookAnswer => {
    deed(`${event} was answered`);
    const isCommit = event === BARRIER && value === 'Succeeded';
    if (isCommit && record().decision !== 'promote')
      wrong.add('a barrier was answered Succeeded before the decision');
    if (isCommit && about.orderedBefore('abort'))
      wrong.add('a barrier was answered Succeeded although a person had aborted the release');
    const services = parties.filter(({ side }) => side.kind === 'ecs');
    const isLast = services.every(
      (one) => forwardOf(one)?.events[BARRIER]?.status !== 'InProgress',
    );
    if (isCommit && party.side.kind === 'lambda' && !isLast)
      wrong.add('a function was answered before a service');
    if (say(event, () => party.group.answer(id, event, value))) return value;
    const held = answerShown(party.group.read(id).events[event]?.status);
    if (held) return held;
    throw new TryAgainError(`CodeDeploy shows no end of ${event}`);
  };

  return {
    touchTraffic,
    endWait,
    answer,
    /** Creates a deployment with our marker; a second one with the same marker is a defect. Undefined when the group is busy. */
    create: (party: Party, direction: 'forward' | 'rollback', attempt: number, wanted: string) => {
      deed(`a deployment ${direction} was created`);
      if (direction === 'rollback') touchTraffic(party);
      const marker = renderMarker({ ...record(), target: party.name, direction, attempt });
      const id = say(
        direction,
        () =>
          party.group.create({
            description: marker,
            wanted,
            hooks: direction === 'forward',
            curve: direction === 'forward' ? record().curve : { type: 'all-at-once' },
          }) ?? marked(party, marker),
      );
      if (id !== undefined && markers.has(`${marker} ${id}`)) return id;
      if (id !== undefined && [...markers].some((one) => one.startsWith(`${marker} `)))
        wrong.add('a deployment was created twice');
      if (id !== undefined) markers.add(`${marker} ${id}`);
      return id;
    },
    /** Starts the shift of a target that is held before it; by then every target must be held or on its way. */
    letGo: (party: Party, { forward = '' }: TargetRecord): Continued => {
      const stages = parties.map((one) => forwardOf(one)?.stage ?? 'nowhere');
      if (stages.some((stage) => stage === 'nowhere' || stage === 'installing'))
        wrong.add('a target was released before the others were held');
      if ([...about.scaling.values()].some((state) => !isDeepStrictEqual(state, SUSPENDED)))
        wrong.add('a service was released while it might be scaled');
      const isBesideEnded = parties.some((one) => {
        const forward = forwardOf(one);
        // A stop that waits for the hook takes effect with our answer: nobody could know.
        const isKnown = one !== party && !one.side.nature.stopWaitsForHook;
        const isIn = isKnown && record().targets[one.name]!.released;
        return (
          isIn && forward?.stage === 'over' && forward.events.AllowTraffic?.status === 'Pending'
        );
      });
      if (isBesideEnded && !about.met.has('word: ineffective start'))
        wrong.add('a target was released beside one that had ended before its start');
      const isFirst = Object.values(record().targets).every(({ released }) => !released);
      if (isFirst && (about.orderedBefore('hold') || about.orderedBefore('abort')))
        wrong.add('the start was begun although a person had stopped it');
      if (party.side.kind === 'ecs') return endWait(party, forward, 'start');
      return answer(party, forward, START, 'Succeeded') === 'Succeeded' ? 'goes-on' : 'ended';
    },
    /** Stops a deployment; never one that is not the release's own. */
    stop: (party: Party, id: string): void => {
      deed('a deployment was stopped');
      const marker = readMarker(party.group.find(id).description);
      if (marker?.release !== record().release) wrong.add('a foreign deployment was stopped');
      say('stop', () => party.group.stop(id));
    },
    /** Points the alias at the old version. */
    restore: (party: Party, from: string): void => {
      deed('an alias was set');
      touchTraffic(party);
      say('alias', () => party.group.setTraffic(from));
    },
    /** Sets what is suspended of a service's scaling. */
    scale: (name: string, state: SuspendedState): void => {
      deed('scaling was set');
      about.scaling.set(name, state);
    },
  };
};
