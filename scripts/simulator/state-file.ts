import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Resident } from './residents.ts';
import type { SavedQuota } from './sending-window.ts';
import type { SavedTokens } from './tokens.ts';

/** All that a restart keeps. Events still waiting for a repetition are lost, as in a real outage of Zalo's. */
export interface SavedState {
  readonly version: 1;
  readonly clockOffsetMs: number;
  readonly residents: readonly Resident[];
  readonly tokens: SavedTokens;
  readonly quota: SavedQuota;
  readonly webhook: { readonly url: string | null; readonly subscribed: boolean };
}

export interface StateFile {
  /** Writes within a moment; many changes are one write. */
  saveSoon(): void;
  /** Resolves when the state as of now is on disk. */
  saveNow(): Promise<void>;
}

const SAVE_DELAY_MS = 300;

/** Undefined when there is no file yet. Throws an `Error` naming the file when it is of another version. */
export function readState(path: string): SavedState | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const state = JSON.parse(text) as SavedState;
  // Widened: the file may come from a later release.
  const version: number = state.version;
  if (version !== 1) throw new Error(`${path} is of version ${String(version)}: delete it to start afresh`);
  return state;
}

export function createStateFile(path: string, snapshot: () => SavedState): StateFile {
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const write = async (): Promise<void> => {
    const partial = `${path}.partial`;
    await mkdir(dirname(path), { recursive: true });
    // Renaming is atomic, so that a kill in the middle leaves the previous state whole.
    await writeFile(partial, JSON.stringify(snapshot()));
    await rename(partial, path);
  };
  const saveNow = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.catch(() => undefined).then(write);
    return writing;
  };

  return {
    saveNow,
    saveSoon() {
      timer ??= setTimeout(() => {
        saveNow().catch((error: unknown) => {
          console.error(`The simulator could not keep its state in ${path}`, error);
        });
      }, SAVE_DELAY_MS);
    },
  };
}

/** For a simulator that forgets everything. */
export const noStateFile: StateFile = {
  saveSoon: () => undefined,
  saveNow: () => Promise.resolve(),
};
