/** Knows what a person needs to know about a sandbox that has just opened. */
import { join, relative } from 'node:path';
import { timeText } from '../../core/text/durations.ts';
import { MEANINGS } from '../stage/versions.ts';
import { notImitated } from '../terminal/not-imitated.ts';

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
  /** Requests of users in a real second; none is 0. */
  readonly requests: number;
  /** Whether every release needs an approval, and the environment whose policy the pair has. */
  readonly approval?: boolean;
  readonly environment?: string;
  /** Folder with the versions of the samples. */
  readonly versions: string;
  /** Service time in milliseconds since 1970. */
  readonly now: number;
  readonly trial: Trial;
  /** What the sandbox does not imitate; left out where nobody wants to know. */
  readonly notes?: readonly string[];
}

/** What a person may try: it must work as things stand. */
export interface Trial {
  /** What users meet, to begin the sentence with. */
  readonly serving: string;
  /** Version of the function's code to upload. */
  readonly code: string;
  /** Version of the web application to push, and a tag that the repository does not have yet. */
  readonly image: string;
  readonly tag: string;
}

/** In a sandbox that has just opened. */
export const FRESH: Trial = {
  serving: 'Version 1 of the storefront serves',
  code: '2.0.0',
  image: '2.0.0',
  tag: '2.0.0',
};

/**
 * After the releases of the tour: the tags of a repository are immutable, so the tag is a new one. The tour rolled
 * back versions with 2.2.0 beside them, so version 1 goes again.
 */
export const AFTER_TOUR: Trial = {
  serving: 'The storefront, as the tour has left it, serves',
  code: '1.0.0',
  image: '1.0.0',
  tag: '2.3.0',
};

/** Service minutes of a release by the sample's own policy: canary 5, bake 5, guard 5, and everything between. */
const RELEASE_MINUTES = 20;

const durationText = (minutes: number): string =>
  minutes < 1.5 ? `${Math.ceil(minutes * 60)} seconds` : `${Math.round(minutes)} minutes`;

const speedText = (speed: number): string =>
  speed === 1
    ? 'as fast as real time (--speed 5 makes it 5 times as fast)'
    : `${speed} times as fast as real time`;

/** A path as a person in this folder would type it. */
const typed = (path: string): string => {
  const near = relative(process.cwd(), path);
  const short = near.startsWith('..') ? path : near;
  return /\s/.test(short) ? `'${short}'` : short;
};

/** Variables that lead AWS's clients to the sandbox; its keys are anything that is not empty. */
const clientVariables = ({ url, region }: Opened): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: 'sandbox',
  AWS_SECRET_ACCESS_KEY: 'sandbox',
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
});

/** What CI does with a new version of the pair: the function first, the image last, since its push starts the release. */
const ciLines = ({ account, region, versions, trial }: Opened): readonly string[] => {
  const api = `arn:aws:lambda:${region}:${account}:function:storefront-api`;
  const [code, image] = [
    typed(join(versions, 'api-function', `${trial.code}.zip`)),
    typed(join(versions, 'web-app', trial.image)),
  ];
  return [
    `aws lambda update-function-code --function-name storefront-api --zip-file fileb://${code}`,
    'aws lambda wait function-updated --function-name storefront-api',
    `aws lambda tag-resource --resource ${api} --tags tandem:version=${trial.tag}`,
    `npx tandem sandbox push storefront-web:${trial.tag} ${image}`,
  ];
};

/** How many users there are, and which policy a release of the pair has. */
const settingLines = ({ requests, approval, environment }: Opened): readonly string[] => [
  requests > 0
    ? `  users          ${Math.round(10 * requests) / 10} requests of users a second (--traffic 0 for none)`
    : '  users          none: nothing can be judged (--traffic 10 sends 10 requests a second)',
  ...(environment === undefined
    ? []
    : [`  policy         that of environments/${environment}.json`]),
  approval
    ? '  approval       needed by every release; its link is printed below when it is requested'
    : '  approval       as the policy says (--approval: needed by every release)',
];

const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);

const table = (rows: Readonly<Record<string, string>>): readonly string[] => {
  const width = Math.max(...Object.keys(rows).map(({ length }) => length));
  return Object.entries(rows).map(([name, text]) => `${name.padEnd(width)}  ${text}`);
};

/** What `tandem sandbox` prints when everything stands, line by line. */
export const welcome = (opened: Opened): readonly string[] => {
  const { url, web, api, test, speed, versions, trial, now, notes } = opened;
  const folder = typed(versions);
  return [
    `The sandbox is ready on ${url}. There it is ${timeText(now)}, and time runs ${speedText(speed)}.`,
    '',
    `${trial.serving} its users:`,
    `  web            ${web.href}`,
    `  api            ${new URL('/api/lambda-data', api).href}`,
    `  test listener  ${test.href}   where checks meet green before any user does`,
    ...settingLines(opened),
    '',
    "For npx tandem and AWS's clients, in another terminal:",
    'unset AWS_PROFILE AWS_SESSION_TOKEN',
    ...Object.entries(clientVariables(opened)).map(([name, value]) => `export ${name}=${value}`),
    '',
    'Release the pair, as CI does; the push starts the release:',
    ...indented(ciLines(opened)),
    '',
    `See it happen, and steer it; it takes about ${durationText(RELEASE_MINUTES / speed)}:`,
    ...indented([
      'npx tandem watch                              the newest release, until its end',
      'npx tandem hold <release> --reason "a call"   and resume, promote, abort, undo',
      'npx tandem list                               all releases; npx tandem --help shows every verb',
    ]),
    '',
    `Versions to release, in ${folder}: push web-app/<version>, upload api-function/<version>.zip`,
    ...indented(table(MEANINGS)),
    '',
    ...(notes
      ? ['What the sandbox does not imitate:', ...indented(notImitated(notes))]
      : ['It is not AWS in everything: --verbose lists what has no effect here.']),
    '',
    'The log follows. Ctrl-C ends it.',
  ];
};
