import { createEffect, createSignal, Match, onCleanup, Show, Switch } from 'solid-js'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { WifiOff } from '../ui/icons.ts'

/** Shorter breaks than this pass unseen, in milliseconds. */
const patienceMs = 2_000

/** Tells that the line is down, once it has been for a while, and when the next try is. */
export function ConnectionBanner() {
  const live = useLive()
  const [now, setNow] = createSignal(Date.now())

  // Time is the outside world here: it passes only while there is something to count.
  createEffect(() => {
    if (live.line().state === 'online') return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 500)
    onCleanup(() => clearInterval(timer))
  })

  const down = () => {
    const line = live.line()
    if (line.state === 'online') return undefined
    return line.state === 'stopped' || now() - line.since > patienceMs ? line : undefined
  }
  const stoppedText = () => {
    const line = live.line()
    return line.state === 'stopped' && line.why === 'too_many'
      ? 'shell.tooManyTabs'
      : 'shell.outdated'
  }
  const seconds = () => {
    const line = live.line()
    return line.state === 'waiting' ? Math.max(0, Math.ceil((line.retryAt - now()) / 1_000)) : 0
  }

  return (
    <div>
      <Show when={down()}>
        {(line) => (
          <Switch>
            <Match when={line().state === 'stopped'}>
              <Banner
                kind="danger"
                action={
                  <Button small onClick={() => location.reload()}>
                    {t('shell.reload')}
                  </Button>
                }
              >
                {t(stoppedText())}
              </Banner>
            </Match>
            <Match when={line().state === 'offline'}>
              <Banner kind="warn" icon={<WifiOff />}>
                {t('shell.offline')}
              </Banner>
            </Match>
            <Match when={line().state === 'waiting' && seconds() > 0}>
              <Banner
                kind="warn"
                icon={<WifiOff />}
                aside={t('shell.retryIn', { count: seconds() })}
                action={
                  <Button small onClick={() => live.tryNow()}>
                    {t('shell.tryNow')}
                  </Button>
                }
              >
                {t('shell.reconnecting')}
              </Banner>
            </Match>
            <Match when={true}>
              <Banner kind="warn" icon={<WifiOff />} aside={t('shell.connecting')}>
                {t('shell.reconnecting')}
              </Banner>
            </Match>
          </Switch>
        )}
      </Show>
    </div>
  )
}
