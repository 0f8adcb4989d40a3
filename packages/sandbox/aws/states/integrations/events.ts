/** Knows how a task puts events on a bus. */
import { StateFailure } from '../../../machine/failure.ts';
import { type Action, caller, fields, textOf } from './action.ts';

const call = caller({
  prefix: 'EventBridge',
  base: 'AmazonEventBridgeException',
  client: 'AmazonEventBridge',
});

const entryFields = [
  'Detail',
  'DetailType',
  'EventBusName',
  'Resources',
  'Source',
  'Time',
  'TraceHeader',
];

/** `arn:aws:states:::events:putEvents`; an entry that the bus refuses fails the task. */
export const putEvents: Action = {
  request: async (given, task) => {
    const { Entries = [] } = fields(given, ['Entries'], 'events:putEvents', ['Entries']);
    const entries = Entries.map((each: unknown) => {
      const entry = fields(each, entryFields, 'events:putEvents');
      return {
        ...entry,
        ...(entry.Detail !== undefined && { Detail: textOf(entry.Detail) }),
        ...(entry.Time !== undefined && { Time: new Date(entry.Time) }),
        // Step Functions adds where the event comes from.
        Resources: [...(entry.Resources ?? []), task.machineArn, task.executionArn],
      };
    });
    const input = { Entries: entries };
    const answer = await call(task, 'events', 'PutEvents', input);
    const result = { Entries: answer.Entries, FailedEntryCount: answer.FailedEntryCount };
    if (result.FailedEntryCount > 0) {
      throw new StateFailure('EventBridge.FailedEntry', JSON.stringify(result));
    }
    return result;
  },
};
