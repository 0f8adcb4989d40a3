/** Steps that break something: permissions, calls, and the load under which it happens. */
import { callTargets } from '../../stage/call-target.ts';
import { startUsers } from '../../stage/users.ts';
import { faultOf } from '../fault.ts';
import { type Denial, withdraw } from '../permissions.ts';
import { startSimulatedTraffic } from '../simulated-traffic.ts';
import { hitWords } from '../step-words.ts';
import type { FaultStep } from '../steps.ts';
import type { Acts, Scene } from './scene.ts';

/** Makes the acts on a scene. */
export const faultActs = ({ stage, faults, play, tell, onEnd }: Scene): Acts => {
  const { sandbox } = stage;
  const { clock } = sandbox;
  const targetOf = callTargets(stage);
  const withdrawn = new Map<string, Denial>();
  const injections = new Map<string, () => void>();
  let stopTraffic = async (): Promise<void> => undefined;
  const losses: string[] = [];

  const startTraffic = () => {
    if (!Number.isFinite(clock.speed)) {
      stopTraffic = startSimulatedTraffic(stage).stop;
      return;
    }
    const users = startUsers(stage);
    stopTraffic = async () => {
      const { lost, losses: first } = await users.stop();
      if (lost > 0) losses.push(`${lost} requests were lost: ${first.join('; ')}`);
    };
  };
  const endTraffic = async () => {
    const stop = stopTraffic;
    stopTraffic = async () => undefined;
    await stop();
  };
  onEnd(async () => {
    await endTraffic();
    return losses;
  });

  const inject = (fault: FaultStep, place: string) => {
    const injected = sandbox.inject(
      faultOf(fault, {
        play: (steps) => play(steps, place),
        targetOf,
        onFirstHit: () => tell(hitWords(fault)),
      }),
    );
    faults.set(fault.name, injected.hits);
    injections.set(fault.name, injected.remove);
  };

  return {
    deny: async ({ deny, action }) => {
      const denial = await withdraw(stage, deny, action);
      withdrawn.set(deny, denial);
      faults.set(`${deny} may not ${action}`, denial.hits);
    },

    restore: async ({ restore }) => {
      const denial = withdrawn.get(restore);
      if (!denial) throw new Error(`nothing was taken from ${restore}`);
      await denial.giveBack();
    },

    fault: async ({ fault }: { fault: FaultStep }, place) => inject(fault, place),

    endFault: async ({ endFault }) => {
      const remove = injections.get(endFault);
      if (!remove) throw new Error(`the scenario has injected no fault "${endFault}"`);
      remove();
      injections.delete(endFault);
    },

    fail: async ({ fail, times, error }, place) => {
      for (const [handler, calls] of Object.entries<readonly string[]>(fail)) {
        for (const name of calls) {
          const [service = '', operation = ''] = name.split('.');
          const role = `tandem-${handler}-`;
          const effect = 'refuse' as const;
          const named = `${name} of ${handler}`;
          inject({ name: named, service, operation, role, times, effect, error }, place);
        }
      }
    },

    occupy: async ({ occupy, minutes }) => {
      sandbox.occupy(occupy);
      clock.after(minutes * 60_000, () => sandbox.occupy(0));
    },

    traffic: async ({ traffic: wanted }) => {
      await endTraffic();
      if (wanted) startTraffic();
    },
  };
};
