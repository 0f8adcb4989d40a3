import { type DeploymentObservation, ENDED } from '../drivers/deployment.ts';
import type { GreenReading } from '../record/green-start.ts';

/** What was read of one target: the API is what is believed, never an event. */
export interface TargetObservation {
  /** Name of the revision that all production traffic reaches, or `mixed`. */
  readonly live: string;
  /** In a mixture: a revision that is neither the old nor the new one of the release. */
  readonly third?: string;
  /** Percent of production traffic that reaches the wanted revision. */
  readonly share: number;
  /** Percent of production traffic that each revision gets, by its name, where more than one gets some. */
  readonly shares?: Readonly<Record<string, number>>;
  /** Name of the revision in each target group, by the group's ARN: the colours of groups say nothing about it. */
  readonly groups?: Readonly<Record<string, string>>;
  /** How green's tasks come up, while they do. */
  readonly green?: GreenReading;
  readonly forward?: DeploymentObservation;
  /** The platform's own rollback of the forward deployment, or our newest deployment that rolls back. */
  readonly back?: DeploymentObservation;
  /** A deployment of the target that neither Tandem nor the platform's rollback of ours made. */
  readonly foreign?: string;
  /** A deployment of a later release of the pair: read while the release is rolled back. */
  readonly later?: { readonly release: string; readonly id: string };
}

export interface Observation {
  /** Milliseconds since 1970, service time. */
  readonly now: number;
  readonly targets: Readonly<Record<string, TargetObservation>>;
  /** Targets that could not be read, each with the error. */
  readonly unread?: Readonly<Record<string, string>>;
  /** Deployments of others that began beside the release, by the target that they deploy to and that it leaves alone. */
  readonly neighbours?: Readonly<Record<string, string>>;
}

/** Whether there is a deployment that has not ended. */
export const isActive = (deployment: DeploymentObservation | undefined): boolean =>
  deployment !== undefined && !ENDED.includes(deployment.state);

/** Milliseconds after an end in which the platform may still name the deployment that undoes it. */
const ROLLBACK_APPEARS = 60_000;

/** Whether the platform may be rolling back in a deployment that nobody can see yet. */
export const mayGoBackUnseen = ({ forward, back }: TargetObservation, now: number): boolean =>
  forward?.state === 'lost' &&
  back === undefined &&
  forward.completedAt !== undefined &&
  now - forward.completedAt < ROLLBACK_APPEARS;

/** Whether the deployment has ended against us. */
export const isLost = (deployment: DeploymentObservation | undefined): boolean =>
  deployment?.state === 'lost' || deployment?.state === 'rolled-back';

/** Equal readings in a row after which an end is believed. */
export const READINGS = 3;

/** Seconds between two readings of an end. */
export const READING_SECONDS = 5;
