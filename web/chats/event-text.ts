import type { SystemEvent } from '../../src/protocol/chats.ts'
import { t } from '../i18n/t.ts'

/** What a system chat says; `name` is who did it. */
export function eventText(event: SystemEvent, name: string): string {
  switch (event.type) {
    case 'created':
    case 'joined':
    case 'archived':
    case 'unarchived':
      return t(`chats.${event.type}`, { name })
    case 'left':
      return t('chats.leftRoom', { name })
    case 'added':
    case 'removed':
      return t(`chats.${event.type}`, { name, user: event.user.name })
    case 'role_changed': {
      const keys = { owner: 'madeOwner', admin: 'madeAdmin', member: 'madeMember' } as const
      return t(`chats.${keys[event.role]}`, { name, user: event.user.name })
    }
    case 'renamed':
      return t('chats.renamed', { name, from: event.from, to: event.to })
    case 'topic_changed':
      return event.topic
        ? t('chats.topicSet', { name, topic: event.topic })
        : t('chats.topicCleared', { name })
  }
  return event satisfies never
}
