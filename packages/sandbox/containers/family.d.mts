/** Ends the process groups of `leaders`, and every process that has `mark` in its environment. */
export declare const killFamily: (leaders: readonly number[], mark: string) => void;
