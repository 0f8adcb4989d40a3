/** What Tandem may do to functions: read, publish and invoke versions, and set an alias back. */
import { HELD_HOOK, STEPS } from '../codedeploy/grants.ts';
import { allow, type Grants } from '../grant.ts';

/** A pair's function may have any name, so this reaches every function of the account's Region, its versions and aliases. */
const FUNCTIONS = { service: 'lambda', name: 'function:*' } as const;

/** Where aliases point. */
const ALIASES = allow(['lambda:GetAlias'], FUNCTIONS);

/** Versions: code, state, settings. */
const VERSIONS = allow(['lambda:GetFunctionConfiguration'], FUNCTIONS);

/** Which version a function says that it is. */
const TAGS = allow(['lambda:ListTags'], FUNCTIONS);

/** A version by its number: $LATEST by the bare name is never called. */
const INVOKE = allow(['lambda:InvokeFunction'], { service: 'lambda', name: 'function:*:*' });

/** What each function does to functions. */
export const FUNCTION_GRANTS: Grants = {
  ...STEPS,
  'validate-release': [...STEPS['validate-release'], ALIASES, VERSIONS, TAGS],
  'prepare-target': [
    ALIASES,
    VERSIONS,
    // Which version it says that it is, at the moment when it is published.
    TAGS,
    allow(['lambda:PublishVersion'], FUNCTIONS),
    // Alarms that are pointed at the versions of a release. Composite ones are told only to who may read any.
    allow(['cloudwatch:DescribeAlarms'], '*'),
    allow(['cloudwatch:PutMetricAlarm'], { service: 'cloudwatch', name: 'alarm:tandem-*' }),
  ],
  'prove-release': [ALIASES, INVOKE],
  observe: [...STEPS.observe, ALIASES],
  // Puts an alias back where it was, when CodeDeploy cannot.
  'take-back-target': [
    ...STEPS['take-back-target'],
    ALIASES,
    allow(['lambda:UpdateAlias'], FUNCTIONS),
  ],
  'on-image-push': [VERSIONS, TAGS],
  'on-schedule': [VERSIONS, TAGS],
  'lambda-before-allow-traffic': [...HELD_HOOK, VERSIONS, INVOKE],
  'after-allow-traffic': HELD_HOOK,
};
