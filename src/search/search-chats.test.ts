import { testDatabase } from '../db/testing.ts'
import { searchSuite } from './search-suite.ts'

searchSuite('the Postgres that Parley runs itself', () => testDatabase())
