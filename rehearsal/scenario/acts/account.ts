/** Steps that others take in the account: alarms, deployments, hooks, calls of any operation. */
import { isDeepStrictEqual } from 'node:util';
import { handlerFunction } from '../../../core/names.ts';
import { hookOf } from '../../../core/record/record.ts';
import { payload } from '../../stage/payload.ts';
import { ALIAS, FUNCTION } from '../../stage/stage.ts';
import { foreignAppSpec } from './foreign-deployment.ts';
import type { Acts, Scene } from './scene.ts';

/** A second of service time in milliseconds. */
const SECOND = 1000;

/** Whether a value has everything that is wanted of it, and maybe more; a list has as many entries. */
const includes = (value: any, wanted: any): boolean => {
  if (typeof wanted !== 'object' || wanted === null) return isDeepStrictEqual(value, wanted);
  if (Array.isArray(wanted) && value?.length !== wanted.length) return false;
  return Object.entries(wanted).every(([key, one]) => includes(value?.[key], one));
};

/** Makes the acts on a scene. */
export const accountActs = ({ stage, recordOf }: Scene): Acts => {
  const { sandbox, pair } = stage;
  const { call, clock } = sandbox;

  const deploymentOf = async (target: string): Promise<string> => {
    const application = `tandem-${pair}-${target}`;
    const { deployments } = await call('codedeploy', 'ListDeployments', {
      applicationName: application,
      deploymentGroupName: application,
      includeOnlyStatuses: ['Created', 'Queued', 'InProgress', 'Ready'],
    });
    if (!deployments[0]) throw new Error(`nothing is being deployed to ${target}`);
    return deployments[0];
  };

  return {
    invoke: async ({ invoke, event, gives = {}, fails }) => {
      const { Payload, FunctionError } = await call('lambda', 'Invoke', {
        FunctionName: handlerFunction(invoke),
        Payload: payload(event),
      });
      const text = new TextDecoder().decode(Payload);
      const asWanted =
        fails === undefined
          ? FunctionError === undefined && includes(JSON.parse(text), gives)
          : FunctionError !== undefined && text.includes(fails);
      if (!asWanted) throw new Error(`${invoke} answered ${text}`);
    },

    alarm: async ({ alarm, state, minutes = 0 }) => {
      const end = clock.now() + minutes * 60_000;
      const set = async (): Promise<void> => {
        await call('cloudwatch', 'SetAlarmState', {
          AlarmName: `tandem-${pair}-${alarm}`,
          StateValue: state,
          StateReason: 'set by the scenario',
        });
        if (clock.now() + SECOND < end) clock.after(SECOND, () => void set());
      };
      await set();
    },

    stopDeployment: async ({ stopDeployment, autoRollback = true }) => {
      await call('codedeploy', 'StopDeployment', {
        deploymentId: await deploymentOf(stopDeployment),
        autoRollbackEnabled: autoRollback,
      });
    },

    continueDeployment: async ({ continueDeployment, wait }) => {
      await call('codedeploy', 'ContinueDeployment', {
        deploymentId: await deploymentOf(continueDeployment),
        deploymentWaitType: wait,
      });
    },

    answerHook: async ({ answerHook, event, status, release }) => {
      const record = await recordOf(release);
      const deploymentId = record?.targets[answerHook]?.forward;
      const hook = hookOf(record!, deploymentId, event);
      await call('codedeploy', 'PutLifecycleEventHookExecutionStatus', {
        deploymentId,
        lifecycleEventHookExecutionId: hook?.executionId,
        status,
      });
    },

    foreignDeployment: async ({ foreignDeployment: target, service, configuration }) => {
      const application = `tandem-${pair}-${target}`;
      await call('codedeploy', 'CreateDeployment', {
        applicationName: application,
        deploymentGroupName: application,
        description: 'somebody else',
        ...(configuration ? { deploymentConfigName: configuration } : {}),
        revision: {
          revisionType: 'AppSpecContent',
          appSpecContent: { content: await foreignAppSpec(stage, target, service) },
        },
      });
    },

    moveAlias: async ({ moveAlias }) => {
      await call('lambda', 'UpdateAlias', {
        FunctionName: FUNCTION,
        Name: ALIAS,
        FunctionVersion: moveAlias,
      });
    },

    call: async ({ call: name, input, gives = {} }) => {
      const [service = '', operation = ''] = name.split('.');
      const found = await call(service, operation, input);
      if (!includes(found, gives)) throw new Error(`${name} answered ${JSON.stringify(found)}`);
    },
  };
};
