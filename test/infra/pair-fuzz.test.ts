/** Odd props of a pair, as people write them: a synth makes what AWS takes, or says in one sentence what to write. */
import { App, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PairSettings } from '../../core/drivers/registration.ts';
import { Target } from '../../core/drivers/target.ts';
import { ReleasePair } from '../../infra/pair/release-pair.ts';
import { importedFunction, importedRoles, importedService } from './imported.ts';

/** How many pairs are tried; more by PAIR_FUZZ. */
const RUNS = Number(process.env.PAIR_FUZZ ?? 200);

/** A pair as it should be, with everything that a pair can say. */
const wholeProps = (stack: Stack): any => ({
  pair: 'shop',
  join: 'tagged',
  tags: ['v*'],
  policy: { bakeMinutes: 5, curve: { type: 'canary', percent: 10, minutes: 7 }, judgement: {} },
  curveConfigurations: 'create',
  dashboard: false,
  ecs: {
    ...importedService(stack),
    taskRoles: importedRoles(stack),
    taskFamily: 'shop-web',
    host: 'shop.example.com',
    suspendScaling: true,
    checks: [{ path: '/health', status: 200 }],
    warmUp: { requests: 10, seconds: 5, paths: ['/'] },
    thresholds: { errorPercent: 5, p95Milliseconds: 1000, smallestVolume: 10 },
    contract: { calls: 'api', path: '/contract' },
    metrics: [],
    alarms: [
      Alarm.fromAlarmArn(stack, 'Own', 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:orders'),
    ],
  },
  lambda: {
    ...importedFunction(stack),
    checks: [{ event: { path: '/health' }, status: 200 }],
    warmUp: { requests: 10, seconds: 5, events: [{}] },
    thresholds: { errorPercent: 5, p95Milliseconds: 1000, smallestVolume: 10 },
    metrics: [],
    alarms: [],
  },
});

/** Members by their paths: what people write themselves, not what is inside of constructs. */
const HALF = ['name', 'checks', 'checks.0', 'warmUp', 'warmUp.requests', 'warmUp.seconds']
  .concat(['thresholds', 'thresholds.errorPercent', 'thresholds.p95Milliseconds'])
  .concat(['thresholds.smallestVolume', 'contract', 'metrics', 'metrics.0', 'alarms', 'alarms.0']);
const PATHS = [
  ...['pair', 'join', 'tags', 'tags.0', 'policy', 'policy.bakeMinutes', 'policy.curve'],
  ...['policy.curve.percent', 'policy.curve.minutes', 'policy.judgement', 'policy.approval'],
  ...[
    'policy.imageScan',
    'policy.guardMinutes',
    'curveConfigurations',
    'dashboard',
    'ecs',
    'lambda',
  ],
  ...HALF.flatMap((path) => [`ecs.${path}`, `lambda.${path}`]),
  ...['service', 'taskRoles', 'taskRoles.0', 'taskFamily', 'container', 'port', 'repository'].map(
    (path) => `ecs.${path}`,
  ),
  ...['productionListener', 'testListener', 'host', 'suspendScaling', 'blue', 'green'].map(
    (path) => `ecs.${path}`,
  ),
  ...['ecs.checks.0.path', 'ecs.checks.0.status', 'ecs.warmUp.paths', 'ecs.contract.calls'],
  ...['ecs.contract.path', 'lambda.function', 'lambda.alias', 'lambda.warmUp.events'],
];

const ODD: Readonly<Record<string, (stack: Stack) => unknown>> = {
  missing: () => undefined,
  null: () => null,
  zero: () => 0,
  negative: () => -1,
  fraction: () => 0.5,
  NaN: () => Number.NaN,
  infinite: () => Number.POSITIVE_INFINITY,
  huge: () => 1e21,
  empty: () => '',
  blank: () => ' ',
  invisible: () => '\u2060\u3164',
  control: () => 'a\u0000\nb',
  long: () => 'x'.repeat(5000),
  'many words': () => 'a-'.repeat(150),
  'wide characters': () => 'ü'.repeat(3000),
  'a quote': () => 'a"b\\c',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholder
  'a placeholder': () => '${AWS::Region}',
  upper: () => 'Shop',
  'a hyphen at the end': () => 'shop-',
  true: () => true,
  'no members': () => ({}),
  'no entries': () => [],
  'one undefined entry': () => [undefined],
  'many entries': () =>
    Array.from({ length: 300 }, () => ({ path: `/${'p'.repeat(20)}`, event: 1 })),
  'a token text': (stack) => Token.asString({ Ref: stack.node.id }),
  'a token number': () => Token.asNumber({ Ref: 'Number' }),
  'a token list': () => Token.asList({ Ref: 'List' }),
  'many alarms': (stack) =>
    Array.from({ length: 120 }, (_, index) =>
      Alarm.fromAlarmName(stack, `Many${index}`, `many-${index}`),
    ),
  'a reference': () => '/{{resolve:ssm:other}}',
  'a path with a blank': () => '/a b',
  'a function': () => () => 1,
  'a date': () => new Date(Number.NaN),
  'a foreign alarm': (stack) =>
    Alarm.fromAlarmArn(stack, 'Foreign', 'arn:aws:cloudwatch:us-east-1:444455556666:alarm:far'),
};

interface Change {
  readonly path: string;
  readonly odd: string;
}

const change = fc.record({
  path: fc.constantFrom(...PATHS),
  odd: fc.constantFrom(...Object.keys(ODD)),
});

/** Sets one member; what is not there any more is left alone. */
const set = (props: any, path: string, value: unknown): void => {
  const parts = path.split('.');
  const last = parts.pop()!;
  let place = props;
  for (const part of parts) {
    place = place?.[part];
    if (typeof place !== 'object' || place === null) return;
  }
  if (Object.isFrozen(place) || Token.isUnresolved(place)) return;
  if (value === undefined && !Array.isArray(place)) delete place[last];
  else place[last] = value;
};

/** A template's text with references as long as they may become. */
const resolved = (value: any): string => {
  if (typeof value === 'string') return value;
  if (value?.['Fn::Join']) return value['Fn::Join'][1].map(resolved).join('');
  return 'r'.repeat(100);
};

/** Longest names that AWS takes, and their characters. */
const NAMES: Readonly<Record<string, readonly [string, RegExp]>> = {
  'AWS::SSM::Parameter': ['Name', /^\/[\w.\-/]{1,1010}$/],
  'AWS::CloudWatch::Alarm': ['AlarmName', /^[\x20-\x7e]{1,255}$/],
  'AWS::CloudWatch::CompositeAlarm': ['AlarmName', /^[\x20-\x7e]{1,255}$/],
  'AWS::CodeDeploy::Application': ['ApplicationName', /^[\w.+=,@-]{1,100}$/],
  'AWS::CodeDeploy::DeploymentGroup': ['DeploymentGroupName', /^[\w.+=,@-]{1,100}$/],
  'AWS::CodeDeploy::DeploymentConfig': ['DeploymentConfigName', /^[\w.+=,@-]{1,100}$/],
  'AWS::IAM::Role': ['RoleName', /^[\w+=,.@-]{1,64}$/],
};

/** What AWS would refuse of a template. */
const refused = (template: Template): readonly string[] => {
  const { Resources } = template.toJSON();
  const problems: string[] = [];
  for (const [id, { Type, Properties: own }] of Object.entries<any>(Resources)) {
    const [member, allowed] = NAMES[Type] ?? [];
    const name = member && own[member];
    if (name !== undefined && !allowed!.test(resolved(name)))
      problems.push(`${id} is called ${name}`);
    if (/undefined|NaN|\[object|:null|Infinity/.test(JSON.stringify(own)))
      problems.push(
        `${id} has ${/.{20}(undefined|NaN|\[object|:null|Infinity).{10}/.exec(JSON.stringify(own))?.[0]}`,
      );
    if (own.AlarmRule && resolved(own.AlarmRule).length > 10_240)
      problems.push(`${id} has a long rule`);
    if (own.AlarmDescription && resolved(own.AlarmDescription).length > 1024)
      problems.push(`${id} has a long description`);
    if ((own.AlarmConfiguration?.Alarms.length ?? 0) > 10)
      problems.push(`${id} has too many alarms`);
    if (own.Threshold !== undefined && Math.abs(own.Threshold) > 1e20)
      problems.push(`${id} has a threshold of ${own.Threshold}`);
    if (Type !== 'AWS::SSM::Parameter') continue;
    if (resolved(own.Value).includes('{{'))
      problems.push(`${id} has a reference of the Parameter Store`);
    const text = resolved(own.Value);
    if (Buffer.byteLength(text) > 4096) problems.push(`${id} is ${Buffer.byteLength(text)} bytes`);
    try {
      const schema = resolved(own.Name).endsWith('/pair') ? PairSettings : Target;
      schema.parse(JSON.parse(text));
    } catch (error) {
      problems.push(`${id} cannot be read: ${(error as Error).message}`);
    }
  }
  return problems;
};

/** What is wrong with the words of a refusal. */
const misspoken = (error: unknown): readonly string[] => {
  if (!(error instanceof Error)) return [`it threw ${String(error)}`];
  const { name, message } = error;
  return [
    error.constructor !== Error || name !== 'Error'
      ? `it is a ${name} (${error.constructor.name}): ${message.slice(0, 200)}`
      : [],
    /^[A-Za-z"].*[.!?]$/s.test(message) ? [] : `it is no sentence: ${message.slice(0, 300)}`,
    message.length > 2500 ? `it has ${message.length} characters: ${message.slice(0, 200)}` : [],
    /\$\{Token|Invalid input|\[object|✖|[\u2060\u3164]|\p{Cc}/u.test(message)
      ? `nobody reads: ${message.slice(0, 300)}`
      : [],
  ].flat();
};

/** What is wrong with how a changed pair is taken or refused; nothing if all is well. */
const faultsOf = (changes: readonly Change[]): readonly string[] => {
  const stack = new Stack(new App(), 'shop', {
    env: { account: '111122223333', region: 'eu-west-1' },
  });
  const props = wholeProps(stack);
  for (const { path, odd } of changes)
    set(props, path, ODD[odd]!(new Stack(stack, `Odd${path}`.replaceAll('.', ''))));
  try {
    new ReleasePair(stack, 'Pair', props);
  } catch (error) {
    return misspoken(error);
  }
  let template: Template;
  try {
    template = Template.fromStack(stack);
  } catch (error) {
    return [`the synth failed: ${(error as Error).message.slice(0, 300)}`];
  }
  return refused(template);
};

/** What a synth says to a pair with one member changed. */
const saying = (path: string, odd: string): string => {
  const stack = new Stack(new App(), 'shop', {
    env: { account: '111122223333', region: 'eu-west-1' },
  });
  const props = wholeProps(stack);
  set(props, path, ODD[odd]!(new Stack(stack, 'Odd')));
  try {
    new ReleasePair(stack, 'Pair', props);
    return 'nothing';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('the props of a pair', () => {
  it.each([
    ['ecs.blue', 'missing', 'Target "web" has no blue; it must be an ApplicationTargetGroup.'],
    ['ecs', 'null', 'The pair has the ecs null, but it must be the settings of a service'],
    ['lambda.name', 'upper', 'A target in lambda has the name "Shop", but it must be a name of'],
    ['lambda.thresholds.smallestVolume', 'huge', 'smallestVolume of target "api" is 1e+21'],
    ['policy.bakeMinutes', 'huge', '"policy.bakeMinutes" must be'],
    ['tags.0', 'invisible', 'a text that nobody can see matches no image'],
    ['ecs.alarms.0', 'a foreign alarm', 'The alarm far of target "web" is of us-east-1'],
    ['lambda.alarms', 'many alarms', 'The pair "shop" has 130 alarms, 121 of them its own'],
    ['ecs.checks.0.path', 'a reference', 'has {{ in a text'],
    ['ecs.checks.0.path', 'a path with a blank', 'write a blank as %20'],
    ['lambda.warmUp.events', 'a token list', 'has a list that only the deployment knows'],
  ])('are refused with %s %s, in a sentence that says so', (path, odd, sentence) => {
    expect(saying(path, odd)).toContain(sentence);
  });

  it('are taken as they should be', () => {
    expect(faultsOf([])).toEqual([]);
  });
  it('are taken if AWS takes them, and else refused in a sentence', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(change, { minLength: 1, maxLength: 3, selector: ({ path }) => path }),
        (changes) => {
          expect(faultsOf(changes)).toEqual([]);
        },
      ),
      { numRuns: RUNS },
    );
  });
});
