/** Knows the ARNs and names of Step Functions. */
import { AwsError } from '../../aws-error.ts';

/** The longest name of a state machine or execution. */
const LONGEST_NAME = 80;

/** Blanks, control characters and `< > { } [ ] ? * " # % \ ^ | ~ $ & , ; : /` are refused in names. */
const forbidden = /[\s\p{Cc}<>{}[\]?*"#%\\^|~`$&,;:/]/u;

/** ARN of a state machine. */
export const machineArn = (region: string, account: string, name: string): string =>
  `arn:aws:states:${region}:${account}:stateMachine:${name}`;

/** ARN of an execution of the state machine with an ARN. */
export const executionArn = (machine: string, name: string): string =>
  `${machine.replace(':stateMachine:', ':execution:')}:${name}`;

/** ARN of the state machine of an execution. */
export const machineOfExecution = (execution: string): string =>
  execution.replace(/:execution:([^:]+):.*$/, ':stateMachine:$1');

/** Throws InvalidName for a name that AWS refuses. */
export const checkName = (name: string): string => {
  if (name.length > 0 && name.length <= LONGEST_NAME && !forbidden.test(name)) return name;
  throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
};

/** Throws InvalidArn for what is no ARN of Step Functions, or of another type of resource. */
export const checkArn = (arn: string, type?: 'stateMachine' | 'execution'): string => {
  const found = /^arn:aws[\w-]*:states:[\w-]+:\d{12}:(?<type>[^:]*)/.exec(arn)?.groups?.type;
  if (found === undefined) {
    throw new AwsError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${arn}'`);
  }
  if (type === undefined || found === type) return arn;
  throw new AwsError(
    'InvalidArn',
    `Invalid Arn: 'Resource type not valid in this context: ${found}'`,
  );
};

/** Throws InvalidArn for what is no ARN of a role. */
export const checkRoleArn = (arn: string): string => {
  if (/^arn:aws[\w-]*:iam::\d{12}:role\/.+/.test(arn)) return arn;
  throw new AwsError('InvalidArn', `Invalid Role Arn: '${arn}'`);
};
