import * as z from 'zod/mini';
import { ABOUT } from '../record/about.ts';
import { Moment, Text } from '../text/schema.ts';

/** RequestApproval: sends a request for approval; asking again changes nothing. */
export const RequestApproval = {
  input: z.strictObject({
    ...ABOUT,
    /** Random text of at least 128 bits; the approval's id is made of it. */
    nonce: Text.check(z.minLength(64)),
  }),
  output: z.strictObject({ expiresAt: Moment }),
};
