/** A step of a scenario in words, out of its verb and its arguments: who acts, and what happens. */
import { type FaultStep, type Step, verbOf } from './steps.ts';

/** What people read of a step. */
export interface StepWords {
  /** Who acts, and what happens. */
  readonly text: string;
  /** Release of the scenario that the step names, if it names one. */
  readonly release?: string;
}

const THE_SCENARIO = 'the scenario';
const A_PERSON = 'a person';
const CI = 'CI';
const SOMEBODY_ELSE = 'somebody else';

/** Release that a step without a name means, as the schema has it. */
const FIRST = 'first';

const does = (who: string, what: string, release?: string): StepWords => ({
  text: `${who}: ${what}`,
  ...(release === undefined ? {} : { release }),
});

const lasting = (minutes?: number): string =>
  minutes === undefined ? '' : ` for ${minutes} minute${minutes === 1 ? '' : 's'}`;

const members = (value: object): string => Object.keys(value).join(' and ');

/** Targets with the versions that they are released in. */
const versions = (targets: Readonly<Record<string, string>>): string =>
  Object.entries(targets)
    .map(([target, version]) => `${target} ${version}`)
    .join(' and ');

/** Targets of a release's input, as far as it is one. */
const targetsOf = (input: unknown): string => {
  const { targets } = (input ?? {}) as { targets?: unknown };
  return typeof targets === 'object' && targets !== null ? ` of ${members(targets)}` : '';
};

const failing = (calls: Readonly<Record<string, readonly string[]>>): string =>
  Object.entries(calls)
    .map(([handler, names]) => `${names.join(', ')} of ${handler}`)
    .join('; ');

/** The calls that a fault hits, in words. */
const callsOf = ({ service, operation, role, target, where = {} }: FaultStep): string =>
  [
    `${service}.${operation}`,
    ...(role ? [`of ${role}`] : []),
    ...(target ? [`for ${target}`] : []),
    ...Object.values(where).map((value) => `with ${value}`),
  ].join(' ');

/** Nothing happens while a scenario waits or reads. */
const waits = (): undefined => undefined;

/** What is told of each step, by its verb. */
const WORDS: Readonly<Record<string, (step: any) => StepWords | undefined>> = {
  note: ({ note }) => does('note', note),
  release: ({ release, as = FIRST }) => does(A_PERSON, `releases ${versions(release)}`, as),
  update: ({ update, target = 'api' }) =>
    does(CI, `updates the function of ${target} to ${update}`),
  push: ({ push, tag, builds }) =>
    does(CI, `pushes web ${push}${tag ? ` as ${tag}` : ''}${builds ? `, ${builds} builds` : ''}`),
  revise: ({ revise, containers = {} }) =>
    does(CI, `registers a task definition with other ${members({ ...revise, ...containers })}`),
  start: ({ start, as = FIRST }) => does(A_PERSON, `starts a release${targetsOf(start)}`, as),
  started: waits,
  invoke: ({ invoke }) => does(THE_SCENARIO, `invokes ${invoke}`),
  until: waits,
  attempt: waits,
  minutes: waits,
  alarm: ({ alarm, state, minutes }) =>
    does(THE_SCENARIO, `alarm ${alarm} turns ${state}${lasting(minutes)}`),
  answer: ({ answer, by = A_PERSON, release = FIRST, door }) =>
    does(by, `${answer}${door ? ` by ${door}` : ''}`, release),
  publish: ({ publish }) => does(A_PERSON, `publishes on the approvals topic: ${publish}`),
  command: ({ command, release = FIRST }) => does(A_PERSON, command, release),
  stopExecution: ({ stopExecution: name }) =>
    does(A_PERSON, `stops the execution of ${name}`, name),
  redriveExecution: ({ redriveExecution: name }) =>
    does(A_PERSON, `redrives the execution of ${name}`, name),
  stopRollback: ({ stopRollback: name }) => does(A_PERSON, `stops the rollback of ${name}`, name),
  redriveRollback: ({ redriveRollback: name }) =>
    does(A_PERSON, `redrives the rollback of ${name}`, name),
  stopDeployment: ({ stopDeployment }) =>
    does(A_PERSON, `stops the deployment of ${stopDeployment}`),
  continueDeployment: ({ continueDeployment, wait }) =>
    does(A_PERSON, `ends ${wait} of ${continueDeployment}`),
  answerHook: ({ answerHook, event, status, release = FIRST }) =>
    does(SOMEBODY_ELSE, `answers ${event} of ${answerHook}: ${status}`, release),
  foreignDeployment: ({ foreignDeployment }) =>
    does(SOMEBODY_ELSE, `deploys to ${foreignDeployment}`),
  moveAlias: ({ moveAlias }) => does(SOMEBODY_ELSE, `points the alias at version ${moveAlias}`),
  call: ({ call }) => does(SOMEBODY_ELSE, `calls ${call}`),
  runCommands: ({ runCommands: name }) => does(A_PERSON, `runs the commands of ${name}`, name),
  shell: ({ shell }) => does(A_PERSON, `runs ${shell.join('; ')}`),
  serves: waits,
  keepTable: ({ keepTable }) => does(THE_SCENARIO, `keeps copy "${keepTable}" of the table`),
  restoreTable: ({ restoreTable }) =>
    does(THE_SCENARIO, `restores copy "${restoreTable}" of the table`),
  deny: ({ deny, action }) => does(THE_SCENARIO, `takes ${action} from ${deny}`),
  restore: ({ restore }) => does(THE_SCENARIO, `gives back what it took from ${restore}`),
  fault: ({ fault }) =>
    does(THE_SCENARIO, `fault "${fault.name}" begins: ${fault.effect} ${callsOf(fault)}`),
  endFault: ({ endFault }) => does(THE_SCENARIO, `fault "${endFault}" ends`),
  fail: ({ fail }) => does(THE_SCENARIO, `faults begin: refuse ${failing(fail)}`),
  occupy: ({ occupy, minutes }) =>
    does(THE_SCENARIO, `other functions take ${occupy} concurrent executions${lasting(minutes)}`),
  traffic: ({ traffic }) => does(THE_SCENARIO, traffic ? 'users come' : 'users leave'),
  ended: waits,
};

/** A step in words; undefined of one that only waits or reads. Throws for a verb that has none. */
export const stepWords = (step: Step): StepWords | undefined => {
  const words = WORDS[verbOf(step)];
  if (!words) throw new Error(`the step has no words: ${JSON.stringify(step)}`);
  return words(step);
};

/** The first call that a fault hits, in words. */
export const hitWords = (fault: FaultStep): StepWords =>
  does(THE_SCENARIO, `fault "${fault.name}" hits ${fault.service}.${fault.operation}`);
