import { For } from 'solid-js'
import { t } from '../i18n/t.ts'
import { useUserSettings } from '../settings/user-settings.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Kbd } from '../ui/kbd.tsx'
import { closeDialog } from './open-dialog.ts'
import { commandKey } from './shortcuts.ts'
import './shortcut-sheet.css'

export default function ShortcutSheet() {
  const command = commandKey(navigator.platform)
  const { settings } = useUserSettings()
  const enterSends = settings().enterSends ?? true
  const alt = t('shell.keyAlt')
  const shift = t('shell.keyShift')
  const enter = t('shell.keyEnter')
  const groups = [
    {
      title: t('shell.keysMove'),
      keys: [
        [`${command} K`, t('shell.doSwitch')],
        [`${command} F`, t('search.inRoom')],
        [`${command} ${shift} F`, t('search.everywhere')],
        [`${alt} ↑`, t('shell.doPrevious')],
        [`${alt} ↓`, t('shell.doNext')],
        [`${alt} ${shift} ↑`, t('shell.doPreviousUnread')],
        [`${alt} ${shift} ↓`, t('shell.doNextUnread')],
        [t('shell.keyEsc'), t('shell.doMarkRead')],
        [`${shift} ${t('shell.keyEsc')}`, t('shell.doMarkAllRead')],
        [`${command} /`, t('shell.doSheet')],
      ],
    },
    {
      title: t('shell.keysWrite'),
      keys: [
        [enterSends ? enter : `${command} ${enter}`, t('shell.doSend')],
        [enterSends ? `${shift} ${enter}` : enter, t('shell.doNewLine')],
        ['↑', t('shell.doEditLast')],
        [`${command} B`, t('chats.bold')],
        [`${command} I`, t('chats.italic')],
        [`${command} E`, t('chats.code')],
        [`${command} ${shift} X`, t('compose.strike')],
        [`${command} ${shift} C`, t('compose.codeBlock')],
      ],
    },
    {
      title: t('talk.keysTitle'),
      keys: [
        ['R', t('talk.reply')],
        ['T', t('talk.openThread')],
        ['+', t('talk.addReaction')],
        ['E', t('chats.edit')],
        ['P', t('talk.pin')],
        ['S', t('talk.save')],
        ['U', t('talk.markUnread')],
        ['C', t('chats.copyLink')],
        [t('talk.keyDelete'), t('chats.delete')],
      ],
    },
  ] as const
  return (
    <Dialog
      isOpen
      onClose={closeDialog}
      title={t('shell.keysTitle')}
      closeLabel={t('common.close')}
    >
      {/* It scrolls on a small screen, and holds nothing else that the keyboard could reach. */}
      <div class="sheet" role="group" aria-label={t('shell.keysTitle')} tabindex="0">
        <For each={groups}>
          {(group) => (
            <section class="sheet-group">
              <h3>{group.title}</h3>
              <dl>
                <For each={group.keys}>
                  {([keys, does]) => (
                    <div class="sheet-line">
                      <dt>{does}</dt>
                      <dd>
                        <Kbd keys={keys} />
                      </dd>
                    </div>
                  )}
                </For>
              </dl>
            </section>
          )}
        </For>
      </div>
    </Dialog>
  )
}
