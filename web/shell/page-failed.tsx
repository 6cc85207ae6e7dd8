import { onMount } from 'solid-js'
import { t } from '../i18n/t.ts'
import { ErrorState } from '../ui/states.tsx'
import './frame.css'

/** What is left when a page broke or its script could not be fetched. */
export function PageFailed(props: { error: unknown }) {
  onMount(() => reportError(props.error))
  return (
    <div class="lone-state">
      <ErrorState
        title={t('shell.failed')}
        retryLabel={t('shell.reload')}
        onRetry={() => location.reload()}
      >
        {t('shell.failedText')}
      </ErrorState>
    </div>
  )
}
