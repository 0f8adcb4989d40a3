import * as z from 'zod';
import { End } from '../../core/release/end.ts';
import { REASON_CODES } from '../../core/release/reason.ts';
import { ReleaseName, Step } from './steps.ts';

const Expected = z.strictObject({
  release: ReleaseName,
  end: z.union([End, z.literal('Refused')]).describe('Its end; `Refused` is one without a record.'),
  reasons: z
    .array(z.enum(Object.keys(REASON_CODES) as [keyof typeof REASON_CODES]))
    .default([])
    .describe('Codes that must be among the reasons.'),
  says: z
    .string()
    .optional()
    .describe('A part of what people read: of a reason, of the cause, or of a line of the ledger.'),
  badSign: z
    .boolean()
    .optional()
    .describe('Whether the release recorded a first bad sign while users met green.'),
});

/** A scenario: what happens, and how it must end. */
export const Scenario = z.strictObject({
  $schema: z.string().optional().describe('Address of this schema, for editors.'),
  fault: z.string().describe('The fault, as the table of failure scenarios shows it.'),
  about: z
    .enum(['input', 'trigger', 'turn', 'people', 'checks', 'permissions', 'targets', 'protocol'])
    .default('protocol')
    .describe('Chapter of the table of failure scenarios.'),
  pair: z
    .string()
    .default('storefront')
    .describe('Pair that is released; any other than the storefront is one of the fleet.'),
  quirks: z
    .enum(['every', 'documented', 'other', 'lost', 'twice', 'idle'])
    .default('documented')
    .describe(
      '`every`: under each reading of what AWS does not document · or one: as documented, all the other way round, events lost, events twice, idle: functions go idle after 26 hours, which stand for quiet weeks.',
    ),
  thorough: z
    .union([z.boolean(), z.literal('every-setting')])
    .default(false)
    .describe(
      'A variation of a day that `npm test` plays, or a long one: only `npm run test:thorough` plays it, under half of its settings, or under every setting.',
    ),
  settings: z
    .strictObject({
      join: z.enum(['manual', 'tagged', 'image-last']).optional().describe('What a push releases.'),
      tags: z
        .array(z.string())
        .nullable()
        .optional()
        .describe('Patterns of the tags whose pushes count; null: the pair declares none.'),
      policy: z.record(z.string(), z.unknown()).optional().describe('Members of the policy.'),
      targets: z
        .record(z.string(), z.record(z.string(), z.unknown()))
        .optional()
        .describe("Members of targets' registrations; null takes one away."),
    })
    .default({})
    .describe("Settings of the pair that differ from the sample's."),
  steps: z
    .array(Step)
    .describe('What happens, one after the other; each step begins with its verb.'),
  expect: z
    .strictObject({
      releases: z.array(Expected).describe('Releases by name, and how each must end.'),
      live: z
        .record(z.string(), z.string())
        .optional()
        .describe(
          'Revision that users must be on in the end, by target: `storefront-web:2`, or the number of a version, `2`.',
        ),
      counts: z
        .record(z.string(), z.int())
        .optional()
        .describe('How many releases must end so, by end, when many were started.'),
      started: z
        .int()
        .optional()
        .describe('Releases that must have been started in all, recoveries not counted.'),
    })
    .describe('What must come of it.'),
});
export type Scenario = z.infer<typeof Scenario>;
