import * as z from 'zod/mini';
import '../text/schema.ts';

/** What a release is for. `rollback`: to roll users back to older revisions when a promoted one turns out bad. */
export const Intent = z.enum(['release', 'rollback']);
export type Intent = z.infer<typeof Intent>;

/**
 * Whether a release rolls back to older revisions. They have served users before, so they are not proven again; and what
 * runs now is why it is started, so neither its alarms nor its health decide anything.
 */
export const goesBack = ({ intent }: { readonly intent: Intent }): boolean => intent === 'rollback';
