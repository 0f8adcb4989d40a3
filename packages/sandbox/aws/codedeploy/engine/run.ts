/** A deployment under way: it waits in gates, and can be interrupted in each of them and between two actions. */
import type { Cloud } from '../../../cloud.ts';
import type { DeploymentRecord } from '../records.ts';
import type { Act } from './acting.ts';
import { type Ending, Interrupted } from './failure.ts';

/** A wait that something may end early with a value. */
interface Gate<T> {
  /** The value, or undefined when the time is over; rejects when the deployment is interrupted. */
  readonly passed: Promise<T | undefined>;
  open(value: T): void;
}

/** What a deployment can wait for: CodeDeploy's own time, a hook's answer, a person. */
type GateKind = 'time' | 'hook' | 'ready' | 'termination';

export interface Run {
  readonly deployment: DeploymentRecord;
  readonly cloud: Cloud;
  readonly act: Act;
  /** Waits at most `milliseconds` of service time. */
  gate<T = void>(kind: GateKind, milliseconds: number): Gate<T>;
  /** Lets service time pass. */
  pause(milliseconds: number): Promise<void>;
  /** Throws if the deployment has been interrupted. */
  checkpoint(): void;
  /** The gate of that kind that the deployment waits in. */
  waitsIn(kind: GateKind): Gate<unknown> | undefined;
  /**
   * Ends the deployment from outside. True: it has ended. False: it ends after what is under way (an action, or
   * the hook's answer if `afterHook`), unless it is past the point of no return.
   */
  interrupt(ending: Ending, options?: { readonly afterHook?: boolean }): boolean;
  /** From here on the deployment can only succeed or fail by itself. */
  passPointOfNoReturn(): void;
  isPastReturn(): boolean;
}

interface OpenGate extends Gate<unknown> {
  readonly kind: GateKind;
  interrupt(reason: Interrupted): void;
}

/** Makes the run of a deployment; `conclude` writes an end into its record. */
export const runOf = (
  cloud: Cloud,
  deployment: DeploymentRecord,
  act: Act,
  conclude: (ending: Ending) => void,
): Run => {
  const gates = new Set<OpenGate>();
  let interruption: Interrupted | undefined;
  let final = false;

  const gate = <T>(kind: GateKind, milliseconds: number): Gate<T> => {
    const { promise, resolve, reject } = Promise.withResolvers<T | undefined>();
    const leave = () => {
      gates.delete(open);
      timer.cancel();
    };
    const timer = cloud.clock.after(milliseconds, () => {
      leave();
      resolve(undefined);
    });
    const open: OpenGate = {
      kind,
      passed: promise,
      open: (value) => {
        leave();
        resolve(value as T);
      },
      interrupt: (reason) => {
        leave();
        reject(reason);
      },
    };
    gates.add(open);
    return open as Gate<T>;
  };

  const checkpoint = () => {
    if (interruption) throw interruption;
  };

  return {
    deployment,
    cloud,
    act,
    gate: (kind, milliseconds) => {
      checkpoint();
      return gate(kind, milliseconds);
    },
    pause: async (milliseconds) => {
      checkpoint();
      if (milliseconds > 0) await gate<void>('time', milliseconds).passed;
    },
    checkpoint,
    waitsIn: (kind) => [...gates].find((open) => open.kind === kind),
    interrupt: (ending, { afterHook = false } = {}) => {
      if (final || interruption) return false;
      interruption = new Interrupted(ending);
      const waiting = [...gates];
      const held = afterHook && waiting.some(({ kind }) => kind === 'hook');
      if (waiting.length === 0 || held) return false;
      conclude(ending);
      for (const open of waiting) open.interrupt(interruption);
      return true;
    },
    passPointOfNoReturn: () => {
      checkpoint();
      final = true;
    },
    isPastReturn: () => final,
  };
};
