import * as z from 'zod';
import { End } from '../core/end.ts';
import { PHASES } from '../core/phase.ts';
import { REASON_CODES } from '../core/reason.ts';

/** A release in a scenario, by the name that its start gave it. */
const ReleaseName = z.string().default('first');

const Phase = z.enum(Object.keys(PHASES) as [keyof typeof PHASES]);

/** Calls that a fault hits. `where` compares members of the input; a text may hold `*`. */
const Matcher = z.strictObject({
  service: z.string(),
  operation: z.string(),
  /** Part of the calling role's name, e.g. `launch-deployment`; left out: anybody. */
  role: z.string().optional(),
  /** Target that the call is about: by its deployment, or by the event of the handler that it invokes. */
  target: z.string().optional(),
  /** Members of the input by path (`targets.0.name`), each with the text that it must have. */
  where: z.record(z.string(), z.string()).optional(),
});

/** A fault at the choke point. */
const Fault = Matcher.extend({
  name: z.string(),
  skip: z.int().min(0).optional(),
  times: z.int().min(1).optional(),
  effect: z.enum([
    'refuse',
    'lose-response',
    'late',
    'swallow',
    'hang',
    'twice',
    'before',
    'after',
  ]),
  /** Error that the caller gets; its status is 500 if none is given. */
  error: z
    .strictObject({ name: z.string(), message: z.string(), status: z.int().optional() })
    .optional(),
  /** Minutes after which a late call takes effect. */
  minutes: z.number().optional(),
  /** Answer to a call that is swallowed. */
  answer: z.unknown().optional(),
  /** Steps that happen before or after the call. */
  get do() {
    return z.array(Step).optional();
  },
});

/** A step: its verb comes first. */
const step = <Shape extends z.core.$ZodShape>(does: string, shape: Shape) =>
  z.strictObject(shape).describe(does);

/** One thing that happens in a scenario. */
const Step: z.ZodType<Step> = z.lazy(() =>
  z.union([
    step('Says something to the reader; does nothing.', { note: z.string() }),
    step('Releases versions by hand: update, push, start. The pair joins by hand from then on.', {
      release: z.strictObject({ web: z.string().optional(), api: z.string().optional() }),
      as: ReleaseName.optional(),
    }),
    step("Updates the code of a target's function and tags it, as CI would.", {
      update: z.string(),
      target: z.string().optional(),
    }),
    step('Pushes a version of the web application.', {
      push: z.string(),
      /** Tag of the image (default: the version). */
      tag: z.string().optional(),
      /** So many builds of the version, tagged `<version>-build.<n>`, two seconds apart. */
      builds: z.int().min(1).optional(),
      /** What scans of the image will find. */
      findings: z
        .array(
          z.strictObject({
            name: z.string(),
            severity: z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNDEFINED']),
          }),
        )
        .optional(),
    }),
    step('Starts a release with this input; pair and requester are filled in.', {
      start: z.unknown(),
      as: ReleaseName.optional(),
      name: z.string().optional(),
      /** Characters that its reason is filled up with. */
      padding: z.int().optional(),
    }),
    step('Names releases that somebody else starts, oldest first; waits until they are there.', {
      started: z.union([z.string(), z.array(z.string())]),
    }),
    step('Invokes a step or a trigger with an event, and compares its answer or its error.', {
      invoke: z.string(),
      event: z.unknown(),
      /** What its answer must have. */
      gives: z.unknown().optional(),
      /** A part of the error that it must fail with. */
      fails: z.string().optional(),
    }),
    step('Waits until a release has come so far, or until a fault was hit.', {
      until: z.strictObject({
        release: ReleaseName.optional(),
        phase: Phase.optional(),
        decision: z.enum(['none', 'promote', 'rollback']).optional(),
        approval: z.enum(['pending', 'approved', 'rejected']).optional(),
        guarded: z.literal(true).optional(),
        guardEnded: z.literal(true).optional(),
        shifted: z.literal(true).optional(),
        held: z.literal(true).optional(),
        hit: z.string().optional(),
      }),
    }),
    step('Lets minutes of service time go by.', { minutes: z.number() }),
    step('Sets the state of an alarm, named without its `tandem-<pair>-`.', {
      alarm: z.string(),
      state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']),
      /** Minutes in which it stays so, whatever its metrics say; else until it is evaluated again. */
      minutes: z.number().optional(),
    }),
    step('A person answers a request for approval.', {
      answer: z.enum(['APPROVE', 'REJECT']),
      release: ReleaseName.optional(),
      /** The release that the answer names, when it is another one. */
      naming: z.string().optional(),
      by: z.string().optional(),
      id: z.string().optional(),
      /** By which door (default: the topic): the page of the link, or a call whose caller IAM knows. */
      door: z.enum(['page', 'call']).optional(),
      /** Whether that door takes it (default: yes). */
      taken: z.boolean().optional(),
    }),
    step('Publishes a text on the approvals topic.', { publish: z.string() }),
    step('A person orders something.', {
      command: z.enum(['abort', 'hold', 'resume', 'promote']),
      release: ReleaseName.optional(),
      accepted: z.boolean().optional(),
    }),
    step('Stops the execution that drives a release now: its own, or its recovery.', {
      stopExecution: z.string(),
    }),
    step('Stops the way back of a release.', { stopRollback: z.string() }),
    step('Stops the deployment that a target has now, as a person could.', {
      stopDeployment: z.enum(['web', 'api']),
      autoRollback: z.boolean().optional(),
    }),
    step("Ends one of CodeDeploy's waits, as a person could.", {
      continueDeployment: z.enum(['web', 'api']),
      wait: z.enum(['READY_WAIT', 'TERMINATION_WAIT']),
    }),
    step('Answers a hook that a release holds, as somebody who knows its execution id could.', {
      answerHook: z.enum(['web', 'api']),
      event: z.string(),
      status: z.enum(['Succeeded', 'Failed']),
      release: ReleaseName.optional(),
    }),
    step('Somebody else deploys to a target.', { foreignDeployment: z.enum(['web', 'api']) }),
    step('Somebody points the alias at a version.', { moveAlias: z.string() }),
    step('Calls `<service>.<Operation>` as the owner of the account.', {
      call: z.string(),
      input: z.unknown(),
      /** What its answer must have. */
      gives: z.unknown().optional(),
    }),
    step('Takes an action from the role of a handler, or of `codedeploy <target>`.', {
      deny: z.string(),
      action: z.string(),
    }),
    step('Gives back what was taken last.', { restore: z.string() }),
    step('Injects a fault into calls that follow.', { fault: Fault }),
    step(
      'Lets calls of handlers fail: by handler, `<service>.<Operation>`; each is a fault of its own.',
      {
        fail: z.record(z.string(), z.array(z.string())),
        times: z.int().min(1).optional(),
        error: Fault.shape.error,
      },
    ),
    step('Starts or ends requests of users.', { traffic: z.boolean() }),
    step('Waits for the end of an execution.', { ended: ReleaseName }),
  ]),
);

