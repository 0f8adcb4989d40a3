import { AwsError } from 'tandem-sandbox';
import { targetParameter } from '../../core/drivers/registration.ts';
import { handlerFunction } from '../../core/names.ts';
import type { Stage } from '../stage/stage.ts';

/** What services call a refusal by IAM: those of the query protocols have names of their own. */
const REFUSALS = ['AccessDeniedException', 'AccessDenied', 'AuthorizationErrorException'];

interface Statement {
  readonly Action: string | readonly string[];
}

/** An action that a role has lost. */
export interface Denial {
  /** Calls that were refused for it. */
  readonly hits: () => number;
  giveBack(): Promise<void>;
}

type Registered = Readonly<Record<string, string>>;

/** ARNs of the roles that a pair has for each target, by who assumes them. */
const OF_TARGETS: Readonly<
  Record<string, (stage: Stage, target: Registered) => Promise<string | undefined>>
> = {
  codedeploy: async ({ sandbox: { call } }, { application, deploymentGroup }) => {
    const { deploymentGroupInfo } = await call('codedeploy', 'GetDeploymentGroup', {
      applicationName: application,
      deploymentGroupName: deploymentGroup,
    });
    return deploymentGroupInfo.serviceRoleArn;
  },
  prepare: async (_, { prepareRole }) => prepareRole,
  scaling: async (_, { scalingRole }) => scalingRole,
};

/** Name of the role that a handler runs with, or that the pair has for a target. */
const roleOf = async (stage: Stage, whose: string): Promise<string> => {
  const { call, region } = stage.sandbox;
  const [who = '', target] = whose.split(' ');
  const find = OF_TARGETS[who];
  if (!find || target === undefined) return `${handlerFunction(whose)}-${region}`;
  const Name = targetParameter(stage.pair, target);
  const { Parameter } = await call('ssm', 'GetParameter', { Name });
  const arn = await find(stage, JSON.parse(Parameter.Value));
  if (arn === undefined) throw new Error(`${target} has no role that ${who} assumes`);
  return arn.slice(arn.lastIndexOf('/') + 1);
};

const without = (statements: readonly Statement[], action: string): readonly Statement[] =>
  statements.flatMap((statement) => {
    const Action = [statement.Action].flat().filter((one) => one !== action);
    return Action.length > 0 ? [{ ...statement, Action }] : [];
  });

/** Counts the calls of a role that are refused for want of one action. */
const countRefusals = ({ sandbox }: Stage, roleName: string, action: string): (() => number) => {
  let hits = 0;
  sandbox.watch(({ principal }, outcome) => {
    if (principal.kind !== 'role' || !principal.arn.endsWith(`/${roleName}`)) return;
    if (!('error' in outcome) || !(outcome.error instanceof AwsError)) return;
    const { name, message } = outcome.error;
    if (REFUSALS.includes(name) && message.includes(` perform: ${action} `)) hits += 1;
  });
  return () => hits;
};

/**
 * Takes one action out of the inline policies of a role, as a wrong stack update would. Throws when the role never
 * had the action: the scenario would prove nothing.
 */
export const withdraw = async (stage: Stage, whose: string, action: string): Promise<Denial> => {
  const { call } = stage.sandbox;
  const RoleName = await roleOf(stage, whose);
  const { PolicyNames } = await call('iam', 'ListRolePolicies', { RoleName });
  const taken: { readonly PolicyName: string; readonly PolicyDocument: string }[] = [];
  for (const PolicyName of PolicyNames) {
    const found = await call('iam', 'GetRolePolicy', { RoleName, PolicyName });
    const PolicyDocument = decodeURIComponent(found.PolicyDocument);
    const document = JSON.parse(PolicyDocument);
    const statements: readonly Statement[] = [document.Statement].flat();
    if (!statements.some(({ Action }) => [Action].flat().includes(action))) continue;
    const Statement = without(statements, action);
    taken.push({ PolicyName, PolicyDocument });
    if (Statement.length === 0) await call('iam', 'DeleteRolePolicy', { RoleName, PolicyName });
    else {
      await call('iam', 'PutRolePolicy', {
        RoleName,
        PolicyName,
        PolicyDocument: JSON.stringify({ ...document, Statement }),
      });
    }
  }
  if (taken.length === 0) throw new Error(`the role of ${whose} does not allow ${action}`);
  return {
    hits: countRefusals(stage, RoleName, action),
    giveBack: async () => {
      for (const policy of taken) await call('iam', 'PutRolePolicy', { RoleName, ...policy });
    },
  };
};
