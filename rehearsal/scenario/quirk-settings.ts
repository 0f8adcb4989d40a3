import type { Quirks } from 'tandem-sandbox';
import type { Scenario } from './scenario.ts';

/**
 * Settings that together show every quirk switch in both of its positions: all as documented, all the other way
 * round, and the two further fates of an event. Quiet weeks are a setting of their own: two days stand for them.
 */
const QUIRK_SETTINGS: Readonly<Record<string, Partial<Quirks>>> = {
  'as documented': {},
  'all the other way round': {
    readyWait: 'after-BeforeAllowTraffic',
    hooksInRollback: true,
    stopWaitsForHook: true,
    alarmBlocksRollback: true,
    rollbackInfoDelay: 30,
    events: 'late',
    hookInvocations: 2,
    digestOfIndex: 'child',
    tagMovesPushTime: true,
    movedActions: 'first',
    metricDelay: 0,
    listDeployments: 'in-no-order',
    targetReadsOn: 'nothing',
    idleFunctions: 'every',
  },
  'events lost': { events: 'lost' },
  'events twice': { events: 'twice' },
  'quiet weeks': { idleFunctions: 'every', idleHours: 26 },
};

/** Names of the settings that a scenario is played under, by what it says of quirks. */
const PLAYED: Readonly<Record<Scenario['quirks'], readonly string[]>> = {
  every: ['as documented', 'all the other way round', 'events lost', 'events twice'],
  documented: ['as documented'],
  other: ['all the other way round'],
  lost: ['events lost'],
  twice: ['events twice'],
  idle: ['quiet weeks'],
};

/** The settings that a scenario is played under, each with its name. */
export const settingsOf = ({ quirks }: Scenario): readonly (readonly [string, Partial<Quirks>])[] =>
  PLAYED[quirks].map((name) => [name, QUIRK_SETTINGS[name]!]);
