import type { Arabic } from '../translation.ts'

export const catchUp = {
  title: 'ما فاتني',
  list: 'ما لم تقرأه',
  left: {
    zero: 'لم يبقَ شيء',
    one: 'بقي واحد',
    two: 'بقي اثنان',
    few: 'بقي {count}',
    many: 'بقي {count}',
    other: 'بقي {count}',
  },
  allRead: 'تعليم الكل كمقروء',
  allDone: {
    zero: 'لم يُعلَّم شيء كمقروء',
    one: 'عُلّم واحد كمقروء',
    two: 'عُلّم اثنان كمقروءين',
    few: 'عُلّمت {count} كمقروءة',
    many: 'عُلّم {count} كمقروء',
    other: 'عُلّم {count} كمقروء',
  },
  keys: 'J و K أو الأسهم للتنقل، Enter للفتح، E للتعليم كمقروء، U للاستعادة.',
  thread: 'سلسلة في {room}',
  more: 'والمزيد',
  linesFailed: 'تعذّر تحميل السطور الأولى.',
  onlyMarks: 'لا جديد للقراءة: تغييرات فقط.',
  open: 'فتح',
  markRead: 'تعليم كمقروء',
  read: 'مقروء',
  finished: 'قرأت كل شيء',
  finishedText: 'ما يأتي بعد ذلك يظهر هنا.',
  finishedKeys: 'بالمفاتيح \u2066Alt+Shift+↓\u2069 تنتقل من غرفة غير مقروءة إلى التالية.',
} satisfies Arabic<'catchUp'>
