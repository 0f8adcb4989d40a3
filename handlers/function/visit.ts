import type { Tried } from '../../core/events/tried.ts';
import { Visit } from '../../core/events/visit.ts';
import { errorText } from '../../core/text/errors.ts';

/** A call that changes nothing: it is about something that does not exist, or it has no effect. */
export interface Attempt {
  readonly action: string;
  /** Names of the errors by which AWS says that there is no such thing; none: the call itself has no effect. */
  readonly absent?: readonly string[];
  readonly call: () => Promise<unknown>;
}

/** What a function tries: always the same, or what the event names. */
export type Attempts = readonly Attempt[] | ((visit: Visit) => readonly Attempt[]);

const REFUSED = /^(AccessDenied|Unauthorized|NotAuthorized)/;

const tryOut = async ({ action, absent, call }: Attempt): Promise<Tried> => {
  try {
    await call();
    return absent
      ? { action, outcome: 'unclear', said: 'AWS answered as if it existed' }
      : { action, outcome: 'allowed', said: 'AWS answered' };
  } catch (error) {
    const { name } = error as Error;
    const outcome = absent?.includes(name) ? 'allowed' : REFUSED.test(name) ? 'refused' : 'unclear';
    return { action, outcome, said: errorText(error) };
  }
};

/**
 * Answers an event that is no work. Being invoked is what keeps a function awake; one that is asked to try its
 * permissions makes its attempts and says what AWS answered. None of its work is done.
 */
export const answerVisits = (attempts: Attempts = []) => ({
  before: async ({ event }: { readonly event: unknown }) => {
    const visit = Visit.safeParse(event);
    if (!visit.success) return undefined;
    if (visit.data.tandem === 'stay-warm') return { awake: true };
    const all = typeof attempts === 'function' ? attempts(visit.data) : attempts;
    return { tried: await Promise.all(all.map(tryOut)) };
  },
});
