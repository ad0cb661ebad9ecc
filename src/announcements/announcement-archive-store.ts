import { Schema, type Connection } from 'mongoose';
import { registerCollection } from '../mongo/collections.ts';
import { JOURNALED } from '../mongo/write-concern.ts';
import type { AnnouncementArchive, AnnouncementSummary } from '../residents/resident.ts';

export interface AnnouncementArchiveStore extends AnnouncementArchive {
  /** Adds an announcement or replaces the one with its code. It is listed from `publishedAt` on. */
  save(announcement: AnnouncementSummary): Promise<void>;
}

interface AnnouncementDoc {
  /** The code. */
  readonly _id: string;
  readonly title: string;
  readonly text: string;
  readonly publishedAt: Date;
  readonly villageIds: readonly string[];
}

const announcementSchema = new Schema<AnnouncementDoc>(
  {
    _id: { type: String, required: true },
    title: { type: String, required: true },
    text: { type: String, required: true },
    publishedAt: { type: Date, required: true },
    villageIds: { type: [String], required: true },
  },
  { collection: 'announcement_archive', versionKey: false, strict: 'throw' },
);
announcementSchema.index({ publishedAt: -1 });

export function createAnnouncementArchiveStore(connection: Connection): AnnouncementArchiveStore {
  const archive = registerCollection<AnnouncementDoc>(connection, 'ArchivedAnnouncement', announcementSchema);

  return {
    async save({ code, ...rest }) {
      await archive.replaceOne({ _id: code }, rest, { upsert: true, ...JOURNALED });
    },

    async listRecent(now, limit) {
      const docs = await archive
        .find({ publishedAt: { $lte: now } })
        .sort({ publishedAt: -1, _id: 1 })
        .limit(limit)
        .toArray();
      return docs.map(toSummary);
    },
  };
}

function toSummary({ _id, ...rest }: AnnouncementDoc): AnnouncementSummary {
  return { code: _id, ...rest };
}
