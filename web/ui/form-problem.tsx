import { Show } from 'solid-js'
import './form-problem.css'

/** What a whole form's request was refused for; errors of one field stand at the field. */
export function FormProblem(props: { text: string | undefined }) {
  return (
    <Show when={props.text}>
      <p class="form-problem" role="alert">
        {props.text}
      </p>
    </Show>
  )
}
