import { isActive, type TargetObservation } from '../deployments/observation.ts';
import type { RollbackStep } from '../facts/kinds.ts';
import { type ReleaseRecord, type TargetRecord, withTarget } from '../record/record.ts';
import { namedRevision } from '../release/revision-words.ts';
import { lostBackText } from './lost-back.ts';
import type { WayBack } from './way-back.ts';

/** Why nothing is left to do. */
const arrived = (
  { shifted, from }: TargetRecord,
  { forward, back }: TargetObservation,
): RollbackStep => {
  if (forward === undefined) return { did: 'nothing', because: 'never-launched' };
  if (!shifted || from === undefined) return { did: 'nothing', because: 'no-traffic' };
  const to = namedRevision(from);
  return { did: 'nothing', because: 'back', to, ...(back ? { deployment: back.id } : {}) };
};

/** What is waited for. */
const awaited = (
  target: TargetRecord,
  { forward, back, foreign }: TargetObservation,
): RollbackStep => {
  const did = 'wait';
  if (forward && isActive(forward)) return { did, of: 'forward', deployment: forward.id };
  if (back && isActive(back)) {
    const isOurs = target.back.includes(back.id);
    return { did, of: isOurs ? 'back' : 'platform', deployment: back.id };
  }
  if (foreign) return { did, of: 'others', deployment: foreign };
  return { did, of: 'forward-ended', ...(forward ? { deployment: forward.id } : {}) };
};

/** A step of a target's rollback as data of its fact. */
export const stepOf = (
  target: TargetRecord,
  reading: TargetObservation,
  way: WayBack,
): RollbackStep => {
  const { from } = target;
  const goal = from ? { to: namedRevision(from) } : {};
  switch (way.do) {
    case 'nothing':
      return arrived(target, reading);
    case 'wait':
      return awaited(target, reading);
    case 'answer-failed':
      return { did: way.do, hooks: way.hooks.map(({ event }) => event) };
    case 'stop':
      return { did: way.do, deployment: way.deploymentId };
    case 'continue':
      return { did: way.do, deployment: way.deploymentId, wait: way.wait };
    case 'redeploy': {
      const failed = lostBackText(target, reading);
      return { did: way.do, ...goal, attempt: way.attempt, ...(failed ? { failed } : {}) };
    }
    default:
      return { did: way.do, ...goal };
  }
};

/** A step, and why it was refused, if it was. */
export interface Took {
  readonly step: RollbackStep;
  readonly refused?: string | undefined;
}

/** Whether the step is the last one of this target in the ledger. */
export const isToldAgain = (target: TargetRecord | undefined, took: Took): boolean =>
  target?.toldStep === JSON.stringify(took);

/** The record with the step as the last one of this target in the ledger; unchanged where it is already. @internal */
export const withToldStep = (record: ReleaseRecord, name: string, took: Took): ReleaseRecord =>
  isToldAgain(record.targets[name], took)
    ? record
    : withTarget(record, name, { toldStep: JSON.stringify(took) });

/** The record after a step of a target's rollback: with what it `changed`, and with the deployment that it found. */
export const withStep = (
  record: ReleaseRecord,
  { name, forward }: Pick<TargetRecord, 'name' | 'forward'>,
  changed: (record: ReleaseRecord) => ReleaseRecord,
  took: Took,
): ReleaseRecord => {
  const isNew = forward && record.targets[name]?.forward !== forward;
  const found = isNew ? withTarget(record, name, { forward }) : record;
  return withToldStep(changed(found), name, took);
};
