import * as z from 'zod';
import { PHASES } from '../../core/release/phase.ts';

/** A release in a scenario. */
export const ReleaseName = z
  .string()
  .default('first')
  .describe('A release of the scenario, by the name that its start gave it.');

const Phase = z
  .enum(Object.keys(PHASES) as [keyof typeof PHASES])
  .describe('Phase that the release is in.');

const Side = z.enum(['web', 'api']).describe('Target of the storefront.');

const Given = z.unknown().optional().describe('What its answer must have, and maybe more.');

/** Calls that a fault hits. `where` compares members of the input; a text may hold `*`. */
const Matcher = z.strictObject({
  service: z.string().describe('Service by its endpoint, e.g. `codedeploy`.'),
  operation: z.string().describe('Operation of the service, e.g. `CreateDeployment`.'),
  role: z
    .string()
    .optional()
    .describe("Part of the calling role's name, e.g. `launch-deployment`; left out: anybody."),
  target: z
    .string()
    .optional()
    .describe('Target that the call is about, by deployment or by event.'),
  where: z
    .record(z.string(), z.string())
    .optional()
    .describe(
      'Members of the input by path (`targets.0.name`), each with the text that it must have; `*` stands for anything.',
    ),
});

/** Steps that wait for something, or for some time. */
const TAKE_TIME: readonly string[] = ['minutes', 'until', 'started', 'ended'];

/** Verb of a step: its first member. */
export const verbOf = (step: Step): string => Object.keys(step)[0] ?? '';
const takesTime = ({ attempt = [], ...step }: Step): boolean =>
  TAKE_TIME.includes(verbOf(step)) || (attempt as readonly Step[]).some(takesTime);

/** A fault at the choke point. */
const Fault = Matcher.extend({
  name: z.string().describe('Name of the fault: one that is never hit fails the scenario.'),
  skip: z.int().min(0).optional().describe('Calls that pass before it hits one (default 0).'),
  times: z.int().min(1).optional().describe('Calls that it hits (default 1).'),
  effect: z
    .enum([
      'refuse',
      'lose-response',
      'late',
      'swallow',
      'stale',
      'hang',
      'twice',
      'before',
      'after',
    ])
    .describe(
      '`refuse`: no effect, fails with `error` · `lose-response`: takes effect, then fails with `error` · `late`: fails with `error`, takes effect `minutes` later · `swallow`: no effect, answered with `answer` · `stale`: a read that is answered as the same read was the last time · `hang`: no effect, no answer · `twice`: takes effect two times · `before`, `after`: the steps of `do` happen before or after it.',
    ),
  error: z
    .strictObject({
      name: z.string().describe('Code of the error.'),
      message: z.string().describe('Its sentence.'),
      status: z.int().optional().describe('HTTP status (default 500).'),
    })
    .optional()
    .describe('Error that the caller gets.'),
  minutes: z.number().optional().describe('Minutes after which a late call takes effect.'),
  answer: z.unknown().optional().describe('Answer to a call that is swallowed.'),
  get do() {
    return z
      .array(Step)
      .refine((steps) => !steps.some(takesTime), {
        error: ({ input }) =>
          `the step "${verbOf((input as readonly Step[]).find(takesTime)!)}" lets time pass, and no time passes while the call waits for these steps: put it behind the fault`,
      })
      .optional()
      .describe('Steps that happen before or after the call; no time passes meanwhile.');
  },
});

/** A step: its verb comes first. */
const step = <Shape extends z.core.$ZodShape>(does: string, shape: Shape) =>
  z.strictObject(shape).describe(does);

