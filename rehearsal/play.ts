import { isDeepStrictEqual } from 'node:util';
import { handlerFunction } from '../core/names.ts';
import { hookOf } from '../core/record.ts';
import { targetParameter } from '../core/registration.ts';
import { pushBuilds } from './builds.ts';
import { faultOf } from './fault.ts';
import { withdraw } from './permissions.ts';
import type { FaultStep, Step } from './scenario.ts';
import { startSimulatedTraffic } from './simulated-traffic.ts';
import { ALIAS, FUNCTION, REPOSITORY, type Stage } from './stage.ts';
import { startUsers } from './users.ts';

/** What has happened in a scenario so far. */
export interface Play {
  /** ARN of the execution behind each release's name. */
  readonly executions: Map<string, string>;
  /** Hits of each fault that was injected. */
  readonly faults: Map<string, () => number>;
  stop(): Promise<void>;
}

type Act = (step: any) => Promise<void>;

/** A second of service time in milliseconds. */
const SECOND = 1000;

const idOf = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

const payload = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** Whether a value has everything that is wanted of it, and maybe more. */
const includes = (value: any, wanted: any): boolean =>
  typeof wanted === 'object' && wanted !== null && !Array.isArray(wanted)
    ? Object.entries(wanted).every(([key, one]) => includes(value?.[key], one))
    : isDeepStrictEqual(value, wanted);

