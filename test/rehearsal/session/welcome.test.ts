import { describe, expect, it } from 'vitest';
import { AFTER_TOUR, FRESH, type Opened, welcome } from '../../../rehearsal/session/welcome.ts';
import { versionsOf } from '../../../rehearsal/stage/artefacts.ts';
import { notImitated } from '../../../rehearsal/terminal/not-imitated.ts';

const opened: Opened = {
  url: 'http://127.0.0.1:4566',
  web: new URL('http://127.0.0.1:8001/'),
  api: new URL('http://127.0.0.1:8002/'),
  test: new URL('http://127.0.0.1:8003/'),
  account: '111122223333',
  region: 'us-east-1',
  speed: 1,
  requests: 5.5,
  versions: '/elsewhere/versions',
  trial: FRESH,
  now: Date.UTC(2026, 10, 23, 9, 30),
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

  it('releases the pair as CI does: code, tag, and last the image that starts it', () => {
    const lines = welcome(opened);
    const at = (text: string) => lines.findIndex((line) => line.includes(text));
    const order = [
      at('update-function-code'),
      at('wait function-updated'),
      at('tag-resource'),
      at('sandbox push storefront-web:2.0.0'),
    ];

    expect(order[0]).toBeGreaterThan(0);
    expect(order.toSorted((a, b) => a - b)).toEqual(order);
    expect(lines[order[2]!]).toContain('function:storefront-api --tags tandem:version=2.0.0');
  });

  it('pushes a tag that the tour has not used, and joins the function by it', () => {
    const text = welcome({ ...opened, trial: AFTER_TOUR }).join('\n');

    expect(text).toContain('--tags tandem:version=2.3.0');
    expect(text).toContain('sandbox push storefront-web:2.3.0 /elsewhere/versions/web-app/1.0.0');
  });

  it('says what each version of the samples does to users, and what time it is there', async () => {
    const lines = welcome(opened);
    const versions = [...(await versionsOf('web-app')), ...(await versionsOf('api-function'))];

    for (const version of versions)
      expect(lines.filter((line) => line.startsWith(`  ${version} `))).toHaveLength(1);
    expect(lines.join('\n')).toContain('There it is 09:30:00 UTC');
  });

  it('lists what is not imitated only when it is asked to', () => {
    const notes = ['Load balancers: every listener is a free port'];

    expect(welcome(opened).join('\n')).toContain('--verbose lists');
    expect(welcome(opened)).not.toContain(`  ${notes[0]}`);
    expect(welcome({ ...opened, notes })).toContain(`  ${notes[0]}`);
  });

  it('says how many users there are, and whether a release needs an approval', () => {
    expect(welcome(opened).join('\n')).toContain('5.5 requests of users a second (--traffic 0');
    expect(welcome({ ...opened, requests: 0 }).join('\n')).toContain('nothing can be judged');
    const asking = welcome({ ...opened, approval: true, environment: 'production' }).join('\n');
    expect(asking).toContain('needed by every release');
    expect(asking).toContain('environments/production.json');
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

  it('names what of Dockerfiles is not carried out once, however many were pushed', () => {
    const of = (folder: string) => [
      `${folder}/Dockerfile: RUN (line 6) is not carried out by the sandbox`,
      `${folder}/Dockerfile: USER (line 12) is not carried out by the sandbox`,
    ];

    expect(notImitated([...of('/a'), ...of('/b')])).toEqual([
      'Dockerfile: RUN and USER not carried out by the sandbox',
    ]);
  });

  it('is said as it is where it is no property', () => {
    expect(notImitated(['Container web: no health check'])).toEqual([
      'Container web: no health check',
    ]);
  });
});
