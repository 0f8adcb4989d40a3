import { Visit } from '../core/events/visit.ts';

/** Answers an event that is no work, and touches nothing: being invoked is what keeps a function awake. */
export const answerVisits = () => ({
  before: ({ event }: { readonly event: unknown }) =>
    Visit.safeParse(event).success ? { awake: true } : undefined,
});
