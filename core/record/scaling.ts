/** What a release does with what scales a service by itself: it stands still while traffic moves, and is then as it was before. */
import * as z from 'zod/mini';
import type { ScalableService } from '../drivers/driver.ts';
import { driverOf } from '../drivers/drivers.ts';
import { type Reason, reason } from '../release/reason.ts';
import { Text } from '../text/schema.ts';
import type { ReleaseRecord, TargetRecord } from './record.ts';

/** The scaling activities that are suspended, by the names of AWS. */
export const SuspendedState = z.strictObject({
  DynamicScalingInSuspended: z.boolean(),
  DynamicScalingOutSuspended: z.boolean(),
  ScheduledScalingSuspended: z.boolean(),
});
export type SuspendedState = z.infer<typeof SuspendedState>;

/** What a release knows of the scaling of one of its services. */
export const Scaling = z.strictObject({
  /** What was suspended before this release suspended everything; it is there until that is restored. */
  before: z.optional(SuspendedState),
  /** Why this release leaves the scaling alone from now on. */
  left: z.optional(Text),
  /** How often it could not be restored, and why not at the last try. */
  failed: z.optional(z.strictObject({ tries: z.int(), why: Text })),
});
export type Scaling = z.infer<typeof Scaling>;

/** Everything suspended: what a release sets. @internal */
export const SUSPENDED: SuspendedState = {
  DynamicScalingInSuspended: true,
  DynamicScalingOutSuspended: true,
  ScheduledScalingSuspended: true,
};

const isSame = (a: SuspendedState, b: SuspendedState): boolean =>
  (Object.keys(SUSPENDED) as (keyof SuspendedState)[]).every((name) => a[name] === b[name]);

/** What to do with a scalable target: set this state, or leave it alone for this reason, or nothing. */
export type ScalingOrder =
  | { readonly do: 'set'; readonly state: SuspendedState; readonly before: SuspendedState }
  | { readonly do: 'leave'; readonly why: string }
  | { readonly do: 'nothing' };

const CHANGED = 'somebody changed it during the release';

/** Whether everything is suspended. */
export const isSuspended = (state: SuspendedState): boolean => isSame(state, SUSPENDED);

/** How to suspend what is `current` now; undefined: there is no scalable target. `before` is known when an earlier try got as far as the record, or an earlier release could not restore it. */
export const suspension = (
  { before }: Pick<Scaling, 'before'>,
  current: SuspendedState | undefined,
): ScalingOrder => {
  if (!current) return { do: 'leave', why: 'the service has no scalable target' };
  if (before && isSuspended(current)) return { do: 'nothing' };
  if (isSuspended(current)) return { do: 'leave', why: 'it was suspended before the release' };
  if (before && !isSame(current, before)) return { do: 'leave', why: CHANGED };
  return { do: 'set', state: SUSPENDED, before: current };
};

/** How to restore what was `before`: only what still is as this release has set it. */
export const restoration = (
  before: SuspendedState,
  current: SuspendedState | undefined,
): ScalingOrder => {
  if (!current) return { do: 'leave', why: 'the service has no scalable target any more' };
  if (isSame(current, before)) return { do: 'nothing' };
  if (!isSuspended(current)) return { do: 'leave', why: CHANGED };
  return { do: 'set', state: before, before };
};

/** Phases in which a deployment needs a steady number of tasks. Asking is none of them: people may take days. */
const STEADY: readonly ReleaseRecord['phase'][] = ['Staging', 'Proving', 'Shifting'];

/** Whether the scaling of the release's services is to be suspended now. */
const wantsSteady = ({ phase, decision, end }: ReleaseRecord): boolean =>
  decision === 'none' && end === undefined && STEADY.includes(phase);

/** What a release wants of the scaling of its services now. After its end it changes nothing any more. */
export const wantedScaling = (record: ReleaseRecord): 'suspended' | 'restored' | 'unchanged' => {
  if (record.end) return 'unchanged';
  return wantsSteady(record) ? 'suspended' : 'restored';
};

/** A service whose scaling the release suspends. */
export interface ScaledTarget extends TargetRecord {
  readonly registration: TargetRecord['registration'] & ScalableService;
}

/** The services whose scaling the release suspends. */
export const scaledTargets = ({ targets }: ReleaseRecord): readonly ScaledTarget[] =>
  Object.values(targets).filter(
    (target): target is ScaledTarget =>
      !target.unchanged &&
      driverOf(target.registration).scalableOf(target.registration) !== undefined,
  );

/** How often the machine tries again what may pass; after that a scaling that could not be restored counts as failed. */
export const RESTORE_TRIES = 5;

/** Tries to restore the scaling of a service: once when all traffic is on green, and once at the end. */
const TRIES = 2;

/** Whether the scaling of a service has still to be set for the phase that the record is in; `ends`: nothing comes after it. */
export const isScalingDue = (record: ReleaseRecord, ends: boolean): boolean =>
  scaledTargets(record).some(({ scaling }) =>
    wantsSteady(record)
      ? scaling === undefined || scaling.failed !== undefined
      : scaling?.before !== undefined && (scaling.failed?.tries ?? 0) < (ends ? TRIES : TRIES - 1),
  );

/** The command with which a person restores the scaling of a service. */
export const restoreCommand = ({ registration }: ScaledTarget, before: SuspendedState): string =>
  driverOf(registration).scalableOf(registration)?.restoreCommand(before) ?? '';

/** What a release that ends says of scaling that it could not restore. */
export const unrestored = (record: ReleaseRecord): readonly Reason[] =>
  scaledTargets(record).flatMap((target) => {
    const { name, registration, scaling } = target;
    return scaling?.before
      ? [
          reason(
            'scaling-suspended',
            `Automatic scaling of ${registration.service} is still suspended and could not be restored${scaling.failed ? ` (${scaling.failed.why})` : ''}. Restore it with: ${restoreCommand(target, scaling.before)}`,
            { target: name },
          ),
        ]
      : [];
  });
