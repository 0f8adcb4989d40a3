/** The environment of every handler, as infra gives it; import it before any handler, and the logs stay silent. */

export const ACCOUNT = '111122223333';
export const REGION = 'us-east-1';
const arn = (service: string, name: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${name}`;

Object.assign(process.env, {
  TANDEM_TABLE: 'tandem',
  TANDEM_NOTIFICATIONS: arn('sns', 'tandem-notifications'),
  TANDEM_RELEASE_MACHINE: arn('states', 'stateMachine:tandem-release'),
  TANDEM_ROLLBACK_MACHINE: arn('states', 'stateMachine:tandem-rollback'),
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_METRICS_DISABLED: 'true',
});

/** ARN of the execution that drives a release. */
export const executionArn = (name: string): string =>
  arn('states', `execution:tandem-release:${name}`);
