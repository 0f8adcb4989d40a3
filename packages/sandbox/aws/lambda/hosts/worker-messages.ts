/** What a worker and the thread that started it say to each other. */

/** Given to a worker when it starts. */
export interface WorkerTask {
  readonly folder: string;
  readonly handler: string;
  readonly time: ServiceTime;
}

/** Service time when the message was sent, and service milliseconds that pass in a real one. */
export interface ServiceTime {
  readonly now: number;
  readonly speed: number;
}

/** One invocation; `remaining` is in milliseconds of real time. */
export interface WorkerCall {
  readonly requestId: string;
  readonly functionArn: string;
  readonly payload: string;
  readonly remaining: number;
  readonly time: ServiceTime;
}

/** `broken`: loading failed, or an error reached nobody; the worker has ended itself. */
export type WorkerReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'line'; readonly line: string }
  | {
      readonly kind: 'done';
      readonly payload: string;
      readonly failed: boolean;
      /** Bytes that the environment holds: its heap, and the buffers outside of it. */
      readonly held: number;
    }
  | { readonly kind: 'broken'; readonly payload: string };
