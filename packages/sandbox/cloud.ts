import type { Clock } from './clock/clock.ts';
import type { ContainerHost } from './containers.ts';
import type { Quirks } from './quirks.ts';

/** Who makes a call: a role (IAM decides), an AWS service acting for itself, or the owner of the laptop. */
export type Principal =
  | { readonly kind: 'role'; readonly arn: string; readonly session: string }
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'owner' };

/** One call of one operation, whoever makes it and however it arrived. */
export interface Call {
  readonly principal: Principal;
  readonly region: string;
  /** IAM's prefix of the service: `codedeploy`, `states`, `elasticloadbalancing`, `cloudwatch`, `events` … */
  readonly service: string;
  /** Name of the operation in AWS's model, e.g. `CreateDeployment`. */
  readonly operation: string;
  /** Input with the member names of AWS's model; timestamps are Dates, blobs Uint8Arrays. */
  readonly input: unknown;
}

/** The choke point as its users see it. */
export type CallFunction = (call: Call) => Promise<any>;

/** What an operation knows of the call that it answers. */
export interface Caller {
  readonly principal: Principal;
  readonly region: string;
}

/** An operation of a service. It throws AwsError, and never waits for service time. */
export type Operation = (input: any, caller: Caller) => unknown;

/** What IAM is asked before an operation runs. */
export interface Permission {
  /** e.g. `codedeploy:CreateDeployment` */
  readonly action: string;
  /** ARN of one resource, or `*` where the action knows none. */
  readonly resource: string;
  /** The resource does not exist, so its ARN is unknown: whoever may do this to any resource at all is told so. */
  readonly somewhere?: true;
  /** For `iam:PassRole`: the service that gets the role, e.g. `ecs-tasks.amazonaws.com`. */
  readonly passedToService?: string;
  /** Further condition keys of the request, in lower case. */
  readonly context?: Readonly<Record<string, string>>;
  /** For `lambda:InvokeFunction`: the caller came by the function's URL. */
  readonly viaFunctionUrl?: true;
}

/** One AWS service of the sandbox: a closure over its state, which lives in memory, keyed by Region. */
export interface Service {
  /** IAM's prefix. */
  readonly id: string;
  readonly operations: Readonly<Record<string, Operation>>;
  /** What IAM asks per operation; default: `<id>:<Operation>` on `*`. An empty list means: nothing. */
  readonly permissions?: Readonly<
    Record<string, (input: any, caller: Caller) => readonly Permission[]>
  >;
  /** CloudFormation resource types that this service creates. */
  readonly resources?: Readonly<Record<string, ResourceProvider>>;
  /** Ends timers, sockets, workers and processes of this service. */
  readonly close?: () => Promise<void>;
}

/** Creates the resources of one CloudFormation type. */
export interface ResourceProvider {
  /** Properties that are used. One that is neither used nor ignored fails the deployment by name. */
  readonly properties: readonly string[];
  /** Properties that are accepted because they mean nothing on a laptop; they are listed after a deployment. */
  readonly ignored?: readonly string[];
  create(properties: any, context: ResourceContext): Promise<CreatedResource>;
}

/** What `Ref` and `Fn::GetAtt` of a created resource give. */
export interface CreatedResource {
  readonly ref: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** What a provider knows of the stack it creates a resource for. */
export interface ResourceContext {
  readonly region: string;
  readonly account: string;
  readonly stack: string;
  readonly logicalId: string;
  /** A unique physical name, as CloudFormation makes it: `<stack>-<logical id>-<12 characters>`, at most `longest` characters. */
  physicalName(longest?: number): string;
  /** Folder (or zip file) on this machine that holds the asset a template names by bucket and key. */
  asset(bucket: string, key: string): string;
  /** Calls another service as CloudFormation would: nothing is denied. */
  call(service: string, operation: string, input: unknown): Promise<any>;
}

/** What every service is given when the sandbox makes it. */
export interface Cloud {
  readonly account: string;
  readonly clock: Clock;
  /** Every call between services goes through here. */
  readonly call: CallFunction;
  readonly quirks: Quirks;
  /** Uniform in [0, 1), from the sandbox's seed. */
  readonly random: () => number;
  /** `length` random characters out of `alphabet` (default: 0-9A-Z), from the sandbox's seed. */
  readonly id: (length: number, alphabet?: string) => string;
  /** Folder for files that live as long as the sandbox. */
  readonly folder: string;
  /** Starts the containers of ECS tasks: real processes, or a response model in simulations. */
  readonly containers: ContainerHost;
  /** Notes something that a user should know, e.g. a property that means nothing locally. Said once per text. */
  readonly note: (text: string) => void;
  /** Tells a line that a function or a container has written. */
  readonly logged: (line: string) => void;
  /** URL of the HTTP front, e.g. `http://127.0.0.1:4566`; throws before the front listens. */
  readonly endpoint: () => string;
}
