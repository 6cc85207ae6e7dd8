import { fileURLToPath } from 'node:url'

/**
 * For vite-plugin-solid: `solid({ solid: solidOptions })`. Both keep the page inside its CSP, in
 * our components and in packages that ship JSX.
 */
export const solidOptions = {
  /** Templates pass through the one Trusted Types policy. */
  moduleName: fileURLToPath(new URL('trusted-types.ts', import.meta.url)),
  /** Static styles are set on the element; as an attribute in a template, `style-src 'self'` drops them. */
  inlineStyles: false,
}
