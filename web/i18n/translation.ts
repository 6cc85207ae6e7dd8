import type { en } from './en.ts'

type English = typeof en

/** An area's texts in another language: each key, and of each plural all forms that the language has. */
export type Translation<Area extends keyof English, Forms extends Intl.LDMLPluralRule> = {
  readonly [Name in keyof English[Area]]: English[Area][Name] extends string
    ? string
    : Readonly<Record<Forms, string>>
}

/** German tells one from many. */
export type German<Area extends keyof English> = Translation<Area, 'one' | 'other'>

/** Arabic has a form of its own for none, one, two, a few (3–10, 103–110 …), many (11–99, 111 …) and the rest. */
export type Arabic<Area extends keyof English> = Translation<
  Area,
  'zero' | 'one' | 'two' | 'few' | 'many' | 'other'
>

export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string }

/** The whole table of a language, as `t` reads it. */
export type Texts = {
  readonly [Area in keyof English]: Readonly<
    Record<Extract<keyof English[Area], string>, string | Plural>
  >
}
