import { initialKb } from '../../src/scripts/build.ts'
import type { Figure } from './figure.ts'

/** What the first page asks for before anything is shown. */
export const measureJavaScript = async (): Promise<Figure[]> => [
  { what: 'first JavaScript, gzipped', value: await initialKb(), unit: 'KB', aim: { atMost: 130 } },
]
