import { For } from 'solid-js'
import './kbd.css'

/** Keys to press together, parted by spaces: `Ctrl Shift F`. */
export function Kbd(props: { keys: string }) {
  return (
    <span class="keys">
      <For each={props.keys.split(' ')}>{(key) => <kbd>{key}</kbd>}</For>
    </span>
  )
}
