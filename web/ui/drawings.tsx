import { Match, Switch } from 'solid-js'

export type DrawingName = 'rooms' | 'chats' | 'people' | 'search' | 'lost'

/** Small line drawings for empty places: ink lines, one touch of the accent. */
export function Drawing(props: { name: DrawingName }) {
  return (
    <svg class="drawing" viewBox="0 0 120 80" fill="none" aria-hidden="true">
      <Switch>
        <Match when={props.name === 'chats'}>
          <path d="M24 18h50a8 8 0 0 1 8 8v14a8 8 0 0 1-8 8H44L32 58V48h-8a8 8 0 0 1-8-8V26a8 8 0 0 1 8-8Z" />
          <path class="drawing-accent" d="M28 29h34M28 37h20" />
          <path d="M90 34h6a8 8 0 0 1 8 8v12a8 8 0 0 1-8 8h-4v8l-10-8H66a8 8 0 0 1-6-3" />
        </Match>
        <Match when={props.name === 'rooms'}>
          <path d="M14 68h92M32 68V20a4 4 0 0 1 4-4h48a4 4 0 0 1 4 4v48" />
          <path class="drawing-accent" d="M46 68V30l24-6v44" />
          <path d="M64 45v4M76 68V30" />
        </Match>
        <Match when={props.name === 'people'}>
          <circle cx="44" cy="30" r="11" />
          <path d="M22 66c2-13 10-19 22-19s20 6 22 19" />
          <circle class="drawing-accent" cx="80" cy="35" r="8" />
          <path class="drawing-accent" d="M74 50c2-1 4-1 6-1 9 0 15 5 17 15" />
        </Match>
        <Match when={props.name === 'search'}>
          <circle cx="54" cy="36" r="20" />
          <path d="m69 51 18 18" />
          <path class="drawing-accent" d="M45 32h18M45 40h10" />
        </Match>
        <Match when={props.name === 'lost'}>
          <path d="M12 60c10-8 18-8 28 0s18 8 28 0 18-8 28 0c5 4 9 5 12 5" />
          <path d="m38 46 8-14h30l8 14" />
          <path class="drawing-accent" d="M61 32V12l16 8-16 6" />
        </Match>
      </Switch>
    </svg>
  )
}
