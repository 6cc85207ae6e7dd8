import { Show } from 'solid-js'
import { EmojiPicker } from '../emoji/emoji-picker.tsx'
import { t } from '../i18n/t.ts'
import { IconButton } from '../ui/button.tsx'
import { Smile } from '../ui/icons.ts'
import { createTrigger } from '../ui/popover.tsx'

/** Opens the picker; what is picked goes to where the caret was. */
export function EmojiButton(props: { onPick: (emoji: string) => void }) {
  const { anchor, trigger, close } = createTrigger('dialog')
  return (
    <>
      <IconButton {...trigger} small label={t('emoji.open')}>
        <Smile />
      </IconButton>
      <Show when={anchor()}>
        {(element) => (
          <EmojiPicker
            anchor={element()}
            align="start"
            onClose={close}
            onPick={(emoji) => {
              // Closed first: a sheet keeps the focus to itself as long as it is there.
              close()
              props.onPick(emoji)
            }}
          />
        )}
      </Show>
    </>
  )
}
