import { commandVerb } from '../command-verb.ts';

/** `tandem abort <release>`: rolls every target back. */
export const abortVerb = () => commandVerb('abort');
