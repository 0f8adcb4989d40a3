/** Knows how a command of the aws CLI becomes a call, and what it prints of the answer. */
import { modelOf, type OperationModel, services } from '../front/model.ts';
import { refuseMissing } from '../front/required.ts';
import { flagName, parameterOf } from './parameters.ts';
import { printed } from './printed.ts';

/** Services that the CLI calls otherwise than IAM does. */
const COMMANDS: Readonly<Record<string, string>> = {
  deploy: 'codedeploy',
  elbv2: 'elasticloadbalancing',
  stepfunctions: 'states',
};

/** What a command asks for. */
export interface AwsCommand {
  readonly service: string;
  readonly operation: string;
  readonly input: unknown;
  /** What the command prints of an answer. */
  print(answer: unknown): string;
}

/** Flags with the words behind each: `--name a b` → name: [a, b]. */
const flagsIn = (words: readonly string[]): ReadonlyMap<string, readonly string[]> => {
  const flags = new Map<string, string[]>();
  let values: string[] | undefined;
  for (const word of words) {
    if (word.startsWith('--')) {
      if (flags.has(word.slice(2))) throw new Error(`${word} is given twice`);
      values = [];
      flags.set(word.slice(2), values);
    } else if (values) values.push(word);
    else throw new Error(`"${word}" stands where a flag is needed`);
  }
  return flags;
};

const inputOf = (
  { name, input }: OperationModel,
  flags: ReadonlyMap<string, readonly string[]>,
): unknown => {
  const members = [...input.structIterator()].map(([member, shape]) => ({ member, shape }));
  return Object.fromEntries(
    [...flags].map(([flag, words]) => {
      const plain = members.find(({ member }) => flagName(member) === flag);
      if (plain?.shape.isBooleanSchema() && words.length === 0) return [plain.member, true];
      if (plain) return [plain.member, parameterOf(plain.shape, words, `--${flag}`)];
      const negated = members.find(
        ({ member, shape }) => shape.isBooleanSchema() && `no-${flagName(member)}` === flag,
      );
      if (negated && words.length === 0) return [negated.member, false];
      throw new Error(`aws … ${flagName(name)} has no flag --${flag}`);
    }),
  );
};

/**
 * Reads `aws <service> <operation> --flag value …`, split into words without the first one. Throws an Error that says
 * which word is wrong, and the service's own AwsError where a required member is missing.
 */
export const awsCommand = async ([
  command = '',
  action = '',
  ...words
]: readonly string[]): Promise<AwsCommand> => {
  const id = COMMANDS[command] ?? command;
  const row = services.find((one) => one.id === id);
  if (!row) throw new Error(`aws ${command}: the sandbox has no such service`);
  const model = await modelOf(row);
  const operation = [...model.operations.values()].find(({ name }) => flagName(name) === action);
  if (!operation) throw new Error(`aws ${command} ${action}: the service has no such operation`);
  const { query, output = ['json'], ...flags } = Object.fromEntries(flagsIn(words));
  const [format = ''] = output;
  if (format !== 'json' && format !== 'text')
    throw new Error(`--output ${format} is not printed here`);
  const input = inputOf(operation, new Map(Object.entries(flags)));
  if (!row.raw) refuseMissing(model, operation.input, input);
  return {
    service: row.id,
    operation: operation.name,
    input,
    print: (answer) => printed(answer, query?.[0], format),
  };
};
