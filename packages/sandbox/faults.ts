import type { Call } from './cloud.ts';

/** A fault that the choke point injects into the calls it matches. */
export interface Fault {
  /** Name in reports: a fault that was never hit fails the run. */
  readonly name: string;
  readonly matches: (call: Call) => boolean;
  /** Matching calls to let pass first (default 0). */
  readonly skip?: number;
  /** Matching calls to hit then (default 1). */
  readonly times?: number;
  /** Called with each call that the fault hits, before its effect. */
  readonly onHit?: (call: Call) => void;
  /**
   * `refuse`: the call has no effect and fails with `error` · `lose-response`: it takes effect, then fails with
   * `error` · `late`: it fails with `error`, and takes effect so many milliseconds of service time later ·
   * `swallow`: it has no effect and is answered with `answer` · `stale`: it has no effect and is answered as the same call was the last time; one that nobody has made yet
   * passes · `hang`: it has no effect and never answers ·
   * `twice`: it takes effect two times, and the second answer is given · `before`: runs `action`, then the call
   * goes on · `after`: the call takes effect, then `action` runs before the answer is given.
   */
  readonly effect:
    | { readonly kind: 'refuse' | 'lose-response'; readonly error: Error }
    | { readonly kind: 'late'; readonly error: Error; readonly milliseconds: number }
    | { readonly kind: 'swallow'; readonly answer: unknown }
    | { readonly kind: 'hang' | 'twice' | 'stale' }
    | { readonly kind: 'before' | 'after'; readonly action: (call: Call) => Promise<void> };
}
