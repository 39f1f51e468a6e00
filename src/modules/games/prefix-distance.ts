/**
 * The least number of insertions, deletions, replacements and swaps of neighbours that turn `asked` into some beginning
 * of `word` (optimal string alignment, Damerau 1964). Anything above `most` comes back as `most + 1`.
 */
export function prefixDistance(asked: string, word: string, most: number): number {
  if (most === 0) return word.startsWith(asked) ? 0 : 1;
  const target = word.slice(0, asked.length + most);
  let before: number[] = [];
  let previous = Array.from({ length: target.length + 1 }, (_, column) => column);
  for (let row = 1; row <= asked.length; row += 1) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= target.length; column += 1) {
      const isSame = asked[row - 1] === target[column - 1];
      let cost = Math.min(
        at(previous, column) + 1,
        at(current, column - 1) + 1,
        at(previous, column - 1) + (isSame ? 0 : 1),
      );
      const isSwap =
        row > 1 && column > 1 && asked[row - 1] === target[column - 2] && asked[row - 2] === target[column - 1];
      if (isSwap) cost = Math.min(cost, at(before, column - 2) + 1);
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    [before, previous] = [previous, current];
  }
  return Math.min(most + 1, ...previous);
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;
