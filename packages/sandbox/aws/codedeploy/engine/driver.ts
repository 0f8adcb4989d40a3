/** What a platform does in the lifecycle events that are CodeDeploy's own. */
import type { LifecycleEventName } from '../appspec.ts';

export interface Driver {
  /** Looks at what is deployed to, before the first event. */
  prepare(): Promise<void>;
  readonly actions: Readonly<Partial<Record<LifecycleEventName, () => Promise<void>>>>;
  /** Tidies up after the last event; the deployment cannot be taken back any more. */
  finish(): Promise<void>;
}
