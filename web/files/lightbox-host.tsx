import { lazy, Show, Suspense } from 'solid-js'
import { closeLightbox, shownLarge } from './open-lightbox.ts'

const Lightbox = lazy(() => import('./lightbox.tsx'))

/** Mounted once: the picture that is shown large, if one is. */
export function LightboxHost() {
  return (
    <Suspense>
      <Show when={shownLarge()} keyed>
        {(shown) => <Lightbox files={shown.files} at={shown.at} onClose={closeLightbox} />}
      </Show>
    </Suspense>
  )
}
