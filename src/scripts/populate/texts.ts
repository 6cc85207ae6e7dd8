/** Parts that make a chat: an opening, a middle, an end; 2,000 different ones or so. */
export const openings = [
  '',
  '',
  'Good morning! ',
  'Quick question: ',
  'Heads up: ',
  'Fine by me, ',
  'Thanks, ',
  'Hm, ',
  'One thing: ',
  'As promised, ',
]

export const middles = [
  'the build is green again',
  'I moved the meeting to three',
  'who can look at the new sign-in page',
  'the customer in Lisbon is happy with the fix',
  'I wrote down what we decided yesterday',
  'the backup ran through in `4m 12s`',
  'lunch at the usual place',
  'the numbers of last week are in the sheet',
  'I will be a bit late today',
  'the second draft is **much** better',
  'we should not ship that on a Friday',
  'the queue was empty all night',
  'somebody left their bike in the hall',
  'the test fails only on my machine',
  'the new colours are easier to read at night',
  'I can take that over until Monday',
  'the release notes need one more pair of eyes',
  'it works on the phone now, try it',
  'the old server can go, nobody uses it',
  'there is cake in the kitchen',
]

export const ends = ['', '.', '!', ', what do you think?', ' :)', '. More after lunch.', ' – done.']

/** Chats that are more than a line. */
export const wholes = [
  '```ts\nexport function isQuiet(room: Room): boolean {\n  return room.lastChatAt < Date.now() - 3_600_000\n}\n```',
  'To do before Friday:\n- [x] the migration\n- [x] tell support\n- [ ] the **release notes**\n- [ ] cake',
  '> we should not ship that on a Friday\n\nAgreed. Monday at nine, then nobody has to stay up, and if it goes wrong there is a whole week to put it right.',
  'The whole story, for those who were not there: the customer in Lisbon wrote that the export stops at the second page, we looked at the wrong server for an hour, and then somebody saw that the disk of the *other* one was full. It is empty now, the export runs, and there is an alert at 80 %.',
  '| what | before | now |\n| --- | --- | --- |\n| start | 1.2 s | 0.7 s |\n| memory | 140 MB | 96 MB |',
  'See https://example.com/notes/2026/autumn for the details, and `bun run bench` for the figures.',
  '1. pull\n2. `bun install`\n3. start it again\n\nThat is all.',
  '🎉🎉🎉',
]

/** What chats are reacted to with. */
export const reactions = ['👍', '❤️', '😂', '🎉', '👀', '🙏', '🚀', '✅', '🤔', '😮']
