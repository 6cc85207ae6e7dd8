import { errorText } from '../error-text.ts'
import { ApiError } from '../api-error.ts'
import { t } from '../i18n/t.ts'
import { useLive, type OutboxEntry } from '../live/index.ts'
import { Button } from '../ui/button.tsx'
import { TriangleAlert } from '../ui/icons.ts'

/** Under a chat that the server refused: why, and what can be done. */
export function FailedLine(props: { entry: OutboxEntry }) {
  const live = useLive()
  const reason = () => {
    const { error } = props.entry
    return error ? errorText(new ApiError(error.code, error.message)) : ''
  }
  return (
    <div class="chat-failure" role="alert">
      <TriangleAlert />
      <span>
        {t('chats.notSent')} {reason()}
      </span>
      <Button small onClick={() => live.retry(props.entry.cid)}>
        {t('chats.retry')}
      </Button>
      <Button small kind="bare" onClick={() => live.discard(props.entry.cid)}>
        {t('chats.discard')}
      </Button>
    </div>
  )
}
