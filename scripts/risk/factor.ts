/** One common factor behind columns that move together. */

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const ROUNDS = 200;

/** A column's loading stays below this, so that something of each column is its own. */
const MOST = 0.98;

/** How much of each column the factor explains, as its correlation with it (principal factors, iterated). */
export const loadingsOf = (columns: readonly (readonly number[])[]): readonly number[] => {
  const spreads = columns.map((values) => Math.sqrt(mean(values.map((value) => value ** 2))));
  const correlations = columns.map((a, i) =>
    columns.map((b, j) => mean(a.map((value, row) => value * b[row]!)) / spreads[i]! / spreads[j]!),
  );
  let loadings = columns.map(() => 0.8);
  for (let round = 0; round < ROUNDS; round += 1) {
    const next = correlations.map((row, i) =>
      row.reduce((sum, r, j) => sum + (i === j ? loadings[i]! ** 2 : r) * loadings[j]!, 0),
    );
    const length = loadings.reduce((sum, loading) => sum + loading ** 2, 0);
    loadings = next.map((value) => Math.min(value / length, MOST));
  }
  return loadings;
};
