import type { TargetObservation } from '../../core/deployments/observation.ts';
import type { Continued } from '../../core/deployments/read-back.ts';
import type { HeldHook, ReleaseRecord, Revision, TargetRecord } from '../../core/record/record.ts';
import type { LaunchSettings } from '../../core/release/launch-settings.ts';
import type { SettingChange } from '../../core/release/settings.ts';

/** What Prepare found and made. */
export interface Prepared {
  readonly from: Revision;
  readonly to: Revision;
  /** Settings that differ between both. */
  readonly changes?: SettingChange[];
  /** How the tasks of a service were launched. */
  readonly launch?: LaunchSettings;
}

/** What became of an order to deploy: ours (created now or before), or the group is somebody else's now. */
export type Launched = { readonly id: string } | { readonly busy: true };

/** What became of an answer: what CodeDeploy now holds for the event. */
export type Answered = HeldHook['answer'];

/** The functions that a driver of a kind of target has. Every one may be called again with the same effect. */
export interface TargetDriver {
  /** Records the live revision and makes the wanted one. */
  prepare(record: ReleaseRecord, target: TargetRecord): Promise<Prepared>;
  /** Creates the deployment that goes forward, once. */
  launch(record: ReleaseRecord, target: TargetRecord): Promise<Launched>;
  /** Lets go a target that is held before its shift; `ended` when its deployment had ended before. */
  shift(record: ReleaseRecord, target: TargetRecord): Promise<Continued>;
  /** Reads where the target's traffic is and how its deployments stand. */
  observe(record: ReleaseRecord, target: TargetRecord): Promise<TargetObservation>;
  /** Ends the wait that keeps blue after the decision; nothing where there is none. */
  endGuard(target: TargetRecord): Promise<void>;
  /** Creates a deployment that goes back to the recorded revision. */
  redeploy(record: ReleaseRecord, target: TargetRecord, attempt: number): Promise<Launched>;
  /** Sets the traffic right without a deployment, where the kind of target can. */
  restore(target: TargetRecord): Promise<void>;
}
