import type { ReleaseRecord, TargetRecord } from '../record/record.ts';
import { wantedText } from '../release/input.ts';
import { movedShort, shortText } from '../release/revision-words.ts';

/** A target of a release: how much of its traffic is on green, between which versions, and how its deployment stands. */
export interface Lane {
  readonly name: string;
  /** Percent of users who meet green. */
  readonly share: number;
  readonly versions: string;
  readonly status: string;
}

/** What is wanted, an image without its registry and with as much of its digest as people compare. */
const shortImage = (image: string): string =>
  image.replace(/(^|\s)[^/\s]+\.[^/\s]+\//, '$1').replace(/(@sha256:[0-9a-f]{12}).*/, '$1…');

/** Versions of a target, from blue to green: `1.0.0 → 2.0.0`; what is wanted before they are known. */
export const versionsText = ({ from, to, unchanged, wanted, version }: TargetRecord): string => {
  if (unchanged && from) return `${shortText(from)} stays`;
  if (from && to) return movedShort(from, to);
  return version ? shortText({ name: version, version }) : shortImage(wantedText(wanted));
};

/** The lanes of a release, one for each target. */
export const lanesOf = ({ targets }: Pick<ReleaseRecord, 'targets'>): readonly Lane[] =>
  Object.values(targets).map((target) => ({
    name: target.name,
    share: target.lane.share,
    versions: versionsText(target),
    status: target.unchanged ? 'left alone' : target.lane.status,
  }));
