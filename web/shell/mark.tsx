/** Parley's mark: one speech bubble in persimmon. */
export function Mark(props: { size: number }) {
  return (
    <svg class="mark" width={props.size} height={props.size} viewBox="0 0 64 64" aria-hidden="true">
      <path d="M18 6h28a14 14 0 0 1 14 14v14a14 14 0 0 1-14 14H30L14 60V47A14 14 0 0 1 4 34V20A14 14 0 0 1 18 6Z" />
    </svg>
  )
}
