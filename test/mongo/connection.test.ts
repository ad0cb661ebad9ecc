import { expect, it } from '@jest/globals';
import { databaseName } from '../../src/mongo/connection.ts';

it.each([
  ['mongodb://127.0.0.1:27017', 'commune'],
  ['mongodb://127.0.0.1:27017/?directConnection=true', 'commune'],
  ['mongodb://user:secret@db.example/tien-an', 'tien-an'],
  ['mongodb://a.example:27017,b.example:27017/tien-an?replicaSet=rs0', 'tien-an'],
  ['mongodb+srv://db.example/tien-an?retryWrites=true', 'tien-an'],
])('%s means the database %s', (uri, name) => {
  expect(databaseName(uri)).toBe(name);
});
