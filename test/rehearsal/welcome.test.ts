import { describe, expect, it } from 'vitest';
import { ReleaseInput } from '../../core/release.ts';
import { notImitated } from '../../rehearsal/not-imitated.ts';
import { FRESH, type Opened, welcome } from '../../rehearsal/welcome.ts';

const opened: Opened = {
  url: 'http://127.0.0.1:4566',
  web: new URL('http://127.0.0.1:8001/'),
  api: new URL('http://127.0.0.1:8002/'),
  test: new URL('http://127.0.0.1:8003/'),
  account: '111122223333',
  region: 'us-east-1',
  speed: 1,
  versions: '/elsewhere/versions',
  trial: FRESH,
  notes: ['Load balancers: every listener is a free port'],
};

describe('the welcome of a sandbox', () => {
  it('exports what leads clients here, each on a line of its own', () => {
    const exported = welcome(opened).filter((line) => line.startsWith('export '));

    expect(exported).toEqual([
      'export AWS_ENDPOINT_URL=http://127.0.0.1:4566',
      'export AWS_ACCESS_KEY_ID=sandbox',
      'export AWS_SECRET_ACCESS_KEY=sandbox',
      'export AWS_REGION=us-east-1',
      'export AWS_DEFAULT_REGION=us-east-1',
    ]);
  });

  it('names the web application, the function and the test listener', () => {
    const text = welcome(opened).join('\n');

    for (const url of ['127.0.0.1:8001/', '127.0.0.1:8002/api/lambda-data', '127.0.0.1:8003/'])
      expect(text).toContain(`http://${url}`);
  });

  it('starts a release with an input that a release takes', () => {
    const line = welcome(opened).find((one) => one.includes('start-execution'));
    const input = JSON.parse(/--input '(.*)'/.exec(line!)![1]!);

    expect(ReleaseInput.safeParse(input).success).toBe(true);
  });

  it('says how long a release takes at this speed', () => {
    expect(welcome(opened).join('\n')).toContain('about 20 minutes');
    expect(welcome({ ...opened, speed: 40 }).join('\n')).toContain('about 30 seconds');
  });
});

describe('what is not imitated', () => {
  const note = (property: string) => `AWS::${property} has no effect in the sandbox`;

  it('is gathered by service', () => {
    const lines = notImitated([
      note('Lambda::Function.A'),
      note('ECR::Repository.B'),
      note('Lambda::Alias.C'),
    ]);

    expect(lines).toEqual([
      'Lambda, without effect: Function.A, Alias.C',
      'ECR, without effect: Repository.B',
    ]);
  });

  it('is counted where there is much of it', () => {
    const properties = ['A', 'B', 'C', 'D', 'E', 'F'].map((name) => note(`EC2::VPC.${name}`));

    expect(notImitated([...properties, note('EC2::EIP.A')])).toEqual([
      'EC2, without effect: 7 properties of VPC, EIP',
    ]);
  });

  it('is said as it is where it is no property', () => {
    expect(notImitated(['Container web: no health check'])).toEqual([
      'Container web: no health check',
    ]);
  });
});
