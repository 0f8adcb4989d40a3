/** `tandem preview-push <pair> <tag>`: what a push of this tag would release, by the rule that pushes go by. */

import { Command } from 'commander';
import type { Preview } from '../../account/push-preview.ts';
import { JSON_ONLY } from '../option-texts.ts';

/** What people may say of a preview. */
interface PreviewOptions {
  readonly repository?: string;
  readonly json?: boolean;
}

const sentence = (pair: string, { repository, tag, exists, releases, because }: Preview): string =>
  [
    releases.length > 0
      ? `A push of ${repository}:${tag} would release ${releases.join(' and ')} of ${pair}`
      : `A push of ${repository}:${tag} would release nothing of ${pair}`,
    because ? `: ${because}` : '',
    exists ? '.' : '. (No image has this tag yet; its media type is assumed.)',
  ].join('');

/** Prints what a push of a tag would release. */
const previewPush = async (
  pair: string,
  tag: string,
  { repository, json }: PreviewOptions,
): Promise<void> => {
  const { openNamedAccount } = await import('../named-account.ts');
  const { pushPreviews } = await import('../../account/push-preview.ts');
  const previews = await pushPreviews(await openNamedAccount(), pair, tag, repository);
  process.stdout.write(
    json
      ? `${JSON.stringify(previews, undefined, 2)}\n`
      : previews.map((one) => `${sentence(pair, one)}\n`).join(''),
  );
};

/** `tandem preview-push <pair> <tag>`. */
export const previewPushVerb = () =>
  new Command('preview-push')
    .description('shows what a push of an image tag would release, and starts nothing')
    .argument('<pair>', 'name of the pair')
    .argument('<tag>', 'tag of the image, e.g. 2.0.0')
    .option('--repository <name>', 'repository (default: those of the pair)')
    .option('--json', JSON_ONLY)
    .action(previewPush);
