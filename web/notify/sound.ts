/** Two soft notes, a fourth apart, in Hz and seconds. */
const notes = [
  { pitch: 587.33, at: 0, length: 0.16 },
  { pitch: 783.99, at: 0.09, length: 0.26 },
] as const
const loudness = 0.09

let context: AudioContext | undefined

/**
 * Plays the sound of a notification, made on the spot: no file to load. A browser keeps a page
 * silent that nobody has touched yet; then nothing is heard, and nothing is owed later.
 */
export async function playSound(): Promise<void> {
  context ??= new AudioContext()
  if (context.state === 'suspended') await Promise.race([context.resume(), soon()])
  if (context.state !== 'running') return
  const now = context.currentTime
  for (const { pitch, at, length } of notes) {
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.type = 'sine'
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(0, now + at)
    volume.gain.linearRampToValueAtTime(loudness, now + at + 0.012)
    volume.gain.exponentialRampToValueAtTime(0.0001, now + at + length)
    tone.connect(volume).connect(context.destination)
    tone.start(now + at)
    tone.stop(now + at + length)
  }
}

/** `resume` of a page that was not touched yet waits for the touch, however late. */
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 200))
