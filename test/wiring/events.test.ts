import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../packages/sandbox/delivery/pattern.ts';
import { event } from '../handlers/invoke.ts';
import { synthesize } from '../infra/synthesized.ts';

const ACCOUNT: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'us-east-1',
  'AWS::AccountId': '111122223333',
};

/** A template's value with the names of the account filled in. */
const filled = (value: any): any => {
  if (Array.isArray(value)) return value.map(filled);
  if (typeof value !== 'object' || value === null) return value;
  if (value.Ref) return ACCOUNT[value.Ref];
  if (value['Fn::Join']) return filled(value['Fn::Join'][1]).join(value['Fn::Join'][0]);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one)]));
};

/** Patterns of the rules as they are deployed, by the name of the rule. */
const patterns = new Map(
  Object.values<any>(synthesize().tandem.findResources('AWS::Events::Rule')).flatMap(
    ({ Properties: { Name, EventPattern } }) =>
      EventPattern ? [[Name as string, compilePattern(filled(EventPattern))] as const] : [],
  ),
);

const rulesFor = (name: string): readonly string[] =>
  [...patterns].filter(([, matches]) => matches(event(name))).map(([rule]) => rule);

describe('an event of AWS', () => {
  it.each([
    ['ecr-image-push', 'tandem-on-image-push'],
    ['ecr-image-push-untagged', 'tandem-on-image-push'],
    ['codedeploy-state-change', 'tandem-on-deployment-change'],
    ['cloudwatch-alarm-state-change', 'tandem-on-alarm'],
    ['step-functions-status-change', 'tandem-on-execution-end'],
  ])('%s wakes %s and nothing else', (name, rule) => {
    expect(rulesFor(name)).toEqual([rule]);
  });

  it('about an alarm that lacks data wakes nothing', () => {
    const { detail, ...change } = event('cloudwatch-alarm-state-change');
    const lacking = { ...change, detail: { ...detail, state: { value: 'INSUFFICIENT_DATA' } } };

    expect([...patterns].filter(([, matches]) => matches(lacking))).toEqual([]);
  });

  it('about a push that failed wakes nothing', () => {
    expect(rulesFor('ecr-image-push-failed')).toEqual([]);
  });
});
