import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { localWorld } from '../local-world.ts';
import { type Definition, invoke, machines } from '../machines.ts';

const { diagnose } = localWorld();

/** A machine of one state, which ends. */
const one = (state: Definition, more: Definition = {}): Definition => ({
  QueryLanguage: 'JSONata',
  StartAt: 'One',
  States: { One: { End: true, ...state } },
  ...more,
});

const pass = (output: unknown) => one({ Type: 'Pass', Output: output });
const task = (more: Definition) => one({ Type: 'Task', Resource: invoke, ...more });

describe('the machines of these tests', () => {
  it.each(Object.entries(machines))('%s is taken', (_, definition) => {
    expect(diagnose(definition)).toEqual([]);
  });

  it.each(Object.entries(machines))('%s is taken by an independent validator', (_, definition) => {
    const { isValid, errorsText } = validate(JSON.parse(JSON.stringify(definition)));

    expect(isValid ? '' : errorsText('\n')).toBe('');
  });
});

describe('a definition', () => {
  it('must be JSON', () => {
    expect(diagnose('{')).toEqual([expect.stringContaining('Unexpected end-of-input')]);
    expect(diagnose('3')).toEqual(['/: Definition must be a valid JSON object']);
  });

  it('must be in JSONata', () => {
    expect(diagnose({ StartAt: 'A', States: { A: { Type: 'Succeed' } } })).toEqual([
      '/QueryLanguage: must be "JSONata": this sandbox does not run JSONPath',
    ]);
    expect(diagnose(one({ Type: 'Pass', QueryLanguage: 'JSONPath' }))).toEqual([
      '/States/One/QueryLanguage: this sandbox runs JSONata only',
    ]);
  });

  it('must have states, and one to start at', () => {
    expect(diagnose({ QueryLanguage: 'JSONata' })).toEqual([
      '/: These fields are required: [StartAt]',
      '/: These fields are required: [States]',
    ]);
  });

  it('may have no fields that AWS does not know', () => {
    expect(diagnose(task({ Timeout: 3 }))).toEqual([
      expect.stringMatching(/^\/States\/One\/Timeout: Field Timeout is not supported, only /),
    ]);
    expect(diagnose(one({ Type: 'Task', Resource: invoke, ItemReader: {} }))).toEqual([
      '/States/One/ItemReader: ItemReader is not part of this sandbox',
    ]);
  });

  it.each([
    ['Pass', 'Result', 'Output'],
    ['Pass', 'Parameters', 'Arguments'],
    ['Task', 'ResultPath', 'Output or Assign'],
    ['Task', 'TimeoutSecondsPath', 'TimeoutSeconds'],
    ['Map', 'ItemsPath', 'Items'],
  ])('%s may have no JSONPath field %s', (Type, field, instead) => {
    expect(diagnose(one({ Type, [field]: 1 }))).toContain(
      `/States/One/${field}: ${field} is a JSONPath field; a JSONata state has ${instead} instead`,
    );
  });

  it('may have no JSONPath names inside its values', () => {
    expect(diagnose(task({ Arguments: { 'Payload.$': '$' } }))).toEqual([
      '/States/One/Arguments/Payload.$: is JSONPath; a JSONata state has no ".$" names',
    ]);
  });

  it('must lead from state to state', () => {
    const definition = {
      QueryLanguage: 'JSONata',
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Next: 'Nowhere' },
        B: { Type: 'Pass', End: true },
        C: { Type: 'Choice', Choices: [{ Condition: true, Next: 'Gone' }], Default: 'A' },
      },
    };

    expect(diagnose(definition)).toEqual([
      "/States/A/Next: Missing 'Next' target: Nowhere",
      '/States/B: State "B" is not reachable.',
      "/States/C/Choices[0]/Next: Missing 'Next' target: Gone",
      '/States/C: State "C" is not reachable.',
    ]);
    expect(diagnose({ ...definition, StartAt: 'Z' })).toContain(
      "/StartAt: Missing 'StartAt' target: Z",
    );
  });

  it('must say how each state ends', () => {
    expect(diagnose(one({ Type: 'Pass', Next: 'One' }))).toEqual([
      '/States/One: A state has either Next or End',
    ]);
  });

  it('must give each state a name of its own, branches included', () => {
    const branch = { StartAt: 'One', States: { One: { Type: 'Succeed' } } };

    expect(diagnose(one({ Type: 'Parallel', Branches: [branch] }))).toEqual([
      '/States/One/Branches[0]/States/One: The name One is used by another state',
    ]);
  });

  it('may not assign a variable of an outer scope in an inner one', () => {
    const inner = { Type: 'Pass', Assign: { x: 2, y: 2 }, End: true };
    const branch = { StartAt: 'Inner', States: { Inner: inner } };

    expect(diagnose(one({ Type: 'Parallel', Branches: [branch], Assign: { x: 1 } }))).toEqual([
      expect.stringContaining('The variable x is assigned in an outer scope'),
    ]);
  });

  it.each([
    ['states', 'states is a reserved name'],
    ['1st', '1st is not a name for a variable'],
    ['a.b', 'a.b is not a name for a variable'],
    ['x'.repeat(81), `${'x'.repeat(81)} is not a name for a variable`],
  ])('may not assign %s', (name, sentence) => {
    expect(diagnose(one({ Type: 'Pass', Assign: { [name]: 1 } }))).toEqual([
      `/States/One/Assign: ${sentence}`,
    ]);
  });

  it('asks for literals of the right type', () => {
    expect(diagnose(task({ TimeoutSeconds: 0 }))).toEqual([
      '/States/One/TimeoutSeconds: must be of type positive seconds, or an expression that gives one',
    ]);
    expect(diagnose(one({ Type: 'Wait', Seconds: 100_000_000, End: true }))).toEqual([
      '/States/One/Seconds: must be of type seconds, or an expression that gives one',
    ]);
    expect(diagnose(task({ Retry: [{ ErrorEquals: ['A'], BackoffRate: 0.5 }] }))).toEqual([
      expect.stringMatching(/^\/States\/One\/Retry\[0\]\/BackoffRate: must be a number from 1/),
    ]);
  });

  it('expects a heartbeat before the time-out', () => {
    expect(diagnose(task({ TimeoutSeconds: 60, HeartbeatSeconds: 60 }))).toEqual([
      '/States/One/HeartbeatSeconds: must be smaller than TimeoutSeconds',
    ]);
  });

  it('has States.ALL alone and last', () => {
    const all = { ErrorEquals: ['States.ALL'] };

    expect(diagnose(task({ Retry: [all, { ErrorEquals: ['A'] }] }))).toEqual([
      '/States/One/Retry[0]/ErrorEquals: States.ALL must stand alone, in the last entry',
    ]);
    expect(diagnose(task({ Retry: [{ ErrorEquals: ['A', 'States.ALL'] }] }))).toHaveLength(1);
  });
});

