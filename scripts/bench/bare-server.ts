/**
 * The baseline of `npm run bench -- webhook`: one Express route that parses its JSON and does one journalled insert of a
 * document like the inbox's. No signature, no duplicate check by content, no indexes.
 */
import { randomUUID } from 'node:crypto';
import express from 'express';
import mongoose from 'mongoose';

interface Body {
  readonly event_name: string;
  readonly timestamp: string;
  readonly sender: { readonly id: string };
  readonly recipient: { readonly id: string };
  readonly message: { readonly text: string; readonly msg_id: string };
}

const connection = await mongoose.createConnection(process.env['MONGODB_URI'] ?? '').asPromise();
const rows = connection.collection<{ _id: string }>('bare');

const app = express();
app.use(express.json());
app.get('/healthz', (_request, response) => {
  response.send('ok');
});
app.post('/webhook', async (request, response) => {
  const body = request.body as Body;
  const now = new Date();
  const event = {
    key: randomUUID(),
    oaId: body.recipient.id,
    residentId: body.sender.id,
    sentAt: new Date(Number(body.timestamp)),
    messageId: body.message.msg_id,
    content: { kind: 'text', text: body.message.text },
  };
  const row = {
    _id: event.key,
    lane: `${event.oaId}:${event.residentId}`,
    track: 'turn',
    state: 'waiting',
    eventName: body.event_name,
    event,
    sentAt: event.sentAt,
    receivedAt: now,
    availableAt: now,
    retries: 0,
    attempts: 0,
    generation: 0,
  };
  await rows.insertOne(row, { writeConcern: { w: 1, journal: true } });
  response.send('ok');
});
app.listen(Number(process.env['PORT']), '127.0.0.1');
