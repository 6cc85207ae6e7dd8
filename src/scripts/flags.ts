import { parseArgs } from 'node:util'

/** A flag of a script: what it means, and what holds without it. No default: it must be given. */
export interface Flag {
  about: string
  /** What stands for the value in the help; `N` asks for a whole number. */
  value: string
  default?: string
}

/** Said to the person at the terminal in one line; the script ends with 1. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/**
 * The flags of a command line by name, and what stands beside them. `--help` prints and ends.
 * @throws UsageError
 */
export function readFlags<Name extends string>(
  usage: string,
  flags: Record<Name, Flag>,
  argv = process.argv.slice(2),
): { text: (name: Name) => string; count: (name: Name) => number; rest: string[] } {
  // The keys of a literal that the compiler has seen.
  const names = Object.keys(flags) as Name[]
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
  let parsed: { values: Record<string, string | boolean | undefined>; positionals: string[] }
  try {
    parsed = parseArgs({
      args: argv,
      options: { ...options, help: { type: 'boolean' as const } },
      allowPositionals: true,
    })
  } catch (error) {
    // Its first sentence says what; the rest is advice on quoting.
    throw new UsageError(String(error instanceof Error ? error.message : error).split('. ')[0])
  }
  if (parsed.values['help']) {
    const lines = names.map((name) => {
      const { about, value, default: fallback } = flags[name]
      return `  ${`--${name} ${value}`.padEnd(20)} ${about}${fallback ? ` (${fallback})` : ''}`
    })
    console.log([usage, '', ...lines].join('\n'))
    process.exit(0)
  }
  const text = (name: Name): string => {
    const value = parsed.values[name] ?? flags[name].default
    if (typeof value !== 'string') throw new UsageError(`--${name} ${flags[name].value} is missing`)
    return value
  }
  return {
    text,
    count(name) {
      const value = text(name)
      if (/^\d{1,9}$/.test(value)) return Number(value)
      throw new UsageError(`--${name} must be a whole number, not "${value}"`)
    },
    rest: parsed.positionals,
  }
}

/** Runs a script; a fault is one line on stderr. */
export async function runScript(main: () => Promise<void>): Promise<void> {
  try {
    await main()
  } catch (error) {
    const line = error instanceof Error ? error.message : String(error)
    console.error(error instanceof UsageError ? `${line}; --help shows how` : line)
    process.exit(1)
  }
}
