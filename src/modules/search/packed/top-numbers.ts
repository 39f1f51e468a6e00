/** Keeps the `limit` highest numbers offered; `lowest` is the least of them once there are that many. */
export class TopNumbers {
  readonly #heap: Float64Array;
  #size = 0;

  constructor(limit: number) {
    this.#heap = new Float64Array(limit);
  }

  get lowest(): number {
    return this.#size < this.#heap.length ? Number.NEGATIVE_INFINITY : this.#heap[0]!;
  }

  offer(value: number): void {
    const heap = this.#heap;
    if (this.#size < heap.length) {
      this.#size += 1;
      this.#rise(this.#size - 1, value);
    } else if (value > heap[0]!) this.#sink(value);
  }

  #rise(start: number, value: number): void {
    const heap = this.#heap;
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (heap[parent]! <= value) break;
      heap[index] = heap[parent]!;
      index = parent;
    }
    heap[index] = value;
  }

  #sink(value: number): void {
    const heap = this.#heap;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && heap[child + 1]! < heap[child]!) child += 1;
      if (heap[child]! >= value) break;
      heap[index] = heap[child]!;
      index = child;
    }
    heap[index] = value;
  }
}
