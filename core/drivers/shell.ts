/** Commands for a person, as lines of a POSIX shell. */

/** A text as one word of a shell. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** What the last command without an id has printed. */
export const PRINTED = '<id>';

/** A command that is repeated until it prints this. */
export const until = (printed: string, command: string): string =>
  `Repeat until it prints ${printed}: ${command}`;

/** A command that is run under a condition. */
export const onlyIf = (condition: string, command: string): string => `If ${condition}: ${command}`;
