/** Knows what a person needs to know about a sandbox that has just opened. */
import { join, relative } from 'node:path';
import { notImitated } from './not-imitated.ts';

/** An open sandbox, as far as people need to know it. */
export interface Opened {
  readonly url: string;
  readonly web: URL;
  readonly api: URL;
  readonly test: URL;
  readonly account: string;
  readonly region: string;
  /** Service seconds in a real second. */
  readonly speed: number;
  /** Folder with the versions of the samples. */
  readonly versions: string;
  readonly notes: readonly string[];
  readonly trial: Trial;
}

/** What a person may try: it must work as things stand. */
export interface Trial {
  /** What users meet, to begin the sentence with. */
  readonly serving: string;
  /** Version of the function's code to upload, and the name of the execution that releases it. */
  readonly code: string;
  readonly execution: string;
  /** Version of the web application to push, and a tag that the repository does not have yet. */
  readonly image: string;
  readonly tag: string;
}

/** In a sandbox that has just opened. */
export const FRESH: Trial = {
  serving: 'Version 1 of the storefront serves',
  code: '2.0.0',
  execution: 'first',
  image: '2.0.0',
  tag: '2.0.0',
};

/** After the releases of the tour: the tags of a repository are immutable, so the tag is a new one. */
export const AFTER_TOUR: Trial = {
  serving: 'The storefront, as the tour has left it, serves',
  code: '2.2.0',
  execution: 'fourth',
  image: '2.2.0',
  tag: '2.3.0',
};

/** Service minutes of a release by the sample's own policy: canary 5, bake 5, guard 5, and everything between. */
const RELEASE_MINUTES = 20;

/** A release that works at once: the function as it is then, the web application left alone. */
const RELEASE = {
  pair: 'storefront',
  targets: { api: { version: 'latest' } },
  requestedBy: 'me@example.com',
  reason: 'My first release',
};

const durationText = (minutes: number): string =>
  minutes < 1.5 ? `${Math.ceil(minutes * 60)} seconds` : `${Math.round(minutes)} minutes`;

const speedText = (speed: number): string =>
  speed === 1
    ? 'in real time (--speed 40 makes it 40 times as fast)'
    : `${speed} times as fast as real time`;

/** A path as a person in this folder would type it. */
const typed = (path: string): string => {
  const near = relative(process.cwd(), path);
  const short = near.startsWith('..') ? path : near;
  return /\s/.test(short) ? `'${short}'` : short;
};

/** Variables that lead AWS's clients to the sandbox; its keys are anything that is not empty. */
export const clientVariables = ({ url, region }: Opened): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: 'sandbox',
  AWS_SECRET_ACCESS_KEY: 'sandbox',
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
});

/** What `tandem sandbox` prints when everything stands, line by line. */
export const welcome = (opened: Opened): readonly string[] => {
  const { url, web, api, test, account, region, speed, versions, notes, trial } = opened;
  const states = `arn:aws:states:${region}:${account}`;
  const execution = `--execution-arn ${states}:execution:tandem-release:${trial.execution}`;
  return [
    `The sandbox is ready on ${url}; service time runs ${speedText(speed)}.`,
    '',
    `${trial.serving} its users:`,
    `  web            ${web.href}`,
    `  api            ${new URL('/api/lambda-data', api).href}`,
    `  test listener  ${test.href}   where checks meet green before any user does`,
    '',
    'For AWS clients, in another terminal in this folder:',
    'unset AWS_PROFILE AWS_SESSION_TOKEN',
    ...Object.entries(clientVariables(opened)).map(([name, value]) => `export ${name}=${value}`),
    '',
    'See the machines; give the function new code, as CI does, and release it; watch the release:',
    '  aws stepfunctions list-state-machines',
    `  aws lambda update-function-code --function-name storefront-api --zip-file fileb://${typed(join(versions, 'api-function', `${trial.code}.zip`))}`,
    `  aws stepfunctions start-execution --name ${trial.execution} --state-machine-arn ${states}:stateMachine:tandem-release --input '${JSON.stringify(RELEASE)}'`,
    `  aws stepfunctions describe-execution ${execution}`,
    `  aws stepfunctions get-execution-history ${execution} --query 'events[].stateEnteredEventDetails.name' --output text`,
    '',
    'Push an image; the push starts a release by itself:',
    `  npx tandem sandbox push storefront-web:${trial.tag} ${typed(join(versions, 'web-app', trial.image))}`,
    '',
    `A release takes about ${durationText(RELEASE_MINUTES / speed)}. Good and bad versions to play with: ${typed(versions)}`,
    '',
    'What the sandbox does not imitate:',
    ...notImitated(notes).map((line) => `  ${line}`),
    '',
    'Ctrl-C ends it.',
  ];
};
