import { answerVerb } from '../answer-verb.ts';

/** `tandem reject <release>`: ends a release that asks. */
export const rejectVerb = () => answerVerb('reject');
