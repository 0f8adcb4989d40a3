/** What this version asks of others: it reads prices as amounts with a currency, which only the API 3.0.0 knows. */

/** Its requests to `api`, each with the JSON Schema of the body that must come back. */
export const contract = {
  calls: 'api',
  cases: [
    {
      name: 'items of the start page',
      request: { path: '/api/lambda-data' },
      answer: {
        type: 'object',
        required: ['version', 'items'],
        properties: {
          version: { type: 'string' },
          items: {
            type: 'array',
            items: {
              type: 'object',
              required: ['name', 'amount', 'currency'],
              properties: {
                name: { type: 'string' },
                amount: { type: 'number' },
                currency: { type: 'string' },
              },
            },
          },
        },
      },
    },
  ],
};

/** Takes from the answer what the page shows. Throws when a field is missing. */
export const readItems = ({ items }) =>
  items.map(({ name, amount, currency }) => {
    if (typeof name !== 'string' || typeof amount !== 'number' || typeof currency !== 'string')
      throw new Error('the API answered with items that this version cannot read');
    return { name, amount, currency };
  });
