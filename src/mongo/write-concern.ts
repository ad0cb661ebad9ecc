/** For what must survive a crash: the server answers only when the write is in its journal on disk. */
export const JOURNALED = { writeConcern: { w: 1, journal: true } } as const;
