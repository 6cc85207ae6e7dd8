/** Times in milliseconds, as many as come: millions fit, and each costs a store. */
export class Samples {
  #values = new Float64Array(1024)
  #count = 0

  add(ms: number): void {
    if (this.#count === this.#values.length) {
      const grown = new Float64Array(this.#count * 2)
      grown.set(this.#values)
      this.#values = grown
    }
    this.#values[this.#count] = ms
    this.#count += 1
  }

  get count(): number {
    return this.#count
  }

  /** The times below which these shares lie; null of none. */
  quantiles<Name extends string>(shares: Record<Name, number>): Record<Name, number | null> {
    const sorted = this.#values.subarray(0, this.#count).toSorted()
    const at = (share: number): number | null =>
      sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null
    // The keys are those of `shares`.
    return Object.fromEntries(
      Object.entries<number>(shares).map(([name, share]) => [name, at(share)]),
    ) as Record<Name, number | null>
  }

  middleAndTail(): { p50Ms: number | null; p99Ms: number | null } {
    return this.quantiles({ p50Ms: 0.5, p99Ms: 0.99 })
  }
}
