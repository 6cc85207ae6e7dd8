import { expect, test } from 'bun:test'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { users } from './schema.ts'
import { connectDatabase } from './connect.ts'
import { openDatabase } from './open.ts'
import { testDatabase } from './testing.ts'

const open = (databaseUrl: string) => openDatabase({ databaseUrl, dataDir: 'unused', pool: 2 })

for (const overTcp of [false, true]) {
  const where = overTcp ? 'by DATABASE_URL' : 'on the embedded server'

  test(`raw SQL and Drizzle read the same moment as a Date ${where}`, async () => {
    const { db, sql, drop } = await testDatabase({ overTcp })
    const createdAt = new Date('2026-03-04T05:06:07.089Z')
    await db.insert(users).values({
      id: Bun.randomUUIDv7(),
      email: 'ada@example.com',
      passwordHash: 'hash',
      handle: 'ada',
      handleKey: 'ada',
      name: 'Ada',
      avatarColor: 1,
      createdAt,
    })
    const [raw] = await sql<{ created_at: Date }[]>`select created_at from users`
    const [row] = await db.select({ createdAt: users.createdAt }).from(users)
    expect(raw?.created_at).toEqual(createdAt)
    expect(row?.createdAt).toEqual(createdAt)
    await drop()
  })

  test(`connections name themselves to whoever runs the server ${where}`, async () => {
    const { sql, drop } = await testDatabase({ overTcp })
    const [row] = await sql`select current_setting('application_name') as name`
    expect(row?.['name']).toStartWith('parley ')
    await drop()
  })
}

test('a DATABASE_URL that works opens', async () => {
  const { url, drop } = await testDatabase()
  const { sql, close } = await open(url)
  const [row] = await sql`select 1 as one`
  expect(row?.['one']).toBe(1)
  await close()
  await drop()
})

test('a server that is not there is said in one line without the password', async () => {
  const refusal = await open('postgres://parley:secret@127.0.0.1:1/parley').catch(String)
  expect(refusal).toBe(
    "Error: The database of DATABASE_URL can't be reached: connect ECONNREFUSED 127.0.0.1:1",
  )
})

test('a wrong password is said in one line without the password', async () => {
  const { url, drop } = await testDatabase()
  const wrong = Object.assign(new URL(url), { password: 'not-the-secret' }).href
  const refusal = await open(wrong).catch(String)
  expect(refusal).toBe(
    `Error: The database of DATABASE_URL can't be reached: password authentication failed for user "parley"`,
  )
  await drop()
})

test('a database that does not exist is named', async () => {
  const { url, drop } = await testDatabase()
  const refusal = await open(Object.assign(new URL(url), { pathname: '/nowhere' }).href).catch(
    String,
  )
  expect(refusal).toContain('database "nowhere" does not exist')
  await drop()
})

for (const malformed of ['postgres://parley:se%cret@host/parley', 'postgres://host:port/']) {
  test(`an address that can't be parsed (${malformed}) is no leak`, async () => {
    const refusal = await open(malformed).catch((error: unknown) => error)
    expect(String(refusal)).toContain('it is no valid address')
    expect(Bun.inspect(refusal)).not.toContain('se%cret')
  })
}

// The client has a patch for these: see `patches/`.
for (const kind of ['a transaction', 'a statement'] as const) {
  test(`${kind} whose backend is killed is refused, and its connection comes back`, async () => {
    const { sql, drop } = await testDatabase({ overTcp: true, pool: 2 })
    const other = await testDatabase({ overTcp: true })
    for (let round = 0; round < 3; round += 1) {
      const whole = sql.begin(async (tx) => {
        const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`
        await other.sql`select pg_terminate_backend(${row?.pid ?? 0})`
        if (kind === 'a statement') await tx`select pg_sleep(10)`
        // Each of them, and the rollback, is asked for on a connection that may be gone.
        else await Promise.all([tx`select 1`, tx`select 2`.then(() => tx`select 3`)])
      })
      expect(
        await whole.then(
          () => 'committed',
          () => 'refused',
        ),
      ).toBe('refused')
      // What was asked while the connection died may be refused along with it, and is asked again.
      const ask = () => Promise.all(Array.from({ length: 8 }, (_, at) => sql`select ${at}::int`))
      while (
        !(await ask().then(
          () => true,
          () => false,
        ))
      );
    }
    await other.drop()
    await drop()
  })
}

test('a connection that is cut while it opens ends nobody, and the next one serves', async () => {
  const { url, drop } = await testDatabase({ overTcp: true })
  let cuts = 0
  // What the client asks of each new connection first is its types: there the first three are cut.
  const between = createServer((near) => {
    const far = connect(Number(new URL(url).port), '127.0.0.1')
    far.pipe(near)
    near.on('data', (bytes) => {
      if (cuts === 3 || !bytes.includes('typarray')) return void far.write(bytes)
      cuts += 1
      near.resetAndDestroy()
      far.destroy()
    })
    for (const socket of [near, far]) socket.on('error', () => {})
    near.on('close', () => far.destroy())
  })
  await once(between.listen(0, '127.0.0.1'), 'listening')
  const address = between.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const { sql, close } = connectDatabase(Object.assign(new URL(url), { port }).href, 1)
  const ask = () =>
    sql`select 1`.then(
      () => true,
      () => false,
    )
  while (!(await ask()));
  expect(cuts).toBe(3)
  await close()
  between.close()
  await drop()
})
