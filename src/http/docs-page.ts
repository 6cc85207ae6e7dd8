import { html } from 'hono/html'
import { exampleOf } from './docs-example.ts'
import { operationsOf } from './openapi.ts'
import type { ListedOperation, OpenApi, Operation } from './openapi.ts'

/** The API as one page of plain HTML: it needs no script, so the content policy has nothing to allow. */
export function docsPage(document: OpenApi) {
  const operations = operationsOf(document)
  const tags = [...new Set(operations.map(tagOf))]
  const of = (tag: string) => operations.filter((listed) => tagOf(listed) === tag)
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>Parley API</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/api/docs/style.css" />
      </head>
      <body>
        <header>
          <h1>Parley API</h1>
          <p>${codes(document.info.description)}</p>
          <p>The same for machines: <a href="/api/openapi.json">openapi.json</a></p>
        </header>
        <nav aria-label="Routes">
          ${tags.map(
            (tag) =>
              html`<h2>${tag}</h2>
                <ul>
                  ${of(tag).map(link)}
                </ul>`,
          )}
        </nav>
        <main>
          ${tags.map(
            (tag) =>
              html`<section aria-label="${tag}">
                <h2>${tag}</h2>
                ${of(tag).map((listed) => article(listed, document))}
              </section>`,
          )}
        </main>
      </body>
    </html>`
}

const tagOf = ({ operation }: ListedOperation): string => operation.tags?.[0] ?? 'Other'

const anchorOf = ({ operation }: ListedOperation): string => String(operation.operationId)

const link = (listed: ListedOperation) =>
  html`<li>
    <a href="#${anchorOf(listed)}"
      ><b>${listed.method.toUpperCase()}</b> ${listed.path.replace(/^\/api/, '')}</a
    >
  </li>`

function article(listed: ListedOperation, document: OpenApi) {
  const { method, path, operation } = listed
  const body = bodyOf(operation)
  return html`<article id="${anchorOf(listed)}">
    <h3><b>${method.toUpperCase()}</b> ${path}</h3>
    <p>${operation.summary}</p>
    ${parameters(operation)} ${body ? shape('Body', body, document) : ''}
    ${answers(operation, document)}
    <h4>Try it</h4>
    ${code(`curl of ${method} ${path}`, curlOf(listed, document))}
  </article>`
}

function parameters({ parameters: all = [] }: Operation) {
  const named = all.filter((parameter) => 'name' in parameter)
  if (named.length === 0) return ''
  return html`<h4>Parameters</h4>
    <ul>
      ${named.map(
        ({ name, in: where, required }) =>
          html`<li><code>${name}</code> in the ${where}${required ? '' : ', not required'}</li>`,
      )}
    </ul>`
}

const answers = ({ responses }: Operation, document: OpenApi) =>
  html`<h4>Answers</h4>
    <dl>
      ${Object.entries(responses ?? {}).map(([status, response]) => {
        const description = 'description' in response ? response.description : ''
        const schema = 'content' in response ? response.content?.['application/json']?.schema : null
        return html`<dt>${status}</dt>
          <dd>
            ${description} ${schema && status < '300' ? shape('Looks like', schema, document) : ''}
          </dd>`
      })}
    </dl>`

const bodyOf = ({ requestBody }: Operation): unknown =>
  requestBody && 'content' in requestBody
    ? requestBody.content['application/json']?.schema
    : undefined

const shape = (title: string, schema: unknown, document: OpenApi) =>
  html`<h4>${title}</h4>
    ${code(title, JSON.stringify(exampleOf(schema, document), null, 2))}`

/** Reached by Tab, so that what is too wide can be scrolled with the keyboard. */
const code = (label: string, text: string) =>
  html`<pre tabindex="0" role="group" aria-label="${label}"><code>${text}</code></pre>`

const codes = (line: string) =>
  line.split('`').map((part, index) => (index % 2 ? html`<code>${part}</code>` : part))

function curlOf({ method, path, operation }: ListedOperation, document: OpenApi): string {
  const body = bodyOf(operation)
  const parts = [
    `curl -X ${method.toUpperCase()} "$PARLEY${path.replace(/\{(\w+)\}/g, '$$$1')}"`,
    ...(operation.security?.length ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...(body
      ? [
          '-H "Content-Type: application/json"',
          `-d '${JSON.stringify(exampleOf(body, document)).replaceAll("'", String.raw`'\''`)}'`,
        ]
      : []),
  ]
  return parts.join(' \\\n  ')
}
