import { createResource, createSignal, For, Show } from 'solid-js'
import type { Session } from '../../src/protocol/users.ts'
import { api, asApiError, call } from '../api.ts'
import { errorText } from '../error-text.ts'
import { formatAgo, formatDate, formatFull } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import { createSubmit } from '../submit.ts'
import { toasts } from '../toasts.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/dialog.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { ErrorState } from '../ui/states.tsx'
import { deviceName } from './device-name.ts'

/** Where I am signed in, and how to end it there. */
export function SessionsSection() {
  const [asks, setAsks] = createSignal(false)
  const [answer, { refetch }] = createResource(() => call(api.auth.sessions.$get()))
  const list = () => (answer.state === 'errored' ? [] : (answer.latest?.sessions ?? []))
  const others = () => list().filter((each) => !each.current).length
  const endOthers = createSubmit(async () => {
    await call(api.auth.sessions['revoke-others'].$post())
    setAsks(false)
    await refetch()
    toasts.show(t('settings.othersDone'))
  })

  return (
    <section class="form" aria-label={t('settings.sessions')}>
      <p>{t('settings.sessionsText')}</p>
      <Show when={answer.state === 'errored'}>
        <ErrorState
          title={errorText(asApiError(answer.error))}
          retryLabel={t('common.retry')}
          onRetry={() => void refetch()}
        />
      </Show>
      <Show when={answer.loading && list().length === 0}>
        <Skeleton label={t('common.loading')} rows={3} />
      </Show>
      <ul class="session-list">
        <For each={list()}>
          {(each) => <SessionRow session={each} onEnded={() => void refetch()} />}
        </For>
      </ul>
      <Show when={answer.state === 'ready'}>
        <Show when={others() > 0} fallback={<p class="form-hint">{t('settings.noOthers')}</p>}>
          <Button onClick={() => setAsks(true)}>{t('settings.signOutOthers')}</Button>
        </Show>
      </Show>
      <ConfirmDialog
        isOpen={asks()}
        onClose={() => setAsks(false)}
        title={t('settings.othersTitle')}
        closeLabel={t('common.close')}
        cancelLabel={t('common.cancel')}
        confirmLabel={t('settings.signOutOthers')}
        onConfirm={endOthers.run}
        busy={endOthers.busy()}
        error={endOthers.problem()}
      >
        <p>{t('settings.othersText', { count: others() })}</p>
      </ConfirmDialog>
    </section>
  )
}

function SessionRow(props: { session: Session; onEnded: () => void }) {
  const name = () => {
    const device = deviceName(props.session.userAgent)
    return device ? t('settings.deviceOn', device) : t('settings.unknownDevice')
  }
  const end = createSubmit(async () => {
    await call(api.auth.sessions[':id'].$delete({ param: { id: props.session.id } }))
    props.onEnded()
  })
  return (
    <li class="session-row">
      <div class="session-words">
        <p class="session-name">
          {name()}
          <Show when={props.session.current}>
            <Badge>{t('settings.thisDevice')}</Badge>
          </Show>
        </p>
        <p class="form-hint">
          <span title={formatFull(props.session.lastUsedAt)}>
            {t('settings.lastUsed', { when: formatAgo(props.session.lastUsedAt) })}
          </span>
          {' · '}
          {t('settings.since', { when: formatDate(props.session.createdAt) })}
        </p>
        <FormProblem text={end.problem()} />
      </div>
      <Show when={!props.session.current}>
        <Button
          small
          busy={end.busy()}
          aria-label={t('settings.signOutThat', { device: name() })}
          onClick={end.run}
        >
          {t('settings.signOutDevice')}
        </Button>
      </Show>
    </li>
  )
}
