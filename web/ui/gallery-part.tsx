import type { JSX } from 'solid-js'

export function Part(props: { title: string; children: JSX.Element }) {
  return (
    <section class="gallery-part">
      <h2>{props.title}</h2>
      {props.children}
    </section>
  )
}
