/** What a container is started from: the image's configuration with the task definition's overrides applied. */
export interface ContainerRequest {
  /** Image reference of the task definition, e.g. `111122223333.dkr.ecr.us-east-1.amazonaws.com/web@sha256:…`. */
  readonly image: string;
  readonly digest: string;
  /** Tags of the digest when the container started, e.g. `2.0.0`. */
  readonly tags: readonly string[];
  /** Folder that holds the image's files. */
  readonly folder: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Port that the application listens on inside the container. */
  readonly port: number;
  readonly onOutput: (line: string) => void;
}

/** A running container. */
export interface Container {
  /** Where the application's port can be reached. */
  readonly address: { readonly host: string; readonly port: number };
  /** Answers in the place of a socket; only where the host models its containers. */
  readonly respond?: (request: ModelRequest) => Promise<ModelResponse>;
  /** Resolves with the exit code when the application has ended. */
  readonly exited: Promise<number>;
  /** SIGTERM, then SIGKILL after `graceSeconds` of real time. */
  stop(graceSeconds: number): Promise<void>;
}

/** A request as a response model sees it. */
export interface ModelRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a response model answers. `milliseconds` is the time the application takes. */
export interface ModelResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  readonly milliseconds?: number;
}

/** Starts containers. */
export interface ContainerHost {
  start(request: ContainerRequest): Promise<Container>;
  close(): Promise<void>;
}
