import { expect, test } from 'bun:test'
import { readIdentity } from './identity.ts'
import { testDatabase } from './testing.ts'

for (const overTcp of [false, true]) {
  test(`a test gets a migrated database of its own ${overTcp ? 'by DATABASE_URL' : 'on the embedded server'}`, async () => {
    const { sql, drop } = await testDatabase({ overTcp })
    const [row] = await sql`select count(*)::int as n from users`
    expect(row?.['n']).toBe(0)
    expect((await readIdentity(sql)).epoch).toMatch(/^\d+\.\d+\.\d+\.[0-9a-f]{8}$/)
    await drop()
  })
}
