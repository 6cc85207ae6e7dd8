import { lazy, Show, Suspense } from 'solid-js'
import type { AskedFor } from './create-chat-actions.ts'
import { DeleteDialog } from './delete-dialog.tsx'

const EditsDialog = lazy(() => import('./edits-dialog.tsx'))

/** What the actions of a list of chats ask or show. `room` is its name. */
export function ChatDialogs(props: { asked: AskedFor; room: string }) {
  return (
    <>
      <DeleteDialog
        chat={props.asked.deleting()}
        room={props.room}
        onClose={() => props.asked.close()}
      />
      <Suspense>
        <Show when={props.asked.history()}>
          {(chat) => <EditsDialog chat={chat()} onClose={() => props.asked.close()} />}
        </Show>
      </Suspense>
    </>
  )
}
