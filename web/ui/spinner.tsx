import './spinner.css'

/** A turning ring. Whoever shows it says in words what is waited for. */
export function Spinner() {
  return <span class="spinner" aria-hidden="true" />
}
