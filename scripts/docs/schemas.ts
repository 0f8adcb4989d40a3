/** The JSON Schemas that users of Tandem write documents by, made from the very schemas that read them. */
import * as z from 'zod/mini';
import { PairSettings } from '../../core/drivers/registration.ts';
import { Target } from '../../core/drivers/target.ts';
import { ApprovalAnswer } from '../../core/people/approval.ts';
import { Command } from '../../core/protocol/command.ts';
import { ReleaseInput } from '../../core/release/input.ts';
import { Environment } from '../../infra/environment.ts';
import { Scenario } from '../../rehearsal/scenario/scenario.ts';

interface Published {
  readonly schema: z.core.$ZodType;
  readonly title: string;
  readonly description: string;
}

/** Published schemas by file name. */
const PUBLISHED: Readonly<Record<string, Published>> = {
  'release.schema.json': {
    schema: ReleaseInput,
    title: 'Release',
    description:
      'Input of an execution of tandem-release: what a pair shall run, and who asks for it.',
  },
  'approval.schema.json': {
    schema: ApprovalAnswer,
    title: 'Approval answer',
    description:
      'Message on the topic tandem-approvals: the answer of a person to a request for approval.',
  },
  'command.schema.json': {
    schema: Command,
    title: 'Command',
    description: 'Payload of the function tandem-on-command: a command to a release under way.',
  },
  'pair.schema.json': {
    schema: PairSettings,
    title: 'Pair',
    description:
      'Parameter /tandem/<pair>/pair: what a push releases and the policy of every release.',
  },
  'target.schema.json': {
    schema: Target,
    title: 'Target',
    description:
      'Parameter /tandem/<pair>/targets/<target>: a service or a function alias that moves.',
  },
  'environment.schema.json': {
    schema: Environment,
    title: 'Environment',
    description:
      'File environments/<name>.json: what differs between the environments that the stacks are deployed to.',
  },
  'scenario.schema.json': {
    schema: Scenario,
    title: 'Scenario',
    description: 'A scenario, as in samples/scenarios/: what happens, and how it must end.',
  },
};

/** zod bounds every whole number by what JavaScript counts exactly; to readers that says nothing. */
const withoutMachineLimits = (schema: z.core.JSONSchema.BaseSchema): void => {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
};

/** Text of every published schema by file name, not yet formatted. */
export const schemaFiles = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(PUBLISHED).map(([file, { schema, title, description }]) => {
      const { $schema, ...rest } = z.toJSONSchema(schema, {
        io: 'input',
        override: ({ jsonSchema }) => withoutMachineLimits(jsonSchema),
      });
      return [file, JSON.stringify({ $schema, title, description, ...rest }, null, 2)];
    }),
  );