describe('an expression', () => {
  it.each([
    ['$.name', '$ is not allowed'],
    ['$$.name', '$$ is not allowed'],
    ['name', 'the bare name "name" is not allowed'],
    ['$sum(prices)', 'the bare name "prices" is not allowed'],
    ['$states.input.a ? b : 1', 'the bare name "b" is not allowed'],
    ['**', '** is not allowed'],
    ['($x := 1; $x + y)', 'the bare name "y" is not allowed'],
    ['$states.input[$$.a]', '$$ is not allowed'],
    ['$eval("1")', '$eval is not supported'],
    ['($states := 1)', '$states cannot be assigned'],
    ['$states.result', '$states.result is not available here, only $states.input, $states.context'],
    ['$states.errorOutput', '$states.errorOutput is not available here'],
    ['$states.inputs', '$states.inputs is not available here'],
    ['1 +', 'S0207'],
  ])('%s is refused', (expression, reason) => {
    expect(diagnose(pass(`{% ${expression} %}`))).toEqual([
      expect.stringMatching(/^\/States\/One\/Output: /),
    ]);
    expect(diagnose(pass(`{% ${expression} %}`))[0]).toContain(reason);
  });

  it.each([
    '$states.input.items[price > 3].name',
    '$states.input.items[$.price > 3]',
    '$states.input.items^(>price).name',
    '$states.input.items{name: $sum(price)}',
    '$map($states.input.items, function($v){ $v.name })',
    '$states.input.*',
    '$states.input ~> |items|{"seen": true}|',
    '$states.context.Execution.Id',
    '($x := $states.input; $x.a)',
  ])('%s is taken', (expression) => {
    expect(diagnose(pass(`{% ${expression} %}`))).toEqual([]);
  });

  it('reads a result only where there is one', () => {
    const caught = {
      ErrorEquals: ['States.ALL'],
      Next: 'One',
      Output: '{% $states.errorOutput %}',
    };

    expect(diagnose(task({ Output: '{% $states.result %}', Catch: [caught] }))).toEqual([]);
    expect(diagnose(task({ Arguments: '{% $states.result %}' }))).toHaveLength(1);
    expect(diagnose(task({ Catch: [{ ...caught, Output: '{% $states.result %}' }] }))).toHaveLength(
      1,
    );
  });

  it('is the whole text, without blanks outside', () => {
    expect(diagnose(pass(' {% 1 %}'))).toEqual([
      '/States/One/Output: an expression starts with {% and ends with %}, without blanks outside',
    ]);
  });
});
