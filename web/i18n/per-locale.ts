/** What is costly to make for a locale, such as Intl's formats: made at its first use, and again when the locale changes. */
export function perLocale<T>(locale: () => string, make: (name: string) => T): () => T {
  let madeFor: string | undefined
  let made: T
  return () => {
    const name = locale()
    if (name !== madeFor) {
      made = make(name)
      madeFor = name
    }
    return made
  }
}
