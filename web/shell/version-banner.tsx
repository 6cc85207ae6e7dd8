import { createSignal, Show } from 'solid-js'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { Banner } from '../ui/banner.tsx'
import { Button, IconButton } from '../ui/button.tsx'
import { X } from '../ui/icons.ts'
import { isOutOfDate } from './newer-version.ts'

/** Tells of a newer client once the server has one; when to load it is the reader's own choice. */
export function VersionBanner() {
  const live = useLive()
  const [isNewer, setNewer] = createSignal(false)
  const mine = document
    .querySelector<HTMLScriptElement>('script[type="module"][src]')
    ?.getAttribute('src')
  let isFirst = true
  // A server that was updated was away for a moment: each new connection is a reason to look.
  live.on('synced', () => {
    if (!isFirst) void look()
    isFirst = false
  })
  const look = async (): Promise<void> => {
    const page = async () => (await fetch('/', { cache: 'no-store' })).text()
    setNewer(await isOutOfDate(mine ?? undefined, page))
  }
  return (
    <Show when={isNewer()}>
      <Banner
        kind="info"
        action={
          <>
            <Button small onClick={() => location.reload()}>
              {t('shell.reload')}
            </Button>
            <IconButton small label={t('shell.dismissNotice')} onClick={() => setNewer(false)}>
              <X />
            </IconButton>
          </>
        }
      >
        {t('sidebar.newerVersion')}
      </Banner>
    </Show>
  )
}
