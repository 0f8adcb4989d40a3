import { commandVerb } from '../command-verb.ts';

/** `tandem resume <release>`: lets a held release continue. */
export const resumeVerb = () => commandVerb('resume');
