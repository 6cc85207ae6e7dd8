import type { JSX } from 'solid-js'
import { BackLink } from '../rooms/back-link.tsx'
import { setPageTitle } from '../shell/page-title.ts'
import { Pane } from '../ui/pane.tsx'
import '../rooms/room-panel.css'

/** A page that is one list of chats. */
export function ListPage(props: { title: string; children: JSX.Element }) {
  setPageTitle(() => props.title)
  return (
    <div class="page">
      <header class="page-head">
        <BackLink />
        <h1>{props.title}</h1>
      </header>
      <Pane label={props.title} class="page-body">
        <div class="page-column">{props.children}</div>
      </Pane>
    </div>
  )
}
