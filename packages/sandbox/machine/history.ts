/** Knows the history of an execution: AWS's event types, the shape of their details, and the limit of events. */
import type { HistoryEvent, HistoryEventType } from '@aws-sdk/client-sfn';
import type { Payload } from './payload.ts';

/** Events of one execution at most; the last one tells that it failed (Step Functions quota). */
export const LONGEST_HISTORY = 25_000;

/** Events recorded so far. */
export interface History {
  readonly events: readonly HistoryEvent[];
  /** Adds an event and gives its id; once the history is full it adds nothing more. */
  record(type: HistoryEventType, previous: number, details?: object): number;
  /** Adds the event that ends the execution, for which there is always room. */
  close(type: HistoryEventType, previous: number, details?: object): void;
}

/** Entering and leaving share one shape of details for all types of states. */
const detailsMember = (type: HistoryEventType): string => {
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
};

/** Members that tell an input. */
export const inputDetails = ({ text }: Payload) => ({
  input: text,
  inputDetails: { truncated: false },
});

/** Members that tell an output. */
export const outputDetails = ({ text }: Payload) => ({
  output: text,
  outputDetails: { truncated: false },
});

/** Opens an empty history; `full` is called when only the last event has room. */
export const openHistory = (now: () => number, full: () => void): History => {
  const events: HistoryEvent[] = [];
  const add = (type: HistoryEventType, previous: number, details?: object) => {
    const event: HistoryEvent = {
      timestamp: new Date(now()),
      type,
      id: events.length + 1,
      previousEventId: previous,
    };
    events.push(details ? { ...event, [detailsMember(type)]: details } : event);
    return events.length;
  };
  return {
    events,
    record: (type, previous, details) => {
      if (events.length >= LONGEST_HISTORY - 1) return previous;
      const id = add(type, previous, details);
      if (id === LONGEST_HISTORY - 1) full();
      return id;
    },
    close: add,
  };
};
