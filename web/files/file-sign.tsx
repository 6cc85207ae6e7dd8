import { Dynamic } from 'solid-js/web'
import { FileArchive, FileIcon, FileText, Film, Images, Music } from '../ui/icons.ts'

/** The drawing that stands for a file of some media type. */
export function FileSign(props: { type: string }) {
  return <Dynamic component={signOf(props.type)} />
}

function signOf(type: string) {
  if (type.startsWith('image/')) return Images
  if (type.startsWith('video/')) return Film
  if (type.startsWith('audio/')) return Music
  if (type.startsWith('text/') || /pdf|word|document|rtf|epub/.test(type)) return FileText
  if (/zip|tar|gzip|7z|rar|compressed|archive/.test(type)) return FileArchive
  return FileIcon
}
