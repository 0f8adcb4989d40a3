/** `tandem preview-push <pair> <tag>`: what a push of this tag would release, by the rule that pushes go by. */
import { openAccount } from '../../account/account.ts';
import { type Preview, pushPreviews } from '../../account/push-preview.ts';

/** What people may say of a preview. */
export interface PreviewOptions {
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
export const previewPush = async (
  pair: string,
  tag: string,
  { repository, json }: PreviewOptions,
): Promise<void> => {
  const previews = await pushPreviews(await openAccount(), pair, tag, repository);
  process.stdout.write(
    json
      ? `${JSON.stringify(previews, undefined, 2)}\n`
      : previews.map((one) => `${sentence(pair, one)}\n`).join(''),
  );
};
