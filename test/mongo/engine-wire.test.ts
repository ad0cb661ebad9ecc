import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { createMessageSplitter, frameReply } from '../../src/mongo/engine-wire.ts';

function aMessage(body: Uint8Array): Buffer {
  const message = Buffer.alloc(16 + body.length);
  message.writeInt32LE(message.length, 0);
  message.set(body, 16);
  return message;
}

function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  const chunks: Buffer[] = [];
  let at = 0;
  for (const size of sizes) {
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  chunks.push(bytes.subarray(at));
  return chunks;
}

describe('cutting the stream into messages', () => {
  it('gives the same messages however the network cut them', () => {
    const bodies = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 });
    const sizes = fc.array(fc.nat(60), { maxLength: 60 });
    fc.assert(
      fc.property(bodies, sizes, (sent, chunkSizes) => {
        const messages = sent.map(aMessage);
        const splitter = createMessageSplitter();

        const received = cut(Buffer.concat(messages), chunkSizes).flatMap((chunk) => splitter.push(chunk));

        expect(received).toEqual(messages);
      }),
    );
  });

  it.each([0, 15, -1, 48_000_001])('refuses a message that claims to be %d bytes long', (length) => {
    const broken = aMessage(new Uint8Array(0));
    broken.writeInt32LE(length, 0);

    expect(() => createMessageSplitter().push(broken)).toThrow(RangeError);
  });
});

describe('framing a reply', () => {
  const response = Buffer.from('0500000000', 'hex');

  it('uses OP_MSG for an ordinary request', () => {
    const head = frameReply({ requestId: 7, moreToCome: false, legacy: false, response }, 3);

    expect([0, 4, 8, 12].map((at) => head.readInt32LE(at))).toEqual([26, 3, 7, 2013]);
    expect(head).toHaveLength(21);
  });

  it('uses OP_REPLY with one document for the first, old-style request', () => {
    const head = frameReply({ requestId: 7, moreToCome: false, legacy: true, response }, 3);

    expect([0, 4, 8, 12, 32].map((at) => head.readInt32LE(at))).toEqual([41, 3, 7, 1, 1]);
    expect(head).toHaveLength(36);
  });
});
