import {
  ansiColorFormatter,
  configure,
  getConsoleSink,
  getLogger,
  jsonLinesFormatter,
  type Logger,
} from '@logtape/logtape'
import type { Config } from './config.ts'

/** The log, on standard output: for people at a terminal, one JSON object a line elsewhere. */
export async function openLog(config: Config, isTerminal: boolean): Promise<Logger> {
  const isPretty = config.LOG_FORMAT === undefined ? isTerminal : config.LOG_FORMAT === 'pretty'
  await configure({
    reset: true,
    sinks: {
      console: getConsoleSink({ formatter: isPretty ? ansiColorFormatter : jsonLinesFormatter }),
    },
    loggers: [
      { category: 'parley', lowestLevel: config.LOG_LEVEL, sinks: ['console'] },
      { category: ['logtape', 'meta'], lowestLevel: 'error', sinks: ['console'] },
    ],
  })
  return getLogger('parley')
}
