/** The marker in a deployment's description: CreateDeployment has no idempotency token, so this is ours. */
export interface Marker {
  readonly pair: string;
  readonly release: string;
  readonly target: string;
  readonly direction: 'forward' | 'rollback';
  /** 1 for the first try in this direction. */
  readonly attempt: number;
}

/** Renders a marker, e.g. `tandem/storefront/storefront-1a2b3c/web/forward/1`; a description holds 256 characters. */
export const renderMarker = ({ pair, release, target, direction, attempt }: Marker): string =>
  `tandem/${pair}/${release}/${target}/${direction}/${attempt}`;

const MARKER =
  /^tandem\/(?<pair>[^/\s]+)\/(?<release>[^/\s]+)\/(?<target>[^/\s]+)\/(?<direction>forward|rollback)\/(?<attempt>[1-9]\d*)$/;

/** Reads a marker; undefined for a description that is not ours. */
export const readMarker = (description: string | undefined): Marker | undefined => {
  const found = MARKER.exec(description ?? '')?.groups;
  if (!found) return undefined;
  return {
    pair: found.pair!,
    release: found.release!,
    target: found.target!,
    direction: found.direction as Marker['direction'],
    attempt: Number(found.attempt),
  };
};
