/** The pair at the places of its way that the tests of `next` begin from. */

import type { TargetObservation } from '../../../core/deployments/observation.ts';
import { BARRIER } from '../../../core/drivers/codedeploy/events.ts';
import { next } from '../../../core/protocol/next.ts';
import type { Next } from '../../../core/protocol/phases/view.ts';
import type { TargetRecord } from '../../../core/record/record.ts';
import { vote } from '../../../core/record/vote.ts';
import { pass } from '../../../core/release/verdict.ts';
import {
  alarmsSay,
  codesOf,
  deployment,
  ecsRecord,
  held,
  lambdaRecord,
  momentAfter,
  observation,
  policy,
  proven,
  reading,
  record,
} from '../fixture.ts';

/** What a test may say of a record. */
export type Change = NonNullable<Parameters<typeof record>[0]>;

/** The pair somewhere on its way: what is recorded, and what is read of each side. */
export interface Stand {
  readonly web?: Partial<TargetRecord>;
  readonly api?: Partial<TargetRecord>;
  readonly readWeb?: Partial<TargetObservation>;
  readonly readApi?: Partial<TargetObservation>;
  readonly change?: Omit<Change, 'targets'>;
  readonly minute?: number;
}

const ready = deployment({ id: 'd-web', status: 'Ready' });
/** A deployment that goes forward. */
export const forward = (id: string, status = 'InProgress', change = {}) =>
  deployment({ id, status, ...change });

/** What the protocol says at a place. */
export const ask = (stand: Stand, alarms = pass, judge = pass): Next =>
  next(
    record({
      alarmsSeen: momentAfter(stand.minute ?? 0),
      ...stand.change,
      targets: [ecsRecord(stand.web), lambdaRecord(stand.api)],
    }),
    observation(stand.minute ?? 0, {
      web: reading(stand.readWeb),
      api: reading({ live: '1', ...stand.readApi }),
    }),
    [...alarmsSay(alarms), vote('judge', judge)],
  );

/** An answer in one line: the phase, the action, and where it leads. */
export const lineOf = (answer: Next): string => {
  const { phase, action } = answer;
  if (action === 'proceed') return `${phase}: ${answer.step}`;
  if (action === 'wait') return `${phase}: wait ${answer.seconds}`;
  if (action === 'rollback') return `${phase}: ${codesOf(answer.reasons).join(' ')}`;
  return `${phase}: ${action}`;
};

/** Green of the service is up, proven, and no user has met it. */
export const staged: Stand = {
  web: { launching: true, forward: 'd-web', launched: momentAfter(0) },
  readWeb: { forward: ready },
  change: { times: { staged: momentAfter(0) }, proof: proven() },
};
/** The same place under another policy. */
export const withPolicy = (stand: Stand, change: Parameters<typeof policy>[0]): Stand => ({
  ...stand,
  change: { ...stand.change, policy: policy(change) },
});
/** The same place with another record. */
export const changed = (stand: Stand, change: Stand['change']): Stand => ({
  ...stand,
  change: { ...stand.change, ...change },
});

/** The common start: the function is launched too. */
export const launched: Stand = {
  ...staged,
  api: { launching: true, forward: 'd-api', launched: momentAfter(2) },
  readApi: { live: '1', forward: forward('d-api') },
  change: { proof: proven(), times: { staged: momentAfter(0), shifted: momentAfter(2) } },
};
/** All traffic is on green, blue is whole. */
export const arrived: Stand = {
  web: { ...launched.web, shifted: true, arrivedAt: momentAfter(7) },
  api: { ...launched.api, shifted: true, arrivedAt: momentAfter(8) },
  readWeb: { live: 'web:2', share: 100, forward: forward('d-web') },
  readApi: { live: '2', share: 100, forward: forward('d-api') },
  change: {
    proof: proven(),
    times: { staged: momentAfter(0), shifted: momentAfter(2), held: momentAfter(8) },
    hooks: [held('d-web', BARRIER), held('d-api', BARRIER)],
  },
};
/** The decision to promote is written. */
export const decided: Stand = changed(arrived, { decision: 'promote' });
/** Both barriers, answered. */
export const answered = [
  held('d-web', BARRIER, { answer: 'Succeeded' }),
  held('d-api', BARRIER, { answer: 'Succeeded' }),
];
/** Both barriers are answered, blue is kept. */
export const guarded: Stand = {
  ...changed(decided, {
    hooks: answered,
    times: { shifted: momentAfter(2), guarded: momentAfter(14) },
  }),
  readWeb: {
    live: 'web:2',
    share: 100,
    forward: forward('d-web', 'InProgress', { terminationWait: true }),
  },
  readApi: { live: '2', share: 100, forward: forward('d-api', 'Succeeded') },
};
/** The guard is over; what is live is being read. */
export const guardEnded: Stand = {
  ...changed(guarded, {
    hooks: answered,
    times: { shifted: momentAfter(2), guarded: momentAfter(14), guardEnded: momentAfter(19) },
  }),
  web: { ...guarded.web, unguarded: true },
  api: { ...guarded.api, unguarded: true },
};
