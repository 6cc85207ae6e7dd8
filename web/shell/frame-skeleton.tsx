import { t } from '../i18n/t.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import './frame.css'
import './sidebar.css'

/** The frame before it is known who looks at it: its shape, nothing to read. */
export function FrameSkeleton(props: { label: string }) {
  return (
    <div class="frame frame-home">
      <div class="sidebar">
        <div class="sidebar-head" />
        <Skeleton label={props.label} rows={6} />
      </div>
      <div class="frame-main" />
    </div>
  )
}

export function PageSkeleton() {
  return (
    <div class="page-skeleton">
      <Skeleton label={t('common.loading')} rows={8} />
    </div>
  )
}
