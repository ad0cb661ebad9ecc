import type { Socket } from 'node:net';

/** The part of the embedded engine that is used here: one message of the MongoDB wire protocol in, its reply out. */
export interface WireEngine {
  roundTrip(message: Buffer): Promise<WireReply>;
}

export interface WireReply {
  /** The request this answers. */
  readonly requestId: number;
  /** The client asked for no reply. */
  readonly moreToCome: boolean;
  /** The request was an `OP_QUERY`, as every driver's very first one; its reply has another shape. */
  readonly legacy: boolean;
  /** The reply's document, without any framing. */
  readonly response: Buffer;
}

// https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/, read 2026-11-22
const HEADER_BYTES = 16;
const MAX_MESSAGE_BYTES = 48_000_000;
const OP_REPLY = 1;
const OP_MSG = 2013;
const MAX_INT32 = 0x7fffffff;

/** Cuts a stream of bytes into whole messages. */
export interface MessageSplitter {
  /** Gives the messages this chunk completed. Throws `RangeError` when a length makes no sense. */
  push(chunk: Buffer): Buffer[];
}

export function createMessageSplitter(): MessageSplitter {
  // Chunks are joined only when a message is complete: joining at every chunk would copy a 10 MB message 160 times.
  let chunks: Buffer[] = [];
  let bytes = 0;
  let wanted = HEADER_BYTES;
  return {
    push(chunk) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes < wanted) return [];
      const { messages, rest } = cutMessages(Buffer.concat(chunks, bytes));
      chunks = [rest];
      bytes = rest.length;
      wanted = rest.length < HEADER_BYTES ? HEADER_BYTES : readLength(rest);
      return messages;
    },
  };
}

function cutMessages(buffer: Buffer): { messages: Buffer[]; rest: Buffer } {
  const messages: Buffer[] = [];
  let rest = buffer;
  while (rest.length >= HEADER_BYTES) {
    const length = readLength(rest);
    if (rest.length < length) break;
    messages.push(rest.subarray(0, length));
    rest = rest.subarray(length);
  }
  return { messages, rest };
}

function readLength(buffer: Buffer): number {
  const length = buffer.readInt32LE(0);
  if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES) {
    throw new RangeError('a wire message has an impossible length');
  }
  return length;
}

/** What goes before `reply.response` on the wire. */
export function frameReply(reply: WireReply, replyId: number): Buffer {
  // OP_REPLY: flags (4), cursor id (8), first document's number (4), how many (4). OP_MSG: flags (4), section kind (1).
  const head = Buffer.alloc(HEADER_BYTES + (reply.legacy ? 20 : 5));
  head.writeInt32LE(head.length + reply.response.length, 0);
  head.writeInt32LE(replyId & MAX_INT32, 4);
  head.writeInt32LE(reply.requestId, 8);
  head.writeInt32LE(reply.legacy ? OP_REPLY : OP_MSG, 12);
  if (reply.legacy) head.writeInt32LE(1, 32);
  return head;
}

/**
 * Answers one client until it leaves. Messages of one connection are answered in order, one at a time, and reading
 * waits while one is worked on. Never throws: a client that breaks the protocol loses its connection.
 */
export async function serveClient(socket: Socket, engine: WireEngine): Promise<void> {
  const splitter = createMessageSplitter();
  let replyId = 0;
  socket.setNoDelay(true);
  try {
    for await (const chunk of socket) {
      for (const message of splitter.push(chunk as Buffer)) {
        const reply = await engine.roundTrip(message);
        if (reply.moreToCome || socket.destroyed) continue;
        replyId += 1;
        socket.cork();
        socket.write(frameReply(reply, replyId));
        socket.write(reply.response);
        socket.uncork();
      }
    }
  } catch {
    // A reset connection, a broken message or an engine that is closing: in each case the driver reconnects or gives up.
    socket.destroy();
  }
}
