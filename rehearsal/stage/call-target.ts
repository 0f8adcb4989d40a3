import type { Call } from 'tandem-sandbox';
import type { Stage } from './stage.ts';

/** Target of a handler's event. */
const targetIn = (payload: unknown): string | undefined => {
  if (!(payload instanceof Uint8Array)) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(payload)).target;
  } catch {
    return undefined;
  }
};

/** Says from now on which target a call is about: by the deployment that it names, or by the event of a handler that it invokes. */
export const callTargets = ({
  sandbox,
  pair,
}: Pick<Stage, 'sandbox' | 'pair'>): ((call: Call) => string | undefined) => {
  const targets = new Map<string, string>();
  sandbox.watch(({ operation, input }, outcome) => {
    if (operation !== 'CreateDeployment' || !('answer' in outcome)) return;
    const { deploymentId } = outcome.answer as { deploymentId: string };
    const { applicationName } = input as { applicationName: string };
    targets.set(deploymentId, applicationName.slice(`tandem-${pair}-`.length));
  });
  return ({ input }) => {
    const { deploymentId, Payload } = (input ?? {}) as Record<string, unknown>;
    return typeof deploymentId === 'string' ? targets.get(deploymentId) : targetIn(Payload);
  };
};
