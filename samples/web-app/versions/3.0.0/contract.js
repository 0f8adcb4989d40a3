/** What this version asks of others: it reads prices with a currency, and still those of an API before 3.0.0. */

const text = { type: 'string' };
const number = { type: 'number' };

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
          version: text,
          items: {
            type: 'array',
            items: {
              anyOf: [
                {
                  type: 'object',
                  required: ['name', 'amount', 'currency'],
                  properties: { name: text, amount: number, currency: text },
                },
                {
                  type: 'object',
                  required: ['name', 'price'],
                  properties: { name: text, price: number },
                },
              ],
            },
          },
        },
      },
    },
  ],
};

/** The currency of an API that does not say which. */
const USUAL = 'EUR';

/** Takes from the answer what the page shows. Throws when a field is missing. */
export const readItems = ({ items }) =>
  items.map(({ name, price, amount = price, currency = USUAL }) => {
    if (typeof name !== 'string' || typeof amount !== 'number' || typeof currency !== 'string')
      throw new Error('the API answered with items that this version cannot read');
    return { name, amount, currency };
  });
