/**
 * The places of the words with a beginning that at most `most` insertions, deletions, replacements and swaps of neighbours
 * make of `asked` (optimal string alignment, Damerau 1964). Words are sorted by code units: what neighbours begin with is
 * compared once, and nothing after the letter that decides.
 */
export function findCloseWords(sorted: readonly string[], asked: string, most: number): number[] {
  const table = createTable(asked, most);
  const found: number[] = [];
  let previous = '';
  let verdict: Verdict = { isClose: false, letters: Number.POSITIVE_INFINITY };
  sorted.forEach((word, place) => {
    const shared = countShared(previous, word);
    if (shared < verdict.letters) verdict = table.judge(word, shared);
    if (verdict.isClose) found.push(place);
    previous = word;
  });
  return found;
}

/** How many letters of a word told; every word that begins with them is as close. */
type Verdict = { isClose: boolean; letters: number };

/** Row i: the typos between the first i letters of the word and each beginning of `asked`. */
function createTable(asked: string, most: number) {
  const letters = Uint16Array.from(asked.split(''), (letter) => letter.charCodeAt(0));
  const width = letters.length + 1;
  // After so many rows there are more letters too many than typos allowed.
  const cells = new Uint8Array((width + most + 1) * width);
  for (let column = 0; column < width; column += 1) cells[column] = column;

  /** Returns the least of the row. */
  function fillRow(row: number, letter: number, letterBefore: number): number {
    const here = row * width;
    const above = here - width;
    cells[here] = row;
    let least = row;
    for (let column = 1; column < width; column += 1) {
      const wanted = at(letters, column - 1);
      const replaced = at(cells, above + column - 1) + (letter === wanted ? 0 : 1);
      let typos = Math.min(at(cells, above + column) + 1, at(cells, here + column - 1) + 1, replaced);
      const isSwap = row > 1 && column > 1 && letter === at(letters, column - 2) && letterBefore === wanted;
      if (isSwap) typos = Math.min(typos, at(cells, above - width + column - 2) + 1);
      cells[here + column] = typos;
      least = Math.min(least, typos);
    }
    return least;
  }

  return {
    /** The first `known` letters are those of the word before, which did not tell. */
    judge(word: string, known: number): Verdict {
      if (width - 1 <= most) return { isClose: true, letters: 0 };
      for (let row = known + 1; row <= word.length; row += 1) {
        const least = fillRow(row, word.charCodeAt(row - 1), word.charCodeAt(row - 2));
        if (at(cells, row * width + width - 1) <= most) return { isClose: true, letters: row };
        if (least > most) return { isClose: false, letters: row };
      }
      return { isClose: false, letters: Number.POSITIVE_INFINITY };
    },
  };
}

const at = (cells: Uint8Array | Uint16Array, index: number): number => cells[index] ?? 0;

function countShared(one: string, other: string): number {
  let count = 0;
  while (count < one.length && one[count] === other[count]) count += 1;
  return count;
}
