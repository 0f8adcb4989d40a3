/** What the storefront sells. */
export const items = () => [
  { name: 'bell', price: 12.5 },
  { name: 'lamp', price: 24 },
  { name: 'saddle', price: 39.9 },
];
