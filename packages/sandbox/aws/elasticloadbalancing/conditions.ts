import { BlockList, isIPv6 } from 'node:net';
import type { RuleCondition } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../aws-error.ts';
import type { Outbound } from './upstream.ts';

/** A request as conditions see it. */
export interface Asked extends Pick<Outbound, 'method' | 'url' | 'headers'> {
  readonly clientAddress: string;
}

/** A condition of a rule: as DescribeRules gives it, and whether a request meets it. */
export interface Condition {
  readonly described: RuleCondition;
  readonly meets: (asked: Asked) => boolean;
}

const invalid = (message: string) => new AwsError('ValidationError', message);

/** A pattern of the user guide: `*` is any characters, `?` is one. */
const pattern = (value: string, flags: '' | 'i'): RegExp =>
  new RegExp(
    `^${value
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    `s${flags}`,
  );

const anyOf = (values: readonly string[], flags: '' | 'i') => {
  const patterns = values.map((value) => pattern(value, flags));
  return (text: string) => patterns.some((one) => one.test(text));
};

const blocksOf = (values: readonly string[]): BlockList => {
  const blocks = new BlockList();
  for (const value of values) {
    const [address = '', prefix] = value.split('/');
    try {
      blocks.addSubnet(address, Number(prefix), isIPv6(address) ? 'ipv6' : 'ipv4');
    } catch {
      throw invalid(`The IP address '${value}' is not a valid CIDR block`);
    }
  }
  return blocks;
};

const search = (url: string) => new URL(url, 'http://listener').searchParams;

type Reader = (condition: RuleCondition) => {
  /** Values that count against the five of a rule. */
  readonly values: readonly unknown[];
  readonly described: Omit<RuleCondition, 'Field'>;
  readonly meets: Condition['meets'];
};

const FIELDS: Readonly<Record<string, Reader>> = {
  'host-header': ({ HostHeaderConfig, Values: before = [] }) => {
    const Values = HostHeaderConfig?.Values ?? before;
    const fits = anyOf(Values, 'i');
    return {
      values: Values,
      described: { Values, HostHeaderConfig: { Values } },
      meets: ({ headers }) => fits((headers.host ?? '').replace(/:\d+$/, '')),
    };
  },
  'path-pattern': ({ PathPatternConfig, Values: before = [] }) => {
    const Values = PathPatternConfig?.Values ?? before;
    const fits = anyOf(Values, '');
    return {
      values: Values,
      described: { Values, PathPatternConfig: { Values } },
      meets: ({ url }) => fits(url.replace(/\?.*$/s, '')),
    };
  },
  'http-header': ({ HttpHeaderConfig: { HttpHeaderName = '', Values = [] } = {} }) => {
    if (HttpHeaderName === '') throw invalid('The HTTP header name must be specified');
    const fits = anyOf(Values, 'i');
    return {
      values: Values,
      described: { HttpHeaderConfig: { HttpHeaderName, Values } },
      meets: ({ headers }) => {
        const value = headers[HttpHeaderName.toLowerCase()];
        return value !== undefined && fits(`${value}`);
      },
    };
  },
  'query-string': ({ QueryStringConfig: { Values = [] } = {} }) => {
    const fits = Values.map(({ Key, Value = '' }) => ({
      key: anyOf([Key ?? '*'], 'i'),
      value: anyOf([Value], 'i'),
    }));
    return {
      values: Values,
      described: { QueryStringConfig: { Values } },
      meets: ({ url }) =>
        [...search(url)].some(([key, value]) =>
          fits.some((one) => one.key(key) && one.value(value)),
        ),
    };
  },
  'http-request-method': ({ HttpRequestMethodConfig: { Values = [] } = {} }) => ({
    values: Values,
    described: { HttpRequestMethodConfig: { Values } },
    meets: ({ method }) => Values.includes(method),
  }),
  'source-ip': ({ SourceIpConfig: { Values = [] } = {} }) => {
    const blocks = blocksOf(Values);
    return {
      values: Values,
      described: { SourceIpConfig: { Values } },
      meets: ({ clientAddress }) =>
        blocks.check(clientAddress, isIPv6(clientAddress) ? 'ipv6' : 'ipv4'),
    };
  },
};

/** Condition values that a rule may have in all (quotas of the user guide). */
const MOST_VALUES = 5;

/** Reads the conditions of a rule, all of which a request must meet. Throws ValidationError. */
export const conditionsOf = (given: readonly RuleCondition[] | undefined): Condition[] => {
  if (!given?.length) throw invalid('A condition must be specified');
  const read = given.map((condition) => {
    const { Field = '' } = condition;
    const reader = Object.hasOwn(FIELDS, Field) ? FIELDS[Field] : undefined;
    if (!reader)
      throw invalid(`Condition field '${Field}' must be one of '[${Object.keys(FIELDS)}]'`);
    const { values, described, meets } = reader(condition);
    if (values.length === 0) throw invalid('A condition value must be specified');
    return { count: values.length, described: { Field, ...described }, meets };
  });
  if (read.reduce((sum, { count }) => sum + count, 0) > MOST_VALUES) {
    throw invalid(`The number of condition values cannot exceed ${MOST_VALUES}`);
  }
  return read.map(({ described, meets }) => ({ described, meets }));
};
