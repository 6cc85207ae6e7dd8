import {
  createMemo,
  createSignal,
  For,
  lazy,
  Match,
  onMount,
  Show,
  Suspense,
  Switch,
} from 'solid-js'
import { limits } from '../../src/protocol/limits.ts'
import { t } from '../i18n/t.ts'
import { IconButton } from '../ui/button.tsx'
import { Pencil, RotateCw, X } from '../ui/icons.ts'
import { knownLimits, learnLimits } from './create-limits.ts'
import { FileSign } from './file-sign.tsx'
import { thumbUrl } from './transport.ts'
import { isUnderWay, type Upload } from './upload-queue.ts'
import { uploadText } from './upload-text.ts'
import type { Uploads } from './uploads.ts'
import './attach-tray.css'

const DescribeDialog = lazy(() => import('./describe-dialog.tsx'))

/** On top of a composer: the files that go with the next chat, and how their uploads stand. */
export function AttachTray(props: { uploads: Uploads }) {
  let list: HTMLUListElement | undefined
  const [describing, setDescribing] = createSignal<string | null>(null)
  // By id: an upload is replaced with each step of its progress, its row is not.
  const ids = createMemo(() => props.uploads.items().map(({ id }) => id), [], { equals: isSame })
  const byId = (id: string) => props.uploads.items().find((upload) => upload.id === id)

  const remove = (id: string): void => {
    const at = ids().indexOf(id)
    props.uploads.remove(id)
    const next = list?.querySelectorAll<HTMLElement>('[data-remove]')
    const after = next?.[Math.min(at, next.length - 1)]
    if (after) after.focus()
    else document.querySelector<HTMLElement>('.composer-text')?.focus()
  }
  const done = () => props.uploads.fileIds().length
  return (
    <>
      <p class="visually-hidden" role="status">
        <Show when={done() > 0 && !props.uploads.isBusy()}>
          {t('files.ready', { count: done() })}
        </Show>
      </p>
      <Show when={ids().length > 0}>
        <ul class="attach-tray" aria-label={t('files.tray')} ref={(element) => (list = element)}>
          <For each={ids()}>
            {(id) => (
              <Show when={byId(id)}>
                {(upload) => (
                  <TrayItem
                    upload={upload()}
                    onRemove={() => remove(id)}
                    onRetry={() => props.uploads.retry(id)}
                    onDescribe={() => setDescribing(id)}
                  />
                )}
              </Show>
            )}
          </For>
        </ul>
      </Show>
      <p class="attach-notice" role="status">
        <Show when={props.uploads.leftOut() > 0}>
          {t('files.leftOut', { count: props.uploads.leftOut(), most: limits.filesPerChat })}
        </Show>
      </p>
      <Suspense>
        <Show when={byId(describing() ?? '')}>
          {(upload) => (
            <DescribeDialog
              upload={upload()}
              onSave={(alt) => props.uploads.describe(upload().id, alt)}
              onClose={() => setDescribing(null)}
            />
          )}
        </Show>
      </Suspense>
    </>
  )
}

interface TrayItemProps {
  upload: Upload
  onRemove: () => void
  onRetry: () => void
  onDescribe: () => void
}

function TrayItem(props: TrayItemProps) {
  onMount(learnLimits)
  const name = () => props.upload.name
  const picture = () => {
    const { picture: own, state } = props.upload
    return own ?? (state.type === 'done' && state.file.thumb ? thumbUrl(state.file.id) : null)
  }
  const failed = () => (props.upload.state.type === 'failed' ? props.upload.state : null)
  const sent = () => (props.upload.state.type === 'uploading' ? props.upload.state.sentBytes : null)
  const text = () => uploadText(props.upload, knownLimits())
  return (
    <li class="attach-item" classList={{ 'attach-failed': failed() !== null }}>
      <span class="attach-face">
        <Show when={picture()} fallback={<FileSign type={props.upload.type} />}>
          {(source) => <img src={source()} alt="" />}
        </Show>
      </span>
      <span class="attach-words">
        <span class="attach-name" dir="auto" title={name()}>
          {name()}
        </span>
        <Show when={failed()} fallback={<span class="attach-text">{text()}</span>}>
          <span class="attach-text" role="alert">
            {text()}
          </span>
        </Show>
      </span>
      <Show when={sent() !== null}>
        <progress
          class="attach-progress"
          max={Math.max(1, props.upload.bytes)}
          value={sent() ?? 0}
          aria-label={t('files.uploading', { name: name() })}
        />
      </Show>
      <span class="attach-acts">
        <Switch>
          <Match when={failed()?.mayRetry}>
            <IconButton
              small
              label={t('files.retry', { name: name() })}
              onClick={() => props.onRetry()}
            >
              <RotateCw />
            </IconButton>
          </Match>
          <Match when={!failed() && isPicture(props.upload)}>
            <IconButton
              small
              class={props.upload.alt === '' ? '' : 'attach-described'}
              label={t(props.upload.alt === '' ? 'files.describe' : 'files.described', {
                name: name(),
              })}
              aria-haspopup="dialog"
              onClick={() => props.onDescribe()}
            >
              <Pencil />
            </IconButton>
          </Match>
        </Switch>
        <IconButton
          small
          data-remove=""
          label={t(isUnderWay(props.upload) ? 'files.cancel' : 'files.remove', { name: name() })}
          onClick={() => props.onRemove()}
        >
          <X />
        </IconButton>
      </span>
    </li>
  )
}

const isPicture = ({ type, state }: Upload): boolean =>
  state.type === 'done' ? state.file.kind === 'image' : type.startsWith('image/')

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, at) => id === b[at])
