/** What is counted in a message, before rarity is weighed in: for each block the hashes met, and how often. */
export type Counts = readonly { readonly hashes: Uint32Array; readonly times: Uint16Array }[];

/** What is counted is named by a hash of so many values; with fewer, different things would too often share one. */
export const HASHES = 1 << 20;
