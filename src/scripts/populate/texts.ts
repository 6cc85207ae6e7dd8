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
