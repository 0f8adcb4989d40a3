/** Service time: the time in which AWS waits (curves, bakes, time-outs, alarm periods, schedules). */
export interface Clock {
  /** Service time in milliseconds since 1970-01-01T00:00:00Z. */
  now(): number;
  /** Service seconds that pass in one real second at present; `Infinity` when time jumps from timer to timer. */
  readonly speed: number;
  /** Calls `listener` after each change of the speed; returns what ends that. Virtual time never changes its speed. */
  onSpeed(listener: () => void): () => void;
  /** Runs `action` once, `milliseconds` of service time from now. An error that it throws is the caller's defect. */
  after(milliseconds: number, action: () => void): Timer;
  /** Resolves `milliseconds` of service time from now. */
  sleep(milliseconds: number): Promise<void>;
  /**
   * Runs work that takes real time (a handler, a socket, a process). Virtual time stands still until it
   * has settled, so `work` must never wait for service time.
   */
  busy<T>(work: () => Promise<T>): Promise<T>;
  /** Lets time run until `settled` has settled. Virtual time moves in no other moment; scaled time always does. */
  until<T>(settled: Promise<T>): Promise<T>;
  /** Ends every timer; nothing fires afterwards. */
  close(): void;
}

/** Service time that runs faster than the wall clock by a factor that may change. */
export interface ScaledClock extends Clock {
  /** Service time goes on from where it is, `speed` times as fast as the wall clock. */
  setSpeed(speed: number): void;
}

/** A timer on service time. */
export interface Timer {
  cancel(): void;
}
