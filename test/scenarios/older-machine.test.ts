/** An execution that began with the machine of an earlier version goes on with the functions of today. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RELEASE_MACHINE } from '../../core/names.ts';
import { playOn } from '../../rehearsal/scenario/play.ts';
import { openStage, type Stage } from '../../rehearsal/stage/stage.ts';
import { functions } from './functions.ts';
import { noteUsed } from './used-permissions.ts';

let stage: Stage;

beforeEach(async () => {
  stage = await openStage({ setting: { kind: 'simulation', functions } });
});

afterEach(async () => {
  noteUsed(stage.sandbox.used());
  await stage.close();
});

/** The definition of before: alarms and figures were steps of their own, and Observe was given their votes. */
const before = (text: string): string => {
  const definition = JSON.parse(text.replaceAll('"Next":"Observe"', '"Next":"CheckAlarms"'));
  const { Observe } = definition.States;
  const { FunctionName, Payload } = Observe.Arguments;
  const { machine, ...about } = Payload;
  const step = (name: string, variable: string, next: string) => ({
    ...Observe,
    Arguments: { FunctionName: FunctionName.replace('tandem-observe', name), Payload: about },
    Assign: { [variable]: '{% $states.result.Payload %}' },
    Next: next,
  });
  definition.States.CheckAlarms = step('tandem-check-alarms', 'alarms', 'AnalyzeMetrics');
  definition.States.AnalyzeMetrics = step('tandem-analyze-metrics', 'judged', 'Observe');
  Payload.votes = '{% [$alarms, $judged] %}';
  return JSON.stringify(definition);
};

it('promotes its release', async () => {
  const { call } = stage.sandbox;
  const { stateMachines } = await call('states', 'ListStateMachines', {});
  const { stateMachineArn } = stateMachines.find(
    ({ name }: { name: string }) => name === RELEASE_MACHINE,
  );
  const { definition } = await call('states', 'DescribeStateMachine', { stateMachineArn });
  const invoked = new Set<string>();
  stage.sandbox.watch(({ operation, input }) => {
    if (operation === 'Invoke') invoked.add((input as any).FunctionName.replace(/^.*:/, ''));
  });
  const compact = JSON.stringify(JSON.parse(definition));
  await call('states', 'UpdateStateMachine', { stateMachineArn, definition: before(compact) });

  await playOn(stage).play([
    { release: { web: '2.0.0', api: '2.0.0' } },
    { ended: 'first' },
  ] as never);

  expect(invoked).toContain('tandem-check-alarms');
  expect(invoked).toContain('tandem-analyze-metrics');
  const { executions } = await call('states', 'ListExecutions', { stateMachineArn });
  expect(executions.map(({ status }: { status: string }) => status)).toEqual(['SUCCEEDED']);
});
