/**
 * The least number of insertions, deletions, replacements and swaps of neighbours that turn `asked` into some beginning
 * of `word` (optimal string alignment, Damerau 1964). Anything above `most` comes back as `most + 1`.
 */
export function prefixDistance(asked: string, word: string, most: number): number {
  if (most === 0) return word.startsWith(asked) ? 0 : 1;
  const target = word.slice(0, asked.length + most);
  const width = target.length + 1;
  const cost = new Uint8Array((asked.length + 1) * width);
  for (let column = 0; column < width; column += 1) cost[column] = column;

  for (let row = 1; row <= asked.length; row += 1) {
    const above = (row - 1) * width;
    const here = row * width;
    const letter = asked.charCodeAt(row - 1);
    let least = row;
    cost[here] = row;
    for (let column = 1; column < width; column += 1) {
      const isSame = letter === target.charCodeAt(column - 1);
      let cheapest = Math.min(
        at(cost, above + column) + 1,
        at(cost, here + column - 1) + 1,
        at(cost, above + column - 1) + (isSame ? 0 : 1),
      );
      const isSwap =
        row > 1 &&
        column > 1 &&
        letter === target.charCodeAt(column - 2) &&
        asked.charCodeAt(row - 2) === target.charCodeAt(column - 1);
      if (isSwap) cheapest = Math.min(cheapest, at(cost, above - width + column - 2) + 1);
      cost[here + column] = cheapest;
      least = Math.min(least, cheapest);
    }
    if (least > most) return most + 1;
  }
  return Math.min(most + 1, ...cost.subarray(asked.length * width));
}

const at = (cells: Uint8Array, index: number): number => cells[index] ?? 0;
