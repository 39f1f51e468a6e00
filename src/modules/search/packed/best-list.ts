/** The best `limit` of what is offered, as a heap whose root is the worst kept. `isBefore(a, b)` settles equal units. */
export class BestList {
  readonly places: number[] = [];
  readonly units: number[] = [];
  readonly #limit: number;
  readonly #isBefore: (place: number, other: number) => boolean;

  constructor(limit: number, isBefore: (place: number, other: number) => boolean) {
    this.#limit = limit;
    this.#isBefore = isBefore;
  }

  /** Less than this has no chance; equal may have. */
  get threshold(): number {
    return this.places.length < this.#limit ? Number.NEGATIVE_INFINITY : (this.units[0] ?? 0);
  }

  offer(place: number, units: number): void {
    if (this.places.length < this.#limit) {
      this.places.push(place);
      this.units.push(units);
      this.#rise(this.places.length - 1);
    } else if (this.#isWorse(0, place, units)) {
      this.places[0] = place;
      this.units[0] = units;
      this.#sink();
    }
  }

  /** Best first. */
  sorted(): { place: number; units: number }[] {
    return this.places
      .map((place, index) => ({ place, units: this.units[index] ?? 0 }))
      .toSorted((a, b) => b.units - a.units || (this.#isBefore(a.place, b.place) ? -1 : 1));
  }

  #rise(start: number): void {
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.#isWorse(parent, this.places[index] ?? 0, this.units[index] ?? 0)) return;
      this.#swap(index, parent);
      index = parent;
    }
  }

  #sink(): void {
    let index = 0;
    for (;;) {
      let worst = index;
      for (const child of [2 * index + 1, 2 * index + 2]) {
        if (child >= this.places.length) continue;
        if (this.#isWorse(child, this.places[worst] ?? 0, this.units[worst] ?? 0)) worst = child;
      }
      if (worst === index) return;
      this.#swap(index, worst);
      index = worst;
    }
  }

  /** Is the entry at `index` worse than the given one? */
  #isWorse(index: number, place: number, units: number): boolean {
    const own = this.units[index] ?? 0;
    return own < units || (own === units && this.#isBefore(place, this.places[index] ?? 0));
  }

  #swap(a: number, b: number): void {
    const { places, units } = this;
    [places[a], places[b]] = [places[b] ?? 0, places[a] ?? 0];
    [units[a], units[b]] = [units[b] ?? 0, units[a] ?? 0];
  }
}
