/** Tables and medians of the benchmarks. */

export const say = (text = ''): void => console.log(text);

/** Prints a table: the first column to the left, the others to the right. */
export const print = (
  title: string,
  header: readonly string[],
  rows: readonly (readonly string[])[],
): void => {
  const widths = header.map((_, column) =>
    Math.max(...[header, ...rows].map((row) => row[column]!.length)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
      )
      .join('   ');
  say();
  say(title);
  say();
  for (const row of [header, ...rows]) say(`  ${line(row)}`);
};

const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);

/** The middle of some figures, or the mean of the two middle ones. */
export const median = (values: readonly number[]): number => {
  const ordered = sorted(values);
  const middle = (ordered.length - 1) / 2;
  return (ordered[Math.floor(middle)]! + ordered[Math.ceil(middle)]!) / 2;
};
