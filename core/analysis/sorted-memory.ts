/** The latest values of a stream, sorted; its memory has its size from the start and never grows. */

/** What is remembered. */
export interface SortedMemory {
  /** How many values it holds. */
  readonly size: () => number;
  /** The value of a rank: 0 is the lowest, `size() - 1` the highest. */
  readonly at: (rank: number) => number;
  /** Takes a value; when it is full the oldest one leaves. */
  readonly push: (value: number) => void;
}

/** Opens a memory for so many numbers, none of them NaN. */
export const openSortedMemory = (capacity: number): SortedMemory => {
  const inOrderOfTime = new Float64Array(capacity);
  const sorted = new Float64Array(capacity);
  let [size, next] = [0, 0];

  /** How many values are lower. */
  const rankOf = (value: number): number => {
    let [low, high] = [0, size];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! < value) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const remove = (value: number): void => {
    const rank = rankOf(value);
    sorted.copyWithin(rank, rank + 1, size);
    size -= 1;
  };

  return {
    size: () => size,
    at: (rank) => sorted[rank]!,
    push: (value) => {
      if (size === capacity) remove(inOrderOfTime[next]!);
      inOrderOfTime[next] = value;
      next = (next + 1) % capacity;
      const rank = rankOf(value);
      sorted.copyWithin(rank + 1, rank, size);
      sorted[rank] = value;
      size += 1;
    },
  };
};
