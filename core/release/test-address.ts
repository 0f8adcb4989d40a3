import * as z from 'zod/mini';
import { Text } from '../text/schema.ts';
import { Host } from './target.ts';

/** Where the test listener of a service answers; AWS says it, and nothing in it is secret. */
export const TestAddress = z.strictObject({
  /** Protocol, name and port. */
  origin: Text,
  /** Name that requests must be for, where the pair has declared one. */
  host: z.optional(Host),
  /** Whether the load balancer has addresses of its VPC only. */
  internal: z.boolean(),
  vpc: z.optional(Text),
});
export type TestAddress = z.infer<typeof TestAddress>;
