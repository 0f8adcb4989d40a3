import { commandVerb } from '../command-verb.ts';

/** `tandem promote <release>`: ends the bake early. */
export const promoteVerb = () => commandVerb('promote');
