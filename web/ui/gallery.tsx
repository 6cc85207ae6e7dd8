import { createSignal, For } from 'solid-js'
import { render } from 'solid-js/web'
import '../styles/base.css'
import './gallery.css'
import { Button, IconButton } from './button.tsx'
import { Checkbox, SegmentedControl, Select, Switch } from './choice.tsx'
import { GalleryChats } from './gallery-chats.tsx'
import { Part } from './gallery-part.tsx'
import { GalleryPanels } from './gallery-panels.tsx'
import { Monitor, Moon, Pencil, Plus, Settings, Sun, Trash } from './icons.ts'
import { Kbd } from './kbd.tsx'
import { Spinner } from './spinner.tsx'
import { PasswordField, TextArea, TextField } from './text-field.tsx'
import { createTheme } from './theme.ts'
import { Tooltip } from './tooltip.tsx'

/** Everything of the design system on one page, for eyes and for axe. The dev server alone has it. */
function Gallery() {
  return (
    <main class="gallery">
      <h1>Gallery</h1>
      <Themes />
      <Part title="Buttons">
        <Buttons />
      </Part>
      <Part title="Fields">
        <Fields />
      </Part>
      <GalleryPanels />
      <GalleryChats />
      <Tooltip />
    </main>
  )
}

function Themes() {
  const [theme, setTheme] = createTheme()
  return (
    <SegmentedControl
      label="Theme"
      value={theme()}
      onChoose={setTheme}
      options={[
        { value: 'light', label: 'Light', icon: <Sun /> },
        { value: 'dark', label: 'Dark', icon: <Moon /> },
        { value: 'system', label: 'System', icon: <Monitor /> },
      ]}
    />
  )
}

function Buttons() {
  const kinds = ['primary', 'quiet', 'danger', 'bare'] as const
  return (
    <>
      <For each={kinds}>
        {(kind) => (
          <div class="gallery-row">
            <Button kind={kind}>Create room</Button>
            <Button kind={kind}>
              <Plus /> Add people
            </Button>
            <Button kind={kind} small>
              Retry
            </Button>
            <Button kind={kind} disabled>
              Disabled
            </Button>
            <Button kind={kind} busy>
              Saving changes
            </Button>
          </div>
        )}
      </For>
      <div class="gallery-row">
        <IconButton label="Settings" keys="Ctrl ,">
          <Settings />
        </IconButton>
        <IconButton label="Edit" pressed>
          <Pencil />
        </IconButton>
        <IconButton label="Delete" kind="danger">
          <Trash />
        </IconButton>
        <IconButton label="New room" kind="primary">
          <Plus />
        </IconButton>
        <IconButton label="Edit small" small>
          <Pencil />
        </IconButton>
        <IconButton label="Busy" busy>
          <Pencil />
        </IconButton>
        <IconButton label="Disabled" disabled>
          <Pencil />
        </IconButton>
        <Spinner />
        <Kbd keys="Ctrl Shift F" />
      </div>
    </>
  )
}

function Fields() {
  const [isOn, setOn] = createSignal(true)
  const [role, setRole] = createSignal<'member' | 'admin'>('member')
  return (
    <div class="gallery-grid">
      <TextField
        label="Room name"
        hint="Letters and digits make its address."
        placeholder="Design"
      />
      <TextField label="Handle" value="ada l" error="Letters a–z, digits, and . _ - between them" />
      <TextField label="E-mail" value="ada@example.com" disabled />
      <PasswordField
        label="Password"
        showLabel="Show password"
        hideLabelText="Hide password"
        autocomplete="off"
        value="correct horse"
      />
      <TextArea label="Topic" hint="Shown at the top of the room." />
      <Select
        label="Role"
        value={role()}
        onChoose={setRole}
        options={[
          { value: 'member', label: 'Member' },
          { value: 'admin', label: 'Admin' },
        ]}
      />
      <div>
        <Checkbox label="Archive" checked={isOn()} onChange={setOn} hint="Nobody can write then." />
        <Checkbox label="Not this" checked={false} onChange={setOn} disabled />
      </div>
      <div>
        <Switch label="Enter sends" checked={isOn()} onChange={setOn} />
        <Switch label="Sounds" checked={!isOn()} onChange={(next) => setOn(!next)} />
      </div>
    </div>
  )
}

render(() => <Gallery />, document.body)
