import type { Commune, Village } from '../kernel/commune.ts';
import { foldVietnamese } from '../kernel/vietnamese.ts';

/** The village a text names and nothing more, by id, name or alias, with or without accents and `thôn`. */
export function findVillage(text: string, commune: Commune): Village | undefined {
  const wanted = bare(text, commune);
  return commune.villages.find((village) =>
    [village.id, village.name, ...village.aliases].some((name) => bare(name, commune) === wanted),
  );
}

/** The one village mentioned somewhere in a longer text; nothing when there is none or more than one. */
export function findMentionedVillage(text: string, commune: Commune): Village | undefined {
  const words = ` ${plain(text)} `;
  const mentioned = commune.villages.filter((village) =>
    [village.name, ...village.aliases].some((name) => words.includes(` ${plain(name)} `)),
  );
  return mentioned.length === 1 ? mentioned[0] : undefined;
}

/** `thôn Núi Thành`: the name as it is said. */
export function sayVillage(village: Village, commune: Commune): string {
  return `${commune.villageWord} ${village.name}`;
}

export function sayVillageById(id: string, commune: Commune): string {
  const village = commune.villages.find((known) => known.id === id);
  return village ? sayVillage(village, commune) : id;
}

function bare(name: string, commune: Commune): string {
  const words = plain(name);
  const prefix = [plain(commune.villageWord), 'thon', 'khu', 'xom', 'village'].find((word) =>
    words.startsWith(`${word} `),
  );
  return prefix === undefined ? words : words.slice(prefix.length + 1);
}

function plain(text: string): string {
  return foldVietnamese(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
