import { DatabaseError } from '../kernel/errors.ts';

/**
 * Runs one piece of database work of this folder and translates what the driver throws, so that a sender can tell
 * "the database is away, nothing was sent" from everything else. Throws `DatabaseError` (retryable).
 */
export async function onDatabase<T>(code: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new DatabaseError('The database did not answer.', { code, retryable: true, cause: error });
  }
}
