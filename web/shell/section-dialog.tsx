import { createSignal, createUniqueId } from 'solid-js'
import { limits } from '../../src/protocol/limits.ts'
import { t } from '../i18n/t.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/text-field.tsx'
import '../rooms/forms.css'

/** Names a section of the sidebar: a new one, or with `name` one that is there. */
export default function SectionDialog(props: {
  name?: string | undefined
  onName: (name: string) => void
  onClose: () => void
}) {
  const form = createUniqueId()
  // The name at the start; what is typed is the field's own.
  const [name, setName] = createSignal(props.name ?? '')
  const isNew = () => props.name === undefined
  const submit = (event: Event) => {
    event.preventDefault()
    const clean = name().trim()
    if (clean === '') return
    props.onClose()
    props.onName(clean)
  }
  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={isNew() ? t('sidebar.sectionTitle') : t('sidebar.renameTitle')}
      closeLabel={t('common.close')}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('common.cancel')}</Button>
          <Button kind="primary" type="submit" form={form} disabled={name().trim() === ''}>
            {isNew() ? t('sidebar.createSection') : t('sidebar.saveSection')}
          </Button>
        </>
      }
    >
      <form id={form} class="form" onSubmit={submit} novalidate>
        <TextField
          label={t('sidebar.sectionName')}
          hint={t('sidebar.sectionHint')}
          maxlength={limits.nameChars}
          autocomplete="off"
          autofocus
          required
          value={name()}
          onText={setName}
        />
      </form>
    </Dialog>
  )
}