/** One thing that happens in a scenario, as its schema reads it. */
export type Step = { readonly [key: string]: unknown };

/** Where a target must be in the end: on what it came from, on what it went to, or on a named version of the function. */
const Place = z.string();

const Expected = z.strictObject({
  release: ReleaseName,
  end: z.union([End, z.literal('Refused')]),
  /** Codes that must be among the reasons. */
  reasons: z.array(z.enum(Object.keys(REASON_CODES) as [keyof typeof REASON_CODES])).default([]),
  /** A part of what people read: of a reason, of the cause, or of a line of the ledger. */
  says: z.string().optional(),
});

/** A bad day, or a good one: what happens, and what must come of it. */
export const Scenario = z.strictObject({
  $schema: z.string().optional(),
  /** What goes wrong, as the table of faults shows it. */
  fault: z.string(),
  /** Chapter of the table of faults. */
  about: z
    .enum(['input', 'trigger', 'turn', 'people', 'checks', 'permissions', 'targets', 'protocol'])
    .default('protocol'),
  /** Pair that is released; any other than the storefront is one of the fleet. */
  pair: z.string().default('storefront'),
  /** `every`: under both settings of every quirk switch · or one setting, `documented` if none is named. */
  quirks: z.enum(['every', 'documented', 'other', 'lost', 'twice']).default('documented'),
  /** A variation of a day that `npm test` plays, or a long one: only `npm run test:thorough` plays it. */
  thorough: z.boolean().default(false),
  /** Settings of the pair that differ from the sample's. */
  settings: z
    .strictObject({
      join: z.enum(['manual', 'tagged', 'image-last']).optional(),
      policy: z.record(z.string(), z.unknown()).optional(),
      /** Members of targets' registrations; null takes one away. */
      targets: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
    })
    .default({}),
  steps: z.array(Step),
  expect: z.strictObject({
    releases: z.array(Expected),
    live: z.record(z.string(), Place).optional(),
    /** Releases that ended so, when many were started. */
    counts: z.record(z.string(), z.int()).optional(),
    /** Releases that were started in all, recoveries not counted. */
    started: z.int().optional(),
  }),
});
export type Scenario = z.infer<typeof Scenario>;
export type FaultStep = z.infer<typeof Fault>;
