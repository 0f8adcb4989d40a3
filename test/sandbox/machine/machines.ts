/** Machines that the tests run; an independent validator looks at every one of them, too. */

/** A definition as its author writes it. */
export type Definition = Readonly<Record<string, unknown>>;

const machine = (
  startAt: string,
  states: Readonly<Record<string, unknown>>,
  more: Definition = {},
): Definition => ({ QueryLanguage: 'JSONata', StartAt: startAt, States: states, ...more });

/** Resources that the tests answer. */
export const invoke = 'arn:aws:states:::lambda:invoke';
export const invokeWithToken = 'arn:aws:states:::lambda:invoke.waitForTaskToken';
export const api = 'arn:aws:lambda:us-east-1:111122223333:function:api:7';

const call = (name: string, more: Definition = {}): Definition => ({
  Type: 'Task',
  Resource: invoke,
  Arguments: { FunctionName: name, Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  End: true,
  ...more,
});

const ask = (name: string, more: Definition = {}): Definition => ({
  Type: 'Task',
  Resource: invokeWithToken,
  Arguments: {
    FunctionName: name,
    Payload: { token: '{% $states.context.Task.Token %}', input: '{% $states.input %}' },
  },
  End: true,
  ...more,
});

export const machines = {
  hello: machine('Hello', {
    Hello: { Type: 'Pass', Output: { said: "{% 'hello ' & $states.input.name %}" }, End: true },
  }),

  oldValues: machine('First', {
    First: { Type: 'Pass', Assign: { x: 1 }, Next: 'Second' },
    Second: {
      Type: 'Pass',
      Assign: { x: '{% $x + 1 %}', y: '{% $x %}' },
      Output: '{% $x %}',
      Next: 'Third',
    },
    Third: {
      Type: 'Pass',
      Output: { was: '{% $states.input %}', x: '{% $x %}', y: '{% $y %}' },
      End: true,
    },
  }),

  functions: machine('All', {
    All: {
      Type: 'Pass',
      Output: {
        partition: '{% $partition([1,2,3,4,5], 2) %}',
        range: '{% $range(1, 10, 3) %}',
        down: '{% $range(3, 1, -1) %}',
        hash: "{% $hash('tandem', 'SHA-256') %}",
        same: '{% $random(7) = $random(7) %}',
        parsed: `{% $parse('{"a":[1]}').a[0] %}`,
        uuid: '{% $match($uuid(), /^[0-9a-f-]{36}$/).match != "" %}',
        now: '{% $now() %}',
        millis: '{% $millis() %}',
      },
      End: true,
    },
  }),

  lists: machine('Pick', {
    Pick: {
      Type: 'Pass',
      Output: {
        none: "{% [$states.input.t[kind='none']] %}",
        one: "{% [$states.input.t[kind='ecs']] %}",
        bare: "{% $states.input.t[kind='ecs'] %}",
        two: '{% [$states.input.t.kind] %}',
      },
      End: true,
    },
  }),

  nothing: machine('Read', {
    Read: { Type: 'Pass', Output: { result: '{% $states.input.missing %}' }, End: true },
  }),

  omitted: machine('Read', {
    Read: { Type: 'Pass', Output: '{% {"a": $states.input.missing, "b": 1} %}', End: true },
  }),

  choice: machine('Which', {
    Which: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $states.input.n > 10 %}', Next: 'Large', Assign: { size: 'large' } },
        {
          Condition: '{% $states.input.n > 5 %}',
          Next: 'Large',
          Assign: { size: 'middle' },
          Output: { changed: true },
        },
      ],
      Default: 'Small',
      Assign: { size: 'small' },
    },
    Large: { Type: 'Pass', Output: { in: '{% $states.input %}', size: '{% $size %}' }, End: true },
    Small: { Type: 'Succeed', Output: '{% $size %}' },
  }),

  noDefault: machine('Which', {
    Which: { Type: 'Choice', Choices: [{ Condition: '{% $states.input.n > 1 %}', Next: 'Done' }] },
    Done: { Type: 'Succeed' },
  }),

  notBoolean: machine('Which', {
    Which: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $states.input.n %}', Next: 'Done' }],
      Default: 'Done',
    },
    Done: { Type: 'Succeed' },
  }),

  waits: machine('Seconds', {
    Seconds: { Type: 'Wait', Seconds: '{% $states.input.seconds %}', Next: 'Timestamp' },
    Timestamp: {
      Type: 'Wait',
      Timestamp: '{% $states.input.until %}',
      Assign: { slept: true },
      Output: '{% $states.context.State.EnteredTime %}',
      Next: 'Done',
    },
    Done: { Type: 'Succeed' },
  }),

  fails: machine('Stop', {
    Stop: {
      Type: 'Fail',
      Error: '{% $states.input.error %}',
      Cause: "{% 'because of ' & $states.input.why %}",
    },
  }),

  context: machine('Look', {
    Look: { Type: 'Pass', Output: '{% $states.context %}', End: true },
  }),

  retries: machine('Call', {
    Call: call('flaky', {
      Retry: [
        {
          ErrorEquals: ['Busy'],
          IntervalSeconds: 2,
          MaxAttempts: 3,
          BackoffRate: 3,
          MaxDelaySeconds: 10,
        },
        { ErrorEquals: ['States.ALL'], MaxAttempts: 1 },
      ],
    }),
  }),

  jitter: machine('Call', {
    Call: call('flaky', {
      Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 100, JitterStrategy: 'FULL' }],
    }),
  }),

  retryCount: machine('Call', {
    Call: call('flaky', {
      Arguments: { FunctionName: 'flaky', Payload: '{% $states.context.State.RetryCount %}' },
      Retry: [{ ErrorEquals: ['Busy'] }],
    }),
  }),

  catches: machine('Call', {
    Call: call('flaky', {
      Catch: [
        {
          ErrorEquals: ['Known'],
          Assign: { why: '{% $states.errorOutput.Cause %}' },
          Output: { error: '{% $states.errorOutput.Error %}', input: '{% $states.input %}' },
          Next: 'Repair',
        },
        { ErrorEquals: ['States.TaskFailed'], Next: 'Give up' },
      ],
      Next: 'Repair',
      End: undefined,
    }),
    Repair: { Type: 'Pass', Output: { in: '{% $states.input %}', why: '{% $why %}' }, End: true },
    'Give up': { Type: 'Pass', End: true },
  }),

  catchesAll: machine('Call', {
    Call: call('flaky', {
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
      Next: 'Caught',
      End: undefined,
    }),
    Caught: { Type: 'Pass', Output: { caught: '{% $states.input %}' }, End: true },
  }),

  catchesLimit: machine('Call', {
    Call: call('flaky', {
      Catch: [{ ErrorEquals: ['States.DataLimitExceeded'], Next: 'Caught' }],
      Next: 'Caught',
      End: undefined,
    }),
    Caught: { Type: 'Pass', Output: "{% 'too large' %}", End: true },
  }),

  plainFunction: machine('Call', { Call: { Type: 'Task', Resource: api, End: true } }),

  token: machine('Ask', {
    Ask: ask('mail', { TimeoutSeconds: 600, Assign: { answer: '{% $states.result %}' } }),
  }),

  heartbeat: machine('Ask', {
    Ask: ask('mail', {
      TimeoutSeconds: '{% $states.input.timeout %}',
      HeartbeatSeconds: 60,
      Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Silent' }],
    }),
    Silent: { Type: 'Pass', Output: "{% 'silent' %}", End: true },
  }),

  askAgain: machine('Ask', {
    Ask: ask('mail', {
      TimeoutSeconds: 60,
      Retry: [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 1, MaxAttempts: 1 }],
    }),
  }),

  slowFunction: machine('Call', { Call: call('slow', { TimeoutSeconds: 30 }) }),

  parallel: machine('Before', {
    Before: { Type: 'Pass', Assign: { outer: 'seen' }, Next: 'Both' },
    Both: {
      Type: 'Parallel',
      Arguments: { n: '{% $states.input.n %}' },
      Branches: [
        {
          StartAt: 'Left',
          States: {
            Left: { Type: 'Pass', Assign: { mine: 1 }, Next: 'Left end' },
            'Left end': {
              Type: 'Pass',
              Output: '{% [$outer, $mine, $states.input.n] %}',
              End: true,
            },
          },
        },
        {
          StartAt: 'Right',
          States: {
            Right: { Type: 'Pass', Assign: { mine: 2 }, Next: 'Right end' },
            'Right end': {
              Type: 'Pass',
              Output: '{% [$outer, $mine, $states.input.n] %}',
              End: true,
            },
          },
        },
      ],
      Assign: { both: '{% $states.result %}' },
      Next: 'After',
    },
    After: {
      Type: 'Pass',
      Output: { both: '{% $both %}', lost: '{% $exists($mine) %}' },
      End: true,
    },
  }),

  sideBySide: machine('Both', {
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Ask', States: { Ask: ask('mail') } },
        { StartAt: 'Call', States: { Call: call('flaky') } },
      ],
      Catch: [{ ErrorEquals: ['States.ALL'], Assign: { seen: true }, Next: 'Caught' }],
      Next: 'Caught',
    },
    Caught: { Type: 'Wait', Seconds: 60, Next: 'Done' },
    Done: { Type: 'Succeed', Output: '{% $states.input.Error %}' },
  }),

  map: machine('Each', {
    Each: {
      Type: 'Map',
      Items: '{% $states.input.items %}',
      ItemSelector: {
        value: '{% $states.context.Map.Item.Value %}',
        index: '{% $states.context.Map.Item.Index %}',
        of: '{% $count($states.input.items) %}',
      },
      MaxConcurrency: 2,
      ItemProcessor: { StartAt: 'Work', States: { Work: call('work') } },
      End: true,
    },
  }),

  pairs: machine('Each', {
    Each: {
      Type: 'Map',
      ItemProcessor: {
        StartAt: 'Show',
        States: {
          Show: {
            Type: 'Pass',
            Output: {
              key: '{% $states.context.Map.Item.Key %}',
              input: '{% $states.input %}',
            },
            End: true,
          },
        },
      },
      End: true,
    },
  }),

  tolerant: machine('Each', {
    Each: {
      Type: 'Map',
      Items: '{% $states.input %}',
      ToleratedFailureCount: 1,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'INLINE' },
        StartAt: 'Work',
        States: { Work: call('work') },
      },
      End: true,
    },
  }),

  mapOfTokens: machine('Each', {
    Each: {
      Type: 'Map',
      ItemProcessor: { StartAt: 'Ask', States: { Ask: ask('mail') } },
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
      End: true,
    },
    Caught: { Type: 'Wait', Seconds: 60, End: true },
  }),

  steps: machine('Prepare', {
    Prepare: { Type: 'Pass', Assign: { kept: '{% $states.input.id %}' }, Next: 'Both' },
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Sure', States: { Sure: call('sure') } },
        { StartAt: 'Unsure', States: { Unsure: call('flaky') } },
      ],
      Next: 'Report',
    },
    Report: {
      Type: 'Pass',
      Output: { kept: '{% $kept %}', both: '{% $states.input %}' },
      End: true,
    },
  }),

  loop: machine('Again', {
    Again: { Type: 'Pass', Next: 'And again' },
    'And again': {
      Type: 'Choice',
      Choices: [{ Condition: '{% $states.input.stop = true %}', Next: 'Done' }],
      Default: 'Again',
    },
    Done: { Type: 'Succeed' },
  }),

  hurried: machine(
    'Long',
    { Long: { Type: 'Wait', Seconds: 3600, End: true } },
    { TimeoutSeconds: 600 },
  ),

  large: machine('Grow', {
    Grow: { Type: 'Pass', Output: "{% $pad('', $states.input.size, 'é') %}", End: true },
  }),
} satisfies Readonly<Record<string, Definition>>;

/** A definition as the text that AWS is given. */
export const text = (definition: Definition): string => JSON.stringify(definition);
