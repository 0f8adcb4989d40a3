/** What the storefront sells: the winter range of 2.2.0 adds a scarf. */
export const items = () => [
  { name: 'bell', price: 12.5 },
  { name: 'lamp', price: 24 },
  { name: 'saddle', price: 39.9 },
  { name: 'scarf', price: 29.5 },
];
