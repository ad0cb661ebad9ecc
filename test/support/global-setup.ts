/** One database server for the whole test run: `MONGODB_TEST_URI`, or the embedded engine. */
export default function globalSetup(): void {
  if (!process.env['MONGODB_TEST_URI']) throw new Error('MONGODB_TEST_URI is not set');
}
