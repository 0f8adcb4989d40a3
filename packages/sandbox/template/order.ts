/** Puts resources into an order in which each comes after those it needs. */

/** Keeps the given order where nothing demands another one. Throws an error that names the chain of a cycle. */
export const creationOrder = (
  ids: readonly string[],
  needs: (id: string) => readonly string[],
): string[] => {
  const ordered = new Set<string>();
  const visit = (id: string, chain: readonly string[]) => {
    if (ordered.has(id)) return;
    if (chain.includes(id)) {
      const cycle = [...chain.slice(chain.indexOf(id)), id].join(' → ');
      throw new Error(`circular dependency between resources: ${cycle}`);
    }
    for (const needed of needs(id)) visit(needed, [...chain, id]);
    ordered.add(id);
  };
  for (const id of ids) visit(id, []);
  return [...ordered];
};
