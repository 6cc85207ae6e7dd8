import { testDatabase } from '../db/testing.ts'
import { searchBoundsSuite } from './search-bounds-suite.ts'
import { searchSuite } from './search-suite.ts'

searchSuite('the Postgres that Parley runs itself', () => testDatabase())
searchBoundsSuite('the Postgres that Parley runs itself', () => testDatabase())
