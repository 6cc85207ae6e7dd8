import type { JSX } from 'solid-js'
import { t } from '../i18n/t.ts'
import { Mark } from '../shell/mark.tsx'
import { showPageTitle } from '../shell/page-title.ts'
import { AuthLanguages } from './auth-languages.tsx'
import './auth.css'

/** The card that sign-in and sign-up share. */
export function AuthFrame(props: { title: string; children: JSX.Element }) {
  showPageTitle(() => 0)
  return (
    <main class="auth">
      <div class="auth-card">
        <header class="auth-head">
          <Mark size={40} />
          <h1>{props.title}</h1>
          <p>{t('auth.tagline')}</p>
        </header>
        {props.children}
        <AuthLanguages />
      </div>
    </main>
  )
}
