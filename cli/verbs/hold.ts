import { commandVerb } from '../command-verb.ts';

/** `tandem hold <release>`: lets a release wait. */
export const holdVerb = () => commandVerb('hold');
