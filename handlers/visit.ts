import { errorText } from '../core/errors.ts';
import { Visit } from '../core/events/visit.ts';
import type { Tried } from '../core/tried.ts';

/** A call that changes nothing, since it is about something that does not exist. */
export interface Attempt {
  readonly action: string;
  /** Names of the errors by which AWS says so. */
  readonly absent: readonly string[];
  readonly call: () => Promise<unknown>;
}

const REFUSED = /^(AccessDenied|Unauthorized|NotAuthorized)/;

const tryOut = async ({ action, absent, call }: Attempt): Promise<Tried> => {
  try {
    await call();
    return { action, outcome: 'unclear', said: 'AWS answered as if it existed' };
  } catch (error) {
    const { name } = error as Error;
    const outcome = absent.includes(name) ? 'allowed' : REFUSED.test(name) ? 'refused' : 'unclear';
    return { action, outcome, said: errorText(error) };
  }
};

/**
 * Answers an event that is no work. Being invoked is what keeps a function awake; one that is asked to try its
 * permissions makes its attempts and says what AWS answered. None of its work is done.
 */
export const answerVisits = (attempts: readonly Attempt[] = []) => ({
  before: async ({ event }: { readonly event: unknown }) => {
    const visit = Visit.safeParse(event);
    if (!visit.success) return undefined;
    if (visit.data.tandem === 'stay-warm') return { awake: true };
    return { tried: await Promise.all(attempts.map(tryOut)) };
  },
});
