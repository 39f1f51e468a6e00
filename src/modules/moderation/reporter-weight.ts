/**
 * What the word of a reporter is worth, 0.1..1: 1 for somebody new, falling with each report that was dismissed and
 * recovering with each that was upheld. It is the share of upheld reports, with four imagined upheld ones, so that one
 * mistake costs little and a habit of false reports costs nearly all; nobody falls to nothing, for they may be right once.
 */
export function reporterWeight({ upheld, dismissed }: { upheld: number; dismissed: number }): number {
  const share = (upheld + IMAGINED) / (upheld + dismissed + IMAGINED);
  return Math.max(LEAST, share * share);
}

/** Squared above: at four dismissed reports and none upheld a word is worth a quarter. */
const IMAGINED = 4;
const LEAST = 0.1;
