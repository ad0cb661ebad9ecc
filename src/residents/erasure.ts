/** A store that keeps something about residents. Each forgets on its own; whoever is asked to erase calls them all. */
export interface ResidentEraser {
  /** Removes what is personal and gives how many records changed. Calling it again is harmless. */
  eraseResident(oaId: string, residentId: string): Promise<number>;
}
