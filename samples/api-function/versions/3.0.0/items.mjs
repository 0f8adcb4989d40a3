/** What the storefront sells. `price` has become `amount` and `currency`: good alone, but no older web service can read it. */
export const items = () => [
  { name: 'bell', amount: 12.5, currency: 'EUR' },
  { name: 'gloves', amount: 19.5, currency: 'EUR' },
  { name: 'lamp', amount: 24, currency: 'EUR' },
  { name: 'saddle', amount: 39.9, currency: 'EUR' },
];
