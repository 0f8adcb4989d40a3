import { expect, it } from 'vitest';
import { FOLDERS, importsOf, sourcesIn } from './sources.ts';

/** Rooms of drivers: a folder or a file for each driver, and lists of them. */
const ROOMS = ['core', 'handlers', 'account', 'rehearsal/stage'].map((room) => `${room}/drivers/`);

/** Code that chooses by the kind of a target, by its driver, or by a member that only one kind has. */
const ASKS_FOR_KIND = new RegExp(
  [
    // A call is to a service, whatever that moves.
    /(?<!\bservice )(===|!==) '(ecs|lambda|codedeploy-\w+)'/,
    /\bcase '(ecs|lambda|codedeploy-\w+)'/,
    /'(ecs|lambda|codedeploy-\w+)' (===|!==)/,
    /\[[\w.]*\.(kind|driver)\]/,
    /'(alias|cluster|function|service)' in /,
  ]
    .map(({ source }) => source)
    .join('|'),
);

const isIn = (path: string, ...folders: readonly string[]): boolean =>
  folders.some((folder) => path.startsWith(folder));

const everything = FOLDERS.flatMap(sourcesIn);

it('code outside of drivers/ asks neither for the kind of a target nor for its driver', () => {
  // The sandbox is AWS and a sample is an app of any team: neither knows targets. Tests may ask.
  const others = everything.filter(
    ({ path }) => !isIn(path, ...ROOMS, 'packages/', 'samples/', 'test/'),
  );

  expect(others.filter(({ text }) => ASKS_FOR_KIND.test(text)).map(({ path }) => path)).toEqual([]);
});

it('imports of a driver are by itself, by the lists of drivers, by the hooks that call it, by tests and benchmarks', () => {
  const inRoom = (path: string): string => {
    const room = ROOMS.find((one) => path.startsWith(one));
    return room === undefined ? '' : path.slice(room.length);
  };
  const driverOf = (path: string) => /^codedeploy-\w+/.exec(inRoom(path))?.[0];
  const isList = (path: string) => /^(?!codedeploy-)[\w-]+\.ts$/.test(inRoom(path));
  const refused = everything
    .flatMap(importsOf)
    .filter(({ from }) => driverOf(from) !== undefined)
    .filter(({ by, from }) => driverOf(by) !== driverOf(from) && !isList(by))
    .filter(({ by }) => !isIn(by, 'handlers/hooks/', 'test/', 'scripts/bench/'));

  expect(refused.map(({ by, from }) => `${by} → ${from}`)).toEqual([]);
});

it.each([
  ["if (target.kind === 'ecs') return;", true],
  ["registration?.kind !== 'lambda'", true],
  ["case 'codedeploy-ecs':", true],
  ['PLATFORMS[registration.kind]', true],
  ["if ('function' in registration) return;", true],
  ["if (service === 'lambda') return;", false],
  ["read.kind === 'broken'", false],
  ["new RegisterScalableTarget({ ServiceNamespace: 'ecs' })", false],
])('whether %s asks for a kind: %s', (text, asks) => {
  expect(ASKS_FOR_KIND.test(text)).toBe(asks);
});
