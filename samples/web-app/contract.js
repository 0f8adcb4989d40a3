/** What this version asks of others, and the answers it cannot do without. */

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
              required: ['name', 'price'],
              properties: { name: { type: 'string' }, price: { type: 'number' } },
            },
          },
        },
      },
    },
  ],
};

/** Takes from the answer what the page shows. Throws when a field is missing. */
export const readItems = ({ items }) =>
  items.map(({ name, price }) => {
    if (typeof name !== 'string' || typeof price !== 'number')
      throw new Error('the API answered with items that this version cannot read');
    return { name, price };
  });
