import { testDatabase } from '../db/testing.ts'
import { storeSuite } from './store-suite.ts'
import { talkSuite } from './talk-suite.ts'

storeSuite('the Postgres that Parley runs itself', () => testDatabase({ pool: 8 }))
storeSuite('a DATABASE_URL', () => testDatabase({ overTcp: true, pool: 8 }))
talkSuite('the Postgres that Parley runs itself', () => testDatabase({ pool: 4 }))
