import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Files that residents send: the built-in samples and what people uploaded on the chat page. */
export interface MediaStore {
  samplePhotoUrl(): string;
  sampleVoiceUrl(): string;
  stickerUrl(): string;
  /** Keeps an uploaded file and gives its address. Throws a `TypeError` for other types than `ACCEPTED_TYPES`. */
  save(bytes: Buffer, contentType: string): Promise<string>;
  /** Undefined when there is no such file. */
  read(name: string): Promise<{ readonly bytes: Buffer; readonly contentType: string } | undefined>;
}

/** By extension. Nothing a browser would run as a page. */
const ACCEPTED_TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  mp4: 'video/mp4',
  amr: 'audio/amr',
  m4a: 'audio/mp4',
  pdf: 'application/pdf',
};

const SAMPLE_PHOTO = 'sample-road.jpg';
const SAMPLE_VOICE = 'sample-voice.amr';
const STICKER = 'sticker-hello.png';
const FILE_NAME = /^[a-z0-9-]+\.([a-z0-9]+)$/;

export interface MediaStoreOptions {
  /** Where files are served from, without a slash at the end. */
  readonly baseUrl: string;
  readonly samplesDir: string;
  /** Where uploads survive a restart; without it they live in memory. */
  readonly uploadsDir?: string | undefined;
}

export function createMediaStore({ baseUrl, samplesDir, uploadsDir }: MediaStoreOptions): MediaStore {
  const inMemory = new Map<string, Buffer>();
  const urlOf = (name: string): string => `${baseUrl}/${name}`;

  const bytesOf = (name: string): Promise<Buffer | undefined> | Buffer => {
    if (name === SAMPLE_VOICE) return silentVoice();
    const kept = inMemory.get(name);
    if (kept) return kept;
    const dir = name.startsWith('upload-') ? uploadsDir : samplesDir;
    return dir === undefined ? Promise.resolve(undefined) : readFile(join(dir, name)).catch(() => undefined);
  };

  return {
    samplePhotoUrl: () => urlOf(SAMPLE_PHOTO),
    sampleVoiceUrl: () => urlOf(SAMPLE_VOICE),
    stickerUrl: () => urlOf(STICKER),
    async save(bytes, contentType) {
      const extension = Object.keys(ACCEPTED_TYPES).find((key) => ACCEPTED_TYPES[key] === contentType);
      if (!extension) throw new TypeError(`${contentType || 'no type'}: such files cannot be uploaded`);
      const name = `upload-${randomBytes(8).toString('hex')}.${extension}`;
      if (uploadsDir === undefined) {
        inMemory.set(name, bytes);
      } else {
        await mkdir(uploadsDir, { recursive: true });
        await writeFile(join(uploadsDir, name), bytes);
      }
      return urlOf(name);
    },
    async read(name) {
      // The pattern has no dots or slashes beyond one extension, so no other folder can be reached.
      const contentType = ACCEPTED_TYPES[FILE_NAME.exec(name)?.[1] ?? ''];
      const bytes = contentType && (await bytesOf(name));
      return bytes ? { bytes, contentType } : undefined;
    },
  };
}

/** One second of silence in the voice format of Zalo's app: the AMR header and 50 empty frames. */
function silentVoice(): Buffer {
  const NO_DATA_FRAME = 0x7c;
  return Buffer.concat([Buffer.from('#!AMR\n'), Buffer.alloc(50, NO_DATA_FRAME)]);
}
