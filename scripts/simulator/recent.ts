/** Keeps the newest entries of an endless list; adding is cheap even under load. */
export interface Recent<T> {
  add(entry: T): void;
  /** Oldest first. */
  list(): readonly T[];
}

export function createRecent<T>(capacity: number): Recent<T> {
  let entries: T[] = [];
  return {
    add(entry) {
      entries.push(entry);
      // Cutting every time would move the whole array on each call; cutting at twice the size is amortised.
      if (entries.length >= capacity * 2) entries = entries.slice(-capacity);
    },
    list: () => entries.slice(-capacity),
  };
}
