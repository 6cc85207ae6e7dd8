import { t } from '../i18n/t.ts'
import { IconButton } from '../ui/button.tsx'
import { Menu, type MenuItem } from '../ui/menu.tsx'
import { tones, withTone } from './tone.ts'

const hand = '✋'

/** The skin tone of everything that has one. */
export function ToneMenu(props: { tone: number; onTone: (tone: number) => void }) {
  const items = (): MenuItem[] =>
    tones.map((tone) => ({
      type: 'action',
      label: t(`emoji.tone${tone}`),
      icon: () => (
        <span class="emoji-sign" aria-hidden="true">
          {withTone(hand, tone)}
        </span>
      ),
      checked: props.tone === tone,
      onChoose: () => props.onTone(tone),
    }))
  return (
    <Menu
      label={t('emoji.tone')}
      items={items()}
      align="end"
      trigger={(trigger) => (
        <IconButton {...trigger} label={t('emoji.tone')}>
          <span class="emoji-sign">{withTone(hand, props.tone)}</span>
        </IconButton>
      )}
    />
  )
}