/** Gives the function that plays steps on a stage, and what they leave behind. */
export const playOn = (
  stage: Stage,
): { play: (steps: readonly Step[]) => Promise<void>; state: Play } => {
  const { sandbox, pair } = stage;
  const { call, clock } = sandbox;
  const executions = new Map<string, string>();
  const faults = new Map<string, () => number>();
  const withdrawn = new Map<string, () => Promise<void>>();
  let traffic: { stop(): Promise<void> } | undefined;

  const arnOf = (name = 'first'): string => {
    const arn = executions.get(name);
    if (!arn) throw new Error(`the scenario has started no release "${name}"`);
    return arn;
  };

  const recordOf = (name?: string) => stage.record(idOf(arnOf(name)));

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

  const startRequests = () =>
    Number.isFinite(clock.speed) ? startUsers(stage, clock.speed) : startSimulatedTraffic(stage);

  const acts: Record<string, Act> = {
    note: async () => undefined,
    update: ({ update, target }) => stage.update(update, target),
    push: async ({ push, builds }) => {
      if (builds === undefined) await stage.push(push);
      else await pushBuilds(stage, push, builds);
    },

    start: async ({ start, as = 'first', name, padding = 0 }) => {
      const reason = `a scenario${'.'.repeat(padding)}`;
      const input =
        typeof start === 'object' && start !== null && 'targets' in start
          ? { pair, requestedBy: 'ada@example.com', reason, ...start }
          : start;
      executions.set(as, await stage.start(input, name));
    },

    release: async ({ release: { web, api }, as = 'first' }) => {
      await stage.settings((settings) => ({ ...settings, join: 'manual' }));
      if (api) await stage.update(api);
      if (web) await stage.push(web);
      const targets = {
        ...(web ? { web: { image: `${REPOSITORY}:${web}` } } : {}),
        ...(api ? { api: { version: 'latest' } } : {}),
      };
      await acts.start!({ start: { targets }, as });
    },

    started: async ({ started }) => {
      const names: readonly string[] = [started].flat();
      const unnamed = await stage.until(
        `${names.length} executions`,
        async () => {
          const known = new Set(executions.values());
          const all = (await stage.executions()).filter(({ arn }) => !known.has(arn));
          return all.length >= names.length ? all.toReversed() : undefined;
        },
        30,
      );
      for (const [index, name] of names.entries()) executions.set(name, unnamed[index]!.arn);
    },

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

    until: async ({ until: { release, hit, ...wanted } }) => {
      await stage.until(
        JSON.stringify(wanted),
        async () => {
          if (hit !== undefined) return (faults.get(hit)?.() ?? 0) > 0 ? true : undefined;
          const record = await recordOf(release);
          if (!record) return undefined;
          if (record.end) {
            const why = record.reasons.map(({ text }) => text).join('; ');
            throw new Error(
              `the release ended ${record.end} before ${JSON.stringify(wanted)}: ${why}`,
            );
          }
          const { phase, decision, approval, guarded, guardEnded, shifted, held } = wanted;
          const reached =
            (phase === undefined || record.phase === phase) &&
            (decision === undefined || record.decision === decision) &&
            (approval === undefined || record.approval?.state === approval) &&
            (guarded === undefined || record.times.guarded !== undefined) &&
            (guardEnded === undefined || record.times.guardEnded !== undefined) &&
            (held === undefined || record.times.held !== undefined) &&
            (shifted === undefined || Object.values(record.targets).every((one) => one.shifted));
          return reached ? true : undefined;
        },
        24 * 60,
      );
    },

    minutes: ({ minutes }) => clock.until(clock.sleep(minutes * 60_000)),

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

    answer: async ({ answer, release, naming, by = 'grace@example.com', id }) => {
      const approvalId = id ?? (await recordOf(release))?.approval?.id;
      if (!approvalId) throw new Error('nobody has been asked to approve the release yet');
      await stage.approve({
        approvalId,
        releaseId: naming ? idOf(arnOf(naming)) : idOf(arnOf(release)),
        decision: answer,
        by,
      });
    },

    publish: ({ publish }) => stage.approve(publish),

    command: async ({ command, release, accepted = true }) => {
      const answer = await stage.command({
        releaseId: idOf(arnOf(release)),
        command,
        by: 'ada@example.com',
        reason: 'a scenario',
      });
      if (answer.accepted !== accepted) {
        throw new Error(
          `${command} was ${answer.accepted ? 'accepted' : 'refused'}: ${answer.text}`,
        );
      }
    },

    stopExecution: async ({ stopExecution }) => {
      const owner = (await recordOf(stopExecution))?.owner;
      await call('states', 'StopExecution', { executionArn: owner ?? arnOf(stopExecution) });
    },

    stopRollback: async ({ stopRollback }) => {
      const machine = arnOf(stopRollback)
        .replace(':execution:', ':stateMachine:')
        .replace(/[^:]+:[^:]+$/, 'tandem-rollback');
      const { executions: running } = await call('states', 'ListExecutions', {
        stateMachineArn: machine,
        statusFilter: 'RUNNING',
      });
      for (const { executionArn } of running) {
        await call('states', 'StopExecution', { executionArn });
      }
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

    foreignDeployment: async ({ foreignDeployment: target }) => {
      const application = `tandem-${pair}-${target}`;
      await call('codedeploy', 'CreateDeployment', {
        applicationName: application,
        deploymentGroupName: application,
        description: 'somebody else',
        revision: {
          revisionType: 'AppSpecContent',
          appSpecContent: { content: await foreignAppSpec(stage, target) },
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

    deny: async ({ deny, action }) => {
      withdrawn.set(deny, await withdraw(stage, deny, action));
    },

    restore: async ({ restore }) => {
      const giveBack = withdrawn.get(restore);
      if (!giveBack) throw new Error(`nothing was taken from ${restore}`);
      await giveBack();
    },

    fault: async ({ fault }: { fault: FaultStep }) => {
      faults.set(fault.name, sandbox.inject(faultOf(fault, play)).hits);
    },

    fail: async ({ fail, times, error }) => {
      for (const [handler, calls] of Object.entries<readonly string[]>(fail)) {
        for (const name of calls) {
          const [service = '', operation = ''] = name.split('.');
          const role = `tandem-${handler}-`;
          const effect = 'refuse' as const;
          await acts.fault!({
            fault: {
              name: `${name} of ${handler}`,
              service,
              operation,
              role,
              times,
              effect,
              error,
            },
          });
        }
      }
    },

    traffic: async ({ traffic: wanted }) => {
      await traffic?.stop();
      traffic = wanted ? startRequests() : undefined;
    },

    ended: async ({ ended }) => void (await stage.ended(arnOf(ended))),
  };

  const play = async (steps: readonly Step[]): Promise<void> => {
    for (const step of steps) {
      // The schema puts the verb first.
      const act = acts[Object.keys(step)[0] ?? ''];
      if (!act) throw new Error(`the scenario has an unknown step: ${JSON.stringify(step)}`);
      await act(step);
    }
  };

  return {
    play,
    state: { executions, faults, stop: async () => traffic?.stop() },
  };
};

/** A deployment as somebody would start it by hand: without hooks, at once. */
const foreignAppSpec = async ({ sandbox: { call }, pair }: Stage, target: 'web' | 'api') => {
  if (target === 'web') {
    const { Parameter } = await call('ssm', 'GetParameter', {
      Name: targetParameter(pair, target),
    });
    const { cluster, service, container, port } = JSON.parse(Parameter.Value);
    const { services } = await call('ecs', 'DescribeServices', { cluster, services: [service] });
    const primary = services[0].taskSets.find(
      ({ status }: { status: string }) => status === 'PRIMARY',
    );
    return JSON.stringify({
      version: '0.0',
      Resources: [
        {
          TargetService: {
            Type: 'AWS::ECS::Service',
            Properties: {
              TaskDefinition: primary.taskDefinition,
              LoadBalancerInfo: { ContainerName: container, ContainerPort: port },
            },
          },
        },
      ],
    });
  }
  const { FunctionVersion } = await call('lambda', 'GetAlias', {
    FunctionName: FUNCTION,
    Name: ALIAS,
  });
  const { Version } = await call('lambda', 'PublishVersion', { FunctionName: FUNCTION });
  return JSON.stringify({
    version: '0.0',
    Resources: [
      {
        api: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Name: FUNCTION,
            Alias: ALIAS,
            CurrentVersion: FunctionVersion,
            TargetVersion: Version,
          },
        },
      },
    ],
  });
};
