/** What a drop or a paste brings, without the folders, which no browser can send as they are. */
export interface TakenFiles {
  files: File[]
  folders: number
}

/** Whether what is dragged is files, not text or a link of the page. */
export const hasFiles = (data: Pick<DataTransfer, 'types'> | null): boolean =>
  data?.types.includes('Files') === true

/** The files of a drop. */
export function droppedFiles(data: Pick<DataTransfer, 'items'>): TakenFiles {
  const taken: TakenFiles = { files: [], folders: 0 }
  for (const item of data.items) {
    if (item.kind !== 'file') continue
    if (item.webkitGetAsEntry()?.isDirectory === true) taken.folders += 1
    else {
      const file = item.getAsFile()
      if (file) taken.files.push(file)
    }
  }
  return taken
}

/**
 * The files of a paste; none where there is text as well: a table or a paragraph that was copied
 * brings a picture of itself along, and the words are what was meant.
 */
export const pastedFiles = (data: Pick<DataTransfer, 'types' | 'files'> | null): File[] =>
  data && hasFiles(data) && !data.types.includes('text/plain') ? [...data.files] : []
