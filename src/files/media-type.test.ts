import { expect, test } from 'bun:test'
import { mediaOf } from './media-type.ts'

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0))
const ftyp = (brand: string, ...others: string[]): string =>
  `\0\0\0${String.fromCharCode(16 + 4 * others.length)}ftyp${brand}\0\0\0\0${others.join('')}moov`

test.each([
  ['\xFF\xD8\xFF\xE0', 'image', 'image/jpeg'],
  ['\x89PNG\r\n\x1A\n', 'image', 'image/png'],
  ['GIF89a', 'image', 'image/gif'],
  ['RIFF\0\0\0\0WEBPVP8 ', 'image', 'image/webp'],
  [ftyp('avif'), 'image', 'image/avif'],
  [ftyp('isom', 'isom', 'avc1'), 'video', 'video/mp4'],
  [ftyp('mp42', 'M4A '), 'audio', 'audio/mp4'],
  [ftyp('M4A '), 'audio', 'audio/mp4'],
  [ftyp('qt  '), 'video', 'video/quicktime'],
  [ftyp('heic'), 'file', 'application/octet-stream'],
  ['\x1A\x45\xDF\xA3\x9F\x42\x86\x81\x01\x42\x82\x84webm', 'video', 'video/webm'],
  ['\x1A\x45\xDF\xA3\x9F\x42\x86\x81\x01\x42\x82\x88matroska', 'file', 'application/octet-stream'],
  [`OggS${'\0'.repeat(24)}\x01vorbis`, 'audio', 'audio/ogg'],
  [`OggS${'\0'.repeat(24)}\x80theora`, 'video', 'video/ogg'],
  ['ID3\x04', 'audio', 'audio/mpeg'],
  ['\xFF\xFB\x90\x00', 'audio', 'audio/mpeg'],
  ['\xFF\xF1\x50\x80', 'audio', 'audio/aac'],
  ['RIFF\0\0\0\0WAVEfmt ', 'audio', 'audio/wav'],
  ['fLaC', 'audio', 'audio/flac'],
  ['%PDF-1.7', 'file', 'application/pdf'],
  ['PK\x03\x04', 'file', 'application/zip'],
  ['plain words', 'file', 'text/plain'],
  ['', 'file', 'text/plain'],
  ['\xFF\xFEw\0o\0', 'file', 'application/octet-stream'],
  ['MZ\x90\0', 'file', 'application/octet-stream'],
])('security 50: %j is %s, %s', (head, kind, type) => {
  expect(mediaOf(bytes(head), 'name')).toEqual({ kind, type } as ReturnType<typeof mediaOf>)
})

test('a text cut in the middle of a character is a text', () => {
  expect(mediaOf(new TextEncoder().encode('für ü').subarray(0, -1), 'a.txt').type).toBe(
    'text/plain',
  )
})

test.each(['a.html', 'a.SVG', 'a.xml', 'a.xhtml', 'a.js', 'a.mht'])(
  'security 50: %s is of no type whatever is in it',
  (name) => {
    for (const head of ['plain', ftyp('isom'), '%PDF-1.7', '\x89PNG\r\n\x1A\n']) {
      expect(mediaOf(bytes(head), name)).toEqual({ kind: 'file', type: 'application/octet-stream' })
    }
  },
)

test.each(['<!DOCTYPE html>', '<HTML>', '<script >', '<svg', '<iframe'])(
  'security 50: with %s in its beginning nothing is shown',
  (markup) => {
    for (const head of ['', ftyp('isom'), 'ID3\x04', '%PDF-1.7']) {
      expect(mediaOf(bytes(`${head}  ${markup}`), 'a').type).toBe('application/octet-stream')
    }
  },
)