/** One thing that happens in a scenario. */
export const Step: z.ZodType<Step> = z.lazy(() =>
  z.union([
    step('Says something to the reader; does nothing.', {
      note: z.string().describe('What is said.'),
    }),
    step('Releases versions by hand: update, push, start. The pair joins by hand from then on.', {
      release: z
        .strictObject({
          web: z
            .string()
            .optional()
            .describe('Version of the web application; left out: it is left alone.'),
          api: z
            .string()
            .optional()
            .describe('Version of the function; left out: it is left alone.'),
        })
        .describe('What is released.'),
      as: ReleaseName.optional(),
    }),
    step("Updates the code of a target's function and tags it, as CI would.", {
      update: z.string().describe('Version of the function.'),
      target: z.string().optional().describe('Target whose function it is (default: `api`).'),
    }),
    step('Pushes a version of the web application.', {
      push: z.string().describe('The version.'),
      tag: z.string().optional().describe('Tag of the image (default: the version).'),
      builds: z
        .int()
        .min(1)
        .optional()
        .describe(
          'So many builds of the version, tagged `<version>-build.<n>`, two seconds apart.',
        ),
      findings: z
        .array(
          z.strictObject({
            name: z.string().describe('Name of the finding.'),
            severity: z
              .enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNDEFINED'])
              .describe('How grave it is.'),
          }),
        )
        .optional()
        .describe('What scans of the image will find.'),
      platforms: z
        .array(z.string())
        .optional()
        .describe('Pushes an index, as buildx does, with an image for each, e.g. `linux/arm64`.'),
    }),
    step('Registers a revision of the task definition that web runs, as CI would.', {
      revise: z.record(z.string(), z.unknown()).describe('Members that differ.'),
      containers: z
        .record(z.string(), z.record(z.string(), z.unknown()))
        .optional()
        .describe(
          'Members of containers that differ, by name; one that is new is made after the one that gets the traffic.',
        ),
    }),
    step('Starts a release with this input; pair and requester are filled in.', {
      start: z.unknown().describe('Input of the execution.'),
      as: ReleaseName.optional(),
      name: z.string().optional().describe('Name of the execution.'),
      padding: z.int().optional().describe('Characters that its reason is filled up with.'),
    }),
    step('Names releases that somebody else starts, oldest first; waits until they are there.', {
      started: z.union([z.string(), z.array(z.string())]).describe('Their names in the scenario.'),
      because: z
        .array(z.string())
        .optional()
        .describe(
          'What the reason of each says, in the order of their names, where events may start them in any order; else the order in which they started counts.',
        ),
    }),
    step('Invokes a step or a trigger with an event, and compares its answer or its error.', {
      invoke: z.string().describe('The handler, e.g. `listen`.'),
      event: z.unknown().describe('Its event.'),
      gives: Given,
      fails: z.string().optional().describe('A part of the error that it must fail with.'),
    }),
    step('Waits until a release has come so far, or until a fault was hit.', {
      until: z
        .strictObject({
          release: ReleaseName.optional(),
          phase: Phase.optional(),
          decision: z.enum(['none', 'promote', 'rollback']).optional().describe('What is decided.'),
          approval: z
            .enum(['pending', 'approved', 'rejected'])
            .optional()
            .describe('How the request for approval stands.'),
          guarded: z
            .literal(true)
            .optional()
            .describe('Every barrier is answered: the guard has begun.'),
          guardEnded: z.literal(true).optional().describe('The guard is over.'),
          shifted: z.literal(true).optional().describe('Users may meet green of every target.'),
          held: z.literal(true).optional().describe('All traffic is on green, blue whole.'),
          hit: z
            .string()
            .optional()
            .describe('Name of a fault that was hit; nothing else counts then.'),
        })
        .describe('All of this must be so.'),
    }),
    step(
      'Takes steps that may fail: the first one that does ends them, and the scenario continues.',
      {
        get attempt() {
          return z.array(Step).describe('The steps.');
        },
        as: z
          .string()
          .optional()
          .describe('Name under which a simulation counts that all were taken.'),
      },
    ),
    step('Lets minutes of service time go by.', {
      minutes: z.number().describe('So many; parts of one too.'),
    }),
    step('Sets the state of an alarm, named without its `tandem-<pair>-`.', {
      alarm: z.string().describe('The alarm, e.g. `api-green-errors`.'),
      state: z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']).describe('Its new state.'),
      minutes: z
        .number()
        .optional()
        .describe(
          'Minutes in which it stays so, whatever its metrics say; else until it is evaluated again.',
        ),
    }),
    step('A person answers a request for approval.', {
      answer: z.enum(['APPROVE', 'REJECT']).describe('What the person says.'),
      release: ReleaseName.optional(),
      naming: z
        .string()
        .optional()
        .describe('The release that the answer names, when it is another one.'),
      by: z.string().optional().describe('Who says so (default: `grace@example.com`).'),
      id: z.string().optional().describe('Id of the request (default: that of the release).'),
      door: z
        .enum(['page', 'call'])
        .optional()
        .describe(
          'By which door (default: the topic): the page of the link, or a call whose caller IAM knows.',
        ),
      taken: z.boolean().optional().describe('Whether that door takes it (default: yes).'),
    }),
    step('Publishes a text on the approvals topic.', {
      publish: z.string().describe('The text.'),
    }),
    step('A person orders something.', {
      command: z.enum(['abort', 'hold', 'resume', 'promote']).describe('The order.'),
      release: ReleaseName.optional(),
      accepted: z.boolean().optional().describe('Whether it must be accepted (default: yes).'),
    }),
    step('Stops the execution that drives a release now: its own, or its recovery.', {
      stopExecution: z.string().describe('The release.'),
    }),
    step('Redrives the execution of a release that a person stopped before.', {
      redriveExecution: z.string().describe('The release.'),
      fails: z
        .string()
        .optional()
        .describe('Error with which the redriven execution must fail; the scenario waits for it.'),
    }),
    step('Stops the rollback of a release.', {
      stopRollback: z.string().describe('The release.'),
    }),
    step('Redrives the rollback that a person stopped before, as the console offers for 14 days.', {
      redriveRollback: z.string().describe('The release.'),
    }),
    step('Stops the deployment that a target has now, as a person could.', {
      stopDeployment: Side,
      autoRollback: z
        .boolean()
        .optional()
        .describe('Whether CodeDeploy rolls back then (default: yes).'),
    }),
    step("Ends one of CodeDeploy's waits, as a person could.", {
      continueDeployment: z.string().describe('Target whose deployment waits.'),
      wait: z.enum(['READY_WAIT', 'TERMINATION_WAIT']).describe('The wait that ends.'),
    }),
    step('Answers a hook that a release holds, as somebody who knows its execution id could.', {
      answerHook: Side,
      event: z.string().describe('Lifecycle event of the hook, e.g. `AfterAllowTraffic`.'),
      status: z.enum(['Succeeded', 'Failed']).describe('The answer.'),
      release: ReleaseName.optional(),
    }),
    step('Somebody else deploys to a target.', {
      foreignDeployment: Side,
      service: z
        .record(z.string(), z.unknown())
        .optional()
        .describe('Further properties of the service in the AppSpec, e.g. `PlatformVersion`.'),
      configuration: z
        .string()
        .optional()
        .describe('Its deployment configuration (default: that of the group).'),
    }),
    step('Somebody points the alias at a version.', {
      moveAlias: z.string().describe('The version.'),
    }),
    step('Calls `<service>.<Operation>` as the owner of the account.', {
      call: z.string().describe('`<service>.<Operation>`, e.g. `lambda.PublishVersion`.'),
      input: z.unknown().describe('Its input.'),
      gives: Given,
    }),
    step(
      'A person runs the commands that the message of a release that ended gives, line by line as they are written, and no command of it fails.',
      {
        runCommands: z.string().describe('The release.'),
        conditional: z
          .boolean()
          .optional()
          .describe('Whether commands are run that stand behind a condition (default: no).'),
      },
    ),
    step('A person runs commands in a shell.', {
      shell: z.array(z.string()).describe('The commands, one a line: `aws <service> …`.'),
    }),
    step('Reads which revision users are on now.', {
      serves: z.record(z.string(), z.string()).describe('Revision that each target must serve.'),
    }),
    step('Keeps a copy of the table as it is now, as point-in-time recovery does.', {
      keepTable: z.string().describe('Name of the copy.'),
    }),
    step('Puts a copy of the table back in its place: items that came later are gone.', {
      restoreTable: z.string().describe('Name of the copy.'),
    }),
    step('Takes an action from a role.', {
      deny: z
        .string()
        .describe(
          'The handler, or `codedeploy <target>`, `prepare <target>` or `scaling <target>`: the roles of a target.',
        ),
      action: z.string().describe('The action of IAM, e.g. `codedeploy:CreateDeployment`.'),
    }),
    step('Gives back what was taken last.', {
      restore: z.string().describe('Whose role gets it back, as `deny` named it.'),
    }),
    step('Injects a fault into calls that follow.', {
      fault: Fault.describe('The fault, and which calls it hits.'),
    }),
    step('Ends a fault: calls that follow are as they should be.', {
      endFault: z.string().describe('Name of the fault.'),
    }),
    step('Lets calls of handlers fail, each a fault of its own: `<service>.<Operation>`.', {
      fail: z.record(z.string(), z.array(z.string())).describe('Calls that fail, by handler.'),
      times: z.int().min(1).optional().describe('How often each fails (default 1).'),
      error: Fault.shape.error,
    }),
    step('Other functions of the account take concurrent executions for some minutes.', {
      occupy: z
        .int()
        .min(1)
        .max(1000)
        .describe('Executions at once, of the 1,000 that the account has.'),
      minutes: z.number().describe('Minutes in which they run.'),
    }),
    step('Starts or ends requests of users.', {
      traffic: z.boolean().describe('Whether users come from now on.'),
    }),
    step('Waits for the end of an execution.', {
      ended: ReleaseName,
      status: z
        .enum(['SUCCEEDED', 'FAILED', 'ABORTED', 'TIMED_OUT'])
        .optional()
        .describe('Status that the execution must have then, whatever became of its release.'),
    }),
  ]),
);

/** One thing that happens in a scenario, as its schema reads it. */
export type Step = { readonly [key: string]: unknown };

export type FaultStep = z.infer<typeof Fault>;
