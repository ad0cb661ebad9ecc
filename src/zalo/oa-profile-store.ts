import { Schema, type Connection } from 'mongoose';
import { registerCollection } from '../mongo/collections.ts';
import { JOURNALED } from '../mongo/write-concern.ts';
import type { Generation, GenerationFacts } from './generation.ts';
import { onDatabase } from './on-database.ts';

/** What Zalo says about a page. */
export interface OaDescription {
  readonly oaId: string;
  readonly name: string;
  /** 2 business, 4 government. */
  readonly oaType?: number;
  readonly packageName?: string;
  /** As Zalo writes it. */
  readonly packageValidThrough?: string;
}

/** What all processes and the next start should know about the page. */
export interface OaProfile extends GenerationFacts {
  readonly oaName?: string;
  readonly packageName?: string;
  readonly packageValidThrough?: string;
  readonly checkedAt?: Date;
  /** Buttons are not tried before this moment. */
  readonly buttonsRefusedUntil?: Date;
}

/** Every method throws `DatabaseError`. */
export interface OaProfileStore {
  find(): Promise<OaProfile>;
  /** Keeps what `getoa` said. A changed type makes what was learnt from refusals void. */
  recordDescription(description: OaDescription, checkedAt: Date): Promise<void>;
  pinGeneration(pinned: Generation, refused: Generation, at: Date): Promise<void>;
  recordRefusal(refused: Generation, at: Date): Promise<void>;
  refuseButtonsUntil(until: Date): Promise<void>;
}

interface ProfileDoc extends OaProfile {
  readonly _id: string;
}

const profileSchema = new Schema<ProfileDoc>(
  {
    _id: { type: String, required: true },
    oaType: Number,
    pinned: String,
    refusedAt: { v2: Date, v3: Date },
    oaName: String,
    packageName: String,
    packageValidThrough: String,
    checkedAt: Date,
    buttonsRefusedUntil: Date,
  },
  { collection: 'zalo_oa_profiles', versionKey: false },
);

const STORE_CODE = 'zalo.oa_profile_store';

export function createOaProfileStore(connection: Connection, oaId: string): OaProfileStore {
  const profiles = registerCollection<ProfileDoc>(connection, 'ZaloOaProfile', profileSchema);
  const set = (fields: Readonly<Record<string, unknown>>): Promise<void> =>
    onDatabase(STORE_CODE, async () => {
      await profiles.updateOne({ _id: oaId }, { $set: fields }, { upsert: true, ...JOURNALED });
    });

  return {
    async find() {
      // Without its id the document is the profile.
      const withoutId = { projection: { _id: 0 } };
      const profile = await onDatabase(STORE_CODE, () => profiles.findOne({ _id: oaId }, withoutId));
      return profile ?? {};
    },
    async recordDescription({ name, oaType, packageName, packageValidThrough }, checkedAt) {
      if (oaType !== undefined) {
        const otherType = { _id: oaId, oaType: { $exists: true, $ne: oaType } };
        await onDatabase(STORE_CODE, () =>
          profiles.updateOne(otherType, { $unset: { pinned: 1, refusedAt: 1 } }, JOURNALED),
        );
      }
      const known = Object.entries({ oaType, packageName, packageValidThrough });
      await set({
        oaName: name,
        checkedAt,
        ...Object.fromEntries(known.filter(([, value]) => value !== undefined)),
      });
    },
    pinGeneration: (pinned, refused, at) => set({ pinned, [`refusedAt.${refused}`]: at }),
    recordRefusal: (refused, at) => set({ [`refusedAt.${refused}`]: at }),
    refuseButtonsUntil: (until) => set({ buttonsRefusedUntil: until }),
  };
}
