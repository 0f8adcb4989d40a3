import { codedeployCommands } from '../codedeploy/commands.ts';
import { codedeployWords } from '../codedeploy/words.ts';
import { VERSION_DIMENSION } from '../dimensions.ts';
import type { Driver } from '../driver.ts';
import { setAlias } from './bring-back.ts';
import { addressOfFunction } from './green-address.ts';
import { FUNCTION_HOLDS } from './holds.ts';
import type { LambdaTarget } from './registration.ts';
import { wrongWithFunction } from './wanted.ts';

/** A Lambda function behind its alias, moved by CodeDeploy. */
export const codedeployLambda: Driver<LambdaTarget> = {
  name: 'codedeploy-lambda',
  kind: 'lambda',
  platform: 'Lambda',
  // Nothing keeps blue after the answer: a function is final at once.
  commitRank: 1,
  holds: FUNCTION_HOLDS,
  // Names as in CodeDeploy's user guide: for Lambda a single minute is a Minute.
  curves: {
    'all-at-once': 'CodeDeployDefault.LambdaAllAtOnce',
    'canary 10 5': 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
    'canary 10 10': 'CodeDeployDefault.LambdaCanary10Percent10Minutes',
    'canary 10 15': 'CodeDeployDefault.LambdaCanary10Percent15Minutes',
    'canary 10 30': 'CodeDeployDefault.LambdaCanary10Percent30Minutes',
    'linear 10 1': 'CodeDeployDefault.LambdaLinear10PercentEvery1Minute',
    'linear 10 2': 'CodeDeployDefault.LambdaLinear10PercentEvery2Minutes',
    'linear 10 3': 'CodeDeployDefault.LambdaLinear10PercentEvery3Minutes',
    'linear 10 10': 'CodeDeployDefault.LambdaLinear10PercentEvery10Minutes',
  },
  metrics: {
    namespace: 'AWS/Lambda',
    requests: 'Invocations',
    errors: ['Errors'],
    answered: [],
    latency: 'Duration',
    latencyUnit: 1,
    failedByBalancer: undefined,
    onlyWhileSplit: true,
  },
  repositoryOf: () => undefined,
  functionOf: ({ function: name }) => name,
  versionAlarmsOf: ({ versionAlarms }) => versionAlarms,
  dimensionsOf: ({ function: name, alias }) => ({
    FunctionName: [name],
    Resource: [`${name}:${alias}`],
  }),
  sideOf: (_target, { ref }) => ({ [VERSION_DIMENSION]: ref }),
  partsOf: () => [{}],
  wrongWith: wrongWithFunction,
  greenAddressOf: ({ registration, to }) => to && addressOfFunction(registration, to),
  scalableOf: () => undefined,
  rolesOf: () => ({}),
  commands: { ...codedeployCommands, bringBack: (target) => [setAlias(target)] },
  ...codedeployWords(FUNCTION_HOLDS),
};
