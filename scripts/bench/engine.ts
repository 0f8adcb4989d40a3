/** How fast the sandbox's Step Functions runs states, and what an execution that waits costs in memory. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { openStage, type Stage } from '../../rehearsal/stage/stage.ts';

/** Executions that run at the same time, and rounds of the loop in each: two states a round. */
const RUNNING = 50;
const ROUNDS = 100;

/** Executions that wait for a task token at the same time. */
const WAITING = 1000;

const ROLE = 'bench-machine';

export interface EngineFigures {
  /** State transitions in a real second, over all executions. */
  readonly transitionsPerSecond: number;
  readonly waiting: number;
  /** Real seconds until all of them waited, and until all had ended after their tokens came. */
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** Kilobytes of heap for each execution that waits, its history included. */
  readonly kilobytesEach: number;
}

const LOOP = {
  QueryLanguage: 'JSONata',
  StartAt: 'Count',
  States: {
    Count: { Type: 'Pass', Assign: { round: '{% $states.input.round + 1 %}' }, Next: 'IsDone' },
    IsDone: {
      Type: 'Choice',
      Choices: [{ Condition: `{% $round >= ${ROUNDS} %}`, Next: 'Done' }],
      Output: '{% { "round": $round } %}',
      Default: 'Count',
    },
    Done: { Type: 'Succeed' },
  },
};

const waitOn = (topic: string) => ({
  QueryLanguage: 'JSONata',
  StartAt: 'Wait',
  States: {
    Wait: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sns:publish.waitForTaskToken',
      Arguments: { TopicArn: topic, Message: '{% $states.context.Task.Token %}' },
      End: true,
    },
  },
});

/** Heap in bytes after a full collection. */
const heap = (): number => {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
};

const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};

const times = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n);

const machineOn = async ({ sandbox: { call } }: Stage, name: string, definition: object) => {
  const { Role } = await call('iam', 'GetRole', { RoleName: ROLE });
  const { stateMachineArn } = await call('states', 'CreateStateMachine', {
    name,
    definition: JSON.stringify(definition),
    roleArn: Role.Arn,
  });
  return stateMachineArn as string;
};

const measureLoops = async (stage: Stage): Promise<number> => {
  const { call, transitions } = stage.sandbox;
  const stateMachineArn = await machineOn(stage, 'bench-loop', LOOP);
  const arns: string[] = [];
  const taken = await seconds(async () => {
    for (const _ of times(RUNNING)) {
      const started = await call('states', 'StartExecution', {
        stateMachineArn,
        input: '{"round":0}',
      });
      arns.push(started.executionArn);
    }
    await Promise.all(arns.map(stage.ended));
  });
  return arns.reduce((sum, arn) => sum + transitions(arn), 0) / taken;
};

const measureWaits = async (stage: Stage): Promise<Omit<EngineFigures, 'transitionsPerSecond'>> => {
  const { call } = stage.sandbox;
  const { TopicArn } = await call('sns', 'CreateTopic', { Name: 'bench-tokens' });
  const stateMachineArn = await machineOn(stage, 'bench-wait', waitOn(TopicArn));
  const arns: string[] = [];
  const tokens: string[] = [];
  const forget = stage.sandbox.watch(({ operation, input }) => {
    if (operation === 'Publish') tokens.push((input as { Message: string }).Message);
  });
  const before = heap();
  const startSeconds = await seconds(async () => {
    for (const _ of times(WAITING)) {
      const started = await call('states', 'StartExecution', { stateMachineArn });
      arns.push(started.executionArn);
    }
    await stage.until('all executions wait', async () =>
      tokens.length === WAITING ? true : undefined,
    );
  });
  const kilobytesEach = (heap() - before) / WAITING / 1000;
  forget();
  const endSeconds = await seconds(async () => {
    for (const taskToken of tokens) {
      await call('states', 'SendTaskSuccess', { taskToken, output: '{}' });
    }
    await Promise.all(arns.map(stage.ended));
  });
  return { waiting: WAITING, startSeconds, endSeconds, kilobytesEach };
};

/** Measures the engine in virtual time, so that nothing but work takes time. */
export const measureEngine = async (): Promise<EngineFigures> => {
  const stage = await openStage({ setting: { kind: 'simulation' } });
  const { call } = stage.sandbox;
  const allow = (statement: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
  try {
    await call('iam', 'CreateRole', {
      RoleName: ROLE,
      AssumeRolePolicyDocument: allow({
        Action: 'sts:AssumeRole',
        Principal: { Service: 'states.amazonaws.com' },
      }),
    });
    await call('iam', 'PutRolePolicy', {
      RoleName: ROLE,
      PolicyName: 'publish',
      PolicyDocument: allow({ Action: 'sns:Publish', Resource: '*' }),
    });
    return {
      transitionsPerSecond: await measureLoops(stage),
      ...(await measureWaits(stage)),
    };
  } finally {
    await stage.close();
  }
};
