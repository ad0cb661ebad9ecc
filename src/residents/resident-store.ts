import { Schema, type Connection } from 'mongoose';
import type { Language } from '../kernel/messages.ts';
import { registerCollection } from '../mongo/collections.ts';
import { JOURNALED } from '../mongo/write-concern.ts';
import type { ResidentEraser } from './erasure.ts';
import type { Resident, ResidentStore } from './resident.ts';

/** What may change about a resident, stored flat so that each write touches only its own fields. */
interface ResidentFacts {
  readonly language: Language;
  readonly following: boolean;
  readonly subscribed: boolean;
  readonly villageIds: readonly string[];
}

interface ResidentDoc extends ResidentFacts {
  /** `<oaId>:<residentId>`: a resident's id means nothing on another page. */
  readonly _id: string;
  readonly oaId: string;
  readonly residentId: string;
  readonly lastInteractionAt?: Date;
}

const residentSchema = new Schema<ResidentDoc>(
  {
    _id: { type: String, required: true },
    oaId: { type: String, required: true },
    residentId: { type: String, required: true },
    language: { type: String, required: true },
    following: { type: Boolean, required: true },
    subscribed: { type: Boolean, required: true },
    villageIds: { type: [String], required: true },
    lastInteractionAt: { type: Date },
  },
  { collection: 'residents', versionKey: false, strict: 'throw' },
);

const AT_FIRST_CONTACT: ResidentFacts = {
  language: 'vi',
  following: false,
  subscribed: false,
  villageIds: [],
};

export function createResidentStore(connection: Connection): ResidentStore & ResidentEraser {
  const residents = registerCollection<ResidentDoc>(connection, 'Resident', residentSchema);

  const change = async (oaId: string, residentId: string, facts: Partial<ResidentFacts>): Promise<void> => {
    const first = { ...without(AT_FIRST_CONTACT, facts), oaId, residentId };
    await residents.updateOne(
      { _id: toId(oaId, residentId) },
      { $set: facts, $setOnInsert: first },
      { upsert: true, ...JOURNALED },
    );
  };

  return {
    async find(oaId, residentId) {
      const doc = await residents.findOne({ _id: toId(oaId, residentId) });
      return doc ? toResident(doc) : undefined;
    },

    async touch(oaId, residentId, interactedAt) {
      // Not journalled: should it be lost, the next message writes it again.
      await residents.updateOne(
        { _id: toId(oaId, residentId) },
        {
          $max: { lastInteractionAt: interactedAt },
          $setOnInsert: { ...AT_FIRST_CONTACT, oaId, residentId },
        },
        { upsert: true },
      );
    },

    setFollowing: (oaId, residentId, following) => change(oaId, residentId, { following }),
    setLanguage: (oaId, residentId, language) => change(oaId, residentId, { language }),
    subscribe: (oaId, residentId, villageIds) =>
      change(oaId, residentId, { subscribed: true, villageIds: [...new Set(villageIds)] }),
    // The villages go as well: somebody who wants nothing has not agreed to being remembered by place.
    unsubscribe: (oaId, residentId) => change(oaId, residentId, { subscribed: false, villageIds: [] }),

    async eraseResident(oaId, residentId) {
      const result = await residents.deleteOne({ _id: toId(oaId, residentId) }, JOURNALED);
      return result.deletedCount;
    },
  };
}

/** MongoDB refuses one field both in `$set` and in `$setOnInsert`. */
function without(facts: ResidentFacts, changed: Partial<ResidentFacts>): Partial<ResidentFacts> {
  return Object.fromEntries(Object.entries(facts).filter(([field]) => !(field in changed)));
}

function toId(oaId: string, residentId: string): string {
  return `${oaId}:${residentId}`;
}

function toResident(doc: ResidentDoc): Resident {
  const { oaId, residentId, language, following, lastInteractionAt } = doc;
  return {
    oaId,
    residentId,
    language,
    following,
    subscription: { active: doc.subscribed, villageIds: doc.villageIds },
    ...(lastInteractionAt === undefined ? {} : { lastInteractionAt }),
  };
}
