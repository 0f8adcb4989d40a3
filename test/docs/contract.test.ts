/** The examples of docs/contract.md, tried. */
import { expect, it } from 'vitest';
import { Contract } from '../../core/proof/contract.ts';
import { pageAt } from './pages.ts';

const blockOf = (language: string): string =>
  new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(
    pageAt('docs/contract.md').text,
  )?.[1] ?? '';

it('the list of requests in docs/contract.md is a contract', () => {
  expect(Contract.parse(JSON.parse(blockOf('json')))).toMatchObject({ calls: 'api' });
});

it('the function of docs/contract.md answers each of its cases, and the question for its own list', async () => {
  const contract = Contract.parse(JSON.parse(blockOf('json')));
  const source = `const contract = ${JSON.stringify(contract)};\n${blockOf('js')}`;
  const { handler } = await import(`data:text/javascript,${encodeURIComponent(source)}`);

  for (const { request } of contract.cases)
    expect(await handler({ path: request.path })).toMatchObject({ statusCode: 200 });
  expect(JSON.parse((await handler({ path: '/contract' })).body)).toEqual(contract);
});
