import { render } from 'solid-js/web'
import { App } from './app.tsx'
import { startLanguage } from './i18n/language.ts'
import './styles/base.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
void startLanguage().then(() => render(() => <App />, root))
