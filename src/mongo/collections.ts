import type { Collection, Connection, Schema } from 'mongoose';

/**
 * The collection behind a schema, for stores that speak to the driver directly (compare-and-set, journalled inserts).
 * The schema's model is registered too, so that `buildIndexes` makes what it declares.
 */
export function registerCollection<T extends { readonly _id: string }>(
  connection: Connection,
  name: string,
  schema: Schema<T>,
): Collection<T> {
  const model = connection.model<T>(name, schema);
  return connection.collection<T>(model.collection.name);
}
