/** What the table of services says, against what the clients say of themselves. */
import { describe, expect, it } from 'vitest';
import { modelOf, serviceOf, services } from '../../../packages/sandbox/front/model.ts';

describe.each(services)('$id', async (row) => {
  const module = (await row.load()) as Record<string, any>;
  const Client = Object.entries(module).find(([name]) => /^[A-Z]\w+Client$/.test(name))![1];
  const { config } = new Client({ region: 'eu-west-1' });

  it('is addressed and signed for as its client does it', () => {
    expect(row.target).toBe(config.protocolSettings.serviceTarget);
    expect(row.signingName ?? row.id).toBe(config.defaultSigningName);
  });

  it('is found by its target or by the name it is signed for', () => {
    expect(serviceOf(row.target, 'any')).toBe(row);
    expect(serviceOf(undefined, config.defaultSigningName)).toBe(row);
  });

  it('has the bindings that its protocol needs', async () => {
    const { protocol, operations } = await modelOf(row);
    const bound = [...operations.values()].filter(({ http }) => http);

    expect(bound).toHaveLength(protocol === 'aws.protocols#restJson1' ? operations.size : 0);
  });
});
