import type { German } from '../translation.ts'

export const links: German<'links'> = {
  remove: { one: 'Vorschau für alle entfernen', other: 'Vorschauen für alle entfernen' },
}
