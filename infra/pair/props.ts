/** What a user says about a pair: its two halves, the checks of green, and what a release must fulfil. */

import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import type { IBaseService } from 'aws-cdk-lib/aws-ecs';
import type {
  IApplicationListener,
  IApplicationTargetGroup,
} from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IAlias, IFunction } from 'aws-cdk-lib/aws-lambda';
import type * as z from 'zod/mini';
import type { Join } from '../../core/drivers/registration.ts';
import type { EcsTarget, LambdaTarget } from '../../core/drivers/target.ts';
import type { Policy } from '../../core/release/policy.ts';

/** When traffic counts as bad, in each minute. */
export interface Thresholds {
  /**
   * Percent of requests that may fail.
   * @default 5
   */
  readonly errorPercent?: number;
  /**
   * Milliseconds within which 95 % of requests must be answered.
   * @default 1000
   */
  readonly p95Milliseconds?: number;
  /**
   * Requests in a minute below which nothing is judged. A canary gets its share of the traffic only: with 10 %, a
   * service needs ten times as many requests a minute before a bad canary can be seen.
   * @default 10
   */
  readonly smallestVolume?: number;
}

type Metrics = z.input<typeof LambdaTarget>['metrics'];

interface Half<Checks, Contract, WarmUp> {
  /** Name of the target in releases: lower-case letters, digits and hyphens, e.g. `web`. */
  readonly name: string;
  /**
   * What green must answer before any user meets it.
   * @default - `GET /health` answers 200 for a service; nothing for a function
   */
  readonly checks?: Checks;
  /**
   * Requests that green gets right before users meet it, so that no user meets a cold version; `{ requests: 0 }` for
   * none. They must not change anything: each is a GET, or an event that the function answers without a trace.
   * @default - 100 requests to a service, 20 to a function, within 10 seconds: those of the checks and of its callers' contracts
   */
  readonly warmUp?: WarmUp;
  /**
   * Above what the target's alarms go red. What is slow or fails more often by nature needs its own.
   * @default - those of `Thresholds`
   */
  readonly thresholds?: Thresholds;
  /**
   * Whom this target calls, and where a revision lists its requests and the answers it needs.
   * @default - none: reports say that mixed versions are not proven
   */
  readonly contract?: Contract;
  /**
   * Metrics of its own by which green is compared with blue while traffic shifts, e.g. orders: docs/judgement.md.
   * @default - none: errors and latency are always compared
   */
  readonly metrics?: Metrics;
  /**
   * Alarms of your own that guard this target beside those that the pair makes: metric alarms of any dimension, e.g. of
   * a log filter or a canary, and composite alarms. A red one rejects a release at its start and rolls it back later.
   * @default - none
   */
  readonly alarms?: readonly IAlarm[];
}

/** An ECS service of a pair; everything may be imported. */
export interface EcsHalf
  extends Half<
    z.input<typeof EcsTarget>['checks'],
    z.input<typeof EcsTarget>['contract'],
    z.input<typeof EcsTarget>['warmUp']
  > {
  /** The service; its deployment controller must be CODE_DEPLOY. Of an imported one that is checked by each release. */
  readonly service: IBaseService;
  /**
   * Task and execution roles of the service's tasks: nothing may pass any other.
   * @default - those of the service's task definition; an imported service does not tell, so they must be named
   */
  readonly taskRoles?: readonly IRole[];
  /**
   * Family of the service's task definitions, as `shop-web` in `shop-web:12`: Tandem may register no other.
   * @default - that of the service's task definition; an imported service does not tell, so it may be any
   */
  readonly taskFamily?: string;
  /** Name of the container that gets the traffic. */
  readonly container: string;
  /** Port on which it listens. */
  readonly port: number;
  /** Repository whose images the service may run. */
  readonly repository: IRepository;
  /** Listener of the users. */
  readonly productionListener: IApplicationListener;
  /** Listener on which only checks meet green. It belongs to the same load balancer. */
  readonly testListener: IApplicationListener;
  /**
   * Name that users use, e.g. `shop.example.com`. Checks connect to the load balancer and ask for this host, in the
   * Host header and in the TLS handshake: needed where a listener speaks HTTPS, where a rule wants a host, and where
   * the application looks at it.
   * @default - the load balancer's own name
   */
  readonly host?: string;
  /**
   * Whether Tandem suspends Application Auto Scaling of the service while green comes up and while traffic moves, and
   * then restores it: CodeDeploy fails a deployment whose service does not become steady within five minutes of a
   * scale-out. A service does not grow with its load in that time: docs/adopt.md.
   * @default false
   */
  readonly suspendScaling?: boolean;
  /** Target group that the production listener forwards to at first, by a rule or by default. Colours swap with every release. */
  readonly blue: IApplicationTargetGroup;
  /** The other target group. */
  readonly green: IApplicationTargetGroup;
}

/** A Lambda function of a pair; everything may be imported. */
export interface LambdaHalf
  extends Half<
    z.input<typeof LambdaTarget>['checks'],
    z.input<typeof LambdaTarget>['contract'],
    z.input<typeof LambdaTarget>['warmUp']
  > {
  readonly function: IFunction;
  /**
   * Alias of the users. It points at a published version, and the template never moves it again. (The members of an
   * `IAlias` that a pair needs: strict TypeScript does not take CDK's own `Alias` for an `IAlias`.)
   */
  readonly alias: Pick<IAlias, 'aliasName' | 'version' | 'node'>;
}

export interface ReleasePairProps {
  /** Name of the pair: lower-case letters, digits and hyphens. */
  readonly pair: string;
  /**
   * What a release must fulfil.
   * @default - `core/release/policy.ts` has a default for everything
   */
  readonly policy?: z.input<typeof Policy>;
  /**
   * What a push of an image releases beside the image.
   * @default 'tagged'
   */
  readonly join?: Join;
  /**
   * Patterns of the image tags whose pushes start releases: `*` stands for any characters, `?` for one, `[0-9]` for a
   * digit; e.g. `['[0-9]*.[0-9]*.[0-9]*']` for version numbers. That one also matches `2.0.0-rc.1` and `2.1.0-pr-42`,
   * and not `v2.0.0`: give builds that must not be released another beginning. Signatures, attestations, SBOMs, build
   * caches and charts are never released, whatever their tags.
   * @default - with `join: 'tagged'` a push counts only if a tag of the image equals the tag `tandem:version` of one
   * of the pair's functions; a pair without functions, or with `join: 'image-last'`, must declare them
   */
  readonly tags?: readonly string[];
  /**
   * The service, or several that are released together.
   * @default - the pair has no ECS service
   */
  readonly ecs?: EcsHalf | readonly EcsHalf[];
  /**
   * The function, or several that are released together.
   * @default - the pair has no function
   */
  readonly lambda?: LambdaHalf | readonly LambdaHalf[];
  /**
   * CodeDeploy configurations of a curve that AWS does not predefine. They belong to the account's Region,
   * so the first pair creates them and every other pair with the same curve says `existing`.
   * @default 'create'
   */
  readonly curveConfigurations?: 'create' | 'existing';
  /**
   * Whether the pair has a dashboard in CloudWatch, `tandem-<pair>-<region>`. An account has three dashboards
   * for nothing, each further one costs $3 a month; what its logs are searched for costs by what is read.
   * @default true
   */
  readonly dashboard?: boolean;
}
