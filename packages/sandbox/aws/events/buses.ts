/** The event buses of every Region with their rules and targets. */
import type { RuleState, Target } from '@aws-sdk/client-eventbridge';
import { AwsError } from '../../aws-error.ts';
import type { Timer } from '../../clock/clock.ts';
import type { Pattern } from '../../delivery/pattern.ts';

/** A rule: what it matches or when it fires, and whom it tells. */
export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly bus: string;
  readonly description: string | undefined;
  readonly pattern: { readonly source: string; readonly matches: Pattern } | undefined;
  readonly schedule: string | undefined;
  readonly roleArn: string | undefined;
  readonly targets: Map<string, Target>;
  state: RuleState;
  /** The next firing of a schedule. */
  timer: Timer | undefined;
}

/** A bus; every Region has one called `default`. */
export interface Bus {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: Date;
  readonly description: string | undefined;
  readonly rules: Map<string, Rule>;
}

/** All buses. */
export interface Buses {
  inRegion(region: string): Map<string, Bus>;
  /** Finds a bus by name or ARN, `default` without either. Throws ResourceNotFoundException. */
  bus(region: string, nameOrArn?: string): Bus;
  /** Throws ResourceNotFoundException. */
  rule(region: string, name: string, bus?: string): Rule;
}

const nameOf = (nameOrArn: string) =>
  nameOrArn.startsWith('arn:') ? nameOrArn.slice(nameOrArn.indexOf('/') + 1) : nameOrArn;

/** A bus without rules. */
export const emptyBus = (
  { account, region, name }: { account: string; region: string; name: string },
  createdAt: Date,
  description?: string,
): Bus => ({
  name,
  arn: `arn:aws:events:${region}:${account}:event-bus/${name}`,
  createdAt,
  description,
  rules: new Map(),
});

/** One default bus in every Region. */
export const buses = (account: string, start: Date): Buses => {
  const regions = new Map<string, Map<string, Bus>>();

  const inRegion = (region: string) => {
    const known = regions.get(region);
    if (known) return known;
    const fresh = new Map([['default', emptyBus({ account, region, name: 'default' }, start)]]);
    regions.set(region, fresh);
    return fresh;
  };

  const bus = (region: string, nameOrArn = 'default') => {
    const name = nameOf(nameOrArn);
    const found = inRegion(region).get(name);
    if (found) return found;
    throw new AwsError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
  };

  return {
    inRegion,
    bus,
    rule: (region, name, busName) => {
      const found = bus(region, busName).rules.get(name);
      if (found) return found;
      throw new AwsError(
        'ResourceNotFoundException',
        `Rule ${name} does not exist on EventBus ${nameOf(busName ?? 'default')}.`,
      );
    },
  };
};

/** ARN of a rule: the default bus is not named in it. */
export const ruleArn = (region: string, account: string, bus: string, rule: string): string =>
  `arn:aws:events:${region}:${account}:rule/${bus === 'default' ? '' : `${bus}/`}${rule}`;
