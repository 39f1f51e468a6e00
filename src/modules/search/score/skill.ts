/** Ladders are kept in at most this many steps; longer ones are folded. Step 0 means "rank not known". */
const mostSteps = 63;

const sameBand = 16;
const farthest = 4;
/** A rank that is not known is worth as much as one about a quarter of the ladder away. */
const unknown = 12;

/** Step 1..63 of a rank on its ladder, 0 when either number is absent or impossible. */
export function rankStep(rankIndex: number | undefined, ladderSize: number | undefined): number {
  if (rankIndex === undefined || ladderSize === undefined || rankIndex < 0 || rankIndex >= ladderSize) return 0;
  if (ladderSize <= mostSteps) return rankIndex + 1;
  return 1 + Math.floor((rankIndex * mostSteps) / ladderSize);
}

export function ladderSteps(ladderSize: number | undefined): number {
  return ladderSize === undefined ? 0 : Math.min(ladderSize, mostSteps);
}

/**
 * How well two ranks play together, in sixteenths: 16 within an eighth of the ladder (matchmakers rarely put a wider
 * span into one game), then falling evenly to 4 at five eighths.
 */
export function skillSixteenths(step: number, otherStep: number, steps: number): number {
  if (step === 0 || otherStep === 0 || steps === 0) return unknown;
  const beyondBand = Math.max(0, 8 * Math.abs(step - otherStep) - steps);
  return Math.max(farthest, sameBand - Math.floor((3 * beyondBand) / steps));
}
