import { afterAll } from 'bun:test'
import { stopTestServer } from './testing.ts'

afterAll(stopTestServer)
