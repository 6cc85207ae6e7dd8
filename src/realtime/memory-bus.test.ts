import { busSuite } from './bus-suite.ts'
import { createMemoryBus } from './memory-bus.ts'

busSuite('in one process', async () => {
  const bus = createMemoryBus()
  return {
    connect: bus.connect,
    cut: async () => bus.cut(),
    mend: async () => bus.mend(),
    close: async () => {},
  }
})
