/** EventBridge: event buses, rules with patterns or schedules, and delivery to their targets. */
import type { Cloud, Service } from '../../cloud.ts';
import { timersOf } from '../../delivery/timers.ts';
import { busOperations } from './bus-operations.ts';
import { buses } from './buses.ts';
import { permissions } from './permissions.ts';
import { putEvents } from './put-events.ts';
import { eventBusResource, ruleResource } from './resources.ts';
import { router } from './route.ts';
import { ruleOperations } from './rules.ts';
import { targetOperations } from './target-operations.ts';

/** Delivers in the background; how often and how late is `quirks.events`. */
export const eventsService = (cloud: Cloud): Service => {
  const timers = timersOf(cloud);
  const state = buses(cloud.account, new Date(cloud.clock.now()));
  const route = router(cloud, timers);

  return {
    id: 'events',
    operations: {
      PutEvents: putEvents(cloud, state, route.publish),
      ...busOperations(cloud, state),
      ...ruleOperations(cloud, state, timers, route),
      ...targetOperations(state),
    },
    permissions: permissions(cloud.account),
    resources: { 'AWS::Events::Rule': ruleResource, 'AWS::Events::EventBus': eventBusResource },
    close: async () => timers.close(),
  };
};
