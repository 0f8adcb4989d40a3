/** Knows what a Task state needs of the world: integrations that do its work, and task tokens. */
import type { Scope } from './scope.ts';

/** How the history tells a task: as a service's action, or as a function named by its ARN. */
export type TaskKind =
  | { readonly kind: 'task'; readonly resourceType: string; readonly resource: string }
  | { readonly kind: 'function'; readonly resource: string };

/** What a Resource stands for. */
export interface Integration {
  readonly history: TaskKind;
  /**
   * Asks the service; throws StateFailure. What ends the task: the answer itself, the task token that went
   * along, or `follow`.
   */
  request(parameters: unknown): Promise<unknown>;
  readonly endsWith: 'answer' | 'token' | 'follow';
  /** Resolves with the result once the job that `answer` names has ended; `scope` ends if the task is given up. */
  readonly follow?: (answer: unknown, scope: Scope) => Promise<unknown>;
}

/** One attempt of a task that waits for its token. */
export interface TokenOwner {
  succeed(output: unknown): void;
  fail(error?: string, cause?: string): void;
  /** A heartbeat has arrived. */
  beat(): void;
}

/** The world around an execution. */
export interface World {
  readonly region: string;
  /** Gives undefined for a Resource that it does not know. */
  integration(resource: string): Integration | undefined;
  /** Makes a token that is good until `close`. */
  openToken(owner: TokenOwner): { readonly token: string; close(): void };
}
