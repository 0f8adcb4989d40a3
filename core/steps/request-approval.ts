import * as z from 'zod/mini';
import { Moment, Name, Text } from '../schema.ts';

/** RequestApproval: sends a request for approval; asking again changes nothing. */
export const RequestApproval = {
  input: z.strictObject({
    pair: Name,
    release: Text,
    /** Random text of at least 128 bits; the approval's id is made of it. */
    nonce: Text.check(z.minLength(64)),
    now: Moment,
  }),
  output: z.strictObject({ expiresAt: Moment }),
};
