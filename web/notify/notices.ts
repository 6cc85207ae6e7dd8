/** A notification that is to be shown. */
export interface Notice {
  /** Of the same tag only the last is shown: the browser replaces the one before. */
  tag: string
  title: string
  body: string
  onClick: () => void
}

export interface Notices {
  show: (notice: Notice) => void
  /** What is shown under a tag was read elsewhere. */
  close: (tag: string) => void
  closeAll: () => void
}

/** The system's notifications that this page shows. */
export function makeNotices(): Notices {
  const shown = new Map<string, Notification>()
  const close = (tag: string): void => {
    shown.get(tag)?.close()
    shown.delete(tag)
  }
  return {
    show: ({ tag, title, body, onClick }) => {
      // Renotify: the next one under a tag is news too. TypeScript's DOM does not know it yet.
      const options = { tag, body, icon: '/icon.svg', renotify: true, silent: true }
      let made: Notification
      try {
        made = new Notification(title, options)
      } catch {
        // Phones show them from a service worker alone.
        return
      }
      made.addEventListener('click', () => {
        window.focus()
        close(tag)
        onClick()
      })
      // A replaced one closes too, and must not take its successor along.
      made.addEventListener('close', () => shown.get(tag) === made && shown.delete(tag))
      shown.set(tag, made)
    },
    close,
    closeAll: () => {
      for (const tag of shown.keys()) close(tag)
    },
  }
}
