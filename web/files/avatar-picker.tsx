import { createSignal, lazy, Show, Suspense } from 'solid-js'
import type { Me } from '../../src/protocol/users.ts'
import { api, asApiError, authedFetch, call, setMe } from '../api.ts'
import { errorOf } from '../api-error.ts'
import { errorText } from '../error-text.ts'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { toasts } from '../toasts.ts'
import { Button } from '../ui/button.tsx'
import './crop-dialog.css'

const CropDialog = lazy(() => import('./crop-dialog.tsx'))

/** Chooses, cuts, saves and takes off my picture. */
export function AvatarPicker() {
  const live = useLive()
  let input: HTMLInputElement | undefined
  const [picture, setPicture] = createSignal<HTMLImageElement | null>(null)
  const [isRemoving, setRemoving] = createSignal(false)

  const close = (): void => {
    const open = picture()
    if (open) URL.revokeObjectURL(open.src)
    setPicture(null)
  }
  const choose = async (file: File | undefined): Promise<void> => {
    if (!file) return
    const image = new Image()
    image.src = URL.createObjectURL(file)
    try {
      await image.decode()
      setPicture(image)
    } catch {
      // Not a picture, or of a kind that this browser does not know.
      URL.revokeObjectURL(image.src)
      toasts.show(t('files.avatarBroken'), { kind: 'failed' })
    }
  }
  const take = (user: Me, said: string): void => {
    setMe(user)
    live.learnUsers([user])
    toasts.show(said)
  }
  const save = async (square: Blob): Promise<void> => {
    const init = { method: 'PUT', headers: { 'content-type': square.type }, body: square }
    const response = await authedFetch('/api/users/me/avatar', init)
    if (!response.ok) throw await errorOf(response)
    // The route's own answer; its body is raw bytes, which the typed client can't send.
    const { user } = (await response.json()) as { user: Me }
    close()
    take(user, t('files.avatarSaved'))
  }
  const remove = async (): Promise<void> => {
    setRemoving(true)
    try {
      const { user } = await call(api.users.me.avatar.$delete())
      take(user, t('files.avatarRemoved'))
    } catch (caught) {
      toasts.show(errorText(asApiError(caught)), { kind: 'failed' })
    } finally {
      setRemoving(false)
    }
  }
  const hasPicture = () => live.me().avatarId !== undefined
  return (
    <div class="avatar-acts" role="group" aria-label={t('files.avatar')}>
      <Button small onClick={() => input?.click()}>
        {t(hasPicture() ? 'files.avatarChange' : 'files.avatarChoose')}
      </Button>
      <Show when={hasPicture()}>
        <Button small kind="bare" busy={isRemoving()} onClick={() => void remove()}>
          {t('files.avatarRemove')}
        </Button>
      </Show>
      <input
        ref={(element) => (input = element)}
        type="file"
        accept="image/*"
        hidden
        aria-label={t('files.avatar')}
        onChange={(event) => {
          void choose(event.currentTarget.files?.[0])
          event.currentTarget.value = ''
        }}
      />
      <Suspense>
        <Show when={picture()}>
          {(image) => <CropDialog picture={image()} onSave={save} onClose={close} />}
        </Show>
      </Suspense>
    </div>
  )
}
