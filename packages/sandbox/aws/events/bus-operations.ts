/** Creates and lists event buses, and tries patterns out. */

import { AwsError } from '../../aws-error.ts';
import type { Cloud, Operation } from '../../cloud.ts';
import { page } from '../../paging.ts';
import { type Bus, type Buses, emptyBus } from './buses.ts';
import { paging } from './paging.ts';
import { patternOf } from './rules.ts';

/** The members that TestEventPattern wants in an event. */
const MEMBERS = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

const described = ({ name, arn, createdAt, description }: Bus) => ({
  Name: name,
  Arn: arn,
  CreationTime: createdAt,
  ...(description !== undefined && { Description: description }),
});

const testedEvent = (text: string): Record<string, unknown> => {
  let event: Record<string, unknown>;
  try {
    event = JSON.parse(text);
  } catch {
    throw new AwsError('ValidationException', 'Parameter Event is not valid: it is not JSON.');
  }
  const missing = MEMBERS.filter((member) => event[member] === undefined);
  if (missing.length === 0) return event;
  throw new AwsError(
    'ValidationException',
    `Parameter Event is not valid: ${missing.join(', ')} missing.`,
  );
};

/** CreateEventBus, DeleteEventBus, DescribeEventBus, ListEventBuses, TestEventPattern. */
export const busOperations = (cloud: Cloud, state: Buses): Record<string, Operation> => ({
  CreateEventBus: ({ Name, Description }, { region }) => {
    const known = state.inRegion(region);
    if (known.has(Name)) {
      throw new AwsError('ResourceAlreadyExistsException', `Event bus ${Name} already exists.`);
    }
    const scope = { account: cloud.account, region, name: Name };
    const bus = emptyBus(scope, new Date(cloud.clock.now()), Description);
    known.set(Name, bus);
    return { EventBusArn: bus.arn };
  },

  DeleteEventBus: ({ Name }, { region }) => {
    if (Name === 'default') {
      throw new AwsError('ValidationException', 'Cannot delete event bus default.');
    }
    const bus = state.inRegion(region).get(Name);
    if (bus && bus.rules.size > 0) {
      throw new AwsError('ValidationException', `Event bus ${Name} still has rules.`);
    }
    state.inRegion(region).delete(Name);
    return {};
  },

  DescribeEventBus: ({ Name }, { region }) => described(state.bus(region, Name)),

  ListEventBuses: ({ NamePrefix = '', ...input }, { region }) => {
    const found = [...state.inRegion(region).values()].filter(({ name }) =>
      name.startsWith(NamePrefix),
    );
    const { items, next } = page(paging, found, input);
    return { EventBuses: items.map(described), ...next };
  },

  TestEventPattern: ({ EventPattern, Event }) => ({
    Result: patternOf(EventPattern).matches(testedEvent(Event)),
  }),
});
