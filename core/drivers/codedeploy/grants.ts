/** Permissions about deployments, whichever platform they are on. */
import { allow, type Grant } from '../grant.ts';

/** The pair construct calls every application and every group `tandem-<pair>-<target>`. */
const GROUPS = { service: 'codedeploy', name: 'deploymentgroup:tandem-*/*' } as const;
const APPLICATIONS = { service: 'codedeploy', name: 'application:tandem-*' } as const;
const CONFIGURATIONS = { service: 'codedeploy', name: 'deploymentconfig:*' } as const;

const GET = allow(['codedeploy:GetDeployment'], GROUPS);

/**
 * Reads the targets of deployments: their lifecycle events. On every resource, since AWS contradicts itself: the
 * service authorization reference knows no resource for these two ("Actions defined by AWS CodeDeploy"), CodeDeploy's
 * guide knows the group for one of them ("CodeDeploy permissions reference"), and no release passes without them. The
 * writes stay on the groups; the reference knows no resource for them either, but refusals by AWS name the group.
 */
const TARGETS = allow(
  ['codedeploy:ListDeploymentTargets', 'codedeploy:BatchGetDeploymentTargets'],
  '*',
);

/** Reads how far a deployment has come: its status, its lifecycle events. */
const PROGRESS: readonly Grant[] = [TARGETS, GET];

/** Finds deployments by their marker, ours and foreign ones. */
const FIND = allow(['codedeploy:ListDeployments', 'codedeploy:BatchGetDeployments'], GROUPS);

/**
 * Creates a deployment, unless its marker is found. The revision in the call is registered with the application.
 * Deployments that roll back override their alarms: CodeDeploy asks for UpdateDeploymentGroup then.
 */
const CREATE: readonly Grant[] = [
  FIND,
  allow(['codedeploy:CreateDeployment'], GROUPS),
  allow(['codedeploy:GetDeploymentConfig'], CONFIGURATIONS),
  allow(['codedeploy:RegisterApplicationRevision'], APPLICATIONS),
  allow(['codedeploy:UpdateDeploymentGroup'], GROUPS),
];

/** Answers lifecycle hooks, and reads back what became of an answer. */
const ANSWER: readonly Grant[] = [
  TARGETS,
  allow(['codedeploy:PutLifecycleEventHookExecutionStatus'], GROUPS),
];

/** Ends one of CodeDeploy's own waits, and reads the deployment when CodeDeploy says that it does not wait. */
const CONTINUE: readonly Grant[] = [
  allow(['codedeploy:ContinueDeployment', 'codedeploy:GetDeployment'], GROUPS),
];

/** What the steps that move a target do to its deployments. */
export const STEPS = {
  // Settings of deployment groups, and which configurations there are. A listing names no one configuration.
  'validate-release': [
    allow(['codedeploy:GetDeploymentGroup'], GROUPS),
    allow(['codedeploy:ListDeploymentConfigs'], '*'),
  ],
  'launch-deployment': CREATE,
  'start-shift': [...CREATE, ...CONTINUE, ...ANSWER],
  observe: [...PROGRESS, FIND],
  'answer-target': [...ANSWER, ...CONTINUE],
  'take-back-target': [
    ...PROGRESS,
    ...CREATE,
    ...CONTINUE,
    ...ANSWER,
    allow(['codedeploy:StopDeployment'], GROUPS),
  ],
  'on-deployment-change': [GET],
} as const;

/** A hook reads whose deployment calls it, and whether its group is open to others, and answers. */
export const HOOK: readonly Grant[] = [
  GET,
  allow(['codedeploy:ListTagsForResource'], GROUPS),
  ...ANSWER,
];

/** A hook that is handed to the release reads when it began. */
export const HELD_HOOK: readonly Grant[] = [...HOOK, ...PROGRESS];
