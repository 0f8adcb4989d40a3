/** Whoever follows a page leaves a function whose tag `tandem:version` is that of the code that it was given. */
import { expect, it } from 'vitest';
import { pages, shellBlocksOf } from './pages.ts';

/** Versions of the sample's code that blocks upload, each with the tag that the same block sets after it. */
const uploads = pages().flatMap((page) =>
  shellBlocksOf(page).flatMap(({ commands }) =>
    commands.flatMap((command, place) => {
      const [, version] =
        /^aws lambda update-function-code .*\/api-function\/(.+)\.zip$/.exec(command) ?? [];
      if (version === undefined) return [];
      const tags = commands
        .slice(place)
        .map((later) => /^aws lambda tag-resource .*tandem:version=(\S+)$/.exec(later)?.[1]);
      return [{ page: page.path, version, tagged: tags.find((tag) => tag !== undefined) }];
    }),
  ),
);

it.each(uploads)('$page tags the function $version that it uploads', ({ version, tagged }) => {
  expect(tagged).toBe(version);
});

it('looks at every upload of the README', () => {
  expect(uploads.filter(({ page }) => page === 'README.md').length).toBeGreaterThan(1);
});
