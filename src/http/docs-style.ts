/** Of the docs page. Pairs of colours are AA in both schemes. */
export const docsStyle = `
:root {
  color-scheme: light dark;
  --paper: light-dark(oklch(0.992 0.003 80), oklch(0.205 0.006 70));
  --sunk: light-dark(oklch(0.968 0.006 80), oklch(0.17 0.006 70));
  --ink: light-dark(oklch(0.24 0.01 60), oklch(0.94 0.006 80));
  --soft: light-dark(oklch(0.44 0.012 60), oklch(0.78 0.008 80));
  --line: light-dark(oklch(0.91 0.006 80), oklch(0.29 0.008 70));
  --accent: light-dark(oklch(0.49 0.155 38), oklch(0.76 0.13 45));
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 6rem; max-width: 75rem;
  display: grid; gap: 1rem 3rem; grid-template-columns: 17rem minmax(0, 1fr);
  grid-template-areas: 'head head' 'nav main';
  background: var(--paper); color: var(--ink);
  font: 1rem/1.55 'Inter Variable', system-ui, sans-serif;
}
header { grid-area: head; max-width: 44rem; }
nav { grid-area: nav; position: sticky; top: 1rem; align-self: start; max-height: calc(100vh - 2rem); overflow: auto; font-size: 0.8125rem; }
main { grid-area: main; }
h1 { font-size: 1.75rem; margin: 0; }
h2 { font-size: 1.25rem; margin: 2rem 0 0.5rem; }
nav h2 { font-size: 0.8125rem; color: var(--soft); margin: 1rem 0 0.25rem; }
h3 { font: 600 1rem/1.4 'JetBrains Mono', ui-monospace, monospace; margin: 0; overflow-wrap: anywhere; }
h4 { font-size: 0.8125rem; color: var(--soft); margin: 1rem 0 0.25rem; }
h3 b, nav b { color: var(--accent); font-weight: 600; }
ul { margin: 0; padding-left: 1.25rem; }
nav ul { list-style: none; padding: 0; }
a { color: var(--accent); }
nav a { color: inherit; text-decoration: none; overflow-wrap: anywhere; }
nav a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
article { border-top: 1px solid var(--line); padding: 1.25rem 0; scroll-margin-top: 1rem; }
article:target h3 { text-decoration: underline; text-decoration-color: var(--accent); }
code, pre { font: 0.8125rem/1.5 'JetBrains Mono', ui-monospace, monospace; }
pre { background: var(--sunk); border: 1px solid var(--line); border-radius: 8px; padding: 0.75rem 1rem; margin: 0; overflow: auto; max-height: 22rem; }
dl { margin: 0; display: grid; grid-template-columns: 3rem minmax(0, 1fr); gap: 0.25rem 0.75rem; }
dt { font-variant-numeric: tabular-nums; font-weight: 600; }
dd { margin: 0; color: var(--soft); overflow-wrap: anywhere; }
dd pre { color: var(--ink); }
@media (max-width: 48rem) {
  body { grid-template-columns: minmax(0, 1fr); grid-template-areas: 'head' 'nav' 'main'; }
  nav { position: static; max-height: none; }
}
`
