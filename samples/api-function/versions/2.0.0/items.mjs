/** What the storefront sells: the autumn range of 2.0.0 adds gloves. */
export const items = () => [
  { name: 'bell', price: 12.5 },
  { name: 'gloves', price: 19.5 },
  { name: 'lamp', price: 24 },
  { name: 'saddle', price: 39.9 },
];
