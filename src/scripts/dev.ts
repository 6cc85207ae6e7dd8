import { createServer } from 'vite'
import { join } from 'node:path'
import { root } from './commands.ts'

/**
 * Parley for those who change it, at one address: Vite with hot reload in front, and behind it the
 * server, which starts again when its code changes.
 */
const port = Number(process.env['PORT'] ?? 3000)
const backPort = freePort()
const back = `http://127.0.0.1:${backPort}`

const vite = await createServer({
  configFile: join(root, 'web/vite.config.ts'),
  server: {
    port,
    strictPort: true,
    // The client's own files have names such as api.ts: a plain prefix would catch them.
    proxy: {
      // With the host that the browser asked, by which the server knows its own pages.
      '^/(api/|healthz$|readyz$|metrics$)': { target: back, changeOrigin: false },
      '^/ws(\\?|$)': { target: back, ws: true },
    },
  },
})

const server = Bun.spawn(
  [process.execPath, '--watch', 'src/main.ts', '--without-web', '--unannounced'],
  {
    cwd: root,
    env: { ...process.env, HOST: '127.0.0.1', PORT: String(backPort) },
    // Ctrl+C comes to this process alone, and by it to the server once.
    detached: true,
    stdin: 'ignore',
    stdout: 'inherit',
    stderr: 'inherit',
  },
)

// Vite's own handler would end this process before the server has.
process.removeAllListeners('SIGTERM')
const end = async (code: number): Promise<never> => {
  server.kill('SIGTERM')
  await vite.close()
  await server.exited
  process.exit(code)
}
process.on('SIGINT', () => void end(0))
process.on('SIGTERM', () => void end(0))
process.on('exit', () => server.kill('SIGKILL'))
void server.exited.then((code) => end(code))

try {
  await vite.listen()
  console.log(`Parley, for development, is at http://localhost:${port}`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  await end(1)
}

function freePort(): number {
  const probe = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Response() })
  const { port: free = 0 } = probe
  void probe.stop(true)
  return free
}
