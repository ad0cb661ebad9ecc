import type { AnnouncementArchiveStore } from '../../src/announcements/announcement-archive-store.ts';
import { localDayOf } from '../../src/calendar/local-time.ts';
import type { Dossier, DossierStore } from '../../src/dossiers/dossier.ts';
import type { Clock } from '../../src/kernel/clock.ts';
import type { AnnouncementSummary } from '../../src/residents/resident.ts';
import { sampleAnnouncements } from './announcements.ts';
import { sampleDossiers } from './dossiers.ts';

export interface SeedDeps {
  readonly dossiers: DossierStore;
  readonly archive: AnnouncementArchiveStore;
  readonly clock: Clock;
}

/** What is there to try out, for whoever prints it. */
export interface SeededContent {
  readonly dossiers: readonly Dossier[];
  readonly announcements: readonly AnnouncementSummary[];
}

/** Fills an installation with made-up content for the demo. Done again, it moves the same content to today. */
export async function seedContent({ dossiers, archive, clock }: SeedDeps): Promise<SeededContent> {
  const now = clock.now();
  const today = localDayOf(now);
  const content = { dossiers: sampleDossiers(today, now), announcements: sampleAnnouncements(today) };
  await dossiers.save(content.dossiers);
  for (const announcement of content.announcements) await archive.save(announcement);
  return content;
}
