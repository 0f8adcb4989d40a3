/** The seam between Lambda and whatever really runs its functions. */

/** Keys of a session of the function's role. */
export interface SessionKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** One revision of one function, as it is run: code and configuration of `$LATEST` at some time, or of a version. */
export interface FunctionUnit {
  /** Differs between any two revisions: what was started for one never serves another. */
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly region: string;
  readonly runtime: string;
  /** Folder that holds the code; it never changes. Its parent is a place for copies. */
  readonly folder: string;
  readonly codeSha256: string;
  /** e.g. `src/app.handler` */
  readonly handler: string;
  /** Megabytes. */
  readonly memory: number;
  /** Seconds of work time that one invocation may take. */
  readonly timeout: number;
  /** The function's own environment variables. */
  readonly environment: Readonly<Record<string, string>>;
  readonly logStream: string;
  /** A new session of the function's role; rejects if Lambda may not assume it. */
  readonly keys: () => Promise<SessionKeys>;
}

/** One call of a handler. */
export interface Invocation {
  readonly requestId: string;
  /** ARN by which the function was invoked, with the qualifier if there was one. */
  readonly functionArn: string;
  /** The event as JSON. */
  readonly payload: string;
  /** Is given every line that the function writes. */
  readonly onLine: (line: string) => void;
}

/** How an invocation ended. */
export interface InvocationResult {
  /** JSON: what the handler returned, or the error as Node's Lambda runtime reports it. */
  readonly payload: string;
  readonly failed: boolean;
  /** Milliseconds of work time that the handler took. */
  readonly duration: number;
  /** Milliseconds of real time that starting the environment took, if one was started. */
  readonly initDuration?: number;
}

/** Runs functions. */
export interface FunctionHost {
  /** Rejects only when the function's role cannot be assumed; whatever the code does is a result. */
  invoke(unit: FunctionUnit, invocation: Invocation): Promise<InvocationResult>;
  close(): Promise<void>;
}
