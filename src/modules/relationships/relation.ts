/** How somebody stands to a viewer. `blocked` by whichever side: both see the same. */
export type Relation = 'self' | 'teammate' | 'stranger' | 'blocked';
