// Where the official forms of a case are: one of them, several in one file, or the whole volume.

const at = (caseId: string) => `/api/v1/cases/${caseId}`

export const formAt = (caseId: string, form: string, no: number, format?: 'docx') =>
  `${at(caseId)}/forms/${form}?no=${no}${format ? `&format=${format}` : ''}`

export const volumeAt = (caseId: string, ...forms: string[]) =>
  `${at(caseId)}/volume${forms.length > 0 ? `?forms=${forms.join(',')}` : ''}`
