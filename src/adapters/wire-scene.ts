import { signUp, WireSocket, type Cast, type WireServer } from './testing.ts'

/** A server and three people, with what the wire suites do again and again. */
export class WireScene {
  server!: WireServer
  ada!: Cast
  grace!: Cast
  mallory!: Cast
  #rooms = 0

  async set(server: WireServer): Promise<void> {
    this.server = server
    this.ada = await signUp(server.url, 'Ada')
    this.grace = await signUp(server.url, 'Grace')
    this.mallory = await signUp(server.url, 'Mallory')
  }

  /** A room of Ada's with `others` in it. */
  async makeRoom(kind: 'public' | 'private' = 'private', ...others: Cast[]): Promise<string> {
    this.#rooms += 1
    const answer = await this.ada.request('POST', '/api/rooms', {
      name: `Room ${this.#rooms}`,
      kind,
    })
    const { id } = answer.body['room'] as { id: string }
    for (const { me } of others) {
      await this.ada.request('POST', `/api/rooms/${id}/members`, { userId: me.id })
    }
    return id
  }

  async enter(person: Cast, roomId: string, after?: number): Promise<WireSocket> {
    const socket = await WireSocket.signedIn(this.server.url, person)
    socket.send({ type: 'join_room', roomId, after })
    await socket.next('joined')
    return socket
  }
}
