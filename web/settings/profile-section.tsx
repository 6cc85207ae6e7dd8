import { createSignal, createUniqueId, For } from 'solid-js'
import { limits } from '../../src/protocol/limits.ts'
import { api, call, setMe } from '../api.ts'
import { AvatarPicker } from '../files/avatar-picker.tsx'
import { t } from '../i18n/t.ts'
import { useLive } from '../live/index.ts'
import { createSubmit } from '../submit.ts'
import { toasts } from '../toasts.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { TextField } from '../ui/text-field.tsx'

/** As many as `users.ts` of the protocol allows; importing it would bring zod into the page. */
const avatarColors = 12

/** How others see me. */
export function ProfileSection() {
  const live = useLive()
  const group = createUniqueId()
  const [name, setName] = createSignal(live.me().name)
  const [handle, setHandle] = createSignal(live.me().handle)
  const [color, setColor] = createSignal(live.me().avatarColor)
  const shownAs = () => ({ name: name(), avatarColor: color(), avatarId: live.me().avatarId })

  const submit = createSubmit(async () => {
    const json = { name: name(), handle: handle(), avatarColor: color() }
    const { user } = await call(api.users.me.$patch({ json }))
    setMe(user)
    live.learnUsers([user])
    setName(user.name)
    setHandle(user.handle)
    toasts.show(t('settings.profileSaved'))
  }, ['name', 'handle'])

  return (
    <form class="form" aria-label={t('settings.profile')} onSubmit={submit.run} novalidate>
      <div class="profile-face">
        <Avatar person={shownAs()} size={64} />
        <div class="profile-words">
          <p class="profile-name">{name()}</p>
          <AvatarPicker />
        </div>
      </div>
      <TextField
        label={t('settings.name')}
        name="name"
        autocomplete="name"
        maxlength={limits.nameChars}
        value={name()}
        onText={setName}
        error={submit.field('name')}
      />
      <TextField
        label={t('settings.handle')}
        name="handle"
        autocomplete="off"
        spellcheck={false}
        maxlength={limits.handleChars}
        hint={t('settings.handleHint', { handle: handle() })}
        value={handle()}
        onText={setHandle}
        error={submit.field('handle')}
      />
      <fieldset class="colors">
        <legend class="field-label">{t('settings.color')}</legend>
        <div class="colors-row">
          <For each={Array.from({ length: avatarColors }, (_, index) => index)}>
            {(index) => (
              <label class="color-choice">
                <input
                  type="radio"
                  class="visually-hidden"
                  name={group}
                  checked={color() === index}
                  onChange={() => setColor(index)}
                />
                <span class={`color-swatch avatar-color-${index}`} />
                <span class="visually-hidden">
                  {t('settings.colorNumber', { number: index + 1 })}
                </span>
              </label>
            )}
          </For>
        </div>
      </fieldset>
      <FormProblem text={submit.problem()} />
      <Button kind="primary" type="submit" busy={submit.busy()}>
        {t('settings.saveProfile')}
      </Button>
    </form>
  )
}
