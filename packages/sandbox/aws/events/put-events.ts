/** PutEvents: checks every entry by itself and hands the good ones to the bus. */
import type { PutEventsRequestEntry, PutEventsResultEntry } from '@aws-sdk/client-eventbridge';
import { AwsError } from '../../aws-error.ts';
import type { Caller, Cloud, Operation } from '../../cloud.ts';
import { uuid } from '../../delivery/uuid.ts';
import type { Bus, Buses } from './buses.ts';
import { type BusEvent, eventTime } from './event.ts';

/** AWS's limits of one call. */
const MOST_ENTRIES = 10;
const MOST_BYTES = 262_144;

/** Takes an event that a bus has accepted. `byService`: an AWS service put it there. */
export type Publish = (bus: Bus, event: BusEvent, byService: boolean) => void;

const refusal = (ErrorCode: string, ErrorMessage: string): PutEventsResultEntry => ({
  ErrorCode,
  ErrorMessage,
});

const missing = (name: string) =>
  refusal(
    'InvalidArgument',
    `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
  );

const detailOf = (text: string): unknown => {
  try {
    const detail = JSON.parse(text);
    return typeof detail === 'object' && !Array.isArray(detail) ? detail : null;
  } catch {
    return null;
  }
};

const sizeOf = ({
  Source = '',
  DetailType = '',
  Detail = '',
  Resources = [],
}: PutEventsRequestEntry) =>
  [Source, DetailType, Detail, ...Resources].reduce(
    (sum, text) => sum + Buffer.byteLength(text),
    14,
  );

/** The operation. */
export const putEvents = (cloud: Cloud, state: Buses, publish: Publish): Operation => {
  const accept = (
    entry: PutEventsRequestEntry,
    { principal, region }: Caller,
  ): PutEventsResultEntry => {
    const { Source, DetailType, Detail, Resources = [], Time, EventBusName } = entry;
    if (!Source) return missing('Source');
    if (!DetailType) return missing('DetailType');
    if (!Detail) return missing('Detail');
    const byService = principal.kind === 'service';
    if (Source.startsWith('aws.') && !byService) {
      return refusal('NotAuthorizedForSourceException', 'Not authorized for the source.');
    }
    const detail = detailOf(Detail);
    if (!detail) return refusal('MalformedDetail', 'Detail is malformed.');
    const event: BusEvent = {
      version: '0',
      id: uuid(cloud),
      'detail-type': DetailType,
      source: Source,
      account: cloud.account,
      time: eventTime(Time?.getTime() ?? cloud.clock.now()),
      region,
      resources: Resources,
      detail,
    };
    // A bus that does not exist takes the event and drops it, as on AWS.
    const bus = findBus(region, EventBusName);
    if (bus) publish(bus, event, byService);
    return { EventId: event.id };
  };

  const findBus = (region: string, name: string | undefined) => {
    try {
      return state.bus(region, name);
    } catch {
      cloud.note(`Events went to the bus ${name}, which does not exist in ${region}`);
      return undefined;
    }
  };

  return ({ Entries = [] }: { Entries: PutEventsRequestEntry[] }, caller) => {
    if (Entries.length === 0 || Entries.length > MOST_ENTRIES) {
      throw new AwsError(
        'ValidationException',
        `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length between 1 and ${MOST_ENTRIES}`,
      );
    }
    if (Entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > MOST_BYTES) {
      throw new AwsError(
        'ValidationException',
        'Total size of the entries in the request is over the limit.',
      );
    }
    const results = Entries.map((entry) => accept(entry, caller));
    return {
      FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode).length,
      Entries: results,
    };
  };
};
