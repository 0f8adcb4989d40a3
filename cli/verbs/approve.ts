import { answerVerb } from '../answer-verb.ts';

/** `tandem approve <release>`: lets a release that asks start its shift. */
export const approveVerb = () => answerVerb('approve');
