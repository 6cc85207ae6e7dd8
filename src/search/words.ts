/** One word of a text, folded, at `from` to `to` of it. Places count words; a phrase's are neighbours. */
export interface Word {
  word: string
  from: number
  to: number
  place: number
  /**
   * How it came about: `word` a run of letters and digits; `pair` two neighbours of a script that
   * writes without spaces; `single` the last of such a run; `sign` an emoji.
   */
  kind: 'word' | 'pair' | 'single' | 'sign'
}

/** Longer runs are cut, and characters under heaps of marks: Postgres takes words of 2,046 bytes. */
const maxUnits = 64
const maxMarks = 8

/** Letters whose plain form no decomposition tells. */
const plain: Record<string, string> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ς: 'σ',
  ى: 'ي',
  ة: 'ه',
  ـ: '',
}
/** Accents of Latin, Greek and Cyrillic, and the points of Hebrew and Arabic. Elsewhere marks are letters. */
const accents =
  /[\u0300-\u036F\u0591-\u05C7\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED\uFE00-\uFE0F\u200B-\u200F]/g
const unspaced =
  /^(?=[\p{L}\p{N}\p{M}])[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const sign = /^\p{Extended_Pictographic}/u
/** A syllable of Hangul as some systems take it apart, or a character with its marks. */
const cluster = /[\u1100-\u115F][\u1160-\u11A7][\u11A8-\u11FF]?|\P{M}[\p{M}\uFF9E\uFF9F]*|\p{M}+/gu
const notLetters = /[^\p{L}\p{N}\p{M}]+/gu

interface Unit {
  text: string
  from: number
  to: number
}

/**
 * The words of a text as the index knows them: case, accents and width folded, in any script.
 * Scripts that write without spaces become pairs of neighbours, so that any part of a run is found.
 */
export function wordsIn(text: string): Word[] {
  const words: Word[] = []
  let run: Unit[] = []
  let kind: 'word' | 'unspaced' = 'word'
  let place = 0
  const add = (word: string, from: number, to: number, as: Word['kind']) =>
    words.push({ word, from, to, place: (place += 1), kind: as })

  const endRun = () => {
    for (let start = 0; start < run.length; start += maxUnits) {
      const units = run.slice(start, start + maxUnits)
      const [first, last] = [units[0], units.at(-1)]
      if (first && last && kind === 'word')
        add(units.map((unit) => unit.text).join(''), first.from, last.to, 'word')
      else
        units.forEach((unit, at) => {
          const next = units[at + 1]
          if (next) add(unit.text + next.text, unit.from, next.to, 'pair')
          else add(unit.text, unit.from, unit.to, 'single')
        })
    }
    run = []
  }

  if (/^\p{ASCII}*$/u.test(text)) {
    for (const match of text.matchAll(/[A-Za-z0-9]+/g)) {
      for (let at = 0; at < match[0].length; at += maxUnits) {
        const part = match[0].slice(at, at + maxUnits)
        add(part.toLowerCase(), match.index + at, match.index + at + part.length, 'word')
      }
    }
    return words
  }
  for (const match of text.matchAll(cluster)) {
    const [from, to] = [match.index, match.index + match[0].length]
    const folded = foldCluster(match[0])
    if (folded === '') {
      // What is taken out of a word (a soft mark, a stretch) does not end it.
      if (!/^[\u0640\u00AD\p{Cf}\p{M}]+$/u.test(match[0])) {
        endRun()
        const shown = sign.exec(match[0])?.[0]
        if (shown !== undefined) add(shown, from, to, 'sign')
      }
      continue
    }
    const next = unspaced.test(folded) ? 'unspaced' : 'word'
    if (next !== kind) endRun()
    kind = next
    run.push({ text: folded, from, to })
  }
  endRun()
  return words
}

/** A character with its marks as the index knows it; empty when it is no letter and no digit. */
function foldCluster(text: string): string {
  if (text.length === 1 && text <= '\x7F') return /[a-z0-9]/i.test(text) ? text.toLowerCase() : ''
  const folded = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(accents, '')
    .normalize('NFKC')
    .replace(notLetters, '')
  return Array.from(folded, (letter) => plain[letter] ?? letter)
    .slice(0, maxMarks)
    .join('')
}
