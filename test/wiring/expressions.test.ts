import { describe, expect, it } from 'vitest';
import type { StepName } from '../../core/names.ts';
import { STEPS } from '../../core/steps.ts';
import type { Problem } from './expression.ts';
import { handedOver, problemsOf } from './flow.ts';
import {
  definitionOf,
  type MachineName,
  placesOf,
  stepKeyOf,
  stepOfKey,
  textOf,
} from './machines.ts';
import { UNKNOWN } from './shape.ts';

const inputOf = (machine: MachineName) =>
  machine === 'rollback' ? handedOver(definitionOf('release')) : UNKNOWN;

const broken = (problems: readonly Problem[], ...rules: readonly Problem['rule'][]) =>
  problems.filter(({ rule }) => rules.includes(rule)).map(({ text }) => text);

describe.each(['release', 'rollback'] as const)('the expressions of the %s machine', (machine) => {
  const problems = problemsOf(definitionOf(machine), inputOf(machine));

  it('read only what is there on every way, by the schema of the step that gave it', () => {
    expect(broken(problems, 'path', 'syntax')).toEqual([]);
  });

  it('hide no logic: they are paths, comparisons, literals, joined texts, lists and a random id', () => {
    expect(broken(problems, 'logic')).toEqual([]);
  });

  it('write every list with brackets, since JSONata makes one hit an object and none undefined', () => {
    expect(broken(problems, 'list')).toEqual([]);
  });

  it('compare only with values that can come', () => {
    expect(broken(problems, 'comparison')).toEqual([]);
  });

  it('hand every step exactly the members that its input schema wants', () => {
    expect(broken(problems, 'payload')).toEqual([]);
  });
});

/** Members of a step's input that a state may leave out, and does. */
const leftOut = (machine: MachineName): readonly string[] =>
  placesOf(definitionOf(machine)).flatMap(({ name, state }) => {
    const step = stepOfKey(stepKeyOf(state) ?? '');
    if (state.ItemProcessor || !Object.hasOwn(STEPS, step)) return [];
    const { shape } = STEPS[step as StepName].input.def;
    return Object.keys(shape)
      .filter((member) => !Object.hasOwn(state.Arguments.Payload, member))
      .map((member) => `${name}: ${member}`);
  });

describe('what a step may be told', () => {
  it('is told to it, unless it is for another state, or for other callers', () => {
    expect(leftOut('release')).toEqual(['Observe: votes', 'Decide: failure']);
    expect(leftOut('rollback')).toEqual(['Observe: votes']);
  });
});

/** Problems of the release machine after one place of its text was changed. */
const changed = (from: string, to: string): readonly string[] => {
  const text = textOf('release');
  expect(text).toContain(from);
  return problemsOf(JSON.parse(text.replace(from, to)), UNKNOWN).map(({ text }) => text);
};

describe('the check of expressions', () => {
  it.each([
    [
      'a misspelt member',
      '.Payload.outcome %}',
      '.Payload.outcom %}',
      /Payload\.outcom is not always there/,
    ],
    [
      'a variable that some way leaves out',
      `"{% $outcome = 'accepted' %}", "Next": "TakeTurn"`,
      `"{% $outcome = 'accepted' %}", "Next": "Listen"`,
      /\$observed\.\w+ is not always there/,
    ],
    [
      'a variable that a failure leaves out',
      '"Assign": { "failure": "{% $states.errorOutput %}" }, "Next": "DecideToGoBack"',
      '"Next": "DecideToGoBack"',
      /DecideToGoBack.*\$failure is not always there/,
    ],
    [
      'a member of an error that Step Functions does not give',
      '$states.errorOutput.Cause',
      '$states.errorOutput.cause',
      /errorOutput\.cause is not/,
    ],
    [
      'the result where there is none',
      '{% $turn =',
      '{% $states.result.turn =',
      /\$states\.result\.turn is not always there/,
    ],
    [
      'a task token where no state waits',
      '"input": "{% $states.context.Execution.Input %}"',
      '"input": "{% $states.context.Task.Token %}"',
      /Task\.Token is not/,
    ],
    [
      'the input of a state that is not the first',
      '"token": "{% $states.context.Task.Token %}"',
      '"token": "{% $states.input.token %}"',
      /\$states\.input\.token is not/,
    ],
    ['a clock', '$states.context.State.EnteredTime', '$now()', /calls \$now/],
    ['a random number', '$uuid() & $uuid()', '$random()', /calls \$random/],
    ['arithmetic', '{% $observed.seconds %}', '{% $observed.seconds * 2 %}', /computes with \*/],
    [
      'a condition inside an expression',
      "{% $turn = 'taken' %}",
      "{% $turn = 'taken' ? true : false %}",
      /holds a condition/,
    ],
    ['a filter', '{% $outcome =', "{% $outcome[$ = 'x'] =", /more than a path/],
    [
      'a list without brackets',
      '"Items": "{% [$targets] %}"',
      '"Items": "{% $targets %}"',
      /\$targets is a list that is not written/,
    ],
    [
      'a value that never comes',
      "$observed.step = 'decide'",
      "$observed.step = 'decided'",
      /is never true/,
    ],
    [
      'a member that no step wants',
      '"machine": "release",',
      '"machine": "release", "phase": "Holding",',
      /Payload\.phase is given, but not wanted/,
    ],
    [
      'a member that is left out',
      '"signals": "{% $observed.signals %}"',
      '"signal": "{% $observed.signals %}"',
      /Payload\.signals is wanted, but not given/,
    ],
    [
      'a value that the schema does not know',
      '"machine": "release",',
      '"machine": "forward",',
      /machine may be forward/,
    ],
    [
      'a number where a text is wanted',
      '"token": "{% $states.context.Task.Token %}"',
      '"token": 1',
      /token is integer, wanted is string/,
    ],
    [
      'half an expression',
      '"{% $cause %}"',
      '"because {% $cause %}"',
      /not an expression as a whole/,
    ],
    [
      'a broken expression',
      "{% $turn = 'taken' %}",
      "{% $turn = 'taken %}",
      /HasTurn\.Choices\[0\]\.Condition/,
    ],
  ])('finds %s', (_what, from, to, said) => {
    expect(changed(from, to)).toEqual(expect.arrayContaining([expect.stringMatching(said)]));
  });
});
