import { createSignal, Show } from 'solid-js'
import { limits } from '../../src/protocol/limits.ts'
import { t } from '../i18n/t.ts'
import { createSubmit } from '../submit.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { FormProblem } from '../ui/form-problem.tsx'
import { TextArea } from '../ui/text-field.tsx'
import { thumbUrl } from './transport.ts'
import type { Upload } from './upload-queue.ts'

/** Asks what a picture shows, beside the picture. */
export default function DescribeDialog(props: {
  upload: Upload
  onSave: (alt: string) => Promise<void>
  onClose: () => void
}) {
  // What is typed is the dialog's own; the upload below it may move on.
  const [alt, setAlt] = createSignal(props.upload.alt)
  const picture = () => {
    const { picture: own, state } = props.upload
    return own ?? (state.type === 'done' && state.file.thumb ? thumbUrl(state.file.id) : null)
  }
  const submit = createSubmit(async () => {
    await props.onSave(alt().trim())
    props.onClose()
  }, ['alt'])
  return (
    <Dialog
      isOpen
      onClose={() => props.onClose()}
      title={t('files.describeTitle')}
      closeLabel={t('common.close')}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{t('common.cancel')}</Button>
          <Button kind="primary" busy={submit.busy()} onClick={() => submit.run()}>
            {t('files.describeSave')}
          </Button>
        </>
      }
    >
      <Show when={picture()}>
        {(source) => <img class="describe-picture" src={source()} alt="" />}
      </Show>
      <TextArea
        label={t('files.describeLabel')}
        hint={t('files.describeHint')}
        autofocus
        dir="auto"
        maxlength={limits.altChars}
        value={alt()}
        onText={setAlt}
        error={submit.field('alt')}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
          event.preventDefault()
          submit.run()
        }}
      />
      <FormProblem text={submit.problem()} />
    </Dialog>
  )
}
