/** At most `size` of all that were added, each as likely as any other (Vitter's algorithm R). */
export function createSample<Item>(size: number, random: () => number = Math.random) {
  const items: Item[] = [];
  let seen = 0;
  return {
    items: items as readonly Item[],
    add(item: Item): void {
      seen += 1;
      if (items.length < size) {
        items.push(item);
        return;
      }
      const place = Math.floor(random() * seen);
      if (place < size) items[place] = item;
    },
  };
}
