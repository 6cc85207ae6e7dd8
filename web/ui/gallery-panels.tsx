import { createSignal, For } from 'solid-js'
import { Avatar, GroupAvatar, type AvatarSize } from './avatar.tsx'
import { Badge } from './badge.tsx'
import { Banner } from './banner.tsx'
import { Button, IconButton } from './button.tsx'
import { ConfirmDialog, Dialog } from './dialog.tsx'
import type { DrawingName } from './drawings.tsx'
import { Part } from './gallery-part.tsx'
import { Copy, Ellipsis, Pencil, Trash, WifiOff } from './icons.ts'
import { Menu, type MenuItem } from './menu.tsx'
import { Popover } from './popover.tsx'
import { Skeleton } from './skeleton.tsx'
import { EmptyState, ErrorState } from './states.tsx'
import { TextField } from './text-field.tsx'
import { ToastRegion } from './toast-region.tsx'
import { makeToasts } from './toasts.ts'

const names = 'Ada Lovelace,Grace Hopper,Alan Turing,李小龙,Katherine Johnson,Éva Tardos,Ömer Ünal,'
  .concat('Barbara Liskov,Linus,Radia Perlman,Margaret Hamilton,Frances Allen')
  .split(',')
const people = names.map((name, avatarColor) => ({ name, avatarColor }))
const sizes: AvatarSize[] = [20, 28, 36, 48, 64]
const drawings: DrawingName[] = ['rooms', 'chats', 'people', 'search', 'lost']

export function GalleryPanels() {
  return (
    <>
      <Part title="Panels">
        <Panels />
      </Part>
      <Part title="People">
        <People />
      </Part>
      <Part title="States">
        <States />
      </Part>
    </>
  )
}

function Panels() {
  const [open, setOpen] = createSignal<'dialog' | 'confirm'>()
  const toasts = makeToasts()
  const close = () => setOpen(undefined)
  const undo = { label: 'Undo', run: () => toasts.show('Restored') }
  const items: MenuItem[] = [
    { type: 'action', label: 'Edit', keys: 'E', icon: () => <Pencil />, onChoose: close },
    { type: 'action', label: 'Copy link', keys: 'C', icon: () => <Copy />, onChoose: close },
    { type: 'action', label: 'Pin', disabled: true, onChoose: close },
    { type: 'separator' },
    { type: 'heading', label: 'Notify me of' },
    { type: 'action', label: 'Everything', checked: true, onChoose: close },
    { type: 'action', label: 'Mentions', checked: false, onChoose: close },
    { type: 'separator' },
    {
      type: 'action',
      label: 'Delete for everyone',
      danger: true,
      icon: () => <Trash />,
      onChoose: () => setOpen('confirm'),
    },
  ]
  return (
    <div class="gallery-row">
      <Button onClick={() => setOpen('dialog')}>Open dialog</Button>
      <Button onClick={() => setOpen('confirm')}>Open confirm</Button>
      <Menu
        label="Chat"
        items={items}
        trigger={(props) => (
          <IconButton {...props} label="More">
            <Ellipsis />
          </IconButton>
        )}
      />
      <Popover label="Ada Lovelace" trigger={(props) => <Button {...props}>Open card</Button>}>
        {(done) => (
          <div class="gallery-row">
            <Avatar person={people[0] ?? { name: '', avatarColor: 0 }} size={48} />
            <Button onClick={done}>Message</Button>
          </div>
        )}
      </Popover>
      <Button onClick={() => toasts.show('Everything marked as read', { action: undo })}>
        Show toast
      </Button>
      <Button onClick={() => toasts.show('The chat was not deleted', { kind: 'failed' })}>
        Show failure
      </Button>
      <Dialog
        isOpen={open() === 'dialog'}
        onClose={close}
        title="Create a room"
        closeLabel="Close"
        actions={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button kind="primary" onClick={close}>
              Create room
            </Button>
          </>
        }
      >
        <TextField label="Name" autofocus />
        <TextField label="Topic" hint="What is it for?" />
      </Dialog>
      <ConfirmDialog
        isOpen={open() === 'confirm'}
        onClose={close}
        onConfirm={close}
        title="Delete this chat?"
        closeLabel="Close"
        cancelLabel="Keep it"
        confirmLabel="Delete for everyone"
      >
        <p>“See you at ten” goes away for all 14 people in Design. It can't be brought back.</p>
      </ConfirmDialog>
      <ToastRegion toasts={toasts} label="Notices" dismissLabel="Dismiss" />
    </div>
  )
}

function People() {
  const online = { status: 'online', label: 'Online' } as const
  const away = { status: 'away', label: 'Away' } as const
  return (
    <>
      <div class="gallery-row">
        <For each={people}>{(person) => <Avatar person={person} />}</For>
      </div>
      <div class="gallery-row">
        <For each={sizes}>
          {(size, index) => (
            <>
              <Avatar
                person={people[index()] ?? { name: '', avatarColor: 0 }}
                size={size}
                presence={index() % 2 === 0 ? online : away}
              />
              <GroupAvatar people={people.slice(index(), index() + 5)} size={size} />
            </>
          )}
        </For>
      </div>
      <div class="gallery-row">
        <Badge kind="accent" label="3 mentions">
          3
        </Badge>
        <Badge kind="accent">99+</Badge>
        <Badge>Owner</Badge>
        <Badge>Bot</Badge>
      </div>
    </>
  )
}

function States() {
  return (
    <>
      <Banner
        kind="warn"
        icon={<WifiOff />}
        aside="Trying again in 8 s"
        action={
          <Button kind="bare" small>
            Try now
          </Button>
        }
      >
        You are offline. What you write is kept and sent later.
      </Banner>
      <Banner kind="ok">Back online.</Banner>
      <Banner
        action={
          <Button kind="bare" small>
            Reload
          </Button>
        }
      >
        A new version is ready.
      </Banner>
      <Banner kind="danger">You were signed out elsewhere.</Banner>
      <div class="gallery-grid">
        <Skeleton label="Loading chats" look="chats" rows={3} />
        <Skeleton label="Loading rooms" />
        <ErrorState title="The chats did not load" retryLabel="Try again" onRetry={() => undefined}>
          Check the connection and try again.
        </ErrorState>
        <For each={drawings}>
          {(drawing) => (
            <EmptyState
              drawing={drawing}
              title="No rooms yet"
              action={<Button kind="primary">Create room</Button>}
            >
              A room is where a group talks about one thing.
            </EmptyState>
          )}
        </For>
      </div>
    </>
  )
}
