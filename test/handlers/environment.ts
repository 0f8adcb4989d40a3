/** The environment of every handler, as infra gives it; import it before any handler, and the logs stay silent. */

const ACCOUNT = '111122223333';
const REGION = 'us-east-1';
const arn = (service: string, name: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${name}`;

Object.assign(process.env, {
  TANDEM_TABLE: 'tandem',
  TANDEM_NOTIFICATIONS: arn('sns', 'tandem-notifications'),
  TANDEM_APPROVAL_REQUESTS: arn('sns', 'tandem-approval-requests'),
  TANDEM_RELEASE_MACHINE: arn('states', 'stateMachine:tandem-release'),
  TANDEM_ROLLBACK_MACHINE: arn('states', 'stateMachine:tandem-rollback'),
  TANDEM_APPROVAL_KEY: arn('kms', 'key/1234abcd-12ab-34cd-56ef-1234567890ab'),
  TANDEM_APPROVAL_PAGE: 'https://abcdefghij.lambda-url.us-east-1.on.aws/',
  AWS_LAMBDA_LOG_LEVEL: 'FATAL',
});

/** Metrics are lines of the output too: who reads them (emf.ts) takes its place. */
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = ((text: string, ...rest: []) =>
  String(text).startsWith('{"_aws":') || write(text, ...rest)) as typeof process.stdout.write;

/** ARN of the execution that drives a release. */
export const executionArn = (name: string): string =>
  arn('states', `execution:tandem-release:${name}`);
