/** The two sides that a release moves traffic between. */

export const COLOURS = ['blue', 'green'] as const;
export type Colour = (typeof COLOURS)[number];
