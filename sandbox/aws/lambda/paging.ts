/** Pages of Lambda's list operations. */

/** The page of `all` that `Marker` asks for, with the marker of the next one if there is one. */
export const pageOf = <Item>(
  all: readonly Item[],
  { Marker, MaxItems = 50 }: { Marker?: string; MaxItems?: number },
): { readonly page: readonly Item[]; readonly next: { readonly NextMarker?: string } } => {
  const from = Number(Marker ?? 0);
  const to = from + MaxItems;
  return {
    page: all.slice(from, to),
    next: to < all.length ? { NextMarker: `${to}` } : {},
  };
};
