import { startOnBun } from './testing.ts'
import { wireSuite } from './wire-suite.ts'

wireSuite('Bun', startOnBun)
