/** A file a resident handed in at the one-stop desk, as last reported by the provincial system. */

/** The ten national states (CapNhatTienDoHoSoMC); the number is the wire code. */
export type DossierState = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

export interface Dossier {
  /** `H49.23.10-251001-0012`, normalised. */
  readonly code: string;
  readonly state: DossierState;
  readonly procedureName: string;
  /** Local days, `YYYY-MM-DD`. */
  readonly receivedOn?: string;
  /** From the slip; never computed when the source has one. */
  readonly promisedOn?: string;
  readonly finishedOn?: string;
  /** When the source last confirmed this; every answer shows it. */
  readonly asOf: Date;
  /** Where it came from: `seed`, `import:<file>`, … */
  readonly source: string;
}

export interface DossierStore {
  findByCode(code: string): Promise<Dossier | undefined>;
  /** Inserts or updates by code; a row older than the stored `asOf` changes nothing. Gives how many rows changed. */
  save(dossiers: readonly Dossier[]): Promise<number>;
}
